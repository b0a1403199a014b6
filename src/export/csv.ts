// Rows → CSV (RFC 4180): UTF-8, CRLF, quotes doubled. Pure; imported by the server and the extension.
// The server has PostgreSQL write the same bytes (server/exports/sql-lines.ts).
import type { Cell, Column } from './table.ts';
import { instantIn } from './zoned.ts';

export const BYTE_ORDER_MARK = '\uFEFF';

/**
 * What spreadsheet programs take for a formula (OWASP, "CSV Injection"), after spaces too, and what
 * looks as if it had been kept from being one.
 */
const FORMULA = /^[' ]*[=+\-@\t\r\n＝＋－＠]/;
const NEEDS_QUOTES = /[",;\t\r\n\u2028\u2029]|^\s|\s$/;

/**
 * One cell. Its text is kept byte for byte; only a cell that begins like a formula gets an
 * apostrophe in front, which spreadsheets read as "this is text". `plainCell` takes it off again.
 */
export function csvCell(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return NEEDS_QUOTES.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A row with its line end. */
export function csvRow(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

/** The text of a parsed cell as it was before `csvCell` guarded it. */
export function plainCell(cell: string): string {
  return cell.startsWith("'") && FORMULA.test(cell.slice(1)) ? cell.slice(1) : cell;
}

export type CsvOptions = {
  separator: ',' | ';' | '\t';
  /** Cells as they are, those that spreadsheets would take for formulas too. */
  machine: boolean;
  /** IANA name: instants are written in it, with their offset. */
  zone: string;
};

/** Headings with their line end. */
export function csvHead(headings: readonly string[], { separator, machine }: CsvOptions): string {
  const cells = machine ? headings.map(quoted) : headings.map(csvCell);
  return `${cells.join(separator)}\r\n`;
}

/**
 * A row of a table with its line end. Texts are always in quotation marks, what is no text never is;
 * an empty cell is nothing at all, an empty text is `""`.
 */
export function csvLine(
  columns: readonly Column[],
  row: readonly Cell[],
  { separator, machine, zone }: CsvOptions,
): string {
  const cells = columns.map(({ type }, index) => {
    const cell = row[index] ?? null;
    if (cell === null) return '';
    if (type === 'instant') return instantIn(String(cell), zone);
    if (type !== 'text' && type !== 'link') return String(cell);
    const text = String(cell);
    return quoted(!machine && FORMULA.test(text) ? `'${text}` : text);
  });
  return `${cells.join(separator)}\r\n`;
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
