// Imports as records of kind "import": what was brought in by whom, how far it is, and which changes
// are its own. A part of a file, and how far it brings the import, are written in one transaction.
import { type Body, type Fields, fieldsOf, id as named, recordKey } from '../../domain/index.ts';
import { type Draft, msOf } from '../../ledger/index.ts';
import type { Asker } from '../accounts/asker.ts';
import { membersOf } from '../accounts/members.ts';
import { writeFromConsole } from '../console-device.ts';
import type { Tx } from '../database.ts';
import { freshId } from '../ids.ts';
import { changeOf } from './hold-against.ts';
import { statesOf } from './records.ts';

export type Import = Fields<'import'>;

export const COUNTS = ['created', 'changed', 'same', 'differs', 'wrong', 'left'] as const;
export type Counts = { [name in (typeof COUNTS)[number]]: number };

export const NO_COUNTS: Counts = {
  ...{ created: 0, changed: 0, same: 0, differs: 0, wrong: 0, left: 0 },
};

export type ImportShown = Counts & {
  id: string;
  at: string;
  by: { id: string; name: string };
  name: string;
  format: string;
  /** All of the file was taken. */
  ended: boolean;
  undo: 'none' | 'begun' | 'done';
  undoneAt: string | null;
  undone: number;
  kept: number;
};

/** Nobody else writes to the log until the transaction ends. */
export async function holdWorkspace(tx: Tx, workspace: string): Promise<void> {
  await tx
    .selectFrom('workspace')
    .select('seq')
    .where('id', '=', workspace)
    .forUpdate()
    .executeTakeFirstOrThrow();
}

export async function beginImport(
  tx: Tx,
  asker: Asker,
  about: { name: string; format: string },
): Promise<{ id: string; size: number }> {
  const id = freshId();
  const body = { ...about, ...NO_COUNTS, parts: 0, visibility: 'managers' };
  const draft = { id: freshId(), kind: 'import', record: id, body };
  return { id, size: await writeFromConsole(tx, asker, [draft]) };
}

/** All of a file at once, as one import. Returns the workspace's number of leaves. */
export async function writeWhole(
  tx: Tx,
  asker: Asker,
  about: { name: string; format: string },
  drafts: readonly Draft[],
  counts: Partial<Counts>,
): Promise<number> {
  const { id } = await beginImport(tx, asker, about);
  const endedAt = new Date().toISOString();
  return writePart(tx, asker, id, drafts, () => ({ ...counts, parts: 1, endedAt }));
}

/**
 * Writes a part's drafts, and in the import (it is there) what came of it. The workspace's row is
 * held.
 */
export async function writePart(
  tx: Tx,
  asker: Asker,
  id: string,
  drafts: readonly Draft[],
  change: (present: Import) => Body,
): Promise<number> {
  const states = await statesOf(tx, asker.workspace.id, [{ kind: 'import', id }]);
  const state = states.get(recordKey('import', id));
  if (state === undefined) throw new Error('the import is there');
  const present = fieldsOf<'import'>(state);
  const runs = await runsWith(tx, asker, present, drafts.length);
  const patch = new Map(Object.entries({ ...runs, ...change(present) }));
  return writeFromConsole(tx, asker, [...drafts, changeOf(state, patch)]);
}

/** null: there is none, or none that this member began. */
export async function readImport(
  tx: Tx,
  workspace: string,
  id: string,
  by: string | null = null,
): Promise<Import | null> {
  if (!named.safeParse(id).success) return null;
  const row = await tx
    .selectFrom('record')
    .select('fields')
    .where('workspace_id', '=', workspace)
    .where('kind', '=', 'import')
    .where('id', '=', id)
    .where('deleted', '=', false)
    .$if(by !== null, (query) => query.where('author', '=', by))
    .executeTakeFirst();
  return row === undefined ? null : (row.fields as Import);
}

const SHOWN = 100;

/** The newest ones, newest first. */
export async function readImports(tx: Tx, workspace: string): Promise<ImportShown[]> {
  const rows = await tx
    .selectFrom('record')
    .select(['id', 'author', 'written', 'fields'])
    .where('workspace_id', '=', workspace)
    .where('kind', '=', 'import')
    .where('deleted', '=', false)
    .orderBy('written', 'desc')
    .orderBy('id', 'desc')
    .limit(SHOWN)
    .execute();
  const names = new Map((await membersOf(tx, workspace)).map(({ id, name }) => [id, name]));
  return rows.map(({ id, author, written, fields }) => {
    const said = fields as Import;
    return {
      ...{ id, at: new Date(msOf(written)).toISOString() },
      by: { id: author, name: names.get(author) ?? '' },
      ...{ name: said.name ?? '', format: said.format ?? '', ...countsOf(said) },
      ended: said.endedAt !== undefined,
      undo: said.undoneAt !== undefined ? 'done' : said.undoing !== undefined ? 'begun' : 'none',
      undoneAt: said.undoneAt ?? null,
      ...{ undone: said.undone ?? 0, kept: said.kept ?? 0 },
    };
  });
}

export function countsOf(said: Import): Counts {
  return Object.fromEntries(COUNTS.map((name) => [name, said[name] ?? 0])) as Counts;
}

/**
 * The import's runs with the next `count` changes of the member's console. Which numbers those get
 * is known: the workspace's row is held.
 */
async function runsWith(
  tx: Tx,
  asker: Asker,
  { runs = [] }: Import,
  count: number,
): Promise<{ device?: string; runs?: [number, number][] }> {
  if (count === 0) return {};
  const { id: device, chain } = await tx
    .selectFrom('device')
    .select(['id', 'chain'])
    .where('workspace_id', '=', asker.workspace.id)
    .where('member_id', '=', asker.member.id)
    .where('kind', '=', 'console')
    .executeTakeFirstOrThrow();
  if (chain === null) throw new Error('the console of whoever began an import has a chain');
  const [from, to] = [chain.n, chain.n + count - 1];
  const last = runs.at(-1);
  // Between two parts stands the import's own change, which is no reason for another run.
  if (last === undefined || from - last[1] > 2) return { device, runs: [...runs, [from, to]] };
  return { device, runs: [...runs.slice(0, -1), [last[0], to]] };
}
