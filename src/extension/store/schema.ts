import type { DBSchema, IDBPDatabase, IDBPTransaction, StoreNames } from 'idb';
import type { Base, Body, Envelope, Id, RecordState } from '../../domain/index.ts';
import type { Chain } from '../../ledger/index.ts';
import { storedRecord } from './records.ts';

/** A change as it is kept: unsealed (`envelope` null) before connecting. */
export type StoredChange = {
  id: Id;
  kind: string;
  record: Id;
  author: Id;
  /** The server's rank, or the own time until it is acknowledged. */
  rank: string;
  /** Not folded: its body cannot be read here (judged by the ledger). */
  folded: boolean;
  envelope: Envelope | null;
  salt: string | null;
  base: Base | null;
  body: Body | null;
};

/** A folded record, with what it is looked up by. */
export type StoredRecord = {
  kind: string;
  id: Id;
  state: RecordState;
  /** Raw references: resolved to one customer on reading. */
  customer?: Id;
  /** What it is about and what its evidence stands in. */
  interactions?: Id[];
  /** Of an interaction: its subject, as conversations are told apart by it. */
  conversation?: string;
  mergedInto?: Id;
  /** "kind|identifier" of each identifier that is on */
  identifiers: string[];
};

/** A change the server does not have yet; `order` is its number in the device's chain. */
export type Pending = { order: number; id: Id; kind: string; record: Id };

export type Attention = { id: Id; kind: string; reason: string; body: unknown };

/** Where sync stands; written in the transaction of the rows it covers. */
export type SyncState = {
  epoch: Id | null;
  cursor: number;
  /** ms since 1970 */
  lastSuccess: number | null;
  offlineSince: number | null;
  problem: string | null;
  signedOut: boolean;
  failures: number;
  /** No try before this time (ms since 1970), after 429 or a run of failures. */
  notBefore: number;
};

/** What records are looked up by, wherever they are kept. */
type RecordIndexes = {
  customer: Id;
  interaction: Id;
  conversation: string;
  identifiers: string;
  mergedInto: [string, Id];
  kind: string;
};

export interface WorkspaceSchema extends DBSchema {
  changes: { key: Id; value: StoredChange; indexes: { record: [string, Id] } };
  records: {
    key: [string, Id];
    value: StoredRecord;
    indexes: RecordIndexes;
  };
  /** Records that stay on this device: never sealed, never sent. */
  kept: {
    key: [string, Id];
    value: StoredRecord;
    indexes: RecordIndexes;
  };
  outbox: { key: number; value: Pending; indexes: { record: [string, Id] } };
  attention: { key: Id; value: Attention };
  drafts: { key: Id; value: { id: Id; changedAt: number; [field: string]: unknown } };
  meta: {
    key: 'chain' | 'clock' | 'sync';
    value: Chain | string | SyncState;
  };
}

export type WorkspaceDb = IDBPDatabase<WorkspaceSchema>;
export type WorkspaceTx<M extends IDBTransactionMode = 'readwrite'> = IDBPTransaction<
  WorkspaceSchema,
  StoreNames<WorkspaceSchema>[],
  M
>;

export const WORKSPACE_VERSION = 2;

/** Brings a database of any earlier version up, step by step; steps are never edited. */
export async function upgradeWorkspace(
  db: WorkspaceDb,
  from: number,
  tx: WorkspaceTx<'versionchange'>,
): Promise<void> {
  if (from < 1) {
    db.createObjectStore('changes', { keyPath: 'id' }).createIndex('record', ['kind', 'record']);
    for (const name of ['records', 'kept'] as const) {
      const store = db.createObjectStore(name, { keyPath: ['kind', 'id'] });
      store.createIndex('customer', 'customer');
      store.createIndex('interaction', 'interaction');
      store.createIndex('identifiers', 'identifiers', { multiEntry: true });
      store.createIndex('mergedInto', ['kind', 'mergedInto']);
      store.createIndex('kind', 'kind');
    }
    const outbox = db.createObjectStore('outbox', { keyPath: 'order' });
    outbox.createIndex('record', ['kind', 'record']);
    db.createObjectStore('attention', { keyPath: 'id' });
    db.createObjectStore('drafts', { keyPath: 'id' });
    db.createObjectStore('meta');
  }
  if (from < 2) {
    // Evidence may stand in other interactions than its record's; conversations are looked up.
    for (const name of ['records', 'kept'] as const) {
      const store = tx.objectStore(name);
      store.deleteIndex('interaction');
      store.createIndex('interaction', 'interactions', { multiEntry: true });
      store.createIndex('conversation', 'conversation');
      for (let at = await store.openCursor(); at !== null; at = await at.continue()) {
        await at.update(storedRecord(at.value.state));
      }
    }
  }
}

export interface ProfileSchema extends DBSchema {
  settings: { key: string; value: unknown };
}
export const PROFILE_VERSION = 1;
