import {
  applyChange,
  type Body,
  conflictsOf,
  type Json,
  type Leaf,
  paths,
  type RecordState,
  sameJson,
} from '../../domain/index.ts';
import { msOf } from '../../ledger/index.ts';
import type { Asker } from '../accounts/asker.ts';
import type { Tx } from '../database.ts';
import type { Named } from './directory.ts';

export type HistoryEntry = {
  /** Number of its leaf in the log. */
  seq: number;
  id: string;
  /** When its device says it was written, and when the server got it; ISO instants. */
  at: string;
  received: string;
  author: Named;
  device: { id: string; name: string | null };
  /** By field, "field/key" for sets. `old` is what the field was then, in the order of ranks. */
  changes: { field: string; old: Json; new: Json }[];
  /** Why it is not part of the record. */
  problem: string | null;
};

/** A field that two people wrote without seeing each other's: the value that is shown, then the rest. */
export type Conflict = {
  field: string;
  values: { value: Json; at: string; author: Named }[];
};

export type History = { entries: HistoryEntry[]; conflicts: Conflict[] };

/** Every change of a record, newest leaf first. Whether the asker may read it was asked before. */
export async function historyOf(
  tx: Tx,
  asker: Asker,
  kind: string,
  record: string,
  members: Map<string, string>,
): Promise<History> {
  const workspace = asker.workspace.id;
  const [leaves, devices] = await Promise.all([
    tx
      .selectFrom('log_leaf')
      .select(['seq', 'leaf', 'body', 'problem', 'folded'])
      .where('workspace_id', '=', workspace)
      .where('record', '=', record)
      .where('kind', '=', kind)
      .execute(),
    tx.selectFrom('device').select(['id', 'name']).where('workspace_id', '=', workspace).execute(),
  ]);
  const names = new Map(devices.map(({ id, name }) => [id, name]));
  const inRank = leaves
    .map((row) => ({
      seq: row.seq,
      problem: row.problem,
      folded: row.folded,
      leaf: JSON.parse(Buffer.from(row.leaf).toString('utf8')) as Leaf,
      body:
        row.body && row.problem === null
          ? (JSON.parse(Buffer.from(row.body).toString('utf8')) as Body)
          : {},
    }))
    .sort((a, b) => (order(a.leaf) < order(b.leaf) ? -1 : 1));

  const present = new Map<string, Json>();
  const entries = inRank.map(({ seq, problem, leaf, body }): HistoryEntry => {
    const changes: HistoryEntry['changes'] = [];
    for (const [field, value] of paths(body)) {
      const old = present.get(field) ?? null;
      present.set(field, value);
      if (!sameJson(old, value)) changes.push({ field, old, new: value });
    }
    return {
      seq,
      id: leaf.id,
      at: new Date(msOf(leaf.at)).toISOString(),
      received: leaf.received,
      author: { id: leaf.author, name: members.get(leaf.author) ?? '' },
      device: { id: leaf.device, name: names.get(leaf.device) ?? null },
      changes,
      problem,
    };
  });
  const conflicts = conflictsIn(inRank.filter(({ folded }) => folded)).map(
    ({ field, values }): Conflict => ({
      field,
      values: values.map(({ value, leaf }) => ({
        value,
        at: new Date(msOf(leaf.at)).toISOString(),
        author: { id: leaf.author, name: members.get(leaf.author) ?? '' },
      })),
    }),
  );
  return { entries: entries.sort((a, b) => b.seq - a.seq), conflicts };
}

function conflictsIn(
  changes: { leaf: Leaf; body: Body }[],
): { field: string; values: { value: Json; leaf: Leaf }[] }[] {
  let state: RecordState | undefined;
  for (const { leaf, body } of changes) {
    const { id, kind, record, author, rank, base } = leaf;
    state = applyChange(state, { id, kind, record, author, rank, base, body });
  }
  const leaves = new Map(changes.map(({ leaf }) => [leaf.id, leaf]));
  return [...(state ? conflictsOf(state) : [])].map(([field, written]) => ({
    field,
    values: written.flatMap(({ value, change }) => {
      const leaf = leaves.get(change);
      return leaf ? [{ value, leaf }] : [];
    }),
  }));
}

function order(leaf: Leaf): string {
  return `${leaf.rank} ${leaf.id}`;
}
