// The register, with the page's filters.
import { type RawBuilder, sql } from 'kysely';
import { TABLES } from '../../export/columns.ts';
import type { Filters } from '../register/filters.ts';
import { countRows, matching } from '../register/query.ts';
import {
  address,
  columnsOf,
  evidence,
  field,
  knownName,
  memberName,
  numberIn,
  written,
} from './cells.ts';
import type { Given, Source } from './source.ts';
import { instantIn } from './sql-lines.ts';

const NEWEST_FIRST = sql`ORDER BY r.written DESC, r.id DESC`;

export function registerSource(filters: Filters): Source {
  // Few rows, found by an index of their own, are sorted faster than looked for by their time.
  const isOrdered = filters.customer === null && filters.project === null;
  const found = ({ tx, asker, directory }: Given) =>
    matching(tx, asker, directory, filters)
      .select(['r.kind', 'r.id', 'r.author', 'r.written', 'r.visibility', 'r.fields'])
      .select(['r.interaction', 'i.fields as within'])
      .select(ownOrWithin('customer').as('customer'))
      .select(ownOrWithin('project').as('project'));
  return {
    tables: TABLES.register,
    async count({ tx, asker, directory }) {
      const { total, more } = await countRows(tx, asker, directory, filters);
      return more ? null : total;
    },
    async table(given, chosen) {
      return {
        ...{ columns: columnsOf(chosen, cellsOf(given)), isOrdered },
        query: (cells) => sql`SELECT ${sql.join(cells)} FROM ${found(given)} AS r
          LEFT JOIN LATERAL (SELECT ${evidence} AS first OFFSET 0) AS e ON true
          ${NEWEST_FIRST}`,
      };
    },
    async records(given) {
      return { query: sql`SELECT * FROM ${found(given)} AS r ${NEWEST_FIRST}`, isOrdered };
    },
  };
}

function ownOrWithin(name: 'customer' | 'project'): RawBuilder<string> {
  const [own, within] = [sql.ref(`r.${name}`), sql.ref(`i.${name}`)];
  return sql`CASE WHEN ${own} IS NULL THEN ${within} ELSE ${own} END`;
}

function cellsOf(given: Given): { [column: string]: RawBuilder<unknown> } {
  // Of an interaction it is itself.
  const within = sql`CASE WHEN r.kind = 'interaction' THEN r.fields ELSE r.within END`;
  const sender = sql`(${within})->'sender'`;
  return {
    kind: sql`CASE WHEN r.kind = 'note' THEN coalesce(r.fields->>'label', 'note') ELSE r.kind END`,
    written,
    author: memberName(given, sql`r.author`),
    customer: knownName(given.directory.customers, sql`r.customer`),
    project: knownName(given.directory.projects, sql`r.project`),
    class: field('class'),
    stage: field('stage'),
    outcome: field('outcome'),
    quote: sql`e.first->>'quote'`,
    text: sql`coalesce(r.fields->>'statement', r.fields->>'text', r.fields->>'subject')`,
    source: sql`(${within})->>'subject'`,
    from: sql`coalesce(nullif(${sender}->>'name', ''), ${sender}->>'address')`,
    sent: instantIn(sql`((${within})->>'startedAt')`),
    address: address(sql`coalesce(e.first->>'url', (${within})->>'url')`),
    id: sql`r.id::text`,
    channel: sql`(${within})->>'channel'`,
    owner: memberName(given, field('owner')),
    due: field('due'),
    decision: field('decision'),
    dimension: field('dimension'),
    value: numberIn('value'),
    effort: numberIn('effort'),
    answer: field('answer'),
    visibility: sql`r.visibility`,
    authorId: sql`r.author::text`,
    customerId: sql`r.customer::text`,
    projectId: sql`r.project::text`,
    interactionId: sql`r.interaction::text`,
  };
}
