import fc from 'fast-check';
import { expect, test } from 'vitest';
import { notebookCsv, notebookText, readNotebook } from '../../src/extension/notebook/files.ts';

const record = fc.record({
  kind: fc.constantFrom('note', 'expectation'),
  id: fc.uuid(),
  fields: fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer(), fc.constant(null))),
  keptHere: fc.boolean(),
  deleted: fc.boolean(),
  writtenAt: fc.constant('2027-02-24T09:12:00.000Z'),
  author: fc.string(),
  customer: fc.string(),
});

test('what is written to a file is what is read from it', () => {
  fc.assert(
    fc.property(fc.array(record, { maxLength: 6 }), (records) => {
      const read = readNotebook(notebookText(records, 0));
      const kept = records.map(({ author: _author, customer: _customer, ...one }) => one);
      // JSON has no other prototypes than its own.
      expect(read).toEqual({ ok: true, records: JSON.parse(JSON.stringify(kept)), bad: [] });
    }),
  );
});

test.each([
  ['{"format":', 'json'],
  ['[]', 'format'],
  ['{"format":"unsaid-notebook"}', 'format'],
  ['{"format":"unsaid-notebook","version":2,"records":[]}', 'version'],
])('%s is no notebook', (text, why) => {
  expect(readNotebook(text)).toEqual({ ok: false, why });
});

test('what is no record is told by its row, and costs no other', () => {
  const records = '[null, {"kind":"note","id":"a","fields":{}}, 7, {"kind":"note"}]';
  const read = readNotebook(`{"format":"unsaid-notebook","version":1,"records":${records}}`);
  expect(read).toMatchObject({
    records: [{ id: 'a' }],
    bad: [{ row: 1 }, { row: 3 }, { row: 4 }],
  });
});

test('in a table, no text becomes a formula, and words of theirs stand in a column of their own', () => {
  const csv = notebookCsv([
    {
      ...{ kind: 'note', id: 'a', keptHere: true, deleted: false, author: 'Sample', customer: 'C' },
      fields: { text: '=HYPERLINK("x")', evidence: { e: { quote: 'their words' } } },
      writtenAt: '2027-02-24T09:12:00.000Z',
    },
  ]);
  const [head, row] = csv.split('\r\n');
  expect(head).toBe(
    'kind,customer,words,their words,stage,outcome,author,written,deleted,on this device only,id',
  );
  expect(row).toBe(
    `note,C,"'=HYPERLINK(""x"")",their words,,,Sample,2027-02-24T09:12:00.000Z,,yes,a`,
  );
});
