import { expect, test } from 'vitest';
import { id as idSchema } from '../../src/domain/index.ts';
import { fileWords } from '../../src/export/file-words.ts';
import { readRecords } from '../../src/export/read-file.ts';

const row = {
  ...{ id: 'jKiXiLrxEe6Ks0dTAbCdEf', created: '2024-01-24T18:11:53.123456+00:00' },
  ...{ updated: '2024-01-24T18:11:53.123456+00:00', user: 'acct:reader@annotations.example' },
  ...{ uri: 'https://page.example/article', group: '__world__', references: [], hidden: false },
  ...{ text: 'They *assume* this.', tags: ['expectation', 'papers'] },
  user_info: { display_name: null },
  target: [
    {
      source: 'https://page.example/article',
      selector: [
        { type: 'RangeSelector', startContainer: '/div[1]', startOffset: 0 },
        { type: 'TextPositionSelector', start: 120, end: 129 },
        { type: 'TextQuoteSelector', exact: 'as always', prefix: 'ready ', suffix: '.' },
      ],
    },
  ],
};
const pageNote = { ...row, id: 'page-note', text: 'A note on all of it', target: [{}], tags: [] };

test.each([
  ['an answer of its API', { total: 2, rows: [row, pageNote] }],
  [
    'an export of its client',
    {
      ...{ export_date: '2024-02-01', export_userid: row.user, client_version: '1.0' },
      annotations: [row, pageNote],
    },
  ],
  ['a list', [row, pageNote]],
])('%s becomes notes with their evidence', (_name, file) => {
  const read = readRecords(JSON.stringify(file, null, 2));
  expect(read).toMatchObject({ ok: true, format: 'hypothesis', problems: [] });
  const [one, other] = read.records;
  expect(one).toMatchObject({
    ...{ row: 1, by: 'reader@annotations.example' },
    record: {
      ...{ kind: 'note', written: '2024-01-24T18:11:53.123Z' },
      fields: { label: 'note', text: 'They *assume* this.\n\n#expectation #papers' },
    },
  });
  expect(idSchema.safeParse(one?.record.id).success).toBe(true);
  expect(Object.values(one?.record.fields.evidence ?? {})).toEqual([
    {
      ...{ quote: 'as always', url: row.uri },
      selectors: [
        { type: 'TextQuoteSelector', exact: 'as always', prefix: 'ready ', suffix: '.' },
        { type: 'TextPositionSelector', start: 120, end: 129 },
      ],
    },
  ]);
  expect(Object.values(other?.record.fields.evidence ?? {})).toEqual([{ url: row.uri }]);
  // The same file says the same records once more.
  expect(readRecords(JSON.stringify(file)).records).toEqual(read.records);
});

test('addresses that are none of the web are left out; what is no annotation is told', () => {
  const local = { ...row, uri: 'javascript:alert(1)', target: [{ source: 'file:///etc/x' }] };
  const rows = [{ ...local, text: 'Words' }, { ...local, text: '', tags: [] }, { id: 7 }];
  const read = readRecords(JSON.stringify({ total: 3, rows }));
  expect(read.records.map(({ record }) => record.fields)).toEqual([
    { label: 'note', text: 'Words\n\n#expectation #papers' },
  ]);
  expect(read.problems).toEqual([
    { row: 2, words: fileWords.nothingSaid },
    { row: 3, words: fileWords.noAnnotation },
  ]);
});
