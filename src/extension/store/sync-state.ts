import type { Id } from '../../domain/index.ts';
import {
  type Chain,
  type Hasher,
  judge,
  observe,
  type PulledChange,
  type PushedChange,
  type SyncResponse,
  ZERO_TIME,
} from '../../ledger/index.ts';
import { asStoreError } from './errors.ts';
import { FRESH_SYNC } from './read.ts';
import { foldIn, rankedOf, refold } from './records.ts';
import type { StoredChange, SyncState, WorkspaceDb, WorkspaceTx } from './schema.ts';

const STORES = ['changes', 'records', 'outbox', 'attention', 'meta'] as const;

/**
 * The oldest sealed changes that the server does not have, in the order of the chain: at most
 * `most`, and no more than about `bytes` (always one), so that long texts cannot make a request
 * that no server takes.
 */
export async function pendingChanges(
  db: WorkspaceDb,
  most: number,
  bytes: number,
): Promise<PushedChange[]> {
  const tx = db.transaction(['outbox', 'changes']);
  const pending = await tx.objectStore('outbox').getAll(null, most);
  const found: PushedChange[] = [];
  let size = 0;
  for (const { id } of pending) {
    const change = await tx.objectStore('changes').get(id);
    if (!change?.envelope || change.salt === null) continue;
    size += JSON.stringify(change.body).length;
    if (found.length > 0 && size > bytes) break;
    found.push({ envelope: change.envelope, salt: change.salt, body: change.body });
  }
  return found;
}

/**
 * Takes in a server's answer in one transaction: acknowledgements with their ranks, pulled changes,
 * and the cursor that covers them. Answers whether any record may look different now. Repeating it
 * changes nothing.
 */
export async function takeAnswer(
  db: WorkspaceDb,
  hasher: Hasher,
  answer: SyncResponse,
  now: number,
): Promise<{ changed: boolean }> {
  try {
    const tx = db.transaction([...STORES], 'readwrite', { durability: 'strict' }) as WorkspaceTx;
    const state = { ...FRESH_SYNC, ...((await tx.objectStore('meta').get('sync')) as SyncState) };
    if (state.epoch !== null && state.epoch !== answer.epoch) {
      await startOver(tx, answer.epoch, state);
      await tx.done;
      return { changed: false };
    }
    let clock = ((await tx.objectStore('meta').get('clock')) as string | undefined) ?? ZERO_TIME;
    let changed = false;
    for (const result of answer.results) {
      await acknowledge(tx, result);
      if (result.rank !== undefined) clock = observe(clock, result.rank);
    }
    for (const pulled of answer.changes) {
      changed = (await takePulled(tx, hasher, pulled)) || changed;
      clock = observe(clock, pulled.leaf.rank);
    }
    await tx.objectStore('meta').put(clock, 'clock');
    const chain = (await tx.objectStore('meta').get('chain')) as Chain | undefined;
    if (chain) await tx.objectStore('meta').put({ ...chain, clock }, 'chain');
    await tx.objectStore('meta').put(
      {
        ...FRESH_SYNC,
        epoch: answer.epoch,
        cursor: Math.max(state.cursor, answer.cursor),
        lastSuccess: now,
      },
      'sync',
    );
    await tx.done;
    return { changed };
  } catch (error) {
    throw asStoreError(error);
  }
}

/** Notes that a try failed, without touching the cursor. */
export async function noteSync(db: WorkspaceDb, patch: Partial<SyncState>): Promise<void> {
  const tx = db.transaction('meta', 'readwrite');
  const stored = (await tx.store.get('sync')) as SyncState | undefined;
  await tx.store.put({ ...FRESH_SYNC, ...stored, ...patch }, 'sync');
  await tx.done;
}

async function acknowledge(
  tx: WorkspaceTx,
  result: SyncResponse['results'][number],
): Promise<void> {
  const change = await tx.objectStore('changes').get(result.id);
  if (change?.envelope) {
    // Only this device's own changes are ever in its outbox, keyed by their number.
    const pending = await tx.objectStore('outbox').get(change.envelope.n);
    if (pending?.id === result.id) await tx.objectStore('outbox').delete(change.envelope.n);
  }
  if (change === undefined) return;
  if (result.result === 'needs-attention') {
    const { id, kind, body } = change;
    const reason = result.reason ?? 'The server could not read it.';
    await tx.objectStore('attention').put({ id, kind, reason, body });
  }
  if (result.rank !== undefined) await rerank(tx, change, result.rank);
}

/** A provisional rank gives way to the server's; its record is folded anew. */
async function rerank(tx: WorkspaceTx, change: StoredChange, rank: string): Promise<boolean> {
  if (change.rank === rank) return false;
  await tx.objectStore('changes').put({ ...change, rank });
  await refold(tx, change.kind, change.record);
  return true;
}

async function takePulled(
  tx: WorkspaceTx,
  hasher: Hasher,
  { leaf, salt, body }: PulledChange,
): Promise<boolean> {
  const present = await tx.objectStore('changes').get(leaf.id);
  if (present) return rerank(tx, present, leaf.rank);
  const { received: _received, rank, ...envelope } = leaf;
  const known = envelope.v === 1 && salt !== null && body !== null;
  const verdict = known
    ? judge(hasher, { envelope: { ...envelope, v: 1 }, salt, body })
    : ({ fold: false, reason: null } as const);
  const stored: StoredChange = {
    ...{ id: leaf.id, kind: leaf.kind, record: leaf.record, author: leaf.author, rank },
    folded: verdict.fold,
    envelope: envelope.v === 1 ? { ...envelope, v: 1 } : null,
    salt,
    base: leaf.base ?? null,
    body: body as StoredChange['body'],
  };
  await tx.objectStore('changes').add(stored);
  const ranked = rankedOf(stored);
  if (ranked !== null) await foldIn(tx, 'records', ranked);
  return true;
}

/**
 * The server was restored or replaced: pull everything again and push everything that is ours, so
 * that nothing is lost; what it still has is answered as a duplicate, so nothing is there twice.
 */
async function startOver(tx: WorkspaceTx, epoch: Id, state: SyncState): Promise<void> {
  const chain = (await tx.objectStore('meta').get('chain')) as Chain | undefined;
  if (chain) {
    for (const change of await tx.objectStore('changes').getAll()) {
      if (change.envelope?.device !== chain.device) continue;
      const { id, kind, record } = change;
      await tx.objectStore('outbox').put({ order: change.envelope.n, id, kind, record });
    }
  }
  await tx.objectStore('meta').put({ ...state, epoch, cursor: 0 }, 'sync');
}
