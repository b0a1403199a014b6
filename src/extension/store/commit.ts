import { unwrap } from 'idb';
import {
  applyChange,
  type Base,
  type Body,
  type Id,
  normaliseJson,
  paths,
} from '../../domain/index.ts';
import { type Chain, type Hasher, observe, seal, tick, ZERO_TIME } from '../../ledger/index.ts';
import { asStoreError } from './errors.ts';
import { placeIn, putChanges } from './folding.ts';
import { storedRecord } from './records.ts';
import type {
  StoredChange,
  StoredRecord,
  WorkspaceDb,
  WorkspaceSchema,
  WorkspaceTx,
} from './schema.ts';
import { nameOf as indexName } from './search/rows.ts';
import { isSearched } from './search/texts.ts';

/**
 * A change to be written: fields of one record. `base` names the values that its writer saw, where
 * that may not be what is stored by now, an empty list where they saw none; a register that it does
 * not name has the stored value as base. `fresh`: the record is made by it, so that nothing of it is
 * here and nothing has to be looked up.
 */
export type Write = { id: Id; kind: string; record: Id; body: Body; base?: Base; fresh?: true };

export type WriteSource = { now(): number; random(bytes: number): Uint8Array; hasher: Hasher };

export type CommitOptions = {
  author: Id;
  /** They go to the device-only store. */
  keep?: boolean;
  discardDraft?: Id;
  /** Records that leave the device-only store with it. */
  unkeep?: readonly { kind: string; id: Id }[];
};

type Store = 'changes' | 'records' | 'blocks' | 'kept' | 'outbox' | 'drafts' | 'meta' | 'unindexed';

/**
 * Where the chain of an open database stood when this worker last wrote it: what a capture is sealed
 * by before the database has said the same. A guess: it is never believed by itself.
 */
const standing = new WeakMap<WorkspaceDb, Chain>();

/** The chain is written by this transaction. */
export function noteChain(tx: WorkspaceTx, chain: Chain): void {
  standing.set(tx.db, chain);
}

/** The chain is not where it was taken to be. */
class Elsewhere extends Error {}

/**
 * Writes changes as one: sealed, into the outbox and folded, in a single strict transaction, which
 * also removes the draft they came from. Before connecting (no chain) they stay unsealed. With
 * `keep` they go to the device-only store and are never sealed. Resolves when the disk has them.
 *
 * What a capture costs is the number of its requests and of the times that it waits. So nothing is
 * looked up of what is fresh, no answer to a put is waited for, and what is asked is asked at once.
 */
export async function commit(
  db: WorkspaceDb,
  source: WriteSource,
  writes: Write[],
  options: CommitOptions = { author: '' },
): Promise<void> {
  await commitRead(db, source, async () => writes, options, writes);
}

/** What is to be written, as it follows from what the transaction itself reads. */
type Reading = (tx: WorkspaceTx) => Promise<Write[]>;

/**
 * The same, of what was decided by reading records in that transaction: one wait less. `decide` may
 * be asked twice, and waits for nothing but the transaction's own requests. `known`: the writes,
 * where they do not depend on it.
 */
export async function commitRead(
  db: WorkspaceDb,
  source: WriteSource,
  decide: Reading,
  options: CommitOptions,
  known?: readonly Write[],
): Promise<void> {
  const isFresh = known?.every(({ fresh }) => fresh) ?? false;
  try {
    await inOne(db, source, decide, options, isFresh).catch((error: unknown) => {
      if (!(error instanceof Elsewhere)) throw error;
      standing.delete(db);
      return inOne(db, source, decide, options, isFresh);
    });
  } catch (error) {
    throw asStoreError(error);
  }
}

async function inOne(
  db: WorkspaceDb,
  source: WriteSource,
  decide: Reading,
  options: CommitOptions,
  isFresh: boolean,
): Promise<void> {
  const { author, keep: isKept = false, discardDraft, unkeep = [] } = options;
  const scope: Store[] = ['meta', 'unindexed'];
  if (isKept || unkeep.length > 0) scope.push('kept');
  if (!isKept) scope.push('changes', 'records', 'outbox');
  if (!isKept && !isFresh) scope.push('blocks');
  if (discardDraft !== undefined) scope.push('drafts');
  const tx = db.transaction(scope, 'readwrite', { durability: 'strict' }) as WorkspaceTx;
  try {
    const writes = await decide(tx);
    if (isKept) await keep(tx, source, writes, author);
    else await add(tx, source, writes, author);
    const stores = unwrap(tx);
    if (discardDraft !== undefined) stores.objectStore('drafts').delete(discardDraft);
    for (const { kind, id } of unkeep) stores.objectStore('kept').delete([kind, id]);
    tx.commit();
  } catch (error) {
    // A request's failure aborts the transaction by itself; a fault of ours has to.
    abort(tx);
    await tx.done.catch(() => undefined);
    throw error;
  }
  await tx.done;
}

async function add(tx: WorkspaceTx, source: WriteSource, writes: Write[], author: Id) {
  const asked = clockAndChain(tx);
  const guess = writes.every(({ fresh }) => fresh) ? standing.get(tx.db) : undefined;
  if (guess !== undefined) {
    // The database works on all this at once. It answers in order, so that what it says of the chain
    // is known before anything can be committed.
    await put(tx, sealAll(source, writes, author, new Map(), guess));
    const { chain, clock } = await asked;
    const isThere = clock === guess.clock && JSON.stringify(chain) === JSON.stringify(guess);
    if (!isThere) throw new Elsewhere();
    return;
  }
  const [records, { chain, clock }] = await Promise.all([presentOf(tx, 'records', writes), asked]);
  const place = chain ? { ...chain, clock } : { n: await nextOrder(tx), clock };
  await put(tx, sealAll(source, writes, author, records, place));
}

/** Where the next change goes: a chain's place, or before connecting the next in the outbox. */
type Place = Chain | { n: number; clock: string };

type Sealed = {
  records: Map<string, Present>;
  outbox: { order: number; id: Id; kind: string; record: Id }[];
  place: Place;
};

function sealAll(
  source: WriteSource,
  writes: Write[],
  author: Id,
  records: Map<string, Present>,
  from: Place,
): Sealed {
  let place = from;
  const outbox: Sealed['outbox'] = [];
  for (const write of writes) {
    const present = records.get(nameOf(write));
    const base = baseOf(present?.record, write);
    const order = place.n;
    let stored: StoredChange;
    if ('device' in place) {
      const sealed = seal(source.hasher, source, place, { ...write, base });
      place = sealed.chain;
      const { envelope, salt, body } = sealed.change;
      const { id, kind, record } = envelope;
      stored = {
        ...{ id, kind, record, author: envelope.author, rank: envelope.at, folded: true },
        ...{ envelope, salt, base, body },
      };
    } else {
      const clock = tick(place.clock, source.now());
      place = { n: order + 1, clock };
      const body = normaliseJson(write.body);
      stored = {
        ...{ id: write.id, kind: write.kind, record: write.record, author, rank: clock },
        ...{ folded: true, envelope: null, salt: null, base, body },
      };
    }
    const { id, kind, record, rank, body } = stored;
    const ranked = { id, kind, record, author: stored.author, rank, base, body: body ?? {} };
    records.set(nameOf(write), {
      record: storedRecord(applyChange(present?.record?.state, ranked)),
      packed: present?.packed ?? false,
      added: [...(present?.added ?? []), stored],
    });
    outbox.push({ order, id, kind, record });
  }
  return { records, outbox, place };
}

async function put(tx: WorkspaceTx, { records, outbox, place }: Sealed): Promise<void> {
  const rows = unwaited(tx);
  for (const { record, packed, added } of records.values()) {
    if (record === undefined) continue;
    if (packed) {
      await putChanges(tx, record.kind, record.id, added);
      continue;
    }
    for (const change of added) rows.add('changes', change);
    rows.put('records', record);
  }
  for (const row of outbox) rows.add('outbox', row);
  noteSearched(rows, records.values());
  // The chain carries the clock; there is none before connecting.
  if ('device' in place) {
    rows.put('meta', place, 'chain');
    noteChain(tx, place);
  } else rows.put('meta', place.clock, 'clock');
}

/** Puts that no promise is made of: should one fail, the transaction ends and tells of it. */
function unwaited(tx: WorkspaceTx) {
  const stores = unwrap(tx);
  return {
    put<S extends Store>(store: S, value: WorkspaceSchema[S]['value'], key?: string): void {
      stores.objectStore(store).put(value, key);
    },
    /** The same, where none may be yet. */
    add<S extends Store>(store: S, value: WorkspaceSchema[S]['value']): void {
      stores.objectStore(store).add(value);
    },
  };
}

async function keep(tx: WorkspaceTx, source: WriteSource, writes: Write[], author: Id) {
  const [records, held] = await Promise.all([presentOf(tx, 'kept', writes), clockIn(tx)]);
  const rows = unwaited(tx);
  let clock = held;
  for (const write of writes) {
    clock = tick(clock, source.now());
    const { id, kind, record } = write;
    const present = records.get(nameOf(write))?.record;
    const base = baseOf(present, write);
    const body = normaliseJson(write.body);
    const ranked = { id, kind, record, author, rank: clock, base, body };
    const folded = storedRecord(applyChange(present?.state, ranked));
    records.set(nameOf(write), { record: folded, packed: false, added: [] });
    rows.put('kept', folded);
  }
  noteSearched(rows, records.values());
  rows.put('meta', clock, 'clock');
}

/** The index hears of it in the same transaction, in one request. */
function noteSearched(rows: ReturnType<typeof unwaited>, written: Iterable<Present>): void {
  const names = [...written].flatMap(({ record }) =>
    record === undefined || !isSearched(record.kind) ? [] : [indexName(record.kind, record.id)],
  );
  if (names.length > 0) rows.add('unindexed', { names });
}

/** The latest time given or rank seen. */
export async function clockIn(tx: WorkspaceTx): Promise<string> {
  return (await clockAndChain(tx)).clock;
}

/** In one request: no other name lies between these two. */
export async function clockAndChain(
  tx: WorkspaceTx,
): Promise<{ chain: Chain | undefined; clock: string }> {
  const range = IDBKeyRange.bound('chain', 'clock');
  const found: unknown[] = await tx.objectStore('meta').getAll(range);
  const chain = found.find((value) => typeof value === 'object') as Chain | undefined;
  const clock = found.find((value) => typeof value === 'string') as string | undefined;
  return { chain, clock: observe(clock ?? ZERO_TIME, chain?.clock ?? ZERO_TIME) };
}

type Present = { record: StoredRecord | undefined; packed: boolean; added: StoredChange[] };

/** The records that are written to, by name, as they are now. */
async function presentOf(
  tx: WorkspaceTx,
  store: 'records' | 'kept',
  writes: Write[],
): Promise<Map<string, Present>> {
  const distinct = new Map(writes.map((write) => [nameOf(write), write]));
  const found = await Promise.all(
    [...distinct].map(async ([name, { kind, record, fresh }]): Promise<[string, Present]> => {
      if (fresh) return [name, { record: undefined, packed: false, added: [] }];
      const present =
        store === 'kept'
          ? { record: await tx.objectStore('kept').get([kind, record]), packed: false }
          : await placeIn(tx, kind, record);
      return [name, { ...present, added: [] }];
    }),
  );
  return new Map(found);
}

function nameOf({ kind, record }: Write): string {
  return `${kind}/${record}`;
}

/** The values the writer saw: register path → change that wrote it. */
function baseOf(present: StoredRecord | undefined, write: Write): Base {
  const base: Base = {};
  for (const [path] of paths(write.body)) {
    const seen = write.base?.[path] ?? present?.state.registers[path]?.change;
    if (seen !== undefined && seen.length > 0) base[path] = seen;
  }
  return base;
}

async function nextOrder(tx: WorkspaceTx): Promise<number> {
  const last = await tx.objectStore('outbox').openKeyCursor(null, 'prev');
  return last === null ? 0 : last.key + 1;
}

function abort(tx: WorkspaceTx): void {
  try {
    tx.abort();
  } catch {
    // Already aborted by the failed request.
  }
}

/** Stores an unsaved card; small and often, so relaxed durability is not enough here either. */
export async function putDraft(
  db: WorkspaceDb,
  draft: { id: Id; changedAt: number; [field: string]: unknown },
): Promise<void> {
  try {
    const tx = db.transaction('drafts', 'readwrite', { durability: 'strict' });
    const present = await tx.store.get(draft.id);
    // Never an older state over a newer one, whatever order the keystrokes arrive in.
    if (present === undefined || present.changedAt <= draft.changedAt) await tx.store.put(draft);
    await tx.done;
  } catch (error) {
    throw asStoreError(error);
  }
}
