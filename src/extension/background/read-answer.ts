// Reading a server's answer to a sync. A first sync brings a hundred thousand rows, and asking a
// schema of each costs as much as hashing it: what is plainly a row is seen at once, and the schema
// is asked about all others.
import * as z from 'zod/mini';
import {
  type PulledChange,
  pulledChange,
  type SyncResponse,
  syncResponse,
} from '../../ledger/index.ts';
import type { Schema } from './server-call.ts';

const outer = z.extend(syncResponse, { changes: z.array(z.unknown()) });

export const syncAnswer: Schema<SyncResponse> = {
  safeParse(data) {
    const parsed = outer.safeParse(data);
    if (!parsed.success) return { success: false };
    const changes: PulledChange[] = [];
    for (const row of parsed.data.changes) {
      const read = isPlainRow(row) ? row : pulledChange.safeParse(row).data;
      if (read === undefined) return { success: false };
      changes.push(read);
    }
    return { success: true, data: { ...parsed.data, changes } };
  },
};

const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const HASH = /^[0-9a-f]{64}$/;
const TIME = /^[0-9a-f]{16}$/;
const INSTANT =
  /^20\d\d-(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;

const fits = (value: unknown, form: RegExp) => typeof value === 'string' && form.test(value);
const isCount = (value: unknown) => Number.isSafeInteger(value) && (value as number) >= 0;

/** Never true of what the schema refuses; false of much that it takes. */
export function isPlainRow(row: unknown): row is PulledChange {
  if (!isObject(row) || !isObject(row.leaf)) return false;
  const { seq, leaf, salt, body, problem } = row;
  const { kind, base } = leaf;
  return (
    isCount(seq) &&
    (typeof salt === 'string' || salt === null) &&
    (body === null || isObject(body)) &&
    (problem === undefined || typeof problem === 'string') &&
    isCount(leaf.v) &&
    isCount(leaf.n) &&
    typeof kind === 'string' &&
    kind.length > 0 &&
    kind.length <= 64 &&
    [leaf.workspace, leaf.id, leaf.record, leaf.author, leaf.device].every((id) => fits(id, ID)) &&
    fits(leaf.at, TIME) &&
    fits(leaf.rank, TIME) &&
    fits(leaf.prevHash, HASH) &&
    fits(leaf.bodyHash, HASH) &&
    fits(leaf.received, INSTANT) &&
    (base === undefined || isPlainBase(base))
  );
}

function isPlainBase(base: unknown): boolean {
  if (!isObject(base)) return false;
  return Object.entries(base).every(([path, id]) => path.length <= 100 && fits(id, ID));
}

function isObject(value: unknown): value is { [member: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
