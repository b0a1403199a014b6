// What a server's rows become here. Called inside a transaction over PULLED_STORES.
import { type Envelope, type Id, isErasable } from '../../domain/index.ts';
import { canonicalText, type Hasher, type PulledChange } from '../../ledger/index.ts';
import { BLOCK_RECORDS, blockOf, type Entry, entryOf, recordFrom } from './blocks.ts';
import { quiet } from './errors.ts';
import { changesOf, putChanges } from './folding.ts';
import { lookedAt } from './looked.ts';
import type { Finding, StoredChange, Unexplained, WorkspaceTx } from './schema.ts';
import { noteWritten } from './search/rows.ts';
import { isSearched } from './search/texts.ts';

export const PULLED_STORES = [
  ...(['changes', 'records', 'blocks', 'outbox', 'attention'] as const),
  ...(['meta', 'tiles', 'erased', 'unindexed'] as const),
] as const;

/** From so many rows on, new records are written in blocks. */
const PACK_FROM = 200;

export const ERASED_WORDS =
  'This record was erased. What you wrote was not sent; copy it if it belongs somewhere else.';

/** A row that is not what the log says. Whoever meets it stores nothing of its page. */
export class Tampered extends Error {
  readonly found: Finding['found'];
  readonly seq: number | undefined;
  constructor(found: Finding['found'], seq?: number) {
    super(found);
    this.name = 'Tampered';
    this.found = found;
    this.seq = seq;
  }
}

/**
 * Names of the records that are on this device, so that a long pull need not ask for each. Kept
 * for one run of syncing; `rows` tells when somebody has written meanwhile.
 */
export type Known = { names: Set<string>; rows: number };

export type TakeOptions = {
  /** The rows are proven to be the log's: a body that does not fit was altered afterwards. */
  proven: boolean;
  known?: { current: Known | null };
};

/**
 * Stores rows and folds them. Answers whether any record may look different now; what it puts is
 * stored once the transaction has ended.
 */
export async function takeRows(
  tx: WorkspaceTx,
  hasher: Hasher,
  rows: readonly PulledChange[],
  options: TakeOptions,
): Promise<{ changed: boolean; unexplained: Unexplained[] }> {
  const taken = rows.map((row) => judged(hasher, row, options.proven));
  await takeErasures(tx, taken);
  const unexplained: Unexplained[] = [];
  for (const [at, change] of taken.entries()) {
    const row = rows[at];
    if (row === undefined || row.body !== null) continue;
    // What was pushed as no object cannot be shown; of an erased change the salt is gone as well.
    if (row.problem !== undefined && row.salt !== null) continue;
    const { kind, record } = change;
    unexplained.push({ seq: row.seq, kind, record });
  }

  const byRecord = new Map<string, Row[]>();
  for (const [at, change] of taken.entries()) {
    const name = `${change.kind}/${change.record}`;
    const group = byRecord.get(name);
    const one = { change, seq: rows[at]?.seq ?? 0 };
    if (group === undefined) byRecord.set(name, [one]);
    else group.push(one);
  }
  const pack = rows.length >= PACK_FROM;
  const known = pack ? await knownNow(tx, options.known) : null;
  let changed = false;
  const fresh: Entry[] = [];
  const later: (() => Promise<void>)[] = [];
  const written: string[] = [];
  await Promise.all(
    [...byRecord].map(async ([name, group]) => {
      const [first] = group;
      if (first === undefined) return;
      const { kind, record } = first.change;
      const isNew = known !== null && !known.names.has(name);
      const present = isNew ? { changes: [], packed: false } : await changesOf(tx, kind, record);
      const rows = await withoutUnsent(tx, present.changes, group);
      const mayFold = await isBackHere(tx, present.changes, rows);
      const fitting = merged(present.changes, rows, { proven: options.proven, mayFold });
      if (fitting.length === 0) return;
      changed = true;
      if (isSearched(kind)) written.push(name);
      if (present.changes.length === 0 && pack) {
        fresh.push(entryOf(fitting));
        known?.names.add(name);
      } else if (present.packed) {
        // One after the other: two records may lie in one block.
        later.push(() => putChanges(tx, kind, record, fitting));
      } else {
        putRows(tx, kind, record, present.changes, fitting);
      }
    }),
  );
  noteWritten(tx, written);
  fresh.sort((a, b) => ((a.keys[0] ?? '') < (b.keys[0] ?? '') ? -1 : 1));
  for (let from = 0; from < fresh.length; from += BLOCK_RECORDS) {
    const block = blockOf(fresh.slice(from, from + BLOCK_RECORDS));
    void quiet(tx.objectStore('blocks').put(block));
  }
  for (const put of later) await put();
  if (known !== null) {
    const counted = tx.objectStore('changes').count();
    void quiet(counted.then((rows) => Object.assign(known, { rows })));
  }
  return { changed, unexplained: await stillUnexplained(tx, unexplained) };
}

function putRows(
  tx: WorkspaceTx,
  kind: string,
  record: Id,
  present: StoredChange[],
  put: StoredChange[],
): void {
  const all = new Map(present.map((change) => [change.id, change]));
  for (const change of put) all.set(change.id, change);
  const folded = recordFrom(all.values());
  const records = tx.objectStore('records');
  for (const change of put) void quiet(tx.objectStore('changes').put(change));
  void quiet<unknown>(folded === null ? records.delete([kind, record]) : records.put(folded));
}

type Row = { change: StoredChange; seq: number };

/**
 * Leaves out what this device has sealed as well and not pushed yet: only the server's answer to
 * that says which of the two the log has.
 */
async function withoutUnsent(
  tx: WorkspaceTx,
  present: StoredChange[],
  rows: Row[],
): Promise<Row[]> {
  const differs = ({ change }: Row) =>
    present.some(
      ({ id, envelope }) => id === change.id && !sameEnvelope(envelope, change.envelope),
    );
  const [first] = rows.filter(differs);
  if (first === undefined) return rows;
  const { kind, record } = first.change;
  const outbox = await tx.objectStore('outbox').index('record').getAll([kind, record]);
  const unsent = new Set(outbox.map(({ id }) => id));
  return rows.filter((row) => !(unsent.has(row.change.id) && differs(row)));
}

/**
 * Whether some of these, of which the texts were missing or wrong, now come with what was sealed: so
 * from a server that was restored. What was erased stays away, whoever sends it.
 */
async function isBackHere(tx: WorkspaceTx, present: StoredChange[], rows: Row[]): Promise<boolean> {
  const back = rows.find(
    ({ change }) => change.folded && present.some(({ id, folded }) => id === change.id && !folded),
  );
  if (back === undefined) return false;
  const { kind, record } = back.change;
  return (await tx.objectStore('erased').getKey([kind, record])) === undefined;
}

/** Those of a record's rows that are new here, or bring the rank or the texts of one that is. */
function merged(
  present: StoredChange[],
  rows: Row[],
  { proven, mayFold }: { proven: boolean; mayFold: boolean },
): StoredChange[] {
  const put: StoredChange[] = [];
  for (const { change, seq } of rows) {
    const same = present.find(({ id }) => id === change.id);
    if (same === undefined) {
      put.push(change);
      continue;
    }
    if (proven && !sameEnvelope(same.envelope, change.envelope)) {
      if (!isSealedAnew(same, change)) throw new Tampered('edited-row', seq);
      put.push(change);
      continue;
    }
    const isBack = mayFold && change.folded && !same.folded;
    if (isBack && sameEnvelope(same.envelope, change.envelope)) put.push(change);
    else if (same.rank !== change.rank) put.push({ ...same, rank: change.rank });
  }
  return put;
}

/** What was acknowledged, or seen before, must be in the log as it was. */
function sameEnvelope(a: Envelope | null, b: Envelope | null): boolean {
  if (a === null || b === null) return true;
  return canonicalText(a) === canonicalText(b);
}

/** One's own change as another copy of the profile sealed it: that is how the log has it. */
function isSealedAnew(own: StoredChange, row: StoredChange): boolean {
  const same = own.author === row.author && own.envelope?.at === row.envelope?.at;
  return same && (row.body === null || canonicalText(own.body) === canonicalText(row.body));
}

/** A row as it is stored. */
function judged(hasher: Hasher, row: PulledChange, proven: boolean): StoredChange {
  const { change, fits } = lookedAt(hasher, row);
  if (!fits && proven) throw new Tampered('edited-row', row.seq);
  return change;
}

async function knownNow(
  tx: WorkspaceTx,
  holder: { current: Known | null } | undefined,
): Promise<Known> {
  const rows = await tx.objectStore('changes').count();
  const held = holder?.current ?? null;
  if (held !== null && held.rows === rows) return held;
  const names = held?.names ?? new Set<string>();
  for (const [kind, record] of await tx.objectStore('changes').getAllKeys()) {
    names.add(`${kind}/${record}`);
  }
  if (held === null) {
    const range = IDBKeyRange.bound('=', '>', false, true);
    let at = await tx.objectStore('blocks').index('keys').openKeyCursor(range);
    for (; at !== null; at = await at.continue()) names.add(at.key.slice(1));
  }
  const known = { names, rows };
  if (holder !== undefined) holder.current = known;
  return known;
}

/** Everything that these erasures name loses its texts here, also what comes later (SPEC 14). */
export async function takeErasures(tx: WorkspaceTx, changes: StoredChange[]): Promise<void> {
  for (const { kind, folded, body } of changes) {
    if (kind !== 'erasure' || !folded || !Array.isArray(body?.targets)) continue;
    // Checked against its schema: a list of { kind, id }.
    for (const target of body.targets as { kind: string; id: Id }[]) {
      if (isErasable(target.kind)) await eraseRecord(tx, target.kind, target.id);
    }
  }
}

/** Texts of this record leave the device; unsent ones of one's own stay with their author. */
export async function eraseRecord(tx: WorkspaceTx, kind: string, record: Id): Promise<void> {
  await tx.objectStore('erased').put({ kind, id: record });
  const { changes } = await changesOf(tx, kind, record);
  const outbox = tx.objectStore('outbox').index('record');
  const unsent = new Set((await outbox.getAll([kind, record])).map(({ id }) => id));
  const emptied: StoredChange[] = [];
  for (const change of changes) {
    if (change.body === null) continue;
    const { id, body } = change;
    if (unsent.has(id)) {
      await tx.objectStore('attention').put({ id, kind, record, reason: ERASED_WORDS, body });
    }
    emptied.push(withoutBody(change));
  }
  if (emptied.length > 0) await putChanges(tx, kind, record, emptied);
}

export function withoutBody({ unfolded: _again, ...change }: StoredChange): StoredChange {
  return { ...change, folded: false, salt: null, body: null };
}

/** Those that no erasure covers yet. */
export async function stillUnexplained(
  tx: WorkspaceTx,
  rows: Unexplained[],
): Promise<Unexplained[]> {
  const erased = tx.objectStore('erased');
  const keys = await Promise.all(rows.map(({ kind, record }) => erased.getKey([kind, record])));
  return rows.filter((_row, at) => keys[at] === undefined);
}
