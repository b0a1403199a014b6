// What is kept in memory of workspaces: read whole once, then brought up to date by the leaves that
// came since. A write then costs its readers what it changed, and not everything again.
import { sql } from 'kysely';
import { type Id, readsAll } from '../domain/index.ts';
import type { Asker } from './accounts/asker.ts';
import type { Tx } from './database.ts';

/** A record that a leaf or an erasure is about. */
export type Changed = { kind: string; record: Id };

/** Whose view it is. Whoever reads everything shares one. */
export type Viewer = {
  readonly workspace: Pick<Asker['workspace'], 'id'>;
  readonly member: Pick<Asker['member'], 'id' | 'role'>;
};

export type Ways<S> = {
  /** Kinds of records that it is made of: leaves of others change nothing. */
  kinds: readonly string[];
  /** How many views are kept at most; those asked for longest ago go. */
  most: number;
  read(tx: Tx, viewer: Viewer): Promise<S>;
  /**
   * The state after these records changed. May be the same object, if it is changed at once after the
   * last question to the database: others are reading it meanwhile.
   */
  change(tx: Tx, viewer: Viewer, state: S, changed: readonly Changed[]): Promise<S>;
};

export type Kept<S> = {
  /** As of the newest leaf that `tx` sees, or a newer one. `tx` is in the viewer's workspace. */
  of(tx: Tx, viewer: Viewer): Promise<S>;
};

/** Further behind than this, reading all of it costs less. */
const MOST_BEHIND = 100_000;

type Entry<S> = { size: number; state: S };

export function keepUp<S>(ways: Ways<S>): Kept<S> {
  const kept = new Map<string, Entry<S>>();
  /** One at a time brings a view up to date; settles when it is done, well or not. */
  const busy = new Map<string, Promise<unknown>>();

  function keep(key: string, entry: Entry<S>): S {
    kept.delete(key);
    kept.set(key, entry);
    const oldest = kept.keys().next().value;
    if (kept.size > ways.most && oldest !== undefined) kept.delete(oldest);
    return entry.state;
  }

  async function catchUp(tx: Tx, viewer: Viewer, key: string, size: number): Promise<S> {
    const present = kept.get(key);
    if (present === undefined || size - present.size > MOST_BEHIND) {
      return keep(key, { size, state: await ways.read(tx, viewer) });
    }
    const changed = await changedSince(tx, viewer.workspace.id, present.size, ways.kinds);
    const state =
      changed.length === 0 ? present.state : await ways.change(tx, viewer, present.state, changed);
    return keep(key, { size, state });
  }

  return {
    async of(tx, viewer) {
      const { seq, epoch, writes } = await sizeOf(tx, viewer.workspace.id);
      const whose = readsAll(viewer.member.role) ? 'all' : viewer.member.id;
      const key = `${viewer.workspace.id}/${epoch}/${whose}`;
      for (;;) {
        const present = kept.get(key);
        if (present !== undefined && present.size >= seq) return keep(key, present);
        const other = busy.get(key);
        if (other !== undefined) {
          await other;
          continue;
        }
        // What this transaction wrote may still be taken back: nobody else is to be told of it.
        if (writes) return apart(tx, viewer, present);
        const work = catchUp(tx, viewer, key, seq);
        const ended = work.then(
          () => busy.delete(key),
          () => busy.delete(key),
        );
        busy.set(key, ended);
        return work;
      }
    },
  };

  async function apart(tx: Tx, viewer: Viewer, present: Entry<S> | undefined): Promise<S> {
    if (present === undefined) return ways.read(tx, viewer);
    const changed = await changedSince(tx, viewer.workspace.id, present.size, ways.kinds);
    return changed.length === 0 ? present.state : ways.read(tx, viewer);
  }
}

async function sizeOf(tx: Tx, workspace: string) {
  return tx
    .selectFrom('workspace')
    .select(['seq', 'epoch'])
    .select(sql<boolean>`pg_current_xact_id_if_assigned() IS NOT NULL`.as('writes'))
    .where('id', '=', workspace)
    .executeTakeFirstOrThrow();
}

async function changedSince(
  tx: Tx,
  workspace: string,
  from: number,
  kinds: readonly string[],
): Promise<Changed[]> {
  return tx
    .selectFrom('log_leaf')
    .select(['kind', 'record'])
    .where('workspace_id', '=', workspace)
    .where('seq', '>=', from)
    .where('kind', 'in', [...kinds])
    .union(
      tx
        .selectFrom('erased')
        .select(['kind', 'record'])
        .where('workspace_id', '=', workspace)
        .where('seq', '>=', from)
        .where('kind', 'in', [...kinds]),
    )
    .execute();
}

/** Ids of the changed records of a kind. */
export function idsOf(changed: readonly Changed[], kind: string): Id[] {
  return changed.flatMap((one) => (one.kind === kind ? [one.record] : []));
}
