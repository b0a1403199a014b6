import { type Base, type Body, type Id, normaliseJson, paths } from '../../domain/index.ts';
import { type Chain, type Hasher, seal, tick, ZERO_TIME } from '../../ledger/index.ts';
import { asStoreError } from './errors.ts';
import { foldIn } from './records.ts';
import type { StoredChange, WorkspaceDb, WorkspaceTx } from './schema.ts';

/**
 * A change to be written: fields of one record. `base` names the values that its writer saw, where
 * that may not be what is stored by now, an empty list where they saw none; a register that it does
 * not name has the stored value as base.
 */
export type Write = { id: Id; kind: string; record: Id; body: Body; base?: Base };

export type WriteSource = { now(): number; random(bytes: number): Uint8Array; hasher: Hasher };

const STORES = ['changes', 'records', 'kept', 'outbox', 'drafts', 'meta', 'attention'] as const;

/**
 * Writes changes as one: sealed, into the outbox and folded, in a single strict transaction, which
 * also removes the draft they came from. Before connecting (no chain) they stay unsealed. With
 * `keep` they go to the device-only store and are never sealed. Resolves when the disk has them.
 */
export async function commit(
  db: WorkspaceDb,
  source: WriteSource,
  writes: Write[],
  options: { author: Id; keep?: boolean; discardDraft?: Id } = { author: '' },
): Promise<void> {
  try {
    const tx = db.transaction([...STORES], 'readwrite', { durability: 'strict' }) as WorkspaceTx;
    try {
      if (options.keep === true) await keep(tx, source, writes, options.author);
      else await add(tx, source, writes, options.author);
      if (options.discardDraft !== undefined) {
        await tx.objectStore('drafts').delete(options.discardDraft);
      }
    } catch (error) {
      // A request's failure aborts the transaction by itself; a fault of ours has to.
      abort(tx);
      await tx.done.catch(() => undefined);
      throw error;
    }
    await tx.done;
  } catch (error) {
    throw asStoreError(error);
  }
}

async function add(
  tx: WorkspaceTx,
  source: WriteSource,
  writes: Write[],
  author: Id,
): Promise<void> {
  let chain = (await tx.objectStore('meta').get('chain')) as Chain | undefined;
  let clock = ((await tx.objectStore('meta').get('clock')) as string | undefined) ?? ZERO_TIME;
  for (const write of writes) {
    const base = await baseOf(tx, 'records', write);
    let stored: StoredChange;
    let order: number;
    if (chain) {
      order = chain.n;
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
      order = await nextOrder(tx);
      const body = normaliseJson(write.body);
      stored = {
        ...{ id: write.id, kind: write.kind, record: write.record, author, rank: clock },
        ...{ folded: true, envelope: null, salt: null, base, body },
      };
    }
    const { id, kind, record, rank, body } = stored;
    await tx.objectStore('changes').add(stored);
    await tx.objectStore('outbox').add({ order, id, kind, record });
    await foldIn(tx, 'records', {
      id,
      kind,
      record,
      author: stored.author,
      rank,
      base,
      body: body ?? {},
    });
  }
  if (chain) await tx.objectStore('meta').put(chain, 'chain');
  await tx.objectStore('meta').put(clock, 'clock');
}

async function keep(
  tx: WorkspaceTx,
  source: WriteSource,
  writes: Write[],
  author: Id,
): Promise<void> {
  let clock = ((await tx.objectStore('meta').get('clock')) as string | undefined) ?? ZERO_TIME;
  for (const write of writes) {
    clock = tick(clock, source.now());
    const { id, kind, record } = write;
    const base = await baseOf(tx, 'kept', write);
    await foldIn(tx, 'kept', {
      ...{ id, kind, record, author, rank: clock, base },
      body: normaliseJson(write.body),
    });
  }
  await tx.objectStore('meta').put(clock, 'clock');
}

/** The values the writer saw: register path → change that wrote it. */
async function baseOf(tx: WorkspaceTx, store: 'records' | 'kept', write: Write): Promise<Base> {
  const present = await tx.objectStore(store).get([write.kind, write.record]);
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
