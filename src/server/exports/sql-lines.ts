// Tables and records as PostgreSQL is asked for them, and the lines it writes of them.
import { type RawBuilder, sql } from 'kysely';
import type { CsvOptions } from '../../export/csv.ts';
import type { CellType } from '../../export/table.ts';

/** `sql`: of texts, links and days text; of an instant timestamptz, of a number numeric, of a yes-no boolean. */
export type SqlColumn = { key: string; type: CellType; sql: RawBuilder<unknown> };

export type SqlTable = {
  columns: readonly SqlColumn[];
  /** The query of these cells, in its order. */
  query(cells: readonly RawBuilder<unknown>[]): RawBuilder<unknown>;
  /** An index has its order: no row waits for the last one to be sorted. */
  isOrdered: boolean;
};

/** Records as `r`: kind, id, author, written, visibility and fields. */
export type SqlRecords = Pick<SqlTable, 'isOrdered'> & { query: RawBuilder<unknown> };

/** Options of COPY for lines that are whole as they are: neither character is ever in JSON. */
export const JSON_LINES = `FORMAT csv, QUOTE E'\\x01', DELIMITER E'\\x02'`;

const UTC = 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"';
const ZONED = 'YYYY-MM-DD"T"HH24:MI:SS.MSTZH:TZM';

/** The timestamptz of a timestamp of the log. */
export function instantOf(written: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`to_timestamp((('x' || left(${written}, 12))::bit(48)::bigint) / 1000.0)`;
}

/**
 * The timestamptz of an ISO 8601 instant in a record, or null: PostgreSQL knows no year 0, and no
 * zone that is 16 hours away.
 */
export function instantIn(text: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`CASE WHEN ${text} !~ '^0000|([+-](1[5-9]|2[0-9]):)' THEN (${text})::timestamptz END`;
}

/** A cell's column of its own, so that it is worked out once. */
function inner({ columns, query }: SqlTable): RawBuilder<unknown> {
  const cells = columns.map((column, at) => sql`${column.sql} AS ${sql.ref(`c${at}`)}`);
  // An order that is asked for within holds: nothing is put together or apart without.
  return sql`(${query(cells)} OFFSET 0) AS s`;
}

/** Of `csvLine`'s bytes; COPY's options with it. The transaction has the zone. */
export function csvQuery(
  table: SqlTable,
  { separator, machine, zone }: CsvOptions,
): { query: RawBuilder<unknown>; options: string } {
  const quoted: string[] = [];
  const cells = table.columns.map(({ type }, at) => {
    const cell = sql.ref(`s.c${at}`);
    switch (type) {
      case 'text':
      case 'link':
        quoted.push(`c${at}`);
        return machine ? cell : sql`${guarded(cell)} AS ${sql.ref(`c${at}`)}`;
      case 'instant':
        return sql`to_char(${cell}, ${sql.lit(zone === 'UTC' ? UTC : ZONED)})`;
      case 'yes-no':
        return sql`CASE WHEN ${cell} THEN 'true' WHEN NOT ${cell} THEN 'false' END`;
      default:
        return cell;
    }
  });
  const delimiter = separator === '\t' ? `E'\\t'` : `'${separator}'`;
  const force = quoted.length > 0 ? `, FORCE_QUOTE (${quoted.join(', ')})` : '';
  return {
    query: sql`SELECT ${sql.join(cells)} FROM ${inner(table)}`,
    options: `FORMAT csv, DELIMITER ${delimiter}${force}`,
  };
}

/** Characters with which what csv.ts guards begins, as numbers: \t \n \r space ' + - = @ ＋ － ＝ ＠. */
const FIRST_OF_FORMULA = '{9,10,13,32,39,43,45,61,64,65291,65293,65309,65312}';

/** As csv.ts guards what begins like a formula. One look at the first character lets most texts by. */
function guarded(cell: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`CASE
    WHEN ascii(${cell}) = ANY (${sql.lit(FIRST_OF_FORMULA)})
      AND ltrim(${cell}, ' ''') ~ '^[=+@\\t\\r\\n＝＋－＠-]' THEN '''' || ${cell}
    ELSE ${cell} END`;
}

/** Rows as JSON arrays of cells, a line each. */
export function rowsQuery(table: SqlTable): RawBuilder<unknown> {
  const cells = table.columns.map(({ type }, at) => {
    const cell = sql.ref(`s.c${at}`);
    return type === 'instant' ? sql`to_char(${cell} AT TIME ZONE 'UTC', ${sql.lit(UTC)})` : cell;
  });
  return sql`SELECT json_build_array(${sql.join(cells)})::text FROM ${inner(table)}`;
}

/** Records as lines of JSON (ExportedRecord), with `end` behind each. */
export function recordsQuery({ query }: SqlRecords, end: '' | ','): RawBuilder<unknown> {
  const written = sql`to_char(${instantOf(sql`r.written`)} AT TIME ZONE 'UTC', ${sql.lit(UTC)})`;
  return sql`SELECT '{"kind":"' || r.kind || '","id":"' || r.id || '","author":"' || r.author
    || '","written":"' || ${written} || '","visibility":"' || r.visibility
    || '","fields":' || r.fields::text || ${sql.lit(`}${end}`)} FROM (${query} OFFSET 0) AS r`;
}
