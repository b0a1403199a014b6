// Which column of a table is what, by its heading.
import { plainCell } from './csv.ts';
import type { TableRow } from './csv-rows.ts';

export type Column = { index: number; unit: 's' | 'ms' };

/** What can be found in a table of tags; one heading of several means the first that is there. */
const HEADINGS = {
  offset: ['offset'],
  time: [
    ...['start', 'time', 'begin', 'begin time', 'start time', 'onset', 'timestamp', 'timecode'],
    ...['position', 'in', 'from', 'zeit', 'anfang', 'beginn'],
  ],
  end: ['stop', 'end', 'end time', 'stop time', 'finish', 'out', 'to', 'ende'],
  span: ['span', 'duration', 'length', 'dauer'],
  tag: [
    ...['tag', 'behavior', 'behaviour', 'label', 'code', 'event', 'category', 'kind', 'name'],
    ...['verhalten', 'kategorie', 'type'],
  ],
  tagId: ['tag id'],
  text: [
    ...['text', 'comment', 'comments', 'comment start', 'note', 'notes', 'remark', 'remarks'],
    ...['content', 'transcript', 'kommentar', 'bemerkung', 'notiz', 'description', 'beschreibung'],
  ],
  moreText: ['comment stop'],
  state: ['behavior type', 'behaviour type', 'event type', 'status', 'type'],
  who: ['subject'],
  id: ['id'],
  pressed: ['pressed'],
  call: ['call', 'observation id'],
  callSubject: ['call subject', 'observation id'],
  channel: ['channel'],
  began: ['began', 'observation date'],
  ended: ['ended'],
  pauses: ['pauses'],
  shift: ['shift'],
} as const;

export type ColumnName = keyof typeof HEADINGS;
/** `modifiers`: what else a behaviour was, in any number of columns. */
export type Columns = { [name in ColumnName]?: Column } & { modifiers: Column[] };

const UNIT = /[([](s|ms)[)\]]$/;

/** null: these are no headings of a table of tags, which needs a time, and a tag or a text. */
export function columnsOf(cells: readonly string[]): Columns | null {
  const headings = cells.map((cell, index) => {
    const plain = cell
      .toLowerCase()
      .replace(/[\s_-]+/g, ' ')
      .trim();
    const unit = UNIT.exec(plain)?.[1];
    return {
      name: plain.replace(UNIT, '').trim(),
      hasUnit: unit !== undefined,
      column: { index, unit: unit === 'ms' ? 'ms' : 's' } as Column,
    };
  });
  const columns: Columns = {
    modifiers: headings
      .filter(({ name }) => /^modifiers?( ?#?\d+)?$/.test(name))
      .map(({ column }) => column),
  };
  for (const name of Object.keys(HEADINGS) as ColumnName[]) {
    const found = (HEADINGS[name] as readonly string[])
      .map((heading) => {
        const named = headings.filter((one) => one.name === heading);
        return named.find(({ hasUnit }) => hasUnit) ?? named[0];
      })
      .find((one) => one !== undefined);
    if (found) columns[name] = found.column;
  }
  // A lone "Type" says what it is, not whether it begins or stops.
  if (columns.state?.index === columns.tag?.index) delete columns.state;
  const hasTime = columns.time !== undefined || columns.offset !== undefined;
  return hasTime && (columns.tag ?? columns.text) !== undefined ? columns : null;
}

/** A table under its headings. */
export type Table = {
  columns: Columns;
  before: TableRow[];
  rows: TableRow[];
  openQuote: number | null;
};

/** The cell of a row, as it was before it was guarded against spreadsheets; '' if there is none. */
export function cellOf({ columns }: Table, { cells }: TableRow, name: ColumnName): string {
  const column = columns[name];
  return column === undefined ? '' : plainCell(cells[column.index] ?? '');
}
