// Tables → a workbook (Office Open XML, ECMA-376), written as its rows come: nothing but the links of
// a sheet is kept. Texts stand in their cells: a shared table of them would have to be kept whole.
import type { Table } from '../table.ts';
import { sheetNames } from './names.ts';
import { packedZip } from './packed.ts';
import {
  contentTypes,
  HEAD,
  linkRelations,
  MAIN,
  packageRelations,
  type SheetFacts,
  STYLE,
  styles,
  workbook,
  workbookRelations,
} from './parts.ts';
import { emptySheet, letters, MOST_BYTES, MOST_ROWS, type Sheet, sheetWriter } from './sheet.ts';
import { LONGEST_CELL, xmlText } from './text.ts';
import { xlsxWords } from './words.ts';

export type XlsxAbout = {
  language: 'en' | 'de' | 'keys';
  /** IANA name: whose clock the times are on. */
  zone: string;
  /** What else the sheet "About" says, in words: of what, by which filter, when, by whom. */
  facts: readonly (readonly [name: string, value: string])[];
  /** Rows of a sheet; less than the format's for tests alone. */
  mostRows?: number;
  /** Bytes of a sheet's XML, and of the file; less than they may have for tests alone. */
  mostBytes?: number;
};

/** The file would have more bytes than a zip without Zip64 can name. */
export class TooLong extends Error {}

/** What "About" says of a sheet; `of`: how many its table has. */
type Told = {
  sheet: Pick<Sheet, 'name' | 'rows' | 'cuts' | 'cutAt' | 'unlinked'>;
  of: number;
};

/** Characters of XML that are handed over at once. */
const PIECE = 64 * 1024;

/**
 * A sheet for each table, several where its rows do not fit into one, and "About" at the end: what
 * the file is, and what was cut. `tables` are read one after the other, each once.
 */
export async function* xlsxBytes(
  tables: Iterable<Table> | AsyncIterable<Table>,
  about: XlsxAbout,
): AsyncGenerator<Uint8Array> {
  const words = xlsxWords[about.language];
  const most = (about.mostRows ?? MOST_ROWS) - 1;
  const mostBytes = about.mostBytes ?? MOST_BYTES;
  const nameOf = sheetNames();
  const zip = packedZip();
  const sheets: SheetFacts[] = [];
  const told: Told[] = [];
  const path = (n: number) => `xl/worksheets/sheet${n}.xml`;

  for await (const table of tables) {
    const writer = sheetWriter(table.columns, about.zone, words);
    const rows = rowsOf(table);
    const from = told.length;
    try {
      let next = await rows.next();
      do {
        const sheet = emptySheet(nameOf(table.name));
        // What is left of the table, until the sheet is full.
        const pieces = async function* () {
          let xml = writer.head(table.headings);
          let bytes = 0;
          while (!next.done && sheet.rows < most && bytes < mostBytes) {
            xml += writer.row(sheet, next.value);
            if (xml.length > PIECE) {
              yield xml;
              // What the zip has of this sheet by now, and of all before.
              bytes = zip.size();
              if (zip.written() > mostBytes) throw new TooLong(words.tooLong);
              xml = '';
            }
            next = rows.take() ?? (await rows.next());
          }
          yield xml;
          yield* writer.tail(sheet);
        };
        yield* zip.add(path(sheets.length + 1), pieces());
        sheets.push({ name: sheet.name, range: writer.range(sheet) });
        if (sheet.links.count() > 0) {
          const name = `xl/worksheets/_rels/sheet${sheets.length}.xml.rels`;
          yield* zip.add(name, linkRelations(sheet.links.batches()));
        }
        const { name, rows: count, cuts, cutAt, unlinked } = sheet;
        told.push({ sheet: { name, rows: count, cuts, cutAt, unlinked }, of: 1 });
      } while (!next.done);
    } finally {
      // Whoever wants no more of the file lets go of what its rows come from.
      await rows.close();
    }
    const of = told.length - from;
    for (const one of told.slice(from)) one.of = of;
  }

  yield* zip.add(path(sheets.length + 1), [aboutSheet(about, told, most)]);
  sheets.push({ name: nameOf(words.about), range: null });
  yield* zip.add('xl/workbook.xml', [workbook(sheets)]);
  yield* zip.add('xl/_rels/workbook.xml.rels', [workbookRelations(sheets.length)]);
  yield* zip.add('xl/styles.xml', [styles()]);
  yield* zip.add('_rels/.rels', [packageRelations()]);
  yield* zip.add('[Content_Types].xml', [contentTypes(sheets.length)]);
  yield* zip.end();
}

/** `take`: the next row of the batch that is there, without waiting; null where there is none. */
function rowsOf({ rows }: Table) {
  type Row = Table['rows'] extends AsyncIterable<readonly (infer R)[]> ? R : never;
  const batches = rows[Symbol.asyncIterator]();
  let batch: readonly Row[] = [];
  let at = 0;
  const take = (): { done: false; value: Row } | null => {
    const value = batch[at];
    if (value === undefined) return null;
    at += 1;
    return { done: false, value };
  };
  return {
    take,
    close: () => batches.return?.(),
    async next(): Promise<{ done: false; value: Row } | { done: true }> {
      for (;;) {
        const present = take();
        if (present) return present;
        const more = await batches.next();
        if (more.done) return { done: true };
        [batch, at] = [more.value, 0];
      }
    },
  };
}

function aboutSheet(
  { language, zone, facts }: XlsxAbout,
  told: readonly Told[],
  most: number,
): string {
  const words = xlsxWords[language];
  const number = (value: number) => value.toLocaleString(language === 'de' ? 'de-DE' : 'en-GB');
  const lines: [string, string][] = [...facts.map((one) => [...one] as [string, string])];
  lines.push([words.zone, words.times(zone)], [words.formulas, words.texts]);
  for (const { sheet, of } of told) {
    lines.push([`${words.sheet}: ${sheet.name}`, `${words.rows}: ${number(sheet.rows)}`]);
    if (of > 1) lines.push(['', words.split(of, number(most + 1))]);
    if (sheet.cuts > 0) {
      lines.push(['', words.cut(number(sheet.cuts), number(LONGEST_CELL))]);
      const more = sheet.cuts - sheet.cutAt.length;
      const cells = [...sheet.cutAt, ...(more > 0 ? [words.more(number(more))] : [])].join(', ');
      lines.push(['', words.cutAt(cells)]);
    }
    if (sheet.unlinked > 0) lines.push(['', words.unlinked(number(sheet.unlinked))]);
  }
  const cell = (column: number, row: number, value: string, style: number) =>
    `<c r="${letters(column)}${row}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${xmlText(value.slice(0, LONGEST_CELL))}</t></is></c>`;
  const rows = lines.map(
    ([name, value], n) =>
      `<row r="${n + 1}">${cell(0, n + 1, name, STYLE.head)}${cell(1, n + 1, value, STYLE.long)}</row>`,
  );
  return `${HEAD}<worksheet xmlns="${MAIN}"><cols><col min="1" max="1" width="30" customWidth="1"/><col min="2" max="2" width="90" customWidth="1"/></cols><sheetData>${rows.join('')}</sheetData></worksheet>`;
}
