import { parse } from 'csv-parse/sync';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { csvCell, csvRow, plainCell } from '../../src/export/csv.ts';
import { DELIMITERS, tableRows } from '../../src/export/csv-rows.ts';
import { nastyText } from './samples.ts';

test('a cell is read as it was written, also one that looks guarded', () => {
  fc.assert(
    fc.property(fc.array(nastyText), (cells) => {
      const [row] = tableRows(csvRow([...cells, 'last']), ',').rows;
      expect(row?.cells.map(plainCell)).toEqual([...cells, 'last']);
    }),
  );
  expect(csvCell("'=1")).toBe("''=1");
  expect(plainCell("'=1")).toBe('=1');
});

test('rows are those that csv-parse finds', () => {
  const table = fc.array(fc.array(nastyText, { minLength: 1, maxLength: 5 }), { minLength: 1 });
  const delimiters = fc.constantFrom(...DELIMITERS);
  const ends = fc.constantFrom('\r\n', '\n', '\r');
  const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
  fc.assert(
    fc.property(table, delimiters, ends, fc.boolean(), (rows, delimiter, end, isClosed) => {
      const lines = rows.map((cells) => cells.map(quoted).join(delimiter));
      const text = lines.join(end) + (isClosed ? end : '');
      const theirs: string[][] = parse(text, {
        ...{ delimiter, record_delimiter: end, relax_column_count: true },
      });
      const isFilled = (cells: string[]) => cells.some((cell) => cell.trim() !== '');
      const read = tableRows(text, delimiter);
      expect(read.openQuote).toBeNull();
      expect(read.rows.map(({ cells }) => cells)).toEqual(theirs.filter(isFilled));
    }),
  );
});

test('a row is on the line it begins on; empty lines count and are no rows', () => {
  const text = 'a,b\r\n\r\n"1\r\n2\n3",x\r4,\n,,\nlast,"un" quoted "here';
  expect(tableRows(text, ',')).toEqual({
    rows: [
      { line: 1, cells: ['a', 'b'] },
      { line: 3, cells: ['1\r\n2\n3', 'x'] },
      { line: 6, cells: ['4', ''] },
      { line: 8, cells: ['last', 'un quoted "here'] },
    ],
    openQuote: null,
  });
});

test('what follows a quotation mark that is never closed is told by its line', () => {
  expect(tableRows('a,b\n1,"two\nthree\n', ',')).toEqual({
    rows: [{ line: 1, cells: ['a', 'b'] }],
    openQuote: 2,
  });
});
