// How much there is that the server does not have yet.
import type { WorkspaceDb } from './schema.ts';

/** Up to so many, records are told apart; of more, nobody counts twice. */
const COUNTED = 1_000;

/** What the device says of itself is no work of a person's. */
const OWN_KIND = 'device';

/**
 * What a person would count: records of these kinds with changes the server does not have. The
 * customer, contact or interaction that a capture creates beside it counts only when no card does,
 * so a mail logged by itself counts as every record it wrote. Where very many are pending, a record
 * that was changed several times counts as often: reading them all would take a second.
 */
export async function countPending(db: WorkspaceDb, cards: readonly string[]): Promise<number> {
  const tx = db.transaction('outbox');
  const [first, all] = await Promise.all([tx.store.getAll(null, COUNTED + 1), tx.store.count()]);
  if (all > COUNTED) {
    const index = tx.store.index('record');
    const counts = await Promise.all(
      cards.map((kind) => index.count(IDBKeyRange.bound([kind], [kind, []]))),
    );
    const sum = counts.reduce((total, count) => total + count, 0);
    return sum > 0 ? sum : all;
  }
  const pending = new Map<string, string>();
  for (const { kind, record } of first) pending.set(`${kind}/${record}`, kind);
  const kinds = [...pending.values()].filter((kind) => kind !== OWN_KIND);
  const found = kinds.filter((kind) => cards.includes(kind)).length;
  return found > 0 ? found : kinds.length;
}
