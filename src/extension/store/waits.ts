// What waits for a member, by its own index (wait-keys.ts): no more is read than what does.
import type { Id } from '../../domain/index.ts';
import { entriesOf, keyOf, recordFrom } from './blocks.ts';
import { reading } from './read.ts';
import type { StoredRecord, WorkspaceDb } from './schema.ts';
import { waitKey } from './wait-keys.ts';

/** Keys from the one to the other. */
type Range = readonly [from: string, to: string];

/** The records whose keys lie in these ranges, in the order of the keys; each once. */
async function within(db: WorkspaceDb, ranges: readonly Range[]): Promise<StoredRecord[]> {
  const tx = reading(db);
  const isIn = (key: string) => ranges.some(([from, to]) => key >= from && key <= to);
  const all = await Promise.all(
    ranges.map(([from, to]) =>
      Promise.all([
        tx.objectStore('kept').index('waits').getAll(IDBKeyRange.bound(from, to)),
        tx.objectStore('records').index('waits').getAll(IDBKeyRange.bound(from, to)),
        tx
          .objectStore('blocks')
          .index('keys')
          .getAll(IDBKeyRange.bound(keyOf.wait(from), keyOf.wait(to))),
      ]),
    ),
  );
  const kept = all.flatMap(([some]) => some);
  const own = all.flatMap(([, some]) => some);
  const blocks = all.flatMap(([, , some]) => some);
  const found = new Map<string, { key: string; record: StoredRecord }>();
  const take = (record: StoredRecord | null) => {
    const key = record?.waits?.filter(isIn).sort()[0];
    if (record === null || key === undefined) return;
    found.set(`${record.kind}/${record.id}`, { key, record });
  };
  for (const record of kept) take(record);
  // A block comes once for each of its keys that fits.
  for (const block of new Map(blocks.map((block) => [block.n, block])).values()) {
    for (const { keys, changes } of entriesOf(block)) {
      const fits = keys.some((key) => key.startsWith(keyOf.wait('')) && isIn(key.slice(1)));
      if (fits) take(recordFrom(changes));
    }
  }
  for (const record of own) take(record);
  return [...found.values()].sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ record }) => record);
}

const under = (prefix: string): Range => [prefix, `${prefix}\uffff`];

/** What a member is to do by this day (ISO 8601), the oldest first; also what is kept here alone. */
export function recordsDue(db: WorkspaceDb, member: Id, day: string): Promise<StoredRecord[]> {
  const prefix = waitKey.due(member);
  return within(db, [[prefix, `${prefix}${day}/\uffff`]]);
}

/** Managers' questions to a member that have no answer, in no order. */
export function unansweredBy(db: WorkspaceDb, member: Id): Promise<StoredRecord[]> {
  return within(db, [under(waitKey.ask(member))]);
}

/** Mentions of a member that they have not seen, in no order. */
export function unseenBy(db: WorkspaceDb, member: Id): Promise<StoredRecord[]> {
  return within(db, [under(waitKey.name(member))]);
}

/** Mentions in a card, also those that were taken back, in no order. */
export function mentionsIn(db: WorkspaceDb, subject: Id): Promise<StoredRecord[]> {
  return within(db, [under(waitKey.names(subject))]);
}

/** Questions about these expectations, in no order. */
export function probesAbout(db: WorkspaceDb, expectations: readonly Id[]): Promise<StoredRecord[]> {
  return within(
    db,
    [...new Set(expectations)].map((id) => under(waitKey.probe(id))),
  );
}
