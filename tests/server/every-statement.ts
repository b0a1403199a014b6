// Holds every statement of every server under test against the rules for a cluster: a statement that
// breaks one is refused, so its test fails. Below Kysely, so that statements written by hand and those
// of better-auth are seen too.
import pg from 'pg';
import type { Distributed } from '../../src/server/citus.ts';
import { problemsOf } from './statement-rules.ts';

let tables: readonly Distributed[] = [];
const judged = new Map<string, string[]>();

/** From now on: the tables of the schema under test. */
export function holdStatementsTo(distributed: readonly Distributed[]): void {
  tables = distributed;
}

/** How many different statements were judged so far. */
export const statementsSeen = (): number => judged.size;

/** How rows are written where no Citus is; rows.test.ts sees to it that with one they are not. */
const IN_ARRAYS =
  /^INSERT INTO (?:log_leaf|record) \(workspace_id,[\w,]+\) SELECT \$1::uuid, r\.\* FROM unnest\([$\w:[\],]+\) AS r(?: ON CONFLICT \(workspace_id, kind, id\) DO UPDATE SET [\w =.,]+)?$/;

type Asked = string | { text?: string; name?: string };

const original = pg.Client.prototype.query as (...given: unknown[]) => unknown;

pg.Client.prototype.query = function (
  this: pg.Client & { connectionParameters?: unknown },
  ...given: unknown[]
) {
  const of = this.connectionParameters as { application_name?: string } | undefined;
  const asked = given[0] as Asked;
  const statement = typeof asked === 'string' ? asked : asked?.text;
  // The tests' own clients go by another name.
  if (of?.application_name === 'unsaid' && statement !== undefined && tables.length > 0) {
    let problems = judged.get(statement);
    if (!problems) {
      problems = IN_ARRAYS.test(statement) ? [] : problemsOf(statement, tables);
      // prepared.ts sees to it that behind a pooler there are none.
      if (typeof asked === 'object' && asked.name?.startsWith('unsaid_') === false)
        problems.push('a named statement outlives its transaction');
      judged.set(statement, problems);
    }
    if (problems.length > 0) {
      const words = `${problems.join('; ')}: ${statement.slice(0, 500)}`;
      console.error(words);
      return Promise.reject(new Error(words));
    }
  }
  return original.apply(this, given);
} as typeof pg.Client.prototype.query;
