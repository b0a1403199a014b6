// A table as text → its rows. Small on purpose: csv-parse, which the server uses, would add 15 KB to
// a page of the extension, for streams and options that a file chosen by hand does not need.

/** `line`: the one it begins on, as a text editor counts. */
export type TableRow = { line: number; cells: string[] };
/** `openQuote`: the line of a quotation mark that is never closed; rows end before it. */
export type TableRows = { rows: TableRow[]; openQuote: number | null };

export const DELIMITERS = [',', ';', '\t'] as const;

/**
 * RFC 4180. Line ends are CRLF, LF or CR. A quotation mark within a cell that begins without one is
 * a character like others. Rows without any text are left out.
 */
export function tableRows(text: string, delimiter: (typeof DELIMITERS)[number]): TableRows {
  // What ends a cell that is not in quotation marks.
  const plainEnd = new RegExp(`[${delimiter}\\r\\n]`, 'g');
  const rows: TableRow[] = [];
  let cells: string[] = [];
  let line = 1;
  let rowLine = 1;
  const endRow = () => {
    if (cells.some((cell) => cell.trim() !== '')) rows.push({ line: rowLine, cells });
    cells = [];
  };
  for (let at = 0; at < text.length; ) {
    if (cells.length === 0) rowLine = line;
    let cell = '';
    if (text[at] === '"') {
      const end = closingQuote(text, at + 1);
      if (end === null) return { rows, openQuote: line };
      cell = text.slice(at + 1, end).replaceAll('""', '"');
      line += cell.match(/\r\n|\r|\n/g)?.length ?? 0;
      at = end + 1;
    }
    plainEnd.lastIndex = at;
    const end = plainEnd.exec(text)?.index ?? text.length;
    cells.push(cell + text.slice(at, end));
    at = end + 1;
    if (text[end] === delimiter) {
      // A line that ends with a delimiter ends with an empty cell.
      if (at === text.length) cells.push('');
      continue;
    }
    endRow();
    line += 1;
    if (text[end] === '\r' && text[at] === '\n') at += 1;
  }
  endRow();
  return { rows, openQuote: null };
}

function closingQuote(text: string, from: number): number | null {
  let at = text.indexOf('"', from);
  while (at >= 0 && text[at + 1] === '"') at = text.indexOf('"', at + 2);
  return at < 0 ? null : at;
}
