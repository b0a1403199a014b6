// The audit trail: draws, reviews with both scores, findings, questions, disputes, improvements.
import { type RawBuilder, sql } from 'kysely';
import { id } from '../../domain/index.ts';
import { TABLES } from '../../export/columns.ts';
import { listOf, WHICH } from '../reviews/list.ts';
import { keepListed } from '../reviews/listed.ts';
import {
  columnsOf,
  evidence,
  field,
  instant,
  memberName,
  nameOf,
  numberIn,
  told,
  truth,
  written,
} from './cells.ts';
import type { Given, Refused, Source } from './source.ts';
import { notHidden } from './unrevealed.ts';

/** Of which kind a table's rows are. */
const KIND_OF: { readonly [table: string]: string } = {
  ...{ draws: 'audit', reviews: 'review', findings: 'finding', questions: 'inquiry' },
  ...{ disputes: 'dispute', improvements: 'improvement' },
};
const KINDS = [...Object.values(KIND_OF), 'programme', 'standard'];
const NEWEST_FIRST = sql`ORDER BY r.written DESC, r.id DESC`;

/** By ids of one. */
const ABOUT = ['draw', 'subject', 'project', 'customer'] as const;

/**
 * `draw`, with nothing else: that one, its reviews and what came of them. With what the list of reviews
 * is narrowed by (`subject`, `project`, `customer`, `which`, `q`): the reviews that it then shows, their
 * draws, and what came of them.
 */
export async function auditSource(given: Given): Promise<Source | Refused> {
  const { wish, asker } = given;
  const { filter } = wish;
  const which = WHICH.find((one) => one === (filter.which || 'all'));
  if (which === undefined || ABOUT.some((name) => filter[name] && !isId(filter[name]))) {
    return { refused: 'not-well-formed', words: 'One of the filters means nothing here.' };
  }
  const { workspace } = asker;
  const isNarrowed =
    which !== 'all' || ['subject', 'project', 'customer', 'q'].some((name) => filter[name]);
  const ofSome = isNarrowed
    ? partOf(await shownReviews(given, which))
    : sql`${filter.draw ? ofDraw(workspace.id, filter.draw) : sql``} ${await notHidden(given)}`;
  const from = (kinds: readonly string[]) => sql`FROM record AS r
    WHERE r.workspace_id = ${workspace.id} AND r.kind IN (${sql.join(kinds)}) AND NOT r.deleted
    ${ofSome}`;
  return {
    tables: TABLES.audit,
    async count({ tx: within }) {
      const { rows } = await sql<{ count: number }>`SELECT count(*) ${from(
        Object.values(KIND_OF),
      )}`.execute(within);
      return ['xlsx', 'markdown'].includes(wish.format) ? (rows[0]?.count ?? null) : null;
    },
    async table(given, chosen) {
      return {
        ...{ columns: columnsOf(chosen, cellsOf(given)), isOrdered: false },
        query: (cells) =>
          sql`SELECT ${sql.join(cells)} ${from([KIND_OF[chosen.key] ?? ''])} ${NEWEST_FIRST}`,
      };
    },
    async records() {
      const query = sql`SELECT r.kind, r.id, r.author, r.written, r.visibility, r.fields
        ${from(KINDS)} ${NEWEST_FIRST}`;
      return { query, isOrdered: false };
    },
  };
}

function ofDraw(workspace: string, draw: string): RawBuilder<unknown> {
  return sql`AND ((r.kind = 'audit' AND r.id = ${draw})
      OR (r.kind = 'review' AND r.fields->>'audit' = ${draw})
      OR (r.fields->>'review' IN (SELECT o.id::text FROM record AS o
        WHERE o.workspace_id = ${workspace} AND o.kind = 'review'
          AND o.fields->>'audit' = ${draw})))`;
}

type Shown = { id: string; audit: string | null };

/** As the console lists them. */
async function shownReviews(given: Given, which: (typeof WHICH)[number]): Promise<Shown[]> {
  const { draw, subject, project, customer, q = '' } = given.wish.filter;
  const { reviews } = await listOf(given, keepListed(), {
    ...{ audit: draw || undefined, subject: subject || undefined },
    ...{ project: project || undefined, customer: customer || undefined },
    ...{ which, words: q, most: Number.POSITIVE_INFINITY },
  });
  return reviews;
}

/** These, the draws they are of, and what came of them. */
function partOf(reviews: readonly Shown[]): RawBuilder<unknown> {
  if (reviews.length === 0) return sql`AND false`;
  const ids = sql.join(reviews.map((one) => one.id));
  const draws = [...new Set(reviews.flatMap(({ audit }) => audit ?? []))];
  const ofThese = draws.length === 0 ? sql`false` : sql`r.id::text IN (${sql.join(draws)})`;
  return sql`AND ((r.kind = 'review' AND r.id::text IN (${ids}))
      OR (r.kind = 'audit' AND ${ofThese})
      OR r.fields->>'review' IN (${ids}))`;
}

function isId(text: string | undefined): boolean {
  return id.safeParse(text).success;
}

/** Columns of one name say the same in all of these tables. */
function cellsOf(given: Given): { [column: string]: RawBuilder<unknown> } {
  const texts = ['name', 'unit', 'state', 'strata', 'reason', 'population', 'commitment', 'nonce'];
  const more = [
    'text',
    'type',
    'cause',
    'asks',
    'question',
    'answer',
    'stance',
    'result',
    'action',
  ];
  const own = [...texts, ...more, 'doneText', 'effectText', 'due', 'checkOn', 'review'];
  const count = (list: string) =>
    sql`CASE WHEN jsonb_typeof(r.fields->${sql.lit(list)}) = 'array'
      THEN jsonb_array_length(r.fields->${sql.lit(list)}) END`;
  const member = (name: string) => memberName(given, field(name));
  return {
    ...Object.fromEntries(own.map((name) => [name, field(name)])),
    ...{ written, id: sql`r.id::text`, author: memberName(given, sql`r.author`) },
    method: sql`r.fields->'method'->>'kind'`,
    populationSize: numberIn('populationSize'),
    drawn: count('sample'),
    replaced: count('replacements'),
    ...{ blind: truth('blind'), withdrawn: truth('withdrawn'), effective: truth('effective') },
    auditor: member('auditor'),
    draw: told(given, 'audit', 'name', field('audit')),
    customer: nameOf(given, 'customer', sql`r.customer`),
    project: nameOf(given, 'project', sql`r.project`),
    reviewer: member('reviewer'),
    ...{ ours: numberIn('ours'), theirs: numberIn('theirs'), seconds: numberIn('seconds') },
    ...{ started: instant('startedAt'), finished: instant('finishedAt') },
    standard: told(given, 'standard', 'name', field('standard')),
    quote: sql`${evidence}->>'quote'`,
    at: instant('at'),
    to: member('to'),
    by: member('by'),
    answeredBy: member('answeredBy'),
    answered: instant('answeredAt'),
    owner: member('owner'),
    ...{ done: instant('doneAt'), checked: instant('checkedAt') },
  };
}
