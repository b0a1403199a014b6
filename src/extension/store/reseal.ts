// A device that goes on as another one (SPEC 10): a copied profile, or a connection under a new id.
import type { Id } from '../../domain/index.ts';
import {
  type Chain,
  newChain,
  observe,
  partsOf,
  seal,
  timestampOf,
  ZERO_TIME,
} from '../../ledger/index.ts';
import { clockIn, noteChain, type WriteSource } from './commit.ts';
import { allChanges, changesOf, putChanges } from './folding.ts';
import { FRESH_SYNC } from './read.ts';
import type { Missing, StoredChange, SyncState, WorkspaceDb, WorkspaceTx } from './schema.ts';

type Whose = { device: Id; workspace: { id: Id }; member: { id: Id } };

/**
 * The chain of this connection's device, made when there is none. Where the chain was another
 * device's, what is in the outbox is sealed anew under the new one: the same ids, texts and times,
 * in the same order. What the server has of the old chain stays as it is.
 */
export async function resealOutbox(
  tx: WorkspaceTx,
  source: WriteSource,
  { device, workspace, member }: Whose,
): Promise<Chain> {
  const meta = tx.objectStore('meta');
  const held = (await meta.get('chain')) as Chain | undefined;
  if (held?.device === device) return held;
  if (held !== undefined) await meta.put([...(await formerIn(tx)), held.device], 'former');
  const clock = await clockIn(tx);
  let chain = newChain(workspace.id, device, member.id, ZERO_TIME);
  const outbox = tx.objectStore('outbox');
  const pending = await outbox.getAll();
  await outbox.clear();
  chain = await sealAll(tx, source, chain, pending);
  chain = { ...chain, clock: observe(chain.clock, clock) };
  await meta.put(chain, 'chain');
  return chain;
}

/**
 * The server has begun anew: all that is this device's own is to be pushed again. What it pushed
 * under its present name goes out as it is; what it pushed under earlier ones, and what a copy of
 * the profile pushed under a number that another change has here, is looked for in the log as it is
 * pulled (SPEC 5.5). Answers whether there is any of that.
 */
export async function pushAgain(tx: WorkspaceTx, { device, author }: Chain): Promise<boolean> {
  const former = new Set(await formerIn(tx));
  const outbox = tx.objectStore('outbox');
  // What was never sent keeps its number.
  const numbers = new Map((await outbox.getAll()).map(({ order, id }) => [order, id]));
  const missing: Missing[] = [];
  for await (const changes of allChanges(tx)) {
    for (const { id, kind, record, envelope } of changes) {
      if (envelope === null || envelope.author !== author) continue;
      const { n, at } = envelope;
      if (envelope.device === device && (numbers.get(n) ?? id) === id) {
        numbers.set(n, id);
        await outbox.put({ order: n, id, kind, record });
      } else if (envelope.device === device || former.has(envelope.device)) {
        missing.push({ id, kind, record, at });
      }
    }
  }
  await tx.objectStore('meta').put(missing, 'missing');
  return missing.length > 0;
}

/** These came with the log. */
export async function noteFound(tx: WorkspaceTx, ids: readonly Id[]): Promise<void> {
  const meta = tx.objectStore('meta');
  const missing = ((await meta.get('missing')) as Missing[] | undefined) ?? [];
  const found = new Set(ids);
  const left = missing.filter(({ id }) => !found.has(id));
  if (left.length < missing.length) await meta.put(left, 'missing');
}

/**
 * All of the log is here: what did not come with it is sealed anew under this device's name, in the
 * order of its times, and pushed as what was never sent. Whoever has pushed it as well is answered
 * as copies of a profile are (SPEC 4.4).
 */
export async function pushMissing(db: WorkspaceDb, source: WriteSource): Promise<void> {
  const tx = db.transaction(
    ['meta', 'outbox', 'changes', 'records', 'blocks', 'unindexed'],
    'readwrite',
    {
      durability: 'strict',
    },
  ) as unknown as WorkspaceTx;
  const meta = tx.objectStore('meta');
  const missing = ((await meta.get('missing')) as Missing[] | undefined) ?? [];
  const held = (await meta.get('chain')) as Chain | undefined;
  if (held !== undefined && missing.length > 0) {
    const waiting = new Set((await tx.objectStore('outbox').getAll()).map(({ id }) => id));
    const lost = missing
      .filter(({ id }) => !waiting.has(id))
      .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
    // Each with the time it had, however late it is in the chain.
    const sealed = await sealAll(tx, source, { ...held, clock: ZERO_TIME }, lost);
    const chain = { ...sealed, clock: observe(sealed.clock, held.clock) };
    noteChain(tx, chain);
    await meta.put(chain, 'chain');
  }
  const state = (await meta.get('sync')) as SyncState | undefined;
  const { looking: _, ...sync } = { ...FRESH_SYNC, ...state };
  await meta.put(sync, 'sync');
  await meta.delete('missing');
  await tx.done;
}

async function formerIn(tx: WorkspaceTx): Promise<Id[]> {
  return ((await tx.objectStore('meta').get('former')) as Id[] | undefined) ?? [];
}

/** Seals these at the end of the chain, and puts them into the outbox. */
async function sealAll(
  tx: WorkspaceTx,
  source: WriteSource,
  from: Chain,
  all: readonly { kind: string; record: Id; id: Id }[],
): Promise<Chain> {
  let chain = from;
  for (const { kind, record, id } of all) {
    const { changes } = await changesOf(tx, kind, record);
    const change = changes.find((one) => one.id === id);
    if (change === undefined) continue;
    const order = chain.n;
    const made = sealAnew(source, chain, change);
    chain = made.chain;
    await putChanges(tx, kind, record, [made.change]);
    await tx.objectStore('outbox').add({ order, id, kind, record });
  }
  return chain;
}

/** An erased body stays away: its change has an empty one under the new chain. */
function sealAnew(
  source: WriteSource,
  chain: Chain,
  change: StoredChange,
): { change: StoredChange; chain: Chain } {
  const { id, kind, record, base, body } = change;
  const { ms, counter } = partsOf(change.envelope?.at ?? change.rank);
  const when = { ...source, now: () => ms };
  // To the counter the time it had: a copy of this profile may have sent the same change.
  const clock = counter === 0 ? chain.clock : timestampOf({ ms, counter: counter - 1 });
  const draft = { id, kind, record, base: base ?? {}, body: body ?? {} };
  const sealed = seal(source.hasher, when, { ...chain, clock }, draft);
  const { envelope, salt } = sealed.change;
  const { author, at } = envelope;
  const kept = body === null ? null : sealed.change.body;
  return {
    chain: sealed.chain,
    change: { ...change, author, rank: at, envelope, salt, body: kept },
  };
}
