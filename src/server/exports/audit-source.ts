// The audit trail: draws, reviews with both scores, findings, questions, disputes, improvements.
import { type RawBuilder, sql } from 'kysely';
import { id } from '../../domain/index.ts';
import { TABLES } from '../../export/columns.ts';
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

/** Of which kind a table's rows are. */
const KIND_OF: { readonly [table: string]: string } = {
  ...{ draws: 'audit', reviews: 'review', findings: 'finding', questions: 'inquiry' },
  ...{ disputes: 'dispute', improvements: 'improvement' },
};
const KINDS = [...Object.values(KIND_OF), 'programme', 'standard'];
const NEWEST_FIRST = sql`ORDER BY r.written DESC, r.id DESC`;

/** `draw`: the id of one, whose reviews and what came of them. */
export function auditSource({ wish, asker }: Given): Source | Refused {
  const { draw } = wish.filter;
  const one = id.safeParse(draw);
  if (draw && !one.success) {
    return { refused: 'not-well-formed', words: 'One of the filters means nothing here.' };
  }
  const { workspace } = asker;
  const ofDraw = one.success
    ? sql`AND ((r.kind = 'audit' AND r.id = ${one.data})
        OR (r.kind = 'review' AND r.fields->>'audit' = ${one.data})
        OR (r.fields->>'review' IN (SELECT o.id::text FROM record AS o
          WHERE o.workspace_id = ${workspace.id} AND o.kind = 'review'
            AND o.fields->>'audit' = ${one.data})))`
    : sql``;
  const from = (kinds: readonly string[]) => sql`FROM record AS r
    WHERE r.workspace_id = ${workspace.id} AND r.kind IN (${sql.join(kinds)}) AND NOT r.deleted
    ${ofDraw}`;
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
