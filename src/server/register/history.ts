import { type Body, type Json, type Leaf, paths, sameJson } from '../../domain/index.ts';
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

/** Every change of a record, newest leaf first. Whether the asker may read it was asked before. */
export async function historyOf(
  tx: Tx,
  asker: Asker,
  kind: string,
  record: string,
  members: Map<string, string>,
): Promise<HistoryEntry[]> {
  const workspace = asker.workspace.id;
  const [leaves, devices] = await Promise.all([
    tx
      .selectFrom('log_leaf')
      .select(['seq', 'leaf', 'body', 'problem'])
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
  return entries.sort((a, b) => b.seq - a.seq);
}

function order(leaf: Leaf): string {
  return `${leaf.rank} ${leaf.id}`;
}
