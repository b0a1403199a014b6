// One sheet: a table's rows until no more fit.
import type { Cell, CellType, Column, Row } from '../table.ts';
import { type KeptLinks, keptLinks } from './kept-links.ts';
import { HEAD, MAIN, OFFICE, STYLE } from './parts.ts';
import { cutText, LONGEST_CELL, xmlText } from './text.ts';
import type { XlsxWords } from './words.ts';
import { serialIn, serialOfDay } from './zoned-serial.ts';

/** Rows of a sheet, its heading among them: a limit of the format. */
export const MOST_ROWS = 1_048_576;
/**
 * Bytes of a sheet's XML from which on the next one begins: fflate writes no sizes of 4 GiB and more
 * (Zip64), nor could every reader take them. The rest is for the row being written and the links.
 */
export const MOST_BYTES = 3.5 * 2 ** 30;
/** Excel repairs a file that has more links on a sheet, or longer ones. */
const MOST_LINKS = 65_530;
const LONGEST_LINK = 2_079;
/** Places of cut cells that are told one by one. */
const CUTS_TOLD = 50;

const WIDTH: { readonly [type in CellType]: number } = {
  ...{ text: 30, number: 12, 'yes-no': 10, instant: 19, day: 12, link: 40 },
};

/** "A", "Z", "AA", … */
export function letters(column: number): string {
  const rest = Math.floor(column / 26);
  return (rest > 0 ? letters(rest - 1) : '') + String.fromCharCode(65 + (column % 26));
}

export type Sheet = {
  readonly name: string;
  /** Without the heading. */
  rows: number;
  readonly links: KeptLinks;
  /** Addresses that did not become links. */
  unlinked: number;
  cuts: number;
  /** The first of them: "C17". */
  readonly cutAt: string[];
};

export function emptySheet(name: string): Sheet {
  return {
    ...{ name, rows: 0, links: keptLinks() },
    ...{ unlinked: 0, cuts: 0, cutAt: [] },
  };
}

/** Writes the rows of one table. */
export function sheetWriter(
  columns: readonly Column[],
  zone: string,
  words: Pick<XlsxWords, 'yes' | 'no' | 'cutMark'>,
) {
  const places = columns.map((_, n) => letters(n));
  const serial = serialIn(zone);

  function text(sheet: Sheet, place: string, value: string, style: number): string {
    let shown = value;
    if (value.length > LONGEST_CELL) {
      shown = cutText(value, words.cutMark);
      sheet.cuts += 1;
      if (sheet.cutAt.length < CUTS_TOLD) sheet.cutAt.push(place);
    }
    return `<c r="${place}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${xmlText(shown)}</t></is></c>`;
  }

  function link(sheet: Sheet, place: string, value: string): string {
    const isLink = /^https?:\/\/[^\s<>"]+$/i.test(value) && URL.canParse(value);
    if (!isLink) return text(sheet, place, value, STYLE.text);
    if (sheet.links.count() === MOST_LINKS || value.length > LONGEST_LINK) {
      sheet.unlinked += 1;
      return text(sheet, place, value, STYLE.text);
    }
    sheet.links.add({ cell: place, address: value });
    return text(sheet, place, value, STYLE.link);
  }

  function cell(sheet: Sheet, place: string, type: CellType, value: Cell): string {
    if (value === null) return '';
    // In words: LibreOffice shows a truth value as a number where nothing says how.
    if (typeof value === 'boolean')
      return text(sheet, place, value ? words.yes : words.no, STYLE.text);
    if (typeof value === 'number') {
      if (Number.isFinite(value)) return `<c r="${place}"><v>${value}</v></c>`;
      return text(sheet, place, String(value), STYLE.text);
    }
    if (type === 'instant' || type === 'day') {
      const day = type === 'day' ? serialOfDay(value) : serial(value);
      if (day !== null) return `<c r="${place}" s="${STYLE[type]}"><v>${day}</v></c>`;
    }
    return type === 'link' ? link(sheet, place, value) : text(sheet, place, value, STYLE.text);
  }

  return {
    head(headings: readonly string[]): string {
      const cells = headings.map(
        (heading, n) =>
          `<c r="${places[n]}1" s="${STYLE.head}" t="inlineStr"><is><t xml:space="preserve">${xmlText(heading)}</t></is></c>`,
      );
      const widths = columns.map(
        ({ type }, n) =>
          `<col min="${n + 1}" max="${n + 1}" width="${WIDTH[type]}" customWidth="1"/>`,
      );
      return (
        `${HEAD}<worksheet xmlns="${MAIN}" xmlns:r="${OFFICE}">` +
        '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>' +
        `<cols>${widths.join('')}</cols><sheetData><row r="1">${cells.join('')}</row>`
      );
    },

    row(sheet: Sheet, row: Row): string {
      sheet.rows += 1;
      const number = sheet.rows + 1;
      let cells = '';
      for (const [n, { type }] of columns.entries()) {
        cells += cell(sheet, `${places[n]}${number}`, type, row[n] ?? null);
      }
      return `<row r="${number}">${cells}</row>`;
    },

    /** The filter's range. */
    range: (sheet: Sheet) => `A1:${places.at(-1)}${sheet.rows + 1}`,

    *tail(sheet: Sheet): Generator<string> {
      yield `</sheetData><autoFilter ref="${this.range(sheet)}"/>`;
      if (sheet.links.count() > 0) {
        let n = 0;
        yield '<hyperlinks>';
        for (const batch of sheet.links.batches()) {
          yield batch
            .map((link) => {
              n += 1;
              return `<hyperlink ref="${link.cell}" r:id="rId${n}"/>`;
            })
            .join('');
        }
        yield '</hyperlinks>';
      }
      yield '</worksheet>';
    },
  };
}
