// A source in one of the formats, as pieces of bytes with the rows that are in them.
import { sql } from 'kysely';
import type { TableInfo } from '../../export/columns.ts';
import { BYTE_ORDER_MARK, type CsvOptions, csvHead, csvLine } from '../../export/csv.ts';
import type { ExportedRecord } from '../../export/exported-record.ts';
import { headings, tableName } from '../../export/headings.ts';
import { jsonHead, jsonTail, ndjsonHead, ndjsonTail } from '../../export/records-file.ts';
import type { Row, Table } from '../../export/table.ts';
import type { Db } from '../database.ts';
import { createZip } from '../evidence/write-zip.ts';
import { writeAnnotations } from './annotations.ts';
import { writeCall } from './call-vtt.ts';
import { copied } from './copied.ts';
import type { LineEnd, Piece } from './copy-out.ts';
import { writeMarkdown } from './markdown.ts';
import { pieces } from './pieces.ts';
import type { Given, Source, Told } from './source.ts';
import { csvQuery, JSON_LINES, recordsQuery, rowsQuery, type SqlTable } from './sql-lines.ts';
import type { ExportFormat } from './wish.ts';
import { writeWorkbook } from './workbook.ts';

export const CONTENT_TYPES: Readonly<Record<ExportFormat, string>> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  ndjson: 'application/x-ndjson; charset=utf-8',
  json: 'application/json; charset=utf-8',
  jsonld: 'application/ld+json; charset=utf-8',
  markdown: 'text/markdown; charset=utf-8',
  webvtt: 'text/vtt; charset=utf-8',
  zip: 'application/zip',
};

export const EXTENSIONS: Readonly<Record<ExportFormat, string>> = {
  ...{ csv: 'csv', xlsx: 'xlsx', ndjson: 'ndjson', json: 'json' },
  ...{ jsonld: 'jsonld', markdown: 'md', webvtt: 'vtt', zip: 'zip' },
};

/** `tables`: of the source, with the columns that are wanted. */
export type Writing = { given: Given; source: Source; tables: readonly TableInfo[]; db: Db };

const encoder = new TextEncoder();

/** `given.tx` is a transaction of one snapshot; ended early, it can do no more. */
export function writeFormat(writing: Writing): AsyncGenerator<Piece> {
  switch (writing.given.wish.format) {
    case 'csv':
      return csvFile(writing);
    case 'ndjson':
      return ndjsonFile(writing);
    case 'json':
      return jsonFile(writing);
    case 'jsonld':
      return writeAnnotations(writing.given, recordsOf(writing));
    case 'xlsx':
      return writeWorkbook(writing.given, tablesOf(writing));
    case 'markdown':
      return writeMarkdown(writing.given, tablesOf(writing));
    case 'zip':
      return zipFile(writing);
    case 'webvtt':
      return writeCall(writing.given);
  }
}

export function piece(text: string, rows = 0): Piece {
  return { bytes: encoder.encode(text), rows };
}

async function* csvFile(writing: Writing): AsyncGenerator<Piece> {
  const [table] = writing.tables;
  if (table !== undefined) yield* csvTable(writing, table);
}

async function* csvTable(writing: Writing, table: TableInfo): AsyncGenerator<Piece> {
  const { given, source, db } = writing;
  const { bom, language, separator, machine, zone } = given.wish;
  const options: CsvOptions = { separator, machine, zone };
  yield piece((bom ? BYTE_ORDER_MARK : '') + csvHead(headings(table, language), options));
  const found = await source.table(given, table);
  if (!isSql(found)) {
    yield* toldPieces(found, (row) => csvLine(found.columns, row, options));
    return;
  }
  await sql`SET LOCAL timezone = ${sql.lit(zone)}`.execute(given.tx);
  await inOrder(given, found.isOrdered);
  const { query, options: format } = csvQuery(found, options);
  yield* copied(db, given.tx, query, { options: format, lineEnd: 'crlf' });
}

/**
 * What is read along for many rows (mails, calls) is kept in it, twice as much as this says
 * (hash_mem_multiplier): some 100,000 of them.
 */
const KEPT_BY_POSTGRES = '16MB';

/** Where an index has the order, the first row comes at once: none waits for all to be sorted. */
async function inOrder({ tx }: Given, isOrdered: boolean): Promise<void> {
  await sql`SET LOCAL enable_sort = ${sql.lit(isOrdered ? 'off' : 'on')}`.execute(tx);
  await sql`SET LOCAL jit = off`.execute(tx);
  await sql`SET LOCAL work_mem = ${sql.lit(KEPT_BY_POSTGRES)}`.execute(tx);
}

async function* ndjsonFile(writing: Writing): AsyncGenerator<Piece> {
  yield piece(ndjsonHead(headOf(writing.given)));
  let rows = 0;
  for await (const one of recordLines(writing)) {
    rows += one.rows;
    yield one;
  }
  yield piece(ndjsonTail(rows));
}

/** Between two records stands what their lines end with; the last one's is taken off. */
async function* jsonFile(writing: Writing): AsyncGenerator<Piece> {
  yield piece(jsonHead(headOf(writing.given)));
  let isFirst = true;
  for await (const { bytes, rows } of recordLines(writing, ',')) {
    if (!isFirst) yield piece(',\n');
    isFirst = false;
    yield { bytes: bytes.subarray(0, -2), rows };
  }
  yield piece(jsonTail());
}

function headOf({ asker, wish, names }: Given) {
  const { workspace } = asker;
  return {
    ...{ workspace: { id: workspace.id, name: workspace.name }, what: wish.what },
    ...{ exportedAt: new Date().toISOString(), filter: wish.filter },
    // A whole workspace has its members as records.
    ...(wish.what === 'workspace' ? {} : { members: Object.fromEntries(names) }),
  };
}

/** A record a line; `end` stands before each LF. */
async function* recordLines(
  { given, source, db }: Writing,
  end: '' | ',' = '',
): AsyncGenerator<Piece> {
  const found = await source.records(given);
  if (Array.isArray(found)) {
    const lines = { columns: [], rows: found.map((record) => [JSON.stringify(record)]) };
    yield* toldPieces(lines, ([line]) => `${line}${end}\n`);
    return;
  }
  await inOrder(given, found.isOrdered);
  const query = recordsQuery(found, end);
  yield* copied(db, given.tx, query, { options: JSON_LINES, lineEnd: 'lf' });
}

/** Records one by one, in batches. */
async function* recordsOf(writing: Writing): AsyncGenerator<ExportedRecord[]> {
  for await (const one of recordLines(writing)) yield parsed(one) as ExportedRecord[];
}

/** Each is read before the next one is asked for. */
async function* tablesOf({ given, source, tables, db }: Writing): AsyncGenerator<Table> {
  const { language } = given.wish;
  for (const table of tables) {
    const found = await source.table(given, table);
    const { key, columns } = table;
    const rows = isSql(found) ? sqlRows(given, found, db) : toldRows(found);
    yield { name: tableName(key, language), columns, headings: headings(table, language), rows };
  }
}

async function* sqlRows(given: Given, table: SqlTable, db: Db): AsyncGenerator<Row[]> {
  await inOrder(given, table.isOrdered);
  const lineEnd: LineEnd = 'lf';
  for await (const one of copied(db, given.tx, rowsQuery(table), {
    options: JSON_LINES,
    lineEnd,
  })) {
    yield parsed(one) as Row[];
  }
}

async function* toldRows({ rows }: Told): AsyncGenerator<readonly Row[]> {
  yield rows;
}

/** Lines of JSON. */
function parsed({ bytes }: Piece): unknown[] {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  return JSON.parse(`[${text.trimEnd().replaceAll('\n', ',')}]`) as unknown[];
}

const ROWS_AT_ONCE = 500;

async function* toldPieces({ rows }: Told, line: (row: Row) => string): AsyncGenerator<Piece> {
  for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) {
    const part = rows.slice(at, at + ROWS_AT_ONCE);
    yield piece(part.map(line).join(''), part.length);
  }
}

/** A CSV file a table. */
function zipFile(writing: Writing): AsyncGenerator<Piece> {
  return pieces(async (hand) => {
    let rows = 0;
    const zip = createZip(async (bytes) => {
      const taken = rows;
      rows = 0;
      await hand({ bytes, rows: taken });
    });
    const counted = async function* (table: TableInfo) {
      for await (const one of csvTable(writing, table)) {
        rows += one.rows;
        yield one.bytes;
      }
    };
    for (const table of writing.tables) {
      await zip.add({ name: `${table.key}.csv`, pieces: counted(table) });
    }
    await zip.end();
    if (rows > 0) await hand({ bytes: new Uint8Array(0), rows });
  });
}

function isSql(found: SqlTable | Told): found is SqlTable {
  return 'query' in found;
}
