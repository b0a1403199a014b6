// Rows → CSV (RFC 4180): UTF-8, CRLF, quotes doubled. Pure; imported by the server and the extension.

export const BYTE_ORDER_MARK = '\uFEFF';

/**
 * What spreadsheet programs take for a formula (OWASP, "CSV Injection"), and what looks as if it had
 * been kept from being one.
 */
const FORMULA = /^'*[=+\-@\t\r]/;
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
