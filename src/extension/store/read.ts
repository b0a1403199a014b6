import type { Id } from '../../domain/index.ts';
import { keyOf, packedRecords } from './blocks.ts';
import { ofKind, recordIn } from './folding.ts';
import type { StoredRecord, SyncState, WorkspaceDb, WorkspaceTx } from './schema.ts';

export const FRESH_SYNC: SyncState = {
  epoch: null,
  cursor: 0,
  lastSuccess: null,
  offlineSince: null,
  problem: null,
  signedOut: false,
  failures: 0,
  notBefore: 0,
};

export { readFields } from './records.ts';

/** All places of records, to be read in one transaction. */
export function reading(db: WorkspaceDb): WorkspaceTx {
  return db.transaction(['records', 'blocks', 'kept']) as unknown as WorkspaceTx;
}

/** A record, wherever it is kept. */
export async function getRecord(
  db: WorkspaceDb,
  kind: string,
  id: Id,
): Promise<{ record: StoredRecord; keptHere: boolean } | null> {
  const tx = reading(db);
  const [synced, kept] = await Promise.all([
    recordIn(tx, kind, id),
    tx.objectStore('kept').get([kind, id]),
  ]);
  if (synced !== undefined) return { record: synced.record, keptHere: false };
  return kept === undefined ? null : { record: kept, keptHere: true };
}

/** Everything that refers to one of these customers or interactions, device-only records too. */
export async function recordsAbout(
  db: WorkspaceDb,
  index: 'customer' | 'interaction',
  ids: Iterable<Id>,
): Promise<{ record: StoredRecord; keptHere: boolean }[]> {
  const tx = reading(db);
  const asked: Promise<{ record: StoredRecord; keptHere: boolean }[]>[] = [];
  for (const id of ids) {
    const places = {
      kept: tx.objectStore('kept').index(index).getAll(id),
      records: tx.objectStore('records').index(index).getAll(id),
      blocks: packedRecords(tx, keyOf[index](id)),
    };
    for (const [place, all] of Object.entries(places)) {
      const keptHere = place === 'kept';
      asked.push(all.then((records) => records.map((record) => ({ record, keptHere }))));
    }
  }
  // A record may refer to two that are read as one.
  const found = new Map<string, { record: StoredRecord; keptHere: boolean }>();
  for (const one of (await Promise.all(asked)).flat()) {
    const { record, keptHere } = one;
    if (record.state.registers.deleted?.value === true) continue;
    found.set(`${keptHere}/${record.kind}/${record.id}`, one);
  }
  return [...found.values()];
}

/** Interactions with this subject, at most so many; in no order that means anything. */
export async function conversationOf(
  db: WorkspaceDb,
  subject: string,
  most: number,
): Promise<Map<Id, StoredRecord>> {
  const tx = reading(db);
  const all = await Promise.all([
    tx.objectStore('kept').index('conversation').getAll(subject, most),
    tx.objectStore('records').index('conversation').getAll(subject, most),
    packedRecords(tx, keyOf.conversation(subject), most),
  ]);
  return present(all.flat());
}

/** All records of a kind that are not deleted. */
export async function recordsOfKind(db: WorkspaceDb, kind: string): Promise<Map<Id, StoredRecord>> {
  const tx = reading(db);
  const all = await Promise.all([
    tx.objectStore('kept').getAll(ofKind(kind)),
    tx.objectStore('records').getAll(ofKind(kind)),
    packedRecords(tx, keyOf.kind(kind)),
  ]);
  return present(all.flat());
}

/**
 * A number that changes when records of a kind come or go: how many rows hold some. Cheaper than
 * reading them.
 */
export async function rowsOfKind(db: WorkspaceDb, kind: string): Promise<number> {
  const tx = reading(db);
  const counts = await Promise.all([
    tx.objectStore('kept').count(ofKind(kind)),
    tx.objectStore('records').count(ofKind(kind)),
    tx.objectStore('blocks').index('keys').count(keyOf.kind(kind)),
  ]);
  return counts.reduce((sum, count) => sum + count, 0);
}

/** Records of a kind that stay on this device. */
export function countKept(db: WorkspaceDb, kind: string): Promise<number> {
  return db.count('kept', ofKind(kind));
}

/** Those that are not deleted, by id; of one in several places, the last. */
function present(records: StoredRecord[]): Map<Id, StoredRecord> {
  const found = new Map<Id, StoredRecord>();
  for (const record of records) {
    if (record.state.registers.deleted?.value !== true) found.set(record.id, record);
  }
  return found;
}

export async function isPending(db: WorkspaceDb, kind: string, id: Id): Promise<boolean> {
  return (await db.countFromIndex('outbox', 'record', [kind, id])) > 0;
}

export async function readSync(db: WorkspaceDb): Promise<SyncState> {
  const stored = (await db.get('meta', 'sync')) as SyncState | undefined;
  return { ...FRESH_SYNC, ...stored };
}
