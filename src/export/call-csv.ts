// The tags of a call as CSV, one a row. Each row says of which call it is, so that several files can
// be put together in a table. The columns from "Tag id" on are exact: they decide when the file is
// read back. A call without tags is one row without a time.
import type { CallExport } from './call-export.ts';
import { callDocument } from './call-json.ts';
import type { CallWords } from './call-words.ts';
import { csvRow } from './csv.ts';
import { timestamp } from './file-times.ts';

const COLUMNS = [
  ...['Time', 'End', 'Tag', 'Text'],
  ...['Tag id', 'Id', 'Offset (ms)', 'Span (ms)', 'Pressed'],
  ...['Call', 'Call subject', 'Channel', 'Began', 'Ended', 'Pauses', 'Shift (ms)'],
];

/** The tags of a call as CSV; times are on the call's clock, shifted. No byte order mark. */
export function callToCsv(file: CallExport, words: CallWords): string {
  const { call, tags } = callDocument(file, words);
  const pauses = call.pauses.map(({ from, to }) => `${from}/${to ?? '..'}`).join(' ');
  const ofCall = [
    ...[call.id, call.subject, call.channel, call.startedAt, call.endedAt ?? ''],
    ...[pauses, String(call.shift)],
  ];
  const rows = tags.map(({ id, tag, name, offset, span, text, pressedAt }) => {
    const start = offset + call.shift;
    return [
      timestamp(start),
      span === null ? '' : timestamp(start + span),
      ...[name ?? '', text],
      ...[tag, id, String(offset), span === null ? '' : String(span), pressedAt ?? ''],
      ...ofCall,
    ];
  });
  if (rows.length === 0) rows.push([...Array<string>(9).fill(''), ...ofCall]);
  return [COLUMNS, ...rows].map(csvRow).join('');
}
