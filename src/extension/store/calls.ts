// Calls and their tags by their own index (call-keys.ts): what a tag costs does not grow with what
// else is on the device.
import type { Id } from '../../domain/index.ts';
import { entriesOf, keyOf, packedRecords, recordFrom } from './blocks.ts';
import { callKey, newestFirst } from './call-keys.ts';
import { ofKind, recordIn } from './folding.ts';
import type { StoredRecord, WorkspaceDb, WorkspaceTx } from './schema.ts';

/** The records whose keys lie in a range, in the order of these, at most so many. */
function between(
  db: WorkspaceDb,
  from: string,
  to: string,
  most?: number,
): Promise<StoredRecord[]> {
  const tx = db.transaction(['records', 'blocks']) as unknown as WorkspaceTx;
  return betweenIn(tx, from, to, most);
}

async function betweenIn(
  tx: WorkspaceTx,
  from: string,
  to: string,
  most?: number,
): Promise<StoredRecord[]> {
  const isIn = (key: string) => key >= from && key <= to;
  const [own, blocks] = await Promise.all([
    tx.objectStore('records').index('calls').getAll(IDBKeyRange.bound(from, to), most),
    tx
      .objectStore('blocks')
      .index('keys')
      .getAll(IDBKeyRange.bound(keyOf.call(from), keyOf.call(to)), most),
  ]);
  const found = new Map<string, StoredRecord>();
  const take = (record: StoredRecord | null) => {
    const key = record?.calls?.find(isIn);
    if (record !== null && key !== undefined) found.set(key, record);
  };
  const fits = (keys: string[]) =>
    keys.some((key) => key.startsWith(keyOf.call('')) && isIn(key.slice(1)));
  // A block comes once for each of its keys that fits.
  for (const block of new Map(blocks.map((block) => [block.n, block])).values()) {
    for (const { changes } of entriesOf(block, fits)) take(recordFrom(changes));
  }
  for (const record of own) take(record);
  const inOrder = [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, record]) => record);
  return most === undefined ? inOrder : inOrder.slice(0, most);
}

function under(db: WorkspaceDb, prefix: string, most?: number): Promise<StoredRecord[]> {
  return between(db, prefix, `${prefix}\uffff`, most);
}

async function countUnder(db: WorkspaceDb, prefix: string): Promise<number> {
  const tx = db.transaction(['records', 'blocks']);
  const to = `${prefix}\uffff`;
  const counts = await Promise.all([
    tx.objectStore('records').index('calls').count(IDBKeyRange.bound(prefix, to)),
    tx
      .objectStore('blocks')
      .index('keys')
      .count(IDBKeyRange.bound(keyOf.call(prefix), keyOf.call(to))),
  ]);
  return counts[0] + counts[1];
}

/** A member's calls that are not over, on whatever device they were begun. */
export function openCalls(db: WorkspaceDb, author: Id): Promise<StoredRecord[]> {
  return under(db, callKey.open(author));
}

/** Calls that began before this moment (ms since 1970; null: all), newest first. */
export function callsBefore(
  db: WorkspaceDb,
  before: number | null,
  most: number,
): Promise<StoredRecord[]> {
  const prefix = callKey.all();
  if (before === null) return under(db, prefix, most);
  return between(db, `${prefix}${newestFirst(Math.ceil(before) - 1)}/`, `${prefix}\uffff`, most);
}

/** Tags of a call by their press, newest first. */
export function tagsOf(db: WorkspaceDb, call: Id, most?: number): Promise<StoredRecord[]> {
  return under(db, callKey.tag(call), most);
}

/**
 * What a press needs, asked for at once in the transaction that writes its tag: the tag if it is
 * there already, the call, the tags pressed within so many ms of this moment, and the workspace's
 * labels.
 */
export async function aroundPress(
  tx: WorkspaceTx,
  { id, call }: { id: Id; call: Id },
  at: number,
  within: number,
): Promise<{
  present: StoredRecord | undefined;
  call: StoredRecord | undefined;
  near: StoredRecord[];
  labels: StoredRecord[];
}> {
  const prefix = callKey.tag(call);
  const from = `${prefix}${newestFirst(at + within)}/`;
  const to = `${prefix}${newestFirst(at - within)}/\uffff`;
  const [present, found, near, ...labels] = await Promise.all([
    recordIn(tx, 'note', id),
    recordIn(tx, 'interaction', call),
    betweenIn(tx, from, to),
    tx.objectStore('records').getAll(ofKind('label')),
    packedRecords(tx, keyOf.kind('label')),
  ]);
  return { present: present?.record, call: found?.record, near, labels: labels.flat() };
}

export function countTags(db: WorkspaceDb, call: Id): Promise<number> {
  return countUnder(db, callKey.tag(call));
}

/** Tags of a call that nobody has dealt with, of all members or of one. */
export function countToDo(db: WorkspaceDb, call: Id, author?: Id): Promise<number> {
  return countUnder(db, callKey.todo(call, author));
}

/** A member's tags that nobody has dealt with, of calls that go on too. */
export function countWaiting(db: WorkspaceDb, author: Id): Promise<number> {
  return countUnder(db, callKey.wait(author));
}

/** The same, newest first, without those of some calls. */
export async function waitingTags(
  db: WorkspaceDb,
  author: Id,
  without: ReadonlySet<Id>,
  most: number,
): Promise<StoredRecord[]> {
  const prefix = callKey.wait(author);
  const found: StoredRecord[] = [];
  let from = prefix;
  while (found.length < most) {
    const some = await between(db, from, `${prefix}\uffff`, most);
    const last = some.at(-1)?.calls?.find((key) => key.startsWith(prefix));
    for (const record of some) {
      const call = record.state.registers.interaction?.value;
      if (typeof call !== 'string' || !without.has(call)) found.push(record);
    }
    if (last === undefined || some.length < most) break;
    from = `${last}\u0000`;
  }
  return found.slice(0, most);
}

/** How satisfied they seemed in a call. */
export function impressionsOf(db: WorkspaceDb, call: Id): Promise<StoredRecord[]> {
  return under(db, callKey.seem(call));
}

/** All records that say they are of this call, deleted ones too. */
export async function recordsOfCall(db: WorkspaceDb, call: Id): Promise<StoredRecord[]> {
  const tx = db.transaction(['records', 'blocks']) as unknown as WorkspaceTx;
  const [own, packed] = await Promise.all([
    tx.objectStore('records').index('interaction').getAll(call),
    packedRecords(tx, keyOf.interaction(call)),
  ]);
  const found = new Map([...packed, ...own].map((one) => [`${one.kind}/${one.id}`, one]));
  return [...found.values()].filter(({ state }) => state.registers.interaction?.value === call);
}

/** Which of these records are on this device, deleted ones too; in one transaction. */
export async function present(db: WorkspaceDb, kind: string, ids: readonly Id[]): Promise<Set<Id>> {
  const tx = db.transaction(['records', 'blocks']) as unknown as WorkspaceTx;
  const found = await Promise.all(ids.map((id) => recordIn(tx, kind, id)));
  return new Set(found.flatMap((one) => (one === undefined ? [] : [one.record.id])));
}
