import {
  applyChange,
  type Base,
  type Body,
  type Id,
  normaliseJson,
  paths,
} from '../../domain/index.ts';
import { type Chain, type Hasher, observe, seal, tick, ZERO_TIME } from '../../ledger/index.ts';
import { asStoreError, quiet } from './errors.ts';
import { putChanges, recordIn } from './folding.ts';
import { storedRecord } from './records.ts';
import type { StoredChange, StoredRecord, WorkspaceDb, WorkspaceTx } from './schema.ts';

/**
 * A change to be written: fields of one record. `base` names the values that its writer saw, where
 * that may not be what is stored by now, an empty list where they saw none; a register that it does
 * not name has the stored value as base.
 */
export type Write = { id: Id; kind: string; record: Id; body: Body; base?: Base };

export type WriteSource = { now(): number; random(bytes: number): Uint8Array; hasher: Hasher };

export type CommitOptions = {
  author: Id;
  /** They go to the device-only store. */
  keep?: boolean;
  discardDraft?: Id;
  /** Records that leave the device-only store with it. */
  unkeep?: readonly { kind: string; id: Id }[];
};

const STORES = ['changes', 'records', 'blocks', 'kept', 'outbox', 'drafts', 'meta'] as const;

/**
 * Writes changes as one: sealed, into the outbox and folded, in a single strict transaction, which
 * also removes the draft they came from. Before connecting (no chain) they stay unsealed. With
 * `keep` they go to the device-only store and are never sealed. Resolves when the disk has them.
 *
 * All that is read is asked for at once, and nothing that is put is waited for by itself: what a
 * capture costs is the number of times that it waits.
 */
export async function commit(
  db: WorkspaceDb,
  source: WriteSource,
  writes: Write[],
  options: CommitOptions = { author: '' },
): Promise<void> {
  try {
    const tx = db.transaction([...STORES], 'readwrite', { durability: 'strict' }) as WorkspaceTx;
    const puts: Promise<unknown>[] = [];
    try {
      if (options.keep === true) await keep(tx, puts, source, writes, options.author);
      else await add(tx, puts, source, writes, options.author);
      if (options.discardDraft !== undefined) {
        puts.push(quiet(tx.objectStore('drafts').delete(options.discardDraft)));
      }
      for (const { kind, id } of options.unkeep ?? []) {
        puts.push(quiet(tx.objectStore('kept').delete([kind, id])));
      }
      tx.commit();
    } catch (error) {
      // A request's failure aborts the transaction by itself; a fault of ours has to.
      abort(tx);
      await Promise.allSettled([...puts, tx.done]);
      throw error;
    }
    const told = await Promise.allSettled([tx.done, ...puts]);
    const failed = told.find((one) => one.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  } catch (error) {
    throw asStoreError(error);
  }
}

async function add(
  tx: WorkspaceTx,
  puts: Promise<unknown>[],
  source: WriteSource,
  writes: Write[],
  author: Id,
): Promise<void> {
  const meta = tx.objectStore('meta');
  const [records, held] = await Promise.all([presentOf(tx, 'records', writes), clockAndChain(tx)]);
  let { chain, clock } = held;
  let next = chain?.n ?? (await nextOrder(tx));
  for (const write of writes) {
    const present = records.get(nameOf(write));
    const base = baseOf(present?.record, write);
    let stored: StoredChange;
    const number = next++;
    if (chain) {
      const sealed = seal(source.hasher, source, { ...chain, clock }, { ...write, base });
      chain = sealed.chain;
      clock = chain.clock;
      const { envelope, salt, body } = sealed.change;
      const { id, kind, record } = envelope;
      stored = {
        ...{ id, kind, record, author: envelope.author, rank: envelope.at, folded: true },
        ...{ envelope, salt, base, body },
      };
    } else {
      clock = tick(clock, source.now());
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
    puts.push(quiet(tx.objectStore('outbox').add({ order: number, id, kind, record })));
  }
  for (const { record, packed, added } of records.values()) {
    if (record === undefined) continue;
    if (packed) {
      await putChanges(tx, record.kind, record.id, added);
      continue;
    }
    for (const change of added) puts.push(quiet(tx.objectStore('changes').add(change)));
    puts.push(quiet(tx.objectStore('records').put(record)));
  }
  // The chain carries the clock; there is none before connecting.
  puts.push(quiet(chain ? meta.put(chain, 'chain') : meta.put(clock, 'clock')));
}

async function keep(
  tx: WorkspaceTx,
  puts: Promise<unknown>[],
  source: WriteSource,
  writes: Write[],
  author: Id,
): Promise<void> {
  const records = await presentOf(tx, 'kept', writes);
  let clock = await clockIn(tx);
  for (const write of writes) {
    clock = tick(clock, source.now());
    const { id, kind, record } = write;
    const present = records.get(nameOf(write))?.record;
    const base = baseOf(present, write);
    const body = normaliseJson(write.body);
    const ranked = { id, kind, record, author, rank: clock, base, body };
    const folded = storedRecord(applyChange(present?.state, ranked));
    records.set(nameOf(write), { record: folded, packed: false, added: [] });
    puts.push(quiet(tx.objectStore('kept').put(folded)));
  }
  puts.push(quiet(tx.objectStore('meta').put(clock, 'clock')));
}

/** The latest time given or rank seen. */
export async function clockIn(tx: WorkspaceTx): Promise<string> {
  return (await clockAndChain(tx)).clock;
}

/** In one request: no other name lies between these two. */
async function clockAndChain(
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
    [...distinct].map(async ([name, { kind, record }]): Promise<[string, Present]> => {
      const present =
        store === 'kept'
          ? { record: await tx.objectStore('kept').get([kind, record]), packed: false }
          : await recordIn(tx, kind, record);
      return [name, { record: undefined, packed: false, ...present, added: [] }];
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
