// A part of a file of records, held against what is here: many records with a few questions.
import { parseNeverLog, type RecordState, recordKey, sameJson } from '../../domain/index.ts';
import type { Draft } from '../../ledger/index.ts';
import type { Asker } from '../accounts/asker.ts';
import { membersOf } from '../accounts/members.ts';
import { type Tx, together } from '../database.ts';
import { erasedAmong } from '../erasure/erased.ts';
import { readSetting } from '../settings/store.ts';
import { Folding } from '../sync/folding.ts';
import { stateOf } from '../sync/provenance.ts';
import { holdAgainst } from './hold-against.ts';
import {
  type Importing,
  type Incoming,
  type ReadRecord,
  readRecord,
  type Said,
} from './incoming.ts';

export type Planned = { row: number; kind: string; id: string } & (
  | { is: 'created' | 'differs'; draft: Draft }
  | { is: 'same' | 'left' }
  | { is: 'wrong'; words: string }
);

const ERASED = 'It was erased here, and what was erased does not come back.';

/** In the order of `records`. Whoever writes by it holds the workspace's row. */
export async function planRecords(
  tx: Tx,
  asker: Asker,
  records: readonly Incoming[],
  now: number,
): Promise<Planned[]> {
  const around = await importing(tx, asker, now);
  const read = records.map((one) => ({ row: one.row, read: readRecord(one, around) }));
  const said = read.flatMap((one) => (one.read.is === 'said' ? [one.read.said] : []));
  const workspace = asker.workspace.id;
  const here = await statesOf(tx, workspace, said);
  const erased = await erasedAmong(tx, workspace, said.map(namedOf));
  const before = new Map<string, Said>();
  return read.map(({ row, read: one }) => {
    if (one.is !== 'said') return { row, ...unsaid(one) };
    const { kind, id } = one.said;
    const key = recordKey(kind, id);
    const twin = before.get(key);
    if (twin !== undefined) return { row, kind, id, ...twice(twin, one.said) };
    before.set(key, one.said);
    if (erased.has(key)) return { row, kind, id, is: 'wrong', words: ERASED };
    return { row, kind, id, ...holdAgainst(one.said, here.get(key) ?? null) };
  });
}

/** Records as they are folded, by their keys. */
export async function statesOf(
  tx: Tx,
  workspace: string,
  records: readonly { kind: string; id: string }[],
): Promise<Map<string, RecordState>> {
  const rows = (await together(tx, Folding.queries(tx, workspace, records.map(namedOf)))).flat();
  return new Map(rows.map((row) => [recordKey(row.kind, row.id), stateOf(row)]));
}

async function importing(tx: Tx, asker: Asker, now: number): Promise<Importing> {
  const { lines } = await readSetting(tx, asker.workspace.id, 'never-log');
  const members = await membersOf(tx, asker.workspace.id);
  return {
    ...{ self: asker.member.id, never: parseNeverLog(lines).rules, now },
    members: new Map(members.map(({ id, name }) => [id, name])),
  };
}

function namedOf({ kind, id }: { kind: string; id: string }) {
  return { kind, record: id };
}

type Unsaid = Exclude<ReadRecord, { is: 'said' }>;

function unsaid(one: Unsaid) {
  if (one.is === 'left') return { kind: one.kind, id: '', is: one.is } as const;
  return { kind: one.kind, id: one.id, is: one.is, words: one.words } as const;
}

/** One record that stands in a file twice. */
function twice(first: Said, second: Said) {
  if (sameJson(first.body, second.body)) return { is: 'same' } as const;
  const words = `It stands in row ${first.row} already, and says something else there.`;
  return { is: 'wrong', words } as const;
}
