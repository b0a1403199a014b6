import { elapsedAt, id as idShape, tidyPauses } from '../domain/index.ts';
import type { ImportedCall } from './call-export.ts';
import type { CallWords } from './call-words.ts';
import type { TableRow } from './csv-rows.ts';
import { fileTime } from './file-times.ts';
import { type ColumnName, cellOf, type Table } from './table-columns.ts';
import type { TagRow } from './tag-rows.ts';

type FileWords = CallWords['file'];

/** `about`: who and how, which a START and its STOP have in common beside their name. */
export type TableEvent = { line: number; tag: TagRow; state: string; about: string };

type Found = { found: Omit<TableEvent, 'line'> | null; problem: string | null };

/** What stands for "nothing" in tables. */
const NOTHING = /^(n\/?a|nan|null|no focal subject|-)$/i;

/** Reads one row. null: it says something of its call only. */
export function eventOf(
  table: Table,
  row: TableRow,
  call: ImportedCall,
  words: FileWords,
): Found | null {
  const { columns } = table;
  const exact = (name: ColumnName) => cellOf(table, row, name);
  const cell = (name: ColumnName) => {
    const text = exact(name).trim();
    return NOTHING.test(text) ? '' : text;
  };
  const isOurs = columns.tagId !== undefined;
  const timeCell = cell('offset') || cell('time');
  const [name, tag] = [cell('tag') || null, cell('tagId') || null];
  if (timeCell === '') {
    const isEmpty = name === null && tag === null && exact('text') === '';
    return isOurs && isEmpty ? null : { found: null, problem: words.noTime };
  }
  const time = offsetIn(timeCell, cell('offset') === '' ? 'time' : 'offset');
  if (time === null) return { found: null, problem: words.badTime(timeCell) };
  const { span, problem } = spanOf(time);
  const state = cell('state').toUpperCase();
  const modifiers = columns.modifiers
    .map(({ index }) => row.cells[index]?.trim() ?? '')
    .filter((modifier) => modifier !== '' && !NOTHING.test(modifier));
  const id = exact('id');
  const pressed = fileTime(cell('pressed'));
  return {
    found: {
      tag: {
        id: isOurs && idShape.safeParse(id).success ? id : null,
        tag,
        name,
        offset: time,
        span: state === 'POINT' ? null : span,
        text: isOurs ? exact('text') : listed(cell('text'), cell('moreText')),
        pressedAt: pressed !== null && 'at' in pressed ? pressed.at : null,
      },
      state,
      about: isOurs ? '' : listed(cell('who'), ...modifiers),
    },
    problem: state === 'POINT' ? null : problem,
  };

  /** Ms on the call's clock. */
  function offsetIn(text: string, column: 'offset' | 'time' | 'end'): number | null {
    const read = fileTime(text, columns[column]?.unit);
    if (read === null) return null;
    if ('ms' in read) return column === 'offset' ? read.ms : micro(read.ms - call.shift);
    const { startedAt, endedAt, pauses } = call;
    return elapsedAt({ startedAt, endedAt, pauses: tidyPauses(pauses, startedAt) }, read.at);
  }

  function spanOf(offset: number): { span: number | null; problem: string | null } {
    const given = fileTime(cell('span'), columns.span?.unit);
    const endCell = cell('end');
    let span = given !== null && 'ms' in given ? given.ms : null;
    if (span === null && endCell !== '') {
      const end = offsetIn(endCell, 'end');
      if (end === null) return { span: null, problem: words.badEnd(endCell) };
      span = micro(end - offset);
    }
    if (span !== null && span < 0) return { span: null, problem: words.endsEarly };
    // Others write a moment as something that ends when it begins.
    return { span: span === 0 && !isOurs ? null : span, problem: null };
  }
}

/** Joins each START with the next STOP of the same; what has no counterpart is told. */
export function paired(
  events: readonly TableEvent[],
  tell: (line: number, said: string) => void,
  words: FileWords,
): { line: number; tag: TagRow }[] {
  const open = new Map<string, TableEvent[]>();
  const ready: TableEvent[] = [];
  for (const event of events) {
    const key = `${event.tag.name}\n${event.about}`;
    const begun = open.get(key) ?? [];
    if (event.state === 'STOP') {
      const start = begun.shift();
      if (start === undefined) tell(event.line, words.neverStarted(event.tag.name ?? ''));
      else start.tag = joined(start.tag, event.tag);
    } else ready.push(event);
    if (event.state === 'START') open.set(key, [...begun, event]);
  }
  for (const { line, tag } of [...open.values()].flat()) {
    tell(line, words.neverStopped(tag.name ?? ''));
  }
  return ready.map(({ line, tag, about }) => ({
    line,
    tag: about === '' ? tag : { ...tag, text: listed(about, tag.text) },
  }));
}

function joined(start: TagRow, stop: TagRow): TagRow {
  const text = stop.text === start.text ? start.text : listed(start.text, stop.text);
  return { ...start, span: Math.max(0, micro(stop.offset - start.offset)), text };
}

function listed(...parts: string[]): string {
  return parts.filter((part) => part !== '').join(' · ');
}

/** Without what subtracting leaves behind the comma. */
function micro(ms: number): number {
  return Math.round(ms * 1e3) / 1e3;
}
