import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { NotebookRecord } from '../../src/extension/messages/search-calls.ts';
import {
  type ExportChoices,
  type ExportFormat,
  exportedFile,
} from '../../src/extension/notebook/exports.ts';
import { readFile, type TakenRecord } from '../../src/extension/notebook/files.ts';
import { COLUMNS } from '../../src/extension/notebook/own-table.ts';
import { AUTHOR, recordOf } from '../export/record-samples.ts';

const around = { now: Date.UTC(2027, 1, 24, 9), zone: 'Europe/Berlin', newId: () => AUTHOR };

async function written(
  records: readonly NotebookRecord[],
  format: ExportFormat,
  patch: Partial<ExportChoices> = {},
): Promise<string> {
  const choices: ExportChoices = {
    ...{ format, language: 'en', separator: ',', bom: false, machine: false },
    columns: COLUMNS.map(({ key }) => key),
    ...patch,
  };
  const { content } = await exportedFile(records, choices, around);
  const bytes = await new Blob(content).arrayBuffer();
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

async function* piecesOf(text: string) {
  for (let from = 0; from < text.length; from += 100) yield text.slice(from, from + 100);
}

const own = fc
  .tuple(recordOf(['note', 'expectation']), fc.boolean(), fc.boolean())
  .map(([{ kind, id, written, fields, visibility }, keptHere, deleted]): NotebookRecord => {
    const shown = visibility === 'managers' ? { visibility } : {};
    return {
      ...{ kind, id, fields: { ...fields, ...shown }, keptHere, deleted, writtenAt: written },
      ...{ author: 'Sample Member', authorId: AUTHOR, customer: 'Sample' },
    };
  });

test.each(['json', 'ndjson', 'jsonld'] as const)(
  '%s: what is written to a file is what is taken from it',
  async (format) => {
    await fc.assert(
      fc.asyncProperty(fc.array(own, { maxLength: 4 }), async (records) => {
        const read = await readFile(piecesOf(await written(records, format)));
        expect(read).toMatchObject({ ok: true, problems: [] });
        expect(read.records.map(({ record }) => record)).toEqual(
          records.map(({ kind, id, fields, keptHere, deleted, writtenAt }): TakenRecord => {
            return {
              ...{ kind, id, fields: fields as TakenRecord['fields'], writtenAt },
              ...(keptHere ? { keptHere } : {}),
              ...(deleted ? { deleted } : {}),
            };
          }),
        );
      }),
      { numRuns: 40 },
    );
  },
);

test('what another program noted says who wrote it', async () => {
  const row = {
    ...{ id: 'x1', uri: 'https://page.example/', text: 'Noted', user: 'acct:r@a.example' },
    ...{ created: '2026-05-04T10:00:00Z', tags: [], target: [] },
  };
  const read = await readFile(piecesOf(JSON.stringify({ total: 1, rows: [row] })));
  expect(read.records[0]?.record).toMatchObject({
    ...{ kind: 'note', writtenAt: '2026-05-04T10:00:00.000Z' },
    fields: { text: 'Noted', writtenBy: 'r@a.example' },
  });
});

const sample: NotebookRecord = {
  ...{ kind: 'note', id: 'a', keptHere: true, deleted: false, customer: 'C' },
  ...{ author: 'Sample', authorId: AUTHOR, writtenAt: '2027-02-24T09:12:00.000Z' },
  fields: {
    text: '=HYPERLINK("x")',
    evidence: { e: { quote: 'their words', url: 'https://mail.example/1' } },
  },
};

test('in a table, no text becomes a formula, and words of theirs stand in a column of their own', async () => {
  const [head, row] = (await written([sample], 'csv')).split('\r\n');
  expect(head).toBe(
    'Kind,Written,Author,Customer,Words,Their words,Stage,Outcome,Due,Address,Taken back,On this device only,Id',
  );
  expect(row).toBe(
    `"note",2027-02-24T10:12:00.000+01:00,"Sample","C","'=HYPERLINK(""x"")","their words",,,,"https://mail.example/1",false,true,"a"`,
  );
});

test('columns are those that were chosen, in their order, with the separator that was', async () => {
  const options = { columns: ['text', 'id'], separator: ';', machine: true, bom: true } as const;
  const file = await written([sample], 'csv', { ...options, language: 'keys' });
  expect(file).toBe('\uFEFF"text";"id"\r\n"=HYPERLINK(""x"")";"a"\r\n');
});

test('as text, records stand under headings of the language', async () => {
  const file = await written([sample], 'markdown', { language: 'de' });
  for (const line of ['## Notizbuch', '> their words', '- Nur auf diesem Gerät: ja', '\\=HYPER']) {
    expect(file).toContain(line);
  }
});
