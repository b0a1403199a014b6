// Counts of a whole workspace, kept in memory. A small one is counted anew whenever something came
// that counts. In a large one that takes seconds: then what was counted last is told, with when, and
// it is counted anew behind everybody's back.
import { type Id, readsAll } from '../domain/index.ts';
import { type Db, inWorkspace, type Tx } from './database.ts';
import type { Viewer } from './keeping.ts';

/** `at`: ms since 1970. */
export type Counted<T> = { value: T; at: number };

export type Counting<T> = {
  of(tx: Tx, viewer: Viewer): Promise<Counted<T>>;
};

type Ways<T> = {
  /** Kinds of records that are counted: leaves of others change nothing. */
  kinds: readonly string[];
  count(tx: Tx, viewer: Viewer): Promise<T>;
  now(): number;
};

/** Leaves of a workspace from which on it is a large one. */
export const LARGE = 100_000;
/** Counting in between keeps the database busy. */
const PAUSE_MS = 10_000;
const MOST_KEPT = 32;

type Entry<T> = Counted<T> & { size: number; busy: boolean };

export function keepCounting<T>(db: Db, { kinds, count, now }: Ways<T>): Counting<T> {
  const kept = new Map<string, Entry<T>>();
  /** The first count of a view: whoever asks meanwhile waits for it. */
  const first = new Map<string, Promise<unknown>>();

  function keep(key: string, entry: Entry<T>): Entry<T> {
    kept.delete(key);
    kept.set(key, entry);
    const oldest = kept.keys().next().value;
    if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
    return entry;
  }

  async function countNow(tx: Tx, viewer: Viewer, key: string): Promise<Entry<T>> {
    const at = now();
    const { seq: size } = await sizeOf(tx, viewer.workspace.id);
    return keep(key, { value: await count(tx, viewer), at, size, busy: false });
  }

  function countBehind(viewer: Viewer, key: string, present: Entry<T>): void {
    if (present.busy || now() - present.at < PAUSE_MS) return;
    present.busy = true;
    inWorkspace(db, viewer.workspace.id, (tx) => countNow(tx, viewer, key)).catch(() => {
      // The database was away, or the server is about to end: whoever asks next tries again.
      present.busy = false;
    });
  }

  return {
    async of(tx, viewer) {
      const { seq, epoch } = await sizeOf(tx, viewer.workspace.id);
      const whose = readsAll(viewer.member.role) ? 'all' : viewer.member.id;
      const key = `${viewer.workspace.id}/${epoch}/${whose}`;
      const other = first.get(key);
      if (other !== undefined) await other;
      const present = kept.get(key);
      if (present !== undefined) {
        const came = await whatCame(tx, viewer.workspace.id, present.size, kinds);
        if (came === 'nothing') {
          present.size = Math.max(present.size, seq);
          return present;
        }
        // What was erased is not to be told for one moment more.
        if (seq >= LARGE && came === 'something') {
          countBehind(viewer, key, present);
          return present;
        }
      }
      const work = countNow(tx, viewer, key);
      if (seq >= LARGE) {
        const ended = () => void first.delete(key);
        first.set(key, work.then(ended, ended));
      }
      return work;
    },
  };
}

function sizeOf(tx: Tx, workspace: Id) {
  return tx
    .selectFrom('workspace')
    .select(['seq', 'epoch'])
    .where('id', '=', workspace)
    .executeTakeFirstOrThrow();
}

async function whatCame(
  tx: Tx,
  workspace: Id,
  from: number,
  kinds: readonly string[],
): Promise<'nothing' | 'something' | 'erasure'> {
  const rows = await tx
    .selectFrom('log_leaf')
    .select('kind')
    .distinct()
    .where('workspace_id', '=', workspace)
    .where('seq', '>=', from)
    .where('kind', 'in', [...kinds, 'erasure'])
    .execute();
  if (rows.some(({ kind }) => kind === 'erasure')) return 'erasure';
  return rows.length > 0 ? 'something' : 'nothing';
}
