// What every handler works with. Handles to open databases are kept for the worker's short life;
// they hold nothing that is not on disk, and are opened anew after any death.
import type { IDBPDatabase } from 'idb';
import type { IdSource } from '../../domain/index.ts';
import type { Chain } from '../../ledger/index.ts';
import { ExpectedError } from '../messages/index.ts';
import {
  type Connection,
  databaseOf,
  deviceId,
  LOCAL_DB,
  moveIn,
  openProfile,
  openWorkspace,
  putDraft,
  readConnection,
  StoreError,
  type WorkspaceDb,
  type WriteSource,
} from '../store/index.ts';
import { hasher } from './hasher.ts';
import type { ServerFailure } from './server-call.ts';

type Profile = IDBPDatabase<import('../store/index.ts').ProfileSchema>;

export type World = {
  profile(): Promise<Profile>;
  /** The database that captures go to now, and whose it is. */
  current(): Promise<Here>;
  /** Runs one writer at a time, against the database that is current then. */
  write<T>(work: (here: Here) => Promise<T>): Promise<T>;
  /** Runs alone: nothing is written while the connection changes. */
  alone<T>(work: () => Promise<T>): Promise<T>;
  open(name: string): Promise<WorkspaceDb>;
  source: WriteSource & IdSource;
};

/** `me` is the member, or before connecting the device, as author of what is written. */
export type Here = { db: WorkspaceDb; connection: Connection | null; me: string };

const OF_BROWSER: World['source'] = {
  now: () => Date.now(),
  random: (bytes) => crypto.getRandomValues(new Uint8Array(bytes)),
  hasher,
};

/** Time and randomness are arguments, so that a simulation can give its own. */
export function createWorld(
  locks: LockManager = navigator.locks,
  source: World['source'] = OF_BROWSER,
): World {
  const handles = new Map<string, Promise<WorkspaceDb>>();
  let profile: Promise<Profile> | null = null;
  /** The device that all is known to be moved in for: only without a connection it may change. */
  let settled: string | null = null;

  const world: World = {
    source,
    profile() {
      profile ??= openProfile();
      return profile;
    },
    open(name) {
      const present = handles.get(name);
      if (present) return present;
      const opening = openWorkspace(name).then((db) => {
        db.addEventListener('close', () => handles.delete(name));
        return db;
      });
      handles.set(name, opening);
      opening.catch(() => handles.delete(name));
      return opening;
    },
    async current() {
      const connection = await readConnection(await world.profile());
      const db = await world.open(databaseOf(connection));
      const me = connection?.member.id ?? (await deviceId(await world.profile(), source));
      return { db, connection, me };
    },
    alone: (work) => locks.request('unsaid-write', work).then((value) => value as never),
    write: (work) =>
      world.alone(async () => {
        const here = await world.current();
        const { connection } = here;
        const device = connection && `${databaseOf(connection)}/${connection.device}`;
        if (connection !== null && device !== settled) await settle(world, here.db, connection);
        settled = device;
        try {
          return await work(here);
        } catch (error) {
          throw inWords(error);
        }
      }),
  };
  return world;
}

/**
 * Moves in what was captured before connecting, and goes on under the connection's device when the
 * chain is another's; also when a crash interrupted it.
 */
export async function settle(world: World, db: WorkspaceDb, connection: Connection): Promise<void> {
  const local = await world.open(LOCAL_DB);
  const tx = local.transaction(['outbox', 'drafts', 'kept']);
  const [chain, ...counts] = await Promise.all([
    db.get('meta', 'chain') as Promise<Chain | undefined>,
    tx.objectStore('outbox').count(),
    tx.objectStore('drafts').count(),
    tx.objectStore('kept').count(),
  ]);
  const waiting = counts.some((count) => count > 0);
  if (waiting || chain?.device !== connection.device) {
    await moveIn(local, db, connection, world.source);
  }
}

/** Stores an unsaved card; refusals of the disk come as words. */
export async function putDraftInWords(
  db: WorkspaceDb,
  draft: { id: string; changedAt: number },
): Promise<void> {
  try {
    await putDraft(db, draft);
  } catch (error) {
    throw inWords(error);
  }
}

/** An answer that did not reach the disk: it is asked for again. Anything else is thrown. */
export function notStored(error: unknown): ServerFailure {
  if (!(error instanceof StoreError)) throw error;
  const message =
    error.reason === 'disk-full'
      ? 'The disk is full, so what the server sent could not be stored. Nothing is lost; it is tried again.'
      : 'The browser refused to store what the server sent. Nothing is lost; it is tried again.';
  return { kind: 'not-understood', message };
}

function inWords(error: unknown): unknown {
  if (!(error instanceof StoreError)) return error;
  return error.reason === 'disk-full'
    ? new ExpectedError(
        'disk-full',
        'Could not save: the disk is full. Your text is still in the field.',
        { cause: error },
      )
    : new ExpectedError(
        'storage',
        'Could not save: the browser refused to store it. Your text is still in the field.',
        { cause: error },
      );
}
