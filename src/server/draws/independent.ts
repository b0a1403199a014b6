// Who had a hand in what: nobody reviews their own work (ISO 9001, 9.2). For whole populations at
// once what reviews/independence.ts says of one subject in words; a test holds the two together.
import { sql } from 'kysely';
import type { DrawUnit, Id } from '../../domain/index.ts';
import { mayWrite } from '../../domain/permissions.ts';
import type { Asker } from '../accounts/asker.ts';
import { membersOf } from '../accounts/members.ts';
import type { Tx } from '../database.ts';
import type { Directory } from '../register/directory.ts';

type Asked = { tx: Tx; asker: Asker; directory: Directory };

const WORK = ['interaction', 'note', 'expectation', 'probe', 'commitment'] as const;

/** Subject → which of these members had a hand in it; subjects that none had are left out. */
export async function touchedBy(
  asked: Asked,
  unit: DrawUnit,
  members: readonly Id[],
): Promise<Map<Id, Set<Id>>> {
  const touched = new Map<Id, Set<Id>>();
  if (members.length === 0) return touched;
  const { customers, projects } = asked.directory;
  const canonical = (id: Id) =>
    unit === 'call' ? id : ((unit === 'project' ? projects : customers).canonicalOf(id) ?? id);
  const add = (id: Id | null, member: Id | null | undefined) => {
    if (id === null || !member || !members.includes(member)) return;
    const key = canonical(id);
    touched.set(key, (touched.get(key) ?? new Set()).add(member));
  };
  for (const [id, fields] of projects.all()) {
    const { owner, customer } = fields as typeof fields & { owner?: Id };
    if (unit === 'project') add(id, owner);
    if (unit === 'customer') add(customer ?? null, owner);
  }
  const rows = await workOf(asked, members);
  const calls = await projectsOfCalls(asked, rows, unit);
  for (const row of rows) {
    const { author, owner } = row;
    for (const subject of subjectsOf(row, unit, calls, canonical)) {
      add(subject, author);
      add(subject, owner);
    }
  }
  if (unit === 'call') {
    for (const [call, project] of calls) {
      const fields = projects.fieldsOf(project) as { owner?: Id } | null;
      add(call, fields?.owner);
    }
  }
  return touched;
}

type Row = {
  call: Id | null;
  customer: Id | null;
  project: Id | null;
  interaction: Id | null;
  /** null where what was written or owned makes nobody part of the work. */
  author: Id | null;
  owner: Id | null;
};

/** Each combination once: a busy member has written thousands of records about few projects. */
async function workOf({ tx, asker }: Asked, members: readonly Id[]): Promise<Row[]> {
  const imported = sql<boolean>`jsonb_path_exists(fields, '$.identifiers.keyvalue() ? (@.key starts with "import:")')`;
  return tx
    .selectFrom('record')
    .select(['customer', 'project', 'interaction'])
    .select(sql<Id | null>`CASE WHEN kind = 'interaction' THEN id END`.as('call'))
    .select(sql<Id | null>`CASE WHEN NOT ${imported} THEN author END`.as('author'))
    .select(
      sql<Id | null>`CASE WHEN kind IN ('expectation', 'commitment') THEN fields->>'owner' END`.as(
        'owner',
      ),
    )
    .distinct()
    .where('workspace_id', '=', asker.workspace.id)
    .where('kind', 'in', WORK)
    .where('deleted', '=', false)
    .where(
      sql<boolean>`(author = ANY(${members}::uuid[]) OR fields->>'owner' = ANY(${members}::text[]))`,
    )
    .execute();
}

/** Interaction → the project it belongs to: those the rows name, or all where calls are drawn. */
async function projectsOfCalls(
  { tx, asker }: Asked,
  rows: readonly Row[],
  unit: DrawUnit,
): Promise<Map<Id, Id>> {
  if (unit === 'customer') return new Map();
  const named = [...new Set(rows.flatMap(({ interaction }) => interaction ?? []))];
  const found = await tx
    .selectFrom('record')
    .select(['id', 'project'])
    .where('workspace_id', '=', asker.workspace.id)
    .where('kind', '=', 'interaction')
    .where('deleted', '=', false)
    .where('project', 'is not', null)
    .$if(unit === 'project', (query) => query.where(sql<boolean>`id = ANY(${named}::uuid[])`))
    .execute();
  return new Map(found.flatMap(({ id, project }) => (project === null ? [] : [[id, project]])));
}

function subjectsOf(
  { call, customer, project, interaction }: Row,
  unit: DrawUnit,
  calls: ReadonlyMap<Id, Id>,
  canonical: (id: Id) => Id,
): (Id | null)[] {
  switch (unit) {
    case 'customer':
      return [customer];
    case 'call':
      return [call, interaction];
    case 'project': {
      // What names no project of its own belongs to that of the talk it was noticed in.
      const of = interaction === null ? null : (calls.get(interaction) ?? null);
      return [project ?? (of === null ? null : canonical(of))];
    }
  }
}

export type Reviewer = { id: Id; name: string };

/** Those of `wanted` who may review, by name; a member who left may not. */
export async function reviewersAmong(
  tx: Tx,
  workspace: string,
  wanted: readonly Id[],
): Promise<Reviewer[]> {
  const members = await membersOf(tx, workspace);
  return members
    .filter(({ id, active, role }) => wanted.includes(id) && active && mayWrite(role, 'review'))
    .map(({ id, name }) => ({ id, name }));
}
