// A record and its changes, wherever they lie: rows of their own, or together in a block.
import { applyChange, type Id, type Ranked } from '../../domain/index.ts';
import { blockWith, entriesOf, packedChanges, recordFrom, rewriteBlock } from './blocks.ts';
import { storedRecord } from './records.ts';
import type { StoredChange, StoredRecord, WorkspaceDb, WorkspaceTx } from './schema.ts';
import { nameOf, noteWritten } from './search/rows.ts';
import { isSearched } from './search/texts.ts';

/** All keys of one kind, and all changes of one record: keys that begin so. */
export const ofKind = (kind: string) => IDBKeyRange.bound([kind], [kind, []]);
const ofRecord = (kind: string, id: Id) => IDBKeyRange.bound([kind, id], [kind, id, []]);

/** A record that is folded here, or undefined. */
export async function recordIn(
  tx: WorkspaceTx,
  kind: string,
  id: Id,
): Promise<{ record: StoredRecord; packed: boolean } | undefined> {
  const { record, packed } = await placeIn(tx, kind, id);
  return record === undefined ? undefined : { record, packed };
}

/** Where a record lies. In a block it may lie with nothing of it folded: erased, or not understood. */
export async function placeIn(
  tx: WorkspaceTx,
  kind: string,
  id: Id,
): Promise<{ record: StoredRecord | undefined; packed: boolean }> {
  const [own, packed] = await Promise.all([
    tx.objectStore('records').get([kind, id]),
    packedChanges(tx, kind, id),
  ]);
  if (packed === undefined) return { record: own, packed: false };
  return { record: own ?? recordFrom(packed) ?? undefined, packed: true };
}

/**
 * All changes of a record, folded or not. `isBeside`: some lie beside its block, where earlier versions
 * wrote them when nothing in it was folded.
 */
export async function changesOf(
  tx: WorkspaceTx,
  kind: string,
  id: Id,
): Promise<{ changes: StoredChange[]; packed: boolean; isBeside?: boolean }> {
  const [own, packed] = await Promise.all([
    tx.objectStore('changes').getAll(ofRecord(kind, id)),
    packedChanges(tx, kind, id),
  ]);
  if (packed === undefined) return { changes: own, packed: false };
  const beside = own.filter(({ id }) => !packed.some((change) => change.id === id));
  return { changes: [...packed, ...beside], packed: true, isBeside: own.length > 0 };
}

/** One change, or undefined when it is not here. */
export async function getChange(
  db: WorkspaceDb,
  { kind, id: record }: { kind: string; id: Id },
  id: Id,
): Promise<StoredChange | undefined> {
  const tx = db.transaction(['changes', 'blocks']) as unknown as WorkspaceTx;
  const { changes } = await changesOf(tx, kind, record);
  return changes.find((change) => change.id === id);
}

/** Folds one change into its stored record, which is a row of its own. */
export async function foldIn(
  tx: WorkspaceTx,
  store: 'records' | 'kept',
  change: Ranked,
): Promise<void> {
  const records = tx.objectStore(store);
  const present = await records.get([change.kind, change.record]);
  await records.put(storedRecord(applyChange(present?.state, change)));
  noteIn(tx, change.kind, change.record);
}

/** Puts changes of one record, new ones or in place of the same ones, and folds it anew. */
export async function putChanges(
  tx: WorkspaceTx,
  kind: string,
  record: Id,
  put: StoredChange[],
): Promise<void> {
  const { changes, packed, isBeside } = await changesOf(tx, kind, record);
  const all = new Map(changes.map((change) => [change.id, change]));
  for (const change of put) all.set(change.id, change);
  if (!isSame(changes, put)) noteIn(tx, kind, record, isEmptied(changes, put));
  if (packed) {
    const block = await blockWith(tx, kind, record);
    if (block === undefined) throw new Error('the record is in a block');
    await rewriteBlock(tx, block, kind, record, [...all.values()]);
    if (!isBeside) return;
    await tx.objectStore('changes').delete(ofRecord(kind, record));
    await tx.objectStore('records').delete([kind, record]);
    return;
  }
  const folded = recordFrom(all.values());
  const records = tx.objectStore('records');
  await Promise.all([
    ...put.map((change) => tx.objectStore('changes').put(change)),
    folded === null ? records.delete([kind, record]) : records.put(folded),
  ]);
}

/** A record's only change is told again, with another rank or seal: its words are what they were. */
function isSame([only, ...more]: StoredChange[], [put, ...others]: StoredChange[]): boolean {
  if (only === undefined || put === undefined || more.length + others.length > 0) return false;
  const { id, folded, body } = only;
  return put.id === id && put.folded === folded && (put.body === null) === (body === null);
}

/** Texts that were here are not here afterwards. */
function isEmptied(present: StoredChange[], put: StoredChange[]): boolean {
  const emptied = new Set(put.filter(({ body }) => body === null).map(({ id }) => id));
  return present.some(({ id, body }) => body !== null && emptied.has(id));
}

/** The index is told, in the same transaction. `gone`: texts of it left the device. */
export function noteIn(tx: WorkspaceTx, kind: string, id: Id, gone = false): void {
  if (isSearched(kind)) noteWritten(tx, [nameOf(kind, id)], gone);
}

/** Removes a record and its changes from this device. */
export async function forgetRecord(tx: WorkspaceTx, kind: string, id: Id): Promise<void> {
  noteIn(tx, kind, id, true);
  await Promise.all([
    tx.objectStore('records').delete([kind, id]),
    tx.objectStore('changes').delete(ofRecord(kind, id)),
  ]);
  const block = await blockWith(tx, kind, id);
  if (block !== undefined) await rewriteBlock(tx, block, kind, id, []);
}

/** Every change on this device, a thousand rows at a time. */
export async function* allChanges(tx: WorkspaceTx): AsyncGenerator<StoredChange[]> {
  const rows = tx.objectStore('changes');
  let after: [string, Id, Id] | null = null;
  for (;;) {
    const range: IDBKeyRange | null = after === null ? null : IDBKeyRange.lowerBound(after, true);
    const found: StoredChange[] = await rows.getAll(range, 1_000);
    const last = found.at(-1);
    if (last === undefined) break;
    after = [last.kind, last.record, last.id];
    yield found;
  }
  const blocks = tx.objectStore('blocks');
  let from = 0;
  for (;;) {
    const found = await blocks.getAll(IDBKeyRange.lowerBound(from, true), 50);
    const last = found.at(-1)?.n;
    if (last === undefined) return;
    from = last;
    yield found.flatMap((block) => entriesOf(block).flatMap(({ changes }) => changes));
  }
}
