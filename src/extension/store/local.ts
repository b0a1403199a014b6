import { type Chain, msOf, seal } from '../../ledger/index.ts';
import type { WriteSource } from './commit.ts';
import type { Connection } from './connection.ts';
import { foldIn, noteIn } from './folding.ts';
import { resealOutbox } from './reseal.ts';
import type { StoredChange, WorkspaceDb, WorkspaceTx } from './schema.ts';

const STORES = [
  ...(['changes', 'records', 'blocks', 'kept', 'outbox'] as const),
  ...(['drafts', 'meta', 'search', 'unindexed'] as const),
] as const;

/**
 * Gives a workspace's database its chain and moves into it what was captured before connecting:
 * sealed with the times of its writing, drafts and device-only records as they are. Can be
 * repeated after a crash anywhere: what has arrived is skipped, and only then removed from `local`.
 */
export async function moveIn(
  local: WorkspaceDb,
  db: WorkspaceDb,
  connection: Connection,
  source: WriteSource,
): Promise<void> {
  const pending = await local.getAll('outbox');
  const reading = local.transaction('changes');
  const changes = (
    await Promise.all(pending.map(({ kind, record, id }) => reading.store.get([kind, record, id])))
  ).filter((change) => change !== undefined);
  const drafts = await local.getAll('drafts');
  const kept = await local.getAll('kept');

  const tx = db.transaction([...STORES], 'readwrite', { durability: 'strict' }) as WorkspaceTx;
  let chain = await resealOutbox(tx, source, connection);
  for (const change of changes) {
    const { kind, record, id } = change;
    if ((await tx.objectStore('changes').get([kind, record, id])) !== undefined) continue;
    chain = await sealInto(tx, source, chain, change);
  }
  await tx.objectStore('meta').put(chain, 'chain');
  for (const draft of drafts) await tx.objectStore('drafts').put(draft);
  for (const record of kept) {
    await tx.objectStore('kept').put(record);
    noteIn(tx, record.kind, record.id);
  }
  await tx.done;

  const away = local.transaction([...STORES], 'readwrite', { durability: 'strict' });
  for (const store of STORES) await away.objectStore(store).clear();
  await away.done;
}

/**
 * A device has one chain in a workspace, whoever uses the browser: when it changes hands, the next
 * member's database goes on where the last one's ended, so that no number is used twice.
 */
export async function continueChain(
  db: WorkspaceDb,
  others: WorkspaceDb[],
  { device, member }: Connection,
): Promise<void> {
  let newest: Chain | undefined;
  for (const one of [db, ...others]) {
    const chain = (await one.get('meta', 'chain')) as Chain | undefined;
    if (chain?.device === device && (newest === undefined || chain.n > newest.n)) newest = chain;
  }
  if (newest === undefined) return;
  const tx = db.transaction('meta', 'readwrite', { durability: 'strict' });
  await tx.store.put({ ...newest, author: member.id }, 'chain');
  await tx.done;
}

async function sealInto(
  tx: WorkspaceTx,
  source: WriteSource,
  chain: Chain,
  change: StoredChange,
): Promise<Chain> {
  const { id, kind, record, body, base } = change;
  const order = chain.n;
  const when = { ...source, now: () => msOf(change.rank) };
  const sealed = seal(source.hasher, when, chain, {
    id,
    kind,
    record,
    base: base ?? {},
    body: body ?? {},
  });
  const { envelope, salt } = sealed.change;
  await tx.objectStore('changes').add({
    ...{ id, kind, record, author: envelope.author, rank: envelope.at, folded: true },
    ...{ envelope, salt, base, body: sealed.change.body },
  });
  await tx.objectStore('outbox').add({ order, id, kind, record });
  await foldIn(tx, 'records', {
    ...{ id, kind, record, author: envelope.author, rank: envelope.at, base },
    body: sealed.change.body,
  });
  return sealed.chain;
}
