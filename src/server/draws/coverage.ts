// What of a workspace's customers and projects was drawn and reviewed.
import { sql } from 'kysely';
import { coverageOf, type DrawnOne, type Period } from '../../audit/index.ts';
import type { Draw, Id } from '../../domain/index.ts';
import type { Asker } from '../accounts/asker.ts';
import type { Tx } from '../database.ts';
import type { Directory } from '../register/directory.ts';
import { readDraws } from './store.ts';

type Asked = { tx: Tx; asker: Asker; directory: Directory };

/** @param now in ms since 1970 */
export async function readCoverage(asked: Asked, now: number): Promise<Period[]> {
  const { tx, asker, directory } = asked;
  const workspace = asker.workspace.id;
  const draws = await readDraws(tx, workspace);
  const reviewed = draws.length === 0 ? new Set<string>() : await reviewedIn(tx, workspace);
  const calls = await callsOf(asked, draws);
  const drawn = draws.flatMap((draw) =>
    everDrawn(draw).map((id): DrawnOne => {
      const { project, customer } = placeOf(directory, draw.unit, id, calls);
      return {
        ...{ draw: draw.id, reviewed: reviewed.has(`${draw.id}/${id}`) },
        project: project === null ? null : directory.projects.canonicalOf(project),
        customer: customer === null ? null : directory.customers.canonicalOf(customer),
      };
    }),
  );
  return coverageOf(
    draws.map(({ id, at, state }) => ({
      ...{ id, at: Date.parse(at ?? ''), abandoned: state === 'abandoned' },
    })),
    drawn,
    { projects: directory.projects.size, customers: directory.customers.size },
    now,
  );
}

/** "draw/subject" of all reviews that were finished and not taken back. */
async function reviewedIn(tx: Tx, workspace: Id): Promise<Set<string>> {
  const rows = await tx
    .selectFrom('record')
    .select([
      sql<string>`coalesce(fields->>'audit', 'null')`.as('audit'),
      sql<string>`fields->>'subject'`.as('subject'),
    ])
    .where('workspace_id', '=', workspace)
    .where('kind', '=', 'review')
    .where('deleted', '=', false)
    .where(sql<boolean>`fields ? 'unit' AND fields ? 'subject' AND fields ? 'finishedAt'`)
    .where(sql<boolean>`fields->>'withdrawn' IS DISTINCT FROM 'true'`)
    .execute();
  return new Set(rows.map(({ audit, subject }) => `${audit}/${subject}`));
}

/** Those put out too: they were drawn, and nobody reviewed them. */
function everDrawn({ sample, replacements }: Draw): Id[] {
  return [...new Set([...sample, ...replacements.flatMap((one) => one.in ?? [])])];
}

type Place = { project: Id | null; customer: Id | null };

function placeOf(
  { projects }: Directory,
  unit: Draw['unit'],
  id: Id,
  calls: ReadonlyMap<Id, Place>,
): Place {
  switch (unit) {
    case 'customer':
      return { project: null, customer: id };
    case 'project':
      return { project: id, customer: projects.fieldsOf(id)?.customer ?? null };
    case 'call':
      // Who looked at one call has not looked at the project.
      return { project: null, customer: calls.get(id)?.customer ?? null };
  }
}

async function callsOf({ tx, asker }: Asked, draws: readonly Draw[]): Promise<Map<Id, Place>> {
  const ids = draws.filter(({ unit }) => unit === 'call').flatMap(everDrawn);
  if (ids.length === 0) return new Map();
  const rows = await tx
    .selectFrom('record')
    .select(['id', 'project', 'customer'])
    .where('workspace_id', '=', asker.workspace.id)
    .where('kind', '=', 'interaction')
    .where('deleted', '=', false)
    .where('id', 'in', [...new Set(ids)])
    .execute();
  return new Map(rows.map(({ id, ...place }) => [id, place]));
}
