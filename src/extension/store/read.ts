import type { Id } from '../../domain/index.ts';
import type { StoredRecord, SyncState, WorkspaceDb } from './schema.ts';

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

/** A record, wherever it is kept. */
export async function getRecord(
  db: WorkspaceDb,
  kind: string,
  id: Id,
): Promise<{ record: StoredRecord; keptHere: boolean } | null> {
  const synced = await db.get('records', [kind, id]);
  if (synced !== undefined) return { record: synced, keptHere: false };
  const kept = await db.get('kept', [kind, id]);
  return kept === undefined ? null : { record: kept, keptHere: true };
}

/** Everything that refers to one of these customers or interactions, device-only records too. */
export async function recordsAbout(
  db: WorkspaceDb,
  index: 'customer' | 'interaction',
  ids: Iterable<Id>,
): Promise<{ record: StoredRecord; keptHere: boolean }[]> {
  const tx = db.transaction(['records', 'kept']);
  const reading: Promise<{ record: StoredRecord; keptHere: boolean }[]>[] = [];
  for (const id of ids) {
    for (const store of ['records', 'kept'] as const) {
      const all = tx.objectStore(store).index(index).getAll(id);
      const keptHere = store === 'kept';
      reading.push(all.then((records) => records.map((record) => ({ record, keptHere }))));
    }
  }
  // A record may refer to two that are read as one.
  const found = new Map<string, { record: StoredRecord; keptHere: boolean }>();
  for (const one of (await Promise.all(reading)).flat()) {
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
  const found = new Map<Id, StoredRecord>();
  for (const store of ['kept', 'records'] as const) {
    for (const record of await db.getAllFromIndex(store, 'conversation', subject, most)) {
      if (record.state.registers.deleted?.value !== true) found.set(record.id, record);
    }
  }
  return found;
}

/** All records of a kind that are not deleted. */
export async function recordsOfKind(db: WorkspaceDb, kind: string): Promise<Map<Id, StoredRecord>> {
  const members = new Map<Id, StoredRecord>();
  for (const store of ['kept', 'records'] as const) {
    for (const record of await db.getAllFromIndex(store, 'kind', kind)) {
      if (record.state.registers.deleted?.value !== true) members.set(record.id, record);
    }
  }
  return members;
}

export async function isPending(db: WorkspaceDb, kind: string, id: Id): Promise<boolean> {
  return (await db.countFromIndex('outbox', 'record', [kind, id])) > 0;
}

export async function readSync(db: WorkspaceDb): Promise<SyncState> {
  const stored = (await db.get('meta', 'sync')) as SyncState | undefined;
  return { ...FRESH_SYNC, ...stored };
}
