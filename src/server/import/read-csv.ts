import { CsvError, parse } from 'csv-parse/sync';
import { normaliseText } from '../../domain/index.ts';

/** A row with the number of the line it begins on, as a text editor counts. */
export type CsvRow = { line: number; cells: string[] };
export type Csv = { columns: string[]; rows: CsvRow[] };
export type CsvResult = { ok: true; csv: Csv } | { ok: false; message: string };

export const MOST_ROWS = 20_000;
const DELIMITERS = [',', ';', '\t'];

/** Reads a file with a line of headings. Commas, semicolons or tabs: whatever the headings use most. */
export function readCsv(file: string): CsvResult {
  const text = normaliseText(file);
  let records: { record: string[]; info: { lines: number } }[];
  try {
    records = parse(text, {
      bom: true,
      delimiter: delimiterOf(text),
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
    }) as unknown as typeof records;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = typeof error.lines === 'number' ? ` near line ${error.lines}` : '';
    return { ok: false, message: `The file is no CSV${line}: a quotation mark is out of place.` };
  }
  const [first, ...rest] = records;
  if (!first) return { ok: false, message: 'The file is empty.' };
  if (rest.length > MOST_ROWS) {
    return { ok: false, message: `The file has more than ${MOST_ROWS} rows. Split it.` };
  }
  const columns = uniqueNames(first.record);
  return {
    ok: true,
    csv: {
      columns,
      rows: rest.map(({ record, info }) => ({
        // info.lines is the line a record ends on.
        line: info.lines - breaksIn(record),
        cells: record,
      })),
    },
  };
}

function delimiterOf(text: string): string {
  const end = text.search(/[\r\n]/);
  const headings = end < 0 ? text : text.slice(0, end);
  const count = (delimiter: string) => headings.split(delimiter).length;
  return DELIMITERS.reduce((best, next) => (count(next) > count(best) ? next : best));
}

/** Columns are named by their headings: nameless and repeated ones get a number. */
function uniqueNames(headings: string[]): string[] {
  const seen = new Set<string>();
  return headings.map((heading, index) => {
    const name = heading.trim() || `Column ${index + 1}`;
    const unique = seen.has(name) ? `${name} (${index + 1})` : name;
    seen.add(unique);
    return unique;
  });
}

function breaksIn(cells: string[]): number {
  return cells.reduce((sum, cell) => sum + (cell.match(/\r\n|\r|\n/g)?.length ?? 0), 0);
}
