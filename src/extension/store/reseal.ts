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
import { clockIn, type WriteSource } from './commit.ts';
import { changesOf, putChanges } from './folding.ts';
import type { StoredChange, WorkspaceTx } from './schema.ts';

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
  const clock = await clockIn(tx);
  let chain = newChain(workspace.id, device, member.id, ZERO_TIME);
  const outbox = tx.objectStore('outbox');
  const pending = await outbox.getAll();
  await outbox.clear();
  for (const { kind, record, id } of pending) {
    const { changes } = await changesOf(tx, kind, record);
    const change = changes.find((one) => one.id === id);
    if (change === undefined) continue;
    const order = chain.n;
    const made = sealAnew(source, chain, change);
    chain = made.chain;
    await putChanges(tx, kind, record, [made.change]);
    await outbox.add({ order, id, kind, record });
  }
  chain = { ...chain, clock: observe(chain.clock, clock) };
  await meta.put(chain, 'chain');
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
