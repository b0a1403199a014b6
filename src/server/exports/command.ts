// `unsaid export FILE`: what the console exports, from a terminal, also while a server works.
import { once } from 'node:events';
import { access } from 'node:fs/promises';
import type { Writable } from 'node:stream';
import type { Logger } from 'pino';
import type { Asker } from '../accounts/asker.ts';
import { membershipById } from '../accounts/members.ts';
import { besideServer } from '../backup/commands.ts';
import type { Config } from '../config.ts';
import { type Db, inWorkspace } from '../database.ts';
import { theWorkspace } from '../evidence/commands.ts';
import { adminOf } from '../log/commands.ts';
import { readMigrations } from '../migrate.ts';
import { createDirectories } from '../register/directory.ts';
import { isZone } from '../reminders/local-time.ts';
import { openDataDir } from '../secrets-store.ts';
import { openStorage } from '../storage.ts';
import { createPokeHub } from '../sync/pokes.ts';
import { createPart } from './files.ts';
import { openExport } from './open.ts';
import { type ExportWish, exportWish } from './wish.ts';

/** As the command line has it. */
export type ExportWords = {
  what?: string | undefined;
  format?: string | undefined;
  /** "name=value" */
  filter?: readonly string[] | undefined;
  /** Keys, with commas between. */
  columns?: string | undefined;
  separator?: string | undefined;
  'no-bom'?: boolean | undefined;
  machine?: boolean | undefined;
  language?: string | undefined;
  zone?: string | undefined;
};

/** @throws an Error in words where they mean nothing. */
export function wishIn(words: ExportWords): ExportWish {
  if (words.what === 'evidence') throw new Error('For evidence there is `unsaid evidence`.');
  const filter = (words.filter ?? []).map((pair) => {
    const at = pair.indexOf('=');
    if (at < 1) throw new Error(`“${pair}” is no filter. Write name=value.`);
    return [pair.slice(0, at), pair.slice(at + 1)];
  });
  const separators = new Map([
    ['tab', '\t'],
    ['\\t', '\t'],
  ]);
  const parsed = exportWish.safeParse({
    what: words.what ?? 'register',
    format: words.format ?? 'csv',
    filter: Object.fromEntries(filter),
    columns: words.columns?.split(',').map((key) => key.trim()),
    language: words.language,
    zone: words.zone,
    separator: separators.get(words.separator ?? '') ?? words.separator,
    bom: words['no-bom'] !== true,
    machine: words.machine,
  });
  if (!parsed.success) {
    const where = parsed.error.issues[0]?.path.join('.') ?? '';
    throw new Error(`--${where} is none of those there are. See unsaid --help.`);
  }
  if (!isZone(parsed.data.zone)) throw new Error(`There is no time zone “${parsed.data.zone}”.`);
  return parsed.data;
}

export type ExportedTo = {
  /** null: `out` */
  path: string | null;
  out: Writable;
  /** The mail address of whose rights it is made with; an admin's without it. */
  as: string | null;
  workspace: string | null;
  /** Told after each piece. */
  progress(rows: number, of: number | null): void;
  signal: AbortSignal;
};

/** Rows. @throws an Error in words where it cannot be made; then there is no file. */
export async function exportCommand(
  config: Config,
  log: Logger,
  wish: ExportWish,
  { path, out, as, workspace, progress, signal }: ExportedTo,
): Promise<number> {
  if (path !== null && (await isThere(path))) throw new Error(`${path} is there already.`);
  const dataDir = await openDataDir(config.dataDir);
  const storage =
    (await besideServer(config, dataDir, log)) ??
    (await openStorage(config, dataDir, await readMigrations(), log));
  try {
    const { db } = storage;
    const asker = await askerIn(db, await theWorkspace(db, workspace), as);
    const server = { db, pokes: createPokeHub() };
    const opened = await openExport(server, createDirectories(), asker, wish, signal);
    if ('refused' in opened) throw new Error(opened.words);
    const part = path === null ? null : await newPart(path);
    try {
      for await (const bytes of opened.bytes) {
        signal.throwIfAborted();
        if (part) await part.write(bytes);
        else if (!out.write(bytes)) await once(out, 'drain', { signal });
        progress(opened.rows(), opened.of);
      }
      await part?.end();
      if (path !== null) await part?.nameWhole(path);
    } finally {
      await part?.discard();
    }
    return opened.rows();
  } finally {
    await storage.close();
  }
}

async function newPart(path: string) {
  return createPart(`${path}.part`).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
    throw new Error(
      `${path}.part is there: somebody else writes it, or did until they were stopped. Remove it then.`,
    );
  });
}

async function askerIn(db: Db, workspace: string, as: string | null): Promise<Asker> {
  const member = as === null ? await adminOf(db, workspace) : await memberBy(db, workspace, as);
  const found =
    member && (await inWorkspace(db, workspace, (tx) => membershipById(tx, workspace, member)));
  if (found) return { ...found, device: null };
  throw new Error(
    as === null
      ? 'This workspace has no admin in whose name it could be made. Say --as EMAIL.'
      : `Nobody in this workspace has the address ${as}.`,
  );
}

async function memberBy(db: Db, workspace: string, email: string): Promise<string | null> {
  const row = await db
    .selectFrom('member')
    .innerJoin('user', 'user.id', 'member.userId')
    .select('member.id')
    .where('member.organizationId', '=', workspace)
    .where('member.deactivatedAt', 'is', null)
    .where('user.email', '=', email.toLowerCase())
    .executeTakeFirst();
  return row?.id ?? null;
}

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
