// What is older than the workspace keeps it is erased, day by day (SPEC 14.7). Time comes in as an
// argument.
import { sql } from 'kysely';
import { timestampOf } from '../../ledger/index.ts';
import { type Membership, membershipById } from '../accounts/members.ts';
import { type Db, inWorkspace, type Tx } from '../database.ts';
import { writeErasure } from '../erasure/acts.ts';
import type { Target } from '../erasure/erased.ts';
import type { Customers } from '../following/customers.ts';
import { readPolicy, type Setting } from './policy.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const AT_ONCE = 1_000;
const REASON = 'Older than it is kept.';

export type Counted = { [kind: string]: { due: number; held: number } };

export type RetentionRun = {
  /** By kind: what was, or with `dryRun` would be, erased, and what is past its time and held. */
  counts: Counted;
  /** The workspace's new number of leaves; null when nothing was written. */
  size: number | null;
  /** Why nothing was done though there is a policy, in words; null otherwise. */
  refused: string | null;
};

const NOT_BY_ADMIN =
  'The time records are kept was not set by somebody who is an admin now. An admin has to save it again.';

/** `now` in ms since 1970. */
export async function runRetention(
  db: Db,
  workspace: string,
  customers: Customers,
  now: number,
  dryRun = false,
): Promise<RetentionRun> {
  const { policy, admin, held } = await inWorkspace(db, workspace, async (tx) => {
    const setting = await readPolicy(tx, workspace);
    const sets = setting.holds.length === 0 ? null : await customers.of(tx, workspace);
    return {
      policy: setting,
      admin: await adminBehind(tx, workspace, setting),
      held: [...(sets?.withAll(setting.holds) ?? [])],
    };
  });
  const counts: Counted = {};
  const kinds = Object.entries(policy.days).sort(([a], [b]) => (a < b ? -1 : 1));
  if (kinds.length === 0) return { counts, size: null, refused: null };
  if (!admin) return { counts, size: null, refused: NOT_BY_ADMIN };
  let size: number | null = null;
  for (const [kind, days] of kinds) {
    const before = timestampOf({ ms: Math.max(0, now - days * DAY_MS), counter: 0 });
    const count = { due: 0, held: 0 };
    counts[kind] = count;
    for (let after = '00000000-0000-0000-0000-000000000000'; ; ) {
      const place = after;
      const page = await inWorkspace(db, workspace, async (tx) => {
        const rows = await overdue(tx, workspace, kind, before, place);
        const keep = await heldAmong(tx, workspace, rows, held);
        const targets: Target[] = rows.flatMap(({ id }) => (keep.has(id) ? [] : [{ kind, id }]));
        if (!dryRun && targets.length > 0) {
          size = await writeErasure(tx, admin, targets, REASON, 'retention');
        }
        return { last: rows.at(-1)?.id, full: rows.length === AT_ONCE, targets, rows };
      });
      count.due += page.targets.length;
      count.held += page.rows.length - page.targets.length;
      if (!page.full || page.last === undefined) break;
      after = page.last;
    }
  }
  return { counts, size, refused: null };
}

/** Whoever set the policy, as long as they are an admin: what is erased is erased in their name. */
async function adminBehind(
  tx: Tx,
  workspace: string,
  { authors }: Setting,
): Promise<Membership | null> {
  const all = await Promise.all(authors.map((author) => membershipById(tx, workspace, author)));
  const admins = all.filter((one) => one?.member.role === 'admin');
  return admins.length === authors.length ? (admins[0] ?? null) : null;
}

type Overdue = { id: string; customer: string | null; interaction: string | null };

/** Records whose newest change is older than `before`, in the order of their ids. */
async function overdue(
  tx: Tx,
  workspace: string,
  kind: string,
  before: string,
  after: string,
): Promise<Overdue[]> {
  return tx
    .selectFrom('record')
    .select(['id', 'customer', 'interaction'])
    .where('workspace_id', '=', workspace)
    .where('kind', '=', kind)
    .where('id', '>', after)
    .where('updated', '<', before)
    .orderBy('id')
    .limit(AT_ONCE)
    .execute();
}

/** Those of a customer that is held: by their own field, or by the interaction they were noticed in. */
async function heldAmong(
  tx: Tx,
  workspace: string,
  rows: readonly Overdue[],
  held: readonly string[],
): Promise<Set<string>> {
  if (held.length === 0) return new Set();
  const customers = new Set(held);
  const mails = rows.flatMap(({ interaction }) => interaction ?? []);
  const about = await tx
    .selectFrom('record')
    .select(['id', 'customer'])
    .where('workspace_id', '=', workspace)
    .where('kind', '=', 'interaction')
    .where(sql<boolean>`id = ANY(${mails}::uuid[])`)
    .execute();
  const of = new Map(about.map(({ id, customer }) => [id, customer]));
  return new Set(
    rows
      .filter(({ id, customer, interaction }) =>
        [id, customer, interaction === null ? null : of.get(interaction)].some(
          (one) => one !== null && one !== undefined && customers.has(one),
        ),
      )
      .map(({ id }) => id),
  );
}
