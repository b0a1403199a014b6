// Tables of tags: our own CSV, what people keep in spreadsheets, and tables of events as BORIS
// (Friard and Gamba 2016) exports them: "tabular", with START, STOP and POINT in rows of their own,
// and "aggregated", with both times in one row. In older ones facts stand in lines over the table.
import type { TagFileOptions, TagFileResult } from './call-export.ts';
import { DELIMITERS, tableRows } from './csv-rows.ts';
import { callOf } from './table-call.ts';
import { cellOf, columnsOf, type Table } from './table-columns.ts';
import { eventOf, paired, type TableEvent } from './table-events.ts';
import { lastMoment, tagRows } from './tag-rows.ts';

/** Lines over the headings that are looked through. */
const MOST_BEFORE = 60;

export function readTable(text: string, options: TagFileOptions): TagFileResult {
  const words = options.words.file;
  const table = tableOf(text);
  if (table === null) return { ok: false, problems: [{ row: null, words: words.noHeadings }] };
  const collected = tagRows(options);
  if (table.openQuote !== null) collected.tell(table.openQuote, words.openQuote);
  const { call, isStartKnown } = callOf(table, options);
  const first = table.rows.map((row) => cellOf(table, row, 'call')).find((cell) => cell !== '');
  const events: TableEvent[] = [];
  for (const row of table.rows) {
    const ofCall = cellOf(table, row, 'call');
    if (ofCall !== '' && ofCall !== first) {
      collected.tell(row.line, words.otherCall(cellOf(table, row, 'callSubject') || ofCall));
      continue;
    }
    const event = eventOf(table, row, call, words);
    if (event?.problem) collected.tell(row.line, event.problem);
    if (event?.found) events.push({ ...event.found, line: row.line });
  }
  for (const { line, tag } of paired(events, (line, name) => collected.tell(line, name), words)) {
    collected.take(line, tag);
  }
  const tags = collected.tags();
  if (table.columns.ended === undefined) {
    call.endedAt = call.startedAt + lastMoment(tags);
  }
  return { ok: true, preview: { call, isStartKnown, tags, problems: collected.problems() } };
}

/** The table under its headings, read with the delimiter that gives most columns known by name. */
function tableOf(text: string): Table | null {
  let best: Table | null = null;
  for (const delimiter of DELIMITERS) {
    const { rows, openQuote } = tableRows(text, delimiter);
    for (const [index, { cells }] of rows.slice(0, MOST_BEFORE).entries()) {
      const columns = columnsOf(cells);
      if (columns === null) continue;
      if (best === null || Object.keys(columns).length > Object.keys(best.columns).length) {
        const table = { before: rows.slice(0, index), rows: rows.slice(index + 1) };
        best = { columns, ...table, openQuote };
      }
      break;
    }
  }
  return best;
}
