// What waits for a member, by its own index (wait-keys.ts): no more is read than what does, and of very
// much only a part.
import type { Id } from '../../domain/index.ts';
import { entriesOf, keyOf, recordFrom } from './blocks.ts';
import { reading } from './read.ts';
import type { StoredRecord, WorkspaceDb } from './schema.ts';
import { waitKey } from './wait-keys.ts';

/** Keys from the one to the other. */
type Range = readonly [from: string, to: string];

/** An index over keys of what waits. */
type WaitIndex = {
  openKeyCursor(range: IDBKeyRange, direction: 'prev'): Promise<KeyCursor | null>;
};
type KeyCursor = { key: string; advance(by: number): Promise<KeyCursor | null> };

/** At most so many keys are read of one index: nobody looks through more. */
export const MOST_WAITING = 1_000;

/**
 * The records whose keys lie in these ranges, in the order of the keys; each once. Of very many only
 * those of the first keys are read, or of the last.
 */
async function within(
  db: WorkspaceDb,
  ranges: readonly Range[],
  end: 'first' | 'last' = 'first',
): Promise<StoredRecord[]> {
  const tx = reading(db);
  const isIn = (key: string) => ranges.some(([from, to]) => key >= from && key <= to);
  const few = (index: WaitIndex, range: IDBKeyRange) =>
    end === 'first' ? range : lastOf(index, range);
  const inStore = async (store: 'kept' | 'records', [from, to]: Range) => {
    const index = tx.objectStore(store).index('waits');
    return index.getAll(await few(index, IDBKeyRange.bound(from, to)), MOST_WAITING);
  };
  // A block is asked for once, however many of its keys fit: it is far longer than they are.
  const inBlocks = async ([from, to]: Range) => {
    const index = tx.objectStore('blocks').index('keys');
    const range = await few(index, IDBKeyRange.bound(keyOf.wait(from), keyOf.wait(to)));
    return index.getAllKeys(range, MOST_WAITING);
  };
  const [kept, own, names] = await Promise.all([
    Promise.all(ranges.map((range) => inStore('kept', range))),
    Promise.all(ranges.map((range) => inStore('records', range))),
    Promise.all(ranges.map(inBlocks)),
  ]);
  const blocks = await Promise.all(
    [...new Set(names.flat())].map((name) => tx.objectStore('blocks').get(name)),
  );
  const found = new Map<string, { key: string; record: StoredRecord }>();
  const take = (record: StoredRecord | null) => {
    const key = record?.waits?.filter(isIn).sort()[0];
    if (record === null || key === undefined) return;
    found.set(`${record.kind}/${record.id}`, { key, record });
  };
  for (const record of kept.flat()) take(record);
  const fits = (keys: string[]) =>
    keys.some((key) => key.startsWith(keyOf.wait('')) && isIn(key.slice(1)));
  for (const block of blocks) {
    if (block === undefined) continue;
    for (const { changes } of entriesOf(block, fits)) take(recordFrom(changes));
  }
  for (const record of own.flat()) take(record);
  return [...found.values()].sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ record }) => record);
}

/** Where the last keys in this range begin. */
async function lastOf(index: WaitIndex, range: IDBKeyRange): Promise<IDBKeyRange> {
  const last = await index.openKeyCursor(range, 'prev');
  const first = (await last?.advance(MOST_WAITING - 1)) ?? null;
  return first === null ? range : IDBKeyRange.bound(first.key, range.upper);
}

const under = (prefix: string): Range => [prefix, `${prefix}\uffff`];

/** What a member is to do by this day (ISO 8601), the oldest first; also what is kept here alone. */
export function recordsDue(db: WorkspaceDb, member: Id, day: string): Promise<StoredRecord[]> {
  const prefix = waitKey.due(member);
  return within(db, [[prefix, `${prefix}${day}/\uffff`]]);
}

/** Managers' questions to a member that have no answer, in no order; of very many the newest. */
export function unansweredBy(db: WorkspaceDb, member: Id): Promise<StoredRecord[]> {
  return within(db, [under(waitKey.ask(member))], 'last');
}

/** Mentions of a member that they have not seen, in no order; of very many the newest. */
export function unseenBy(db: WorkspaceDb, member: Id): Promise<StoredRecord[]> {
  return within(db, [under(waitKey.name(member))], 'last');
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
