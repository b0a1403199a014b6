import { id as idShape, shorten } from '../domain/index.ts';
import type { ImportedCall, TagFileOptions } from './call-export.ts';
import { fileTime } from './file-times.ts';
import { type ColumnName, cellOf, type Table } from './table-columns.ts';
import { FARTHEST, LONGEST_LINE, subjectOf } from './tag-rows.ts';

/** What a table says of its call: in columns of their own, in lines over it, or by its times. */
export function callOf(
  table: Table,
  options: TagFileOptions,
): { call: ImportedCall; isStartKnown: boolean } {
  const { rows, columns } = table;
  const isOurs = columns.tagId !== undefined;
  const first = (name: ColumnName) =>
    rows.map((row) => cellOf(table, row, name)).find((cell) => cell !== '') ?? '';
  const id = first('call');
  const startedAt =
    momentIn(first('began')) ?? momentIn(over(table, 'observation date')) ?? firstMoment(table);
  const subject =
    first('callSubject') ||
    over(table, 'observation id') ||
    (isOurs ? '' : subjectOf(options.fileName));
  const shift = fileTime(first('shift'), columns.shift?.unit);
  return {
    call: {
      id: isOurs && idShape.safeParse(id).success ? id : options.newId(),
      startedAt: startedAt ?? options.startedAt,
      endedAt: momentIn(first('ended')),
      pauses: first('pauses').split(' ').flatMap(pauseIn),
      subject: shorten(subject, LONGEST_LINE),
      channel: first('channel') === 'meeting' ? 'meeting' : 'call',
      shift: shift && 'ms' in shift && Math.abs(shift.ms) <= FARTHEST ? shift.ms : 0,
    },
    isStartKnown: startedAt !== null,
  };
}

/** The cell behind a name in the lines over the headings. */
function over({ before }: Table, name: string): string {
  const line = before.find(({ cells }) => cells[0]?.trim().toLowerCase() === name);
  return line?.cells[1]?.trim() ?? '';
}

/** Where times are moments, the call begins with the first of them. */
function firstMoment(table: Table): number | null {
  let first: number | null = null;
  for (const row of table.rows) {
    const at = momentIn(cellOf(table, row, 'time'));
    if (at !== null && (first === null || at < first)) first = at;
  }
  return first;
}

function momentIn(cell: string): number | null {
  const time = fileTime(cell);
  return time !== null && 'at' in time ? time.at : null;
}

function pauseIn(text: string): { from: number; to: number | null }[] {
  const [from, to] = text.split('/').map(momentIn);
  return from === undefined || from === null ? [] : [{ from, to: to ?? null }];
}
