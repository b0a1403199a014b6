// What a review is of, as it is now: it may have changed between the draw and the review.
import { sql } from 'kysely';
import {
  type Draw,
  type DrawUnit,
  FILTERS_OF,
  type Fields,
  fieldsOf,
  type Id,
  type RecordState,
} from '../../domain/index.ts';
import type { Asker } from '../accounts/asker.ts';
import type { Tx } from '../database.ts';
import type { Directory, Named } from '../register/directory.ts';
import { STATE, stateOf } from '../sync/provenance.ts';

export type Subject = {
  unit: DrawUnit;
  /** As it was drawn. */
  id: Id;
  /** All ids that are read as it, `canonical` among them. */
  ids: Id[];
  canonical: Id;
  title: string;
  customer: Named | null;
  /** Of a project itself, of a call the one it belongs to. */
  project: Id | null;
  /** All ids that are read as the project. */
  projects: Id[];
  interaction: Id | null;
  /** Of the project, or of a call without one whoever logged it; of a customer nobody. */
  owner: Id | null;
  gone: 'erased' | 'deleted' | null;
};

type Asked = { tx: Tx; asker: Pick<Asker, 'workspace'>; directory: Directory };

export async function subjectOf(asked: Asked, unit: DrawUnit, id: Id): Promise<Subject> {
  const { customers, projects } = asked.directory;
  const nothing = { customer: null, project: null, projects: [], interaction: null, owner: null };
  const none = { unit, id, ids: [id], canonical: id, title: '', ...nothing };
  switch (unit) {
    case 'customer': {
      const named = customers.named(id);
      if (named === null) return { ...none, gone: await howGone(asked, 'customer', id) };
      const ids = customers.setOf(id);
      const found = { ids, canonical: named.id, title: named.name, customer: named };
      return { ...none, ...found, gone: null };
    }
    case 'project': {
      const canonical = projects.canonicalOf(id);
      const fields = projects.fieldsOf(id) as Fields<'project'> | null;
      if (canonical === null || fields === null) {
        return { ...none, gone: await howGone(asked, 'project', id) };
      }
      const ids = projects.setOf(id);
      return {
        ...{ ...none, ids, canonical, title: fields.name ?? '', gone: null },
        ...{ customer: customers.named(fields.customer), project: canonical, projects: ids },
        owner: fields.owner ?? null,
      };
    }
    case 'call': {
      const row = await asked.tx
        .selectFrom('record')
        .select(['customer', 'project', 'author', 'fields'])
        .where('workspace_id', '=', asked.asker.workspace.id)
        .where('kind', '=', 'interaction')
        .where('id', '=', id)
        .where('deleted', '=', false)
        .executeTakeFirst();
      if (row === undefined) return { ...none, gone: await howGone(asked, 'interaction', id) };
      const { subject } = row.fields as Fields<'interaction'>;
      const project = row.project && projects.canonicalOf(row.project);
      const fields = project ? (projects.fieldsOf(project) as Fields<'project'> | null) : null;
      return {
        ...{ ...none, title: subject ?? '', interaction: id, gone: null },
        customer: customers.named(row.customer) ?? customers.named(fields?.customer),
        ...{ project: project ?? null, projects: project ? projects.setOf(project) : [] },
        owner: fields?.owner ?? row.author,
      };
    }
  }
}

async function howGone({ tx, asker }: Asked, kind: string, id: Id): Promise<'erased' | 'deleted'> {
  const erased = await tx
    .selectFrom('erased')
    .select('record')
    .where('workspace_id', '=', asker.workspace.id)
    .where('kind', '=', kind)
    .where('record', '=', id)
    .executeTakeFirst();
  return erased === undefined ? 'deleted' : 'erased';
}

const UNITS = { project: 'project', customer: 'customer', call: 'call' } as const;

/** Why it cannot be reviewed at all, in words; null: it can. */
export function whyGone({ unit, gone }: Pick<Subject, 'unit' | 'gone'>): string | null {
  if (gone === null) return null;
  return `This ${UNITS[unit]} was ${gone} after it was drawn.`;
}

/**
 * What has changed since it was drawn, in words; nothing of it keeps it from being reviewed. Whose it
 * was and is, is not said: a review may be blind.
 */
export async function changesSince(asked: Asked, draw: Draw, subject: Subject): Promise<string[]> {
  const { unit, id, canonical, title } = subject;
  const said: string[] = [];
  const gone = whyGone(subject);
  if (gone !== null) said.push(gone);
  const out = draw.replacements.find((one) => one.out === id);
  if (out !== undefined) said.push(`It was put out of the draw: ${out.reason}`);
  if (draw.state === 'abandoned') said.push(`The draw was abandoned: ${draw.reason}`);
  if (gone !== null) return said;
  if (canonical !== id) {
    said.push(`It is read as one with “${title}” since it was drawn.`);
    if (draw.members.includes(canonical)) said.push(`“${title}” is in this draw as well.`);
  }
  const [now, drawnAt] = await Promise.all([
    stateIn(asked, unit === 'call' ? 'interaction' : unit, id),
    stateIn(asked, 'audit', draw.id).then((state) => state?.registers.sample?.rank ?? null),
  ]);
  const since = (field: string) => {
    const rank = now?.registers[field]?.rank;
    return drawnAt !== null && rank !== undefined && rank > drawnAt;
  };
  if (since('owner')) said.push('It has a new owner since it was drawn.');
  if (since('customer')) said.push('It belongs to another customer since it was drawn.');
  if (now !== null && !fitsStill(asked, draw, now)) {
    said.push('It does not fit the filter of the draw any more. It stays drawn.');
  }
  return said;
}

async function stateIn({ tx, asker }: Asked, kind: string, id: Id): Promise<RecordState | null> {
  const row = await tx
    .selectFrom('record')
    .select(STATE)
    .where('workspace_id', '=', asker.workspace.id)
    .where('kind', '=', kind)
    .where('id', '=', id)
    .executeTakeFirst();
  return row === undefined ? null : stateOf(row);
}

function fitsStill({ directory }: Asked, { unit, filter }: Draw, state: RecordState): boolean {
  const fields = fieldsOf(state) as Record<string, unknown>;
  const { customers } = directory;
  return FILTERS_OF[unit].every((name) => {
    const values = filter[name];
    if (values === undefined || values.length === 0) return true;
    const value = typeof fields[name] === 'string' ? fields[name] : '';
    if (name !== 'customer') return values.includes(value);
    const canonical = customers.canonicalOf(value) ?? value;
    return values.some((one) => (customers.canonicalOf(one) ?? one) === canonical);
  });
}

/** How the customer saw it last, by the newest word on it; null: nobody knows. */
export type Satisfaction = {
  score: number;
  scaleMin: number;
  scaleMax: number;
  text: string;
  at: string | null;
};

/** Of a project what was said of it, else what its customer said last. */
export async function satisfactionWith(
  { tx, asker, directory }: Asked,
  { unit, projects, customer }: Subject,
): Promise<Satisfaction | null> {
  const customers = customer === null ? [] : directory.customers.setOf(customer.id);
  if (customers.length === 0 && projects.length === 0) return null;
  const rows = await tx
    .selectFrom('record')
    .select(['project', 'written', 'fields'])
    .where('workspace_id', '=', asker.workspace.id)
    .where('kind', '=', 'perception')
    .where('deleted', '=', false)
    .where(
      sql<boolean>`(customer = any(${customers}::uuid[]) or project = any(${projects}::uuid[]))`,
    )
    .where(sql<boolean>`fields ? 'score'`)
    // What we think they feel is no word of theirs.
    .where(sql<boolean>`fields->>'form' is distinct from 'impression'`)
    .execute();
  const at = ({ observedAt }: Fields<'perception'>) => Date.parse(observedAt ?? '') || 0;
  const heard = rows
    .map((row) => ({ ...row, fields: row.fields as Fields<'perception'> }))
    .sort((a, b) => at(b.fields) - at(a.fields) || (a.written < b.written ? 1 : -1));
  const own = unit === 'project' ? heard.find((one) => projects.includes(one.project ?? '')) : null;
  const last = (own ?? heard[0])?.fields;
  if (last?.score === undefined) return null;
  return {
    ...{ score: last.score, scaleMin: last.scaleMin ?? 0, scaleMax: last.scaleMax ?? 10 },
    ...{ text: last.text ?? '', at: last.observedAt ?? null },
  };
}
