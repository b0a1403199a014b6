import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fileWords } from '../../src/export/file-words.ts';
import { type FileItem, fileReader, readRecords } from '../../src/export/read-file.ts';
import { jsonText, ndjsonText } from '../../src/export/records-file.ts';
import { testId } from '../domain/arbitraries.ts';
import { AUTHOR, head, pieces, recordOf } from './record-samples.ts';

const records = fc.array(recordOf(), { maxLength: 5 });
const lengths = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 5 });

function readInPieces(text: string, cuts: readonly number[]) {
  const reader = fileReader();
  const items: FileItem[] = pieces(text, cuts).flatMap((piece) => reader.take(piece));
  const end = reader.end();
  return { ...end, items: [...items, ...end.items] };
}

const sample = {
  ...{ kind: 'note', id: testId(), author: AUTHOR, written: '2027-02-24T09:00:00.000Z' },
  visibility: 'workspace' as const,
  fields: { text: 'They take it for granted.' },
};

test.each([
  ['ndjson', ndjsonText],
  ['json', jsonText],
] as const)('%s: what is written is what is read, in pieces of any length', (format, write) => {
  fc.assert(
    fc.property(records, lengths, fc.boolean(), (given, cuts, isWindows) => {
      const text = write(head, given);
      const file = isWindows ? `\uFEFF${text.replaceAll('\n', '\r\n')}` : text;
      const read = readInPieces(file, cuts);
      expect(read).toMatchObject({ ok: true, format, head });
      expect(read.items).toEqual(
        given.map((record, at) => ({
          ...{ is: 'record', row: at + (format === 'ndjson' ? 2 : 1), record },
          by: record.author === AUTHOR ? 'Sample Member' : null,
        })),
      );
    }),
  );
});

test.each([
  ['ndjson', ndjsonText],
  ['json', jsonText],
] as const)('%s: a file that is cut anywhere is known as cut', (_format, write) => {
  fc.assert(
    fc.property(records, lengths, fc.nat(), (given, cuts, at) => {
      const whole = write(head, given).trimEnd();
      const text = whole.slice(0, at % whole.length);
      const read = readInPieces(text, cuts);
      expect(read.ok).toBe(false);
      const { 0: last } = read.items.slice(-1);
      expect(last).toMatchObject({ is: 'problem', row: null });
      // Nothing is read of it that was not in it.
      const kept = read.items.flatMap((item) => (item.is === 'record' ? [item.record] : []));
      expect(given.slice(0, kept.length)).toEqual(kept);
    }),
  );
});

test('cut behind the first record, it says so in words', () => {
  const ndjson = ndjsonText(head, [sample, sample]);
  const cut = readRecords(ndjson.slice(0, ndjson.lastIndexOf('{"end"')));
  expect(cut.problems).toEqual([{ row: null, words: fileWords.cut }]);
  expect(cut.records).toHaveLength(2);
  const json = jsonText(head, [sample, sample]);
  expect(readRecords(json.slice(0, -8)).problems).toEqual([{ row: null, words: fileWords.cut }]);
});

test('lines that are missing in the middle, and lines behind the end, are told', () => {
  const lines = ndjsonText(head, [sample, { ...sample, id: testId() }]).split('\n');
  const missing = readRecords(lines.toSpliced(1, 1).join('\n'));
  expect(missing).toMatchObject({
    ok: false,
    problems: [{ row: null, words: fileWords.missing(2, 1) }],
  });
  const behind = readRecords(`${lines.join('\n')}${JSON.stringify(sample)}\n`);
  expect(behind.problems).toEqual([{ row: 5, words: fileWords.afterEnd }]);
});

test('a bad record is told by its row, and costs no other', () => {
  const good = JSON.stringify(sample);
  const lines = ndjsonText(head, [sample, sample, sample, sample, sample]).split('\n');
  const bad = ['{"kind":"note",', '{"kind":"note","id":"x","fields":{}}', '[7]', good];
  const deep = `{"kind":"note","id":"${sample.id}","fields":{"a":${'['.repeat(9_000)}${']'.repeat(9_000)}}}`;
  const read = readRecords([lines[0], ...bad, deep, ...lines.slice(6)].join('\r\n'));
  expect(read.ok).toBe(true);
  expect(read.records.map(({ row }) => row)).toEqual([5]);
  expect(read.problems).toEqual([
    { row: 2, words: fileWords.notJson },
    { row: 3, words: fileWords.noRecord('id') },
    { row: 4, words: fileWords.noRecord('') },
    { row: 6, words: fileWords.tooDeep },
  ]);
  const json = `{"format":"unsaid-records","version":1,"records":[${good},nonsense,${deep},${good}]}`;
  expect(readRecords(json)).toMatchObject({
    ...{ ok: true, records: [{ row: 1 }, { row: 4 }] },
    problems: [
      { row: 2, words: fileWords.notJson },
      { row: 3, words: fileWords.tooDeep },
    ],
  });
});

test('JSON that another program put in order again, and indented, is read alike', () => {
  const { members, ...others } = head;
  const file = { records: [sample], members, ...others, format: 'unsaid-records', version: 1 };
  const read = readRecords(JSON.stringify(file, null, 2));
  expect(read).toMatchObject({ ok: true, format: 'json', head, records: [{ record: sample }] });
});

test.each([
  ['', fileWords.notOurs],
  ['   \n', fileWords.notOurs],
  ['hello', fileWords.notOurs],
  ['<html>', fileWords.notOurs],
  ['{"a":1}', fileWords.notOurs],
  ['[]', fileWords.notOurs],
  ['{"format":"unsaid-call","version":1,"tags":[]}', fileWords.notOurs],
  ['{"records":[]}', fileWords.notOurs],
  ['{"format":"unsaid-records","version":2,"records":[]}', fileWords.newer],
  ['{"format":"unsaid-records","version":2}\n{"x":1}\n', fileWords.newer],
  ['[}', fileWords.notOurs],
])('“%s” is no file of records that can be read', (text, words) => {
  expect(readRecords(text)).toMatchObject({
    ...{ ok: false, records: [] },
    problems: [{ row: null, words }],
  });
});

test('brackets without end are read in no time', () => {
  const read = readRecords(`{"a":${'['.repeat(1_000_000)}`);
  expect(read.problems).toEqual([{ row: null, words: fileWords.notOurs }]);
});

test('no text at all makes the reader fail', () => {
  const fragment = fc.constantFrom(
    ...['{', '}', '[', ']', ',', ':', '"', '\\', '\n', '"records"', '"format":"unsaid-records"'],
    ...['"version":1', 'null', '1', '"items"', '"kind":"note"', '"type":"Annotation"'],
  );
  fc.assert(
    fc.property(fc.array(fragment, { maxLength: 40 }), lengths, (parts, cuts) => {
      const read = readInPieces(parts.join(''), cuts);
      expect(read.items.length).toBeLessThan(60);
      if (!read.ok) expect(read.items.at(-1)).toMatchObject({ row: null });
    }),
    { numRuns: 500 },
  );
});

test('a notebook is read as records, its authors by their names', () => {
  const note = { kind: 'note', id: testId(), fields: { text: 'Kept', label: 'note' } };
  const more = { keptHere: true, deleted: true, writtenAt: '2027-02-24T09:00:00.000Z' };
  const file = {
    ...{ format: 'unsaid-notebook', version: 1 },
    records: [{ ...note, ...more, author: 'Sample Member', customer: '' }],
  };
  expect(readRecords(JSON.stringify(file))).toMatchObject({
    ...{ ok: true, format: 'notebook' },
    records: [
      {
        by: 'Sample Member',
        record: {
          ...{ ...note, fields: { ...note.fields, deleted: true }, keptHere: true },
          written: more.writtenAt,
        },
      },
    ],
  });
});
