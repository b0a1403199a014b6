import type { DBSchema, IDBPDatabase, IDBPTransaction, StoreNames } from 'idb';
import type { Base, Body, Envelope, Id, RecordState } from '../../domain/index.ts';
import type { Chain, LogReport } from '../../ledger/index.ts';
import { findCalls } from './find-calls.ts';
import { findWaits } from './find-waits.ts';
import { storedRecord } from './records.ts';
import type { SearchRow, Unindexed } from './search/rows.ts';

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
  /** On what is not folded though its body is here: judged again after an update. */
  unfolded?: 1;
  /** As it came, when its envelope is of a version that is not known here. */
  leaf?: unknown;
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
  /** Of calls and their tags: what they are looked up by (call-keys.ts). */
  calls?: string[];
  /** Of what waits for somebody (wait-keys.ts). */
  waits?: string[];
  /** "kind|identifier" of each identifier that is on */
  identifiers: string[];
};

/** A change the server does not have yet; `order` is its number in the device's chain. */
export type Pending = { order: number; id: Id; kind: string; record: Id };

/** `record` is missing on those of an earlier version; `aside`: its author wants it out of sight. */
export type Attention = {
  id: Id;
  kind: string;
  record?: Id;
  reason: string;
  body: unknown;
  aside?: true;
};

/**
 * Many records in one row, as a long pull brings them: writing one row costs the browser as much as
 * writing thirty. `text` is JSON (see blocks.ts). A record is in one place: here, or in `records`
 * with its changes in `changes`.
 */
export type Block = {
  n?: number;
  /** Everything that any record in it is looked up by. */
  keys: string[];
  text: string;
  /** Where each record begins in `text`, and where the last one ends; not in rows of before. */
  starts?: number[];
  /** What its changes say alike (packed-change.ts); not in rows of before. */
  names?: string[];
};

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
  /** Changes sent or fetched of those that are to be, while a long exchange goes on. */
  progress?: Progress | null;
  /** The log is pulled anew, and `missing` are looked for in it (SPEC 5.5). */
  looking?: true;
  /** Why the server signed nothing with its last answer, in its words. */
  unsigned?: string;
};
export type Progress = { done: number; of: number };

/** The newest checkpoint that was proven (SPEC 11). */
export type Pin = {
  origin: string;
  size: number;
  /** 32 bytes in hex */
  root: string;
  /** The signed note itself. */
  note: string;
  /** Name, id and public key of the key that signed it. */
  key: string;
};

/** Why nothing is pinned any more, or null while all is well (SPEC 11). */
export type Finding = {
  found: LogReport['found'] | 'new-origin';
  /** ms since 1970 */
  since: number;
  /** The leaf that does not fit. */
  seq?: number;
  /** The origin that the server names now. */
  origin?: string;
  /** What the server was told of it; kept until it has been. */
  report: LogReport | null;
};

/** What the log said of erasing that is not explained yet: rows without a body (SPEC 11). */
export type Unexplained = { seq: number; kind: string; record: Id };

/** A change of this device under an earlier name that the log has not shown again yet (SPEC 5.5). */
export type Missing = { id: Id; kind: string; record: Id; at: string };

/** Whose records this device gets, and how far each backfill has come (SPEC 12). */
export type FollowState = {
  mode: 'all' | 'chosen';
  customers: Id[];
  /** customer → cursor of the leaves that are still to be fetched */
  backfills: { [customer: Id]: number };
  /** The server does not know of this choice yet. */
  untold: boolean;
  /** The choice that the server heard last, and that this device holds records by. */
  told?: { mode: 'all' | 'chosen'; customers: Id[] };
  /** What that does not name is not gone yet. */
  freeing?: true;
};

/** What records are looked up by, wherever they are kept; a kind by the range of its keys. */
type RecordIndexes = {
  customer: Id;
  interaction: Id;
  conversation: string;
  identifiers: string;
  mergedInto: [string, Id];
  waits: string;
};

export interface WorkspaceSchema extends DBSchema {
  changes: { key: [string, Id, Id]; value: StoredChange; indexes: { unfolded: number } };
  records: {
    key: [string, Id];
    value: StoredRecord;
    indexes: RecordIndexes & { calls: string };
  };
  /** Records that stay on this device: never sealed, never sent. */
  kept: {
    key: [string, Id];
    value: StoredRecord;
    indexes: RecordIndexes;
  };
  blocks: { key: number; value: Block; indexes: { keys: string } };
  outbox: { key: number; value: Pending; indexes: { record: [string, Id] } };
  attention: { key: Id; value: Attention };
  drafts: { key: Id; value: { id: Id; changedAt: number; [field: string]: unknown } };
  /** Full tiles of the log that were proven, by path: they never change. */
  tiles: { key: string; value: Uint8Array };
  /** What an erasure took: nothing of it is stored again. */
  erased: { key: [string, Id]; value: { kind: string; id: Id } };
  /** What is searched (search/): its segments, and what was written since, in order. */
  search: { key: [number, number]; value: SearchRow };
  unindexed: { key: number; value: Unindexed };
  meta: {
    key:
      | ('chain' | 'clock' | 'sync' | 'pin' | 'finding' | 'unexplained' | 'following' | 'kinds')
      /** Ids that this device had before it went on under another. */
      | ('former' | 'missing');
    value:
      | (Chain | string | SyncState | Pin | Finding | Unexplained[] | FollowState)
      | (Id[] | Missing[]);
  };
}

export type WorkspaceDb = IDBPDatabase<WorkspaceSchema>;
export type WorkspaceTx<M extends IDBTransactionMode = 'readwrite'> = IDBPTransaction<
  WorkspaceSchema,
  StoreNames<WorkspaceSchema>[],
  M
>;

export const WORKSPACE_VERSION = 7;

/** Brings a database of any earlier version up, step by step; steps are never edited. */
export async function upgradeWorkspace(
  newest: WorkspaceDb,
  from: number,
  upgrade: WorkspaceTx<'versionchange'>,
): Promise<void> {
  // Earlier schemas had other stores and indexes than the types know.
  const db = newest as unknown as IDBPDatabase;
  const tx = upgrade as unknown as IDBPTransaction<unknown, string[], 'versionchange'>;
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
  if (from < 3) {
    // A record's changes lie beside each other, and need no index to be found by it.
    const changes = await (from < 1 ? [] : tx.objectStore('changes').getAll());
    db.deleteObjectStore('changes');
    const made = db.createObjectStore('changes', { keyPath: ['kind', 'record', 'id'] });
    made.createIndex('unfolded', 'unfolded');
    for (const change of changes) {
      const again = !change.folded && change.body !== null;
      made.add(again ? { ...change, unfolded: 1 } : change);
    }
    // By kind they are found through their key; one index less to write.
    for (const name of ['records', 'kept'] as const) {
      tx.objectStore(name).deleteIndex('kind');
    }
    const blocks = db.createObjectStore('blocks', { keyPath: 'n', autoIncrement: true });
    blocks.createIndex('keys', 'keys', { multiEntry: true });
    db.createObjectStore('tiles');
    db.createObjectStore('erased', { keyPath: ['kind', 'id'] });
  }
  if (from < 4) {
    // Calls and their tags are looked up. Another device of a later version may have sent some.
    upgrade.objectStore('records').createIndex('calls', 'calls', { multiEntry: true });
    if (from > 0) await findCalls(upgrade);
  }
  if (from < 5) {
    db.createObjectStore('search');
    db.createObjectStore('unindexed', { autoIncrement: true });
    // All that is here is to be looked at, when there is time: an update must not wait for it.
    if (from > 0) tx.objectStore('search').put({ format: 0 }, [0, 0]);
  }
  if (from < 6) {
    for (const name of ['records', 'kept'] as const) {
      tx.objectStore(name).createIndex('waits', 'waits', { multiEntry: true });
    }
    if (from > 0) await findWaits(upgrade);
  }
  // 7: blocks are packed. Those of before stay as they are, and are read; an extension of before
  // could not read the new ones, and must not try.
}

export interface ProfileSchema extends DBSchema {
  settings: { key: string; value: unknown };
}
export const PROFILE_VERSION = 1;
