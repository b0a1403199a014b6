// Keeps in memory what the register lists, workspace by workspace.
import { sql } from 'kysely';
import type { Id } from '../../domain/index.ts';
import { type Db, inWorkspace, type Tx } from '../database.ts';
import { isAmong, partsOf, type Which } from '../in-parts.ts';
import { idsOf, keepUp } from '../keeping.ts';
import { type Item, LISTED_KINDS, Listed, type ListedKind } from './listed.ts';

export type Listing = {
  /** As of the newest leaf that `tx` sees, or a newer one. For all who ask. */
  of(tx: Tx, workspace: Id): Promise<Listed>;
  /** Whether it is here already. If not and it would take its time, it is read from now on. */
  isRead(tx: Tx, workspace: Id): Promise<boolean>;
};

/** Leaves of a workspace whose register is not read within a moment. */
const LARGE = 20_000;
const MOST_KEPT = 32;
/** Records at once: parsing more keeps others waiting. */
const AT_ONCE = 5_000;

export function keepListing(db: Db): Listing {
  /** Workspaces whose registers are kept, the one asked for longest ago first. */
  const here = new Set<Id>();
  const reading = new Set<Id>();
  const kept = keepUp<Listed>({
    ...{ kinds: LISTED_KINDS, most: MOST_KEPT },
    async read(tx, { workspace }) {
      const listed = new Listed();
      for (const kind of LISTED_KINDS) {
        for (const part of await partsOf(tx, workspace.id, kind)) {
          listed.put(kind, [], await itemsOf(tx, workspace.id, kind, part));
        }
      }
      return listed;
    },
    async change(tx, { workspace }, listed, changed) {
      const puts: (() => void)[] = [];
      for (const kind of LISTED_KINDS) {
        const ids = idsOf(changed, kind);
        for (let from = 0; from < ids.length; from += AT_ONCE) {
          const some = ids.slice(from, from + AT_ONCE);
          const found = await itemsOf(tx, workspace.id, kind, { some });
          puts.push(() => listed.put(kind, some, found));
        }
      }
      for (const put of puts) put();
      return listed;
    },
  });
  async function of(tx: Tx, workspace: Id): Promise<Listed> {
    const everybody = { workspace: { id: workspace }, member: { id: '', role: 'admin' } } as const;
    const listed = await kept.of(tx, everybody);
    here.delete(workspace);
    here.add(workspace);
    const [oldest] = here;
    if (here.size > MOST_KEPT && oldest !== undefined) here.delete(oldest);
    return listed;
  }

  async function readBehind(workspace: Id): Promise<void> {
    if (reading.has(workspace)) return;
    reading.add(workspace);
    try {
      await inWorkspace(db, workspace, (tx) => of(tx, workspace));
    } catch {
      // The database was away, or the server is about to end: whoever asks next begins again.
    } finally {
      reading.delete(workspace);
    }
  }

  return {
    of,
    async isRead(tx, workspace) {
      if (here.has(workspace)) return true;
      // Another one would have to go for it, and be read again when it is asked for.
      if (here.size >= MOST_KEPT) return false;
      const { seq } = await tx
        .selectFrom('workspace')
        .select('seq')
        .where('id', '=', workspace)
        .executeTakeFirstOrThrow();
      if (seq >= LARGE) void readBehind(workspace);
      return false;
    },
  };
}

async function itemsOf(tx: Tx, workspace: Id, kind: ListedKind, which: Which): Promise<Item[]> {
  const rows = await tx
    .selectFrom('record')
    .select([
      'id',
      'author',
      'visibility',
      'written',
      'customer',
      'project',
      'interaction',
      'words',
    ])
    .select([
      sql<string | null>`shown`.as('shown'),
      sql<string | null>`fields->>'class'`.as('class'),
      sql<string | null>`fields->>'stage'`.as('stage'),
      sql<string | null>`fields->>'outcome'`.as('outcome'),
    ])
    .where('workspace_id', '=', workspace)
    .where('kind', '=', kind)
    .where('deleted', '=', false)
    .where(isAmong(which))
    .execute();
  return rows.map((row) => ({ ...row, kind }));
}
