// The records of a story: those that name its customer, project or call, and those that name none
// and were noticed in one of its interactions.
import { type RawBuilder, sql } from 'kysely';
import { type AllFields, type Id, type Json, TOLD_KINDS } from '../../domain/index.ts';
import type { Asker } from '../accounts/asker.ts';
import type { Tx } from '../database.ts';
import type { Directory } from '../register/directory.ts';
import type { Subject } from '../reviews/subject.ts';
import { knownOf } from './known.ts';

export type Asked = { tx: Tx; asker: Asker; directory: Directory };

export type StoryRow = {
  kind: string;
  id: Id;
  author: Id;
  written: string;
  updated: string;
  interaction: Id | null;
  fields: AllFields;
  /** Of kinds whose moments depend on when a field was written. */
  provenance: string | null;
  state: Json;
  fits: boolean;
};

/** UTF-16 units that a story shows of one text. */
export const SHOWN = 400;

const KINDS = [...TOLD_KINDS, 'comment'] as const;
const DATED = sql`kind IN ('expectation', 'commitment', 'probe', 'inquiry', 'improvement')`;
/** A mail's text can be long, and nothing of these is told. */
const SHORT = sql<AllFields>`CASE WHEN kind = 'interaction'
  THEN (fields - '{text,recipients,pauses,clockSet,site}'::text[])
    || jsonb_build_object('text', left(coalesce(fields->>'text', ''), ${sql.lit(SHOWN + 1)}))
  ELSE fields END`;
const WHOLE = sql<AllFields>`fields`;
const NONE = sql<AllFields>`'{}'::jsonb`;

/** `whole`: this record's texts, or all; else mails are cut to what is shown. */
export function storyRows(
  asked: Asked,
  subject: Subject,
  whole: Id | 'all' | null,
): Promise<StoryRow[]> {
  const fields =
    whole === 'all'
      ? WHOLE
      : whole === null
        ? SHORT
        : sql<AllFields>`CASE WHEN id = ${whole}::uuid THEN fields ELSE ${SHORT} END`;
  return rowsIn(asked, subject, { fields, fits: sql<boolean>`true` });
}

/** Which records have all of these words (as `foldWords` writes them) in their texts: `fits`. */
export function rowsWith(
  asked: Asked,
  subject: Subject,
  words: readonly string[],
): Promise<Pick<StoryRow, 'kind' | 'id' | 'fits'>[]> {
  const all = words.map((word) => {
    const pattern = `%${word.replace(/[\\%_]/g, '\\$&')}%`;
    return sql`words LIKE ${pattern}`;
  });
  const fits = sql<boolean>`(${sql.join(all, sql` AND `)})`;
  return rowsIn(asked, subject, { fields: NONE, fits });
}

/** Ids of all projects of the story's customer, as far as one is known. */
export function projectsOf({ directory }: Asked, { customer }: Subject): Id[] {
  return customer === null ? [] : (knownOf(directory).projects.get(customer.id) ?? []);
}

type Columns = { fields: RawBuilder<AllFields>; fits: RawBuilder<boolean> };

async function rowsIn(asked: Asked, subject: Subject, columns: Columns): Promise<StoryRow[]> {
  const { tx, asker } = asked;
  const isWhole = columns.fields !== NONE;
  const read = (where: RawBuilder<boolean>): Promise<StoryRow[]> =>
    tx
      .selectFrom('record')
      .select(['kind', 'id', 'author', 'written', 'updated', 'interaction'])
      .select([columns.fields.as('fields'), columns.fits.as('fits')])
      .select(
        sql<string | null>`CASE WHEN ${isWhole} AND ${DATED} THEN provenance END`.as('provenance'),
      )
      .select(sql<Json>`CASE WHEN ${isWhole} AND ${DATED} THEN state END`.as('state'))
      .where('workspace_id', '=', asker.workspace.id)
      .where('deleted', '=', false)
      .where('kind', 'in', KINDS)
      .where(where)
      .execute();
  const any = (ids: readonly Id[]) => sql`ANY(${[...ids]}::uuid[])`;
  const interactions = (rows: readonly StoryRow[]) =>
    rows.flatMap(({ kind, id }) => (kind === 'interaction' ? [id] : []));
  const customers =
    subject.customer === null ? [] : asked.directory.customers.setOf(subject.customer.id);

  switch (subject.unit) {
    case 'customer': {
      const rows = await read(sql<boolean>`customer = ${any(subject.ids)}`);
      const projects = projectsOf(asked, subject);
      if (projects.length > 0) {
        rows.push(...(await read(sql<boolean>`project = ${any(projects)} AND customer IS NULL`)));
      }
      const within = interactions(rows);
      if (within.length === 0) return rows;
      const noticed = sql<boolean>`interaction = ${any(within)}
        AND customer IS NULL AND project IS NULL`;
      return [...rows, ...(await read(noticed))];
    }
    case 'project': {
      const rows = await read(sql<boolean>`project = ${any(subject.ids)}`);
      const within = interactions(rows);
      if (within.length === 0) return rows;
      const noticed = sql<boolean>`interaction = ${any(within)} AND project IS NULL
        AND (customer IS NULL OR customer = ${any(customers)})`;
      return [...rows, ...(await read(noticed))];
    }
    case 'call':
      return [
        ...(await read(sql<boolean>`kind = 'interaction' AND id = ${any(subject.ids)}`)),
        ...(await read(sql<boolean>`interaction = ${any(subject.ids)}`)),
      ];
  }
}
