// Taking an import back: what it created is deleted, what it changed gets the values of before. What
// somebody has written since, or what later records point at, stays. Nothing leaves the log.
import { sql } from 'kysely';
import {
  applyChange,
  type Body,
  type Json,
  KINDS,
  type Kind,
  type RecordState,
  ranked,
  recordKey,
  type Leaf as SealedLeaf,
} from '../../domain/index.ts';
import type { Draft } from '../../ledger/index.ts';
import type { Asker } from '../accounts/asker.ts';
import type { Tx } from '../database.ts';
import { changeOf } from './hold-against.ts';
import { statesOf } from './records.ts';
import { type Import, writePart } from './runs.ts';
import { PASSES } from './taken.ts';

/** Changes that are taken back in one transaction. */
const AT_ONCE = 1_000;

/** Kinds besides interactions whose records may be about a contact. */
const NAMING_CONTACTS = (Object.keys(KINDS) as Kind[]).filter(
  (kind) => kind !== 'interaction' && 'contact' in KINDS[kind],
);

export type Undone = { done: boolean; undone: number; kept: number; size: number };

/** The changes of an import: their device, and the first and last numbers of each run. */
type Own = { device: string; runs: readonly [number, number][] };

type Leaf = { id: string; n: number; kind: Kind; record: string };
/** keep: it stays. null: there is nothing to take back any more. */
type Verdict = Draft | 'keep' | null;

/** Takes the next changes of an import back, the last one first. The workspace's row is held. */
export async function undoSome(tx: Tx, asker: Asker, id: string, found: Import): Promise<Undone> {
  const { device, runs = [] } = found;
  let [pass, below] = found.undoing ?? [0, Number.MAX_SAFE_INTEGER];
  let leaves: Leaf[] = [];
  while (device !== undefined && pass < PASSES.length && leaves.length === 0) {
    const all = await leavesBelow(tx, asker.workspace.id, device, runs, below, PASSES[pass] ?? []);
    leaves = all.filter(({ n }) => isIn(runs, n));
    const last = all.at(-1);
    if (last === undefined) {
      pass += 1;
      below = Number.MAX_SAFE_INTEGER;
    } else below = last.n;
  }
  const done = leaves.length === 0;
  const verdicts = await judged(tx, asker.workspace.id, leaves, { device: device ?? '', runs });
  const drafts = verdicts.filter((one) => one !== null && one !== 'keep');
  const undone = (found.undone ?? 0) + drafts.length;
  const kept = (found.kept ?? 0) + verdicts.filter((one) => one === 'keep').length;
  const size = await writePart(tx, asker, id, drafts, () => ({
    ...{ undone, kept },
    // What is written here is no part of what was imported.
    ...{ device: device ?? null, runs },
    ...(done ? { undoneAt: new Date().toISOString() } : { undoing: [pass, below] }),
  }));
  return { done, undone, kept, size };
}

async function leavesBelow(
  tx: Tx,
  workspace: string,
  device: string,
  runs: readonly [number, number][],
  below: number,
  kinds: readonly Kind[],
): Promise<Leaf[]> {
  const [first] = runs;
  const last = runs.at(-1);
  if (first === undefined || last === undefined) return [];
  const rows = await tx
    .selectFrom('log_leaf')
    .select(['id', 'n', 'kind', 'record'])
    .where('workspace_id', '=', workspace)
    .where('device', '=', device)
    .where('n', '>=', first[0])
    .where('n', '<=', last[1])
    .where('n', '<', below)
    .where('kind', 'in', kinds)
    .orderBy('n', 'desc')
    .limit(AT_ONCE)
    .execute();
  return rows as Leaf[];
}

async function judged(
  tx: Tx,
  workspace: string,
  leaves: readonly Leaf[],
  own: Own,
): Promise<Verdict[]> {
  if (leaves.length === 0) return [];
  const named = leaves.map(({ kind, record }) => ({ kind, id: record }));
  const states = await statesOf(tx, workspace, named);
  const used = await inUse(tx, workspace, leaves);
  const isOwn = await ownChanges(tx, workspace, [...states.values()], own);
  const changed = leaves.filter((leaf) => {
    const state = states.get(recordKey(leaf.kind, leaf.record));
    return state !== undefined && !isOwn.has(state.origin.change);
  });
  const before = await statesBefore(tx, workspace, changed);
  return leaves.map((leaf) => {
    const state = states.get(recordKey(leaf.kind, leaf.record));
    // Erased meanwhile, or deleted by a person: it is gone.
    if (state === undefined || state.registers.deleted?.value === true) return null;
    if (!isOwn.has(state.origin.change)) {
      return restored(leaf, state, before.get(recordKey(leaf.kind, leaf.record)));
    }
    // The file had it again: it goes with the change that created it.
    if (state.origin.change !== leaf.id) return null;
    if (used.has(leaf.record) || !isAllOf(isOwn, state)) return 'keep';
    return changeOf(state, new Map([['deleted', true]]));
  });
}

/** Nobody has written to it since. */
function isAllOf(isOwn: ReadonlySet<string>, { registers }: RecordState): boolean {
  return Object.values(registers).every(
    ({ change, others }) => isOwn.has(change) && others === undefined,
  );
}

function isIn(runs: Own['runs'], n: number): boolean {
  return runs.some(([from, to]) => n >= from && n <= to);
}

/** Ids of those changes in these records that are the import's. */
async function ownChanges(
  tx: Tx,
  workspace: string,
  states: readonly RecordState[],
  { device, runs }: Own,
): Promise<Set<string>> {
  const named = states.flatMap(({ origin, registers }) => [
    origin.change,
    ...Object.values(registers).map(({ change }) => change),
  ]);
  const rows = await tx
    .selectFrom('log_leaf')
    .select(['id', 'n'])
    .where('workspace_id', '=', workspace)
    .where('id', '=', sql<string>`any(${[...new Set(named)]}::uuid[])`)
    .where('device', '=', device)
    .execute();
  return new Set(rows.filter(({ n }) => isIn(runs, n)).map(({ id }) => id));
}

/** The values that the change wrote, and that still stand, as they were before it. */
function restored(leaf: Leaf, state: RecordState, before: RecordState | undefined): Verdict {
  const patch = new Map<string, Json>();
  for (const [path, register] of Object.entries(state.registers)) {
    if (register.change !== leaf.id) continue;
    patch.set(path, before?.registers[path]?.value ?? null);
  }
  if (patch.size === 0) return 'keep';
  if (patch.get('visibility') === null) patch.set('visibility', 'workspace');
  return changeOf(state, patch);
}

/** Records as they would be without these changes. */
async function statesBefore(
  tx: Tx,
  workspace: string,
  without: readonly Leaf[],
): Promise<Map<string, RecordState>> {
  const states = new Map<string, RecordState>();
  if (without.length === 0) return states;
  const ids = new Set(without.map(({ id }) => id));
  const records = [...new Set(without.map(({ record }) => record))];
  const rows = await tx
    .selectFrom('log_leaf')
    .select(['id', 'leaf', 'salt', 'body'])
    .where('workspace_id', '=', workspace)
    .where('record', '=', sql<string>`any(${records}::uuid[])`)
    .where('folded', '=', true)
    .orderBy('seq')
    .execute();
  for (const { id, leaf, salt, body } of rows) {
    if (body === null || ids.has(id)) continue;
    const { received: _, rank, ...envelope } = JSON.parse(textOf(leaf)) as SealedLeaf;
    const change = ranked({ envelope, salt: salt ?? '', body: JSON.parse(textOf(body)) }, rank);
    const key = recordKey(envelope.kind, envelope.record);
    states.set(key, applyChange(states.get(key), change));
  }
  return states;
}

/** Of these records, those that others which still stand point at. */
async function inUse(tx: Tx, workspace: string, leaves: readonly Leaf[]): Promise<Set<string>> {
  const used = new Set<string>();
  const byKind = Map.groupBy(leaves, ({ kind }) => kind);
  for (const [kind, own] of byKind) {
    const ids = own.map(({ record }) => record);
    for (const id of await usedOf(tx, workspace, kind, ids)) used.add(id);
  }
  return used;
}

async function usedOf(tx: Tx, workspace: string, kind: Kind, ids: string[]): Promise<string[]> {
  const records = tx
    .selectFrom('record')
    .where('workspace_id', '=', workspace)
    .where('deleted', '=', false);
  if (kind === 'customer' || kind === 'project' || kind === 'interaction') {
    const rows = await records
      .select(kind)
      .distinct()
      .where(kind, '=', sql<string>`any(${ids}::uuid[])`)
      .execute();
    return rows.flatMap((row) => (row as { [column: string]: string | null })[kind] ?? []);
  }
  if (kind === 'contact') {
    // Interactions by their index; the rest by one walk in which the ids are looked up by hash, not
    // one after the other for each record.
    const { rows } = await sql<{ contact: string }>`
      WITH asked AS MATERIALIZED (SELECT unnest(${ids}::text[]) AS id)
      SELECT asked.id AS contact FROM asked WHERE EXISTS (
        SELECT 1 FROM record AS r WHERE r.workspace_id = ${workspace} AND r.kind = 'interaction'
          AND r.fields ? 'contact' AND r.fields->>'contact' = asked.id AND NOT r.deleted)
      UNION
      SELECT asked.id FROM asked JOIN record AS r ON r.fields->>'contact' = asked.id
        WHERE r.workspace_id = ${workspace} AND r.kind IN (${sql.join(NAMING_CONTACTS)})
          AND NOT r.deleted`.execute(tx);
    return rows.map(({ contact }) => contact);
  }
  if (kind === 'standard') {
    // Past reviews name the version they were made by.
    const rows = await records.select('fields').where('kind', '=', 'review').execute();
    return rows.flatMap(({ fields }) => Object.keys((fields.scores ?? {}) as Body));
  }
  return [];
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('utf8');
}
