// The register, with the page's filters.
import { type RawBuilder, sql } from 'kysely';
import { TABLES } from '../../export/columns.ts';
import type { Filters } from '../register/filters.ts';
import { countRows, matching, readable } from '../register/query.ts';
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
      .select(['r.interaction', 'r.customer', 'r.project']);
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
          LEFT JOIN LATERAL (${noticedIn(given)}) AS i ON true
          LEFT JOIN LATERAL (SELECT ${evidence} AS first OFFSET 0) AS e ON true
          ${NEWEST_FIRST}`,
      };
    },
    async records(given) {
      return { query: sql`SELECT * FROM ${found(given)} AS r ${NEWEST_FIRST}`, isOrdered };
    },
  };
}

/**
 * What is told of the interaction that `r` was noticed in. Many were noticed in the same: PostgreSQL
 * keeps these rows by `r.interaction` (Memoize), read once and put into words once.
 */
function noticedIn({ asker }: Given): RawBuilder<unknown> {
  const cells = Object.entries(tellingOf(sql`i.fields`)).map(
    ([name, cell]) => sql`${cell} AS ${sql.ref(name)}`,
  );
  return sql`SELECT i.customer, i.project, ${sql.join(cells)} FROM record AS i
    WHERE i.workspace_id = ${asker.workspace.id} AND i.kind = 'interaction'
      AND i.id = r.interaction AND NOT i.deleted AND ${readable(asker, 'i')} OFFSET 0`;
}

/** Of an interaction's fields. */
function tellingOf(fields: RawBuilder<unknown>) {
  const sender = sql`${fields}->'sender'`;
  return {
    source: sql`${fields}->>'subject'`,
    from: sql`coalesce(nullif(${sender}->>'name', ''), ${sender}->>'address')`,
    sent: instantIn(sql`(${fields}->>'startedAt')`),
    url: sql`${fields}->>'url'`,
    channel: sql`${fields}->>'channel'`,
  };
}

function cellsOf(given: Given): { [column: string]: RawBuilder<unknown> } {
  const own = tellingOf(sql`r.fields`);
  // Of an interaction it is itself.
  const within = (name: keyof typeof own) =>
    sql`CASE WHEN r.kind = 'interaction' THEN ${own[name]} ELSE ${sql.ref(`i.${name}`)} END`;
  const customer = sql`coalesce(r.customer, i.customer)`;
  const project = sql`coalesce(r.project, i.project)`;
  return {
    kind: sql`CASE WHEN r.kind = 'note' THEN coalesce(r.fields->>'label', 'note') ELSE r.kind END`,
    written,
    author: memberName(given, sql`r.author`),
    customer: knownName(given.directory.customers, customer),
    project: knownName(given.directory.projects, project),
    class: field('class'),
    stage: field('stage'),
    outcome: field('outcome'),
    quote: sql`e.first->>'quote'`,
    text: sql`coalesce(r.fields->>'statement', r.fields->>'text', r.fields->>'subject')`,
    source: within('source'),
    from: within('from'),
    sent: within('sent'),
    address: address(sql`coalesce(e.first->>'url', ${within('url')})`),
    id: sql`r.id::text`,
    channel: within('channel'),
    owner: memberName(given, field('owner')),
    due: field('due'),
    decision: field('decision'),
    dimension: field('dimension'),
    value: numberIn('value'),
    effort: numberIn('effort'),
    answer: field('answer'),
    visibility: sql`r.visibility`,
    authorId: sql`r.author::text`,
    customerId: sql`(${customer})::text`,
    projectId: sql`(${project})::text`,
    interactionId: sql`r.interaction::text`,
  };
}
