import type { Body, Leaf } from '../../domain/index.ts';
import type { Tx } from '../database.ts';

export type Erasure = {
  /** Leaf of the erasure change: a device that has it has erased. */
  seq: number;
  /** ISO instant */
  at: string;
  author: string;
  reason: string;
  cause: string;
  /** How many records of each kind. */
  counts: { [kind: string]: number };
};

const MOST_SHOWN = 200;

/** The newest erasures of the workspace, newest first. */
export async function readErasures(tx: Tx, workspace: string): Promise<Erasure[]> {
  const rows = await tx
    .selectFrom('log_leaf')
    .select(['seq', 'leaf', 'body'])
    .where('workspace_id', '=', workspace)
    .where('kind', 'in', ['customer', 'erasure'])
    .where('kind', '=', 'erasure')
    .where('folded', '=', true)
    .orderBy('seq', 'desc')
    .limit(MOST_SHOWN)
    .execute();
  return rows.map(({ seq, leaf, body }) => {
    const { received, author } = JSON.parse(text(leaf)) as Leaf;
    const { targets, reason, cause } = JSON.parse(text(body)) as Body;
    const counts: Erasure['counts'] = {};
    for (const { kind } of Array.isArray(targets) ? (targets as { kind: string }[]) : []) {
      counts[kind] = (counts[kind] ?? 0) + 1;
    }
    return { seq, at: received, author, reason: say(reason), cause: say(cause), counts };
  });
}

function say(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function text(bytes: Uint8Array | null): string {
  return Buffer.from(bytes ?? []).toString('utf8');
}
