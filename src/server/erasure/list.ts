// What was erased, kept outside the database as well, so that a restored backup does not bring it
// back (SPEC 14.6). It holds ids only.
import { open, readFile } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod/mini';
import { id, recordKey } from '../../domain/index.ts';
import { type Db, inWorkspace } from '../database.ts';
import { adminOf, MOST_TARGETS, writeErasure } from './acts.ts';
import { erasedAmong, type Target } from './erased.ts';

const line = z.object({
  workspace: id,
  kind: z.string().check(z.minLength(1), z.maxLength(64)),
  record: id,
});
type Line = z.infer<typeof line>;

export type ErasureList = {
  /** Takes over what the database has and the list has not. Resolves when it is on the disk. */
  keep(db: Db): Promise<void>;
  /** Erases what the list has and the database has not; returns how many records. */
  apply(db: Db): Promise<number>;
};

const REASON = 'Erased before, and again after a restore.';

/** The list in `dataDir`; made when there is none. Lines that a crash cut off are passed over. */
export async function openErasureList(dataDir: string): Promise<ErasureList> {
  const file = path.join(dataDir, 'erasures.ndjson');
  const known = new Map<string, Line>();
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  for (const one of text.split('\n')) {
    const parsed = line.safeParse(parse(one));
    if (parsed.success) known.set(keyOf(parsed.data), parsed.data);
  }
  // A new line after a line without its end would be lost with it.
  let torn = text !== '' && !text.endsWith('\n');
  let writing: Promise<void> = Promise.resolve();

  async function add(lines: readonly Line[]): Promise<void> {
    const fresh = lines.filter((one) => !known.has(keyOf(one)));
    if (fresh.length === 0) return;
    const handle = await open(file, 'a', 0o600);
    try {
      const lead = torn ? '\n' : '';
      await handle.appendFile(lead + fresh.map((one) => `${JSON.stringify(one)}\n`).join(''));
      await handle.sync();
      torn = false;
    } finally {
      await handle.close();
    }
    for (const one of fresh) known.set(keyOf(one), one);
  }

  return {
    keep(db) {
      // One after the other: two writers would tear each other's lines.
      writing = writing
        .catch(() => undefined)
        .then(async () => {
          for (const workspace of await workspacesOf(db)) await add(await erasedIn(db, workspace));
        });
      return writing;
    },
    async apply(db) {
      let count = 0;
      const present = new Set(await workspacesOf(db));
      const byWorkspace = Map.groupBy(known.values(), ({ workspace }) => workspace);
      for (const [workspace, lines] of byWorkspace) {
        if (!present.has(workspace)) continue;
        for (let from = 0; from < lines.length; from += MOST_TARGETS) {
          count += await applyIn(db, workspace, lines.slice(from, from + MOST_TARGETS));
        }
      }
      return count;
    },
  };
}

async function applyIn(db: Db, workspace: string, lines: readonly Line[]): Promise<number> {
  return inWorkspace(db, workspace, async (tx) => {
    const done = await erasedAmong(tx, workspace, lines);
    const targets: Target[] = lines
      .filter(({ kind, record }) => !done.has(recordKey(kind, record)))
      .map(({ kind, record }) => ({ kind, id: record }));
    if (targets.length === 0) return 0;
    const admin = await adminOf(tx, workspace);
    if (!admin) throw new Error(`workspace ${workspace} has no admin to erase in the name of`);
    await writeErasure(tx, admin, targets, REASON, 'request');
    return targets.length;
  });
}

async function erasedIn(db: Db, workspace: string): Promise<Line[]> {
  const rows = await inWorkspace(db, workspace, (tx) =>
    tx
      .selectFrom('erased')
      .select(['kind', 'record'])
      .where('workspace_id', '=', workspace)
      .orderBy('seq')
      .orderBy('record')
      .execute(),
  );
  return rows.map(({ kind, record }) => ({ workspace, kind, record }));
}

/** Ids of all workspaces: those of the organizations. */
export async function workspacesOf(db: Db): Promise<string[]> {
  const rows = await db.selectFrom('organization').select('id').orderBy('id').execute();
  return rows.map(({ id: workspace }) => workspace);
}

function keyOf({ workspace, kind, record }: Line): string {
  return `${workspace}/${kind}/${record}`;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
