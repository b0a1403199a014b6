// Calls and the tags that were set in them.
import { type RawBuilder, sql } from 'kysely';
import { id } from '../../domain/index.ts';
import { callWords } from '../../export/call-words.ts';
import { TABLES } from '../../export/columns.ts';
import { readCodebook } from '../labels/store.ts';
import { readFilters } from '../register/filters.ts';
import { readable } from '../register/query.ts';
import { callOf } from './call-vtt.ts';
import { columnsOf, field, instant, memberName, nameOf, numberIn, truth } from './cells.ts';
import type { Given, Refused, Source } from './source.ts';
import { instantIn } from './sql-lines.ts';

const NEWEST_FIRST = sql`ORDER BY r.written DESC, r.id DESC`;

/** As the register has them, and `call`: the id of one. */
export async function callsSource(given: Given): Promise<Source | Refused> {
  const { wish, asker, directory } = given;
  const { call, ...others } = wish.filter;
  const filters = readFilters(others);
  const one = id.safeParse(call);
  if (filters === null || (call && !one.success)) {
    return { refused: 'not-well-formed', words: 'One of the filters means nothing here.' };
  }
  if (wish.format === 'webvtt' && (await callOf(given)) === null) {
    return { refused: 'not-found', words: 'Choose a call that has begun.' };
  }
  const among = (column: string, ids: readonly string[]) =>
    sql`${sql.ref(`i.${column}`)} = ANY (ARRAY[${sql.join(ids)}]::uuid[])`;
  const wanted = [
    ...(one.success ? [sql`i.id = ${one.data}`] : []),
    ...(filters.customer === null
      ? []
      : [among('customer', directory.customers.setOf(filters.customer))]),
    ...(filters.project === null
      ? []
      : [among('project', directory.projects.setOf(filters.project))]),
    ...(filters.author === null ? [] : [sql`i.author = ${filters.author}`]),
    ...(filters.from === null ? [] : [sql`i.written >= ${filters.from}`]),
    ...(filters.before === null ? [] : [sql`i.written < ${filters.before}`]),
  ];
  const isCall = sql`i.workspace_id = ${asker.workspace.id} AND i.kind = 'interaction'
    AND NOT i.deleted AND ${readable(asker, 'i')}
    AND (i.fields ? 'callState' OR i.fields->>'channel' IN ('call', 'meeting', 'visit'))
    AND (i.fields ? 'callState' OR i.fields->>'logged' = 'true')
    ${sql.join([sql``, ...wanted], sql` AND `)}`;
  const tags = sql`record AS r JOIN record AS i ON i.id = r.interaction AND ${isCall}
    WHERE r.workspace_id = ${asker.workspace.id} AND r.kind = 'note' AND NOT r.deleted
      AND r.fields ? 'tag' AND ${readable(asker, 'r')}`;
  return {
    tables: TABLES.calls,
    count: async () => null,
    async table(now, chosen) {
      const isTags = chosen.key === 'tags';
      const cells = isTags ? await tagCells(now) : callCells(now);
      const from = isTags ? sql`${tags}` : sql`record AS i WHERE ${isCall}`;
      const columns = columnsOf(chosen, cells);
      return {
        ...{ columns, isOrdered: false },
        query: (all) =>
          isTags
            ? sql`SELECT ${sql.join(all)} FROM ${from}
                ORDER BY i.written DESC, i.id DESC, (r.fields->>'offset')::numeric, r.id`
            : sql`SELECT ${sql.join(all)} FROM (SELECT i.* FROM ${from}) AS r ${NEWEST_FIRST}`,
      };
    },
    async records() {
      const columns = (of: 'r' | 'i') =>
        sql.join(
          ['kind', 'id', 'author', 'written', 'visibility', 'fields'].map((name) =>
            sql.ref(`${of}.${name}`),
          ),
        );
      return {
        query: sql`SELECT * FROM (SELECT ${columns('i')} FROM record AS i WHERE ${isCall}
          UNION ALL SELECT ${columns('r')} FROM ${tags}) AS r ${NEWEST_FIRST}`,
        isOrdered: false,
      };
    },
  };
}

type Cells = { [column: string]: RawBuilder<unknown> };

function callCells(given: Given): Cells {
  const [began, ended] = [instant('startedAt'), instant('endedAt')];
  return {
    ...{ began, ended },
    minutes: sql`round((extract(epoch FROM (${ended}) - (${began})) / 60)::numeric, 1)`,
    channel: field('channel'),
    subject: field('subject'),
    customer: nameOf(given, 'customer', sql`r.customer`),
    project: nameOf(given, 'project', sql`r.project`),
    author: memberName(given, sql`r.author`),
    state: field('callState'),
    wentWell: numberIn('wentWell'),
    tags: sql`(SELECT count(*) FROM record AS p WHERE p.workspace_id = ${given.asker.workspace.id}
      AND p.interaction = r.id AND p.kind = 'note' AND NOT p.deleted AND p.fields ? 'tag'
      AND ${readable(given.asker, 'p')})`,
    text: field('text'),
    id: sql`r.id::text`,
  };
}

async function tagCells(given: Given): Promise<Cells> {
  const { tags } = await readCodebook(given.tx, given.asker.workspace.id);
  const names = Object.fromEntries(
    tags.map(({ id: tag, name, means }) => [tag, name?.trim() || callWords.means[means]]),
  );
  const offset = sql`((r.fields->>'offset')::numeric + coalesce((i.fields->>'shift')::numeric, 0))`;
  return {
    call: sql`i.id::text`,
    began: instantOfCall,
    subject: sql`i.fields->>'subject'`,
    customer: nameOf(given, 'customer', sql`coalesce(r.customer, i.customer)`),
    project: nameOf(given, 'project', sql`coalesce(r.project, i.project)`),
    time: clock(offset),
    tag: sql`coalesce(${JSON.stringify(names)}::jsonb ->> (r.fields->>'tag'), r.fields->>'tag')`,
    text: field('text'),
    offset,
    span: numberIn('span'),
    pressed: instant('pressedAt'),
    handled: truth('handled'),
    author: memberName(given, sql`r.author`),
    id: sql`r.id::text`,
  };
}

const instantOfCall = instantIn(sql`i.fields->>'startedAt'`);

/** "01:02:03.004", as `timestamp` (file-times.ts) writes it. */
function clock(ms: RawBuilder<unknown>): RawBuilder<unknown> {
  const whole = sql`abs(round(${ms}))`;
  return sql`CASE WHEN round(${ms}) < 0 THEN '-' ELSE '' END
    || lpad(div(${whole}, 3600000)::text, greatest(2, length(div(${whole}, 3600000)::text)), '0')
    || ':' || lpad((div(${whole}, 60000) % 60)::text, 2, '0')
    || ':' || lpad((div(${whole}, 1000) % 60)::text, 2, '0')
    || '.' || lpad((${whole} % 1000)::text, 3, '0')`;
}
