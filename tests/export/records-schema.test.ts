import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { expect, test } from 'vitest';
import { KINDS, type Kind } from '../../src/domain/index.ts';
import { jsonText, ndjsonText } from '../../src/export/records-file.ts';
import { recordsSchema } from '../../src/export/records-schema.ts';
import { testId } from '../domain/arbitraries.ts';
import { bodyOfKind } from '../server/every-kind.ts';
import { AUTHOR, head } from './record-samples.ts';

const ajv = new Ajv2020({ strict: false });
addFormats.default(ajv);
const fits = ajv.compile(recordsSchema());

const records = (Object.keys(KINDS) as Kind[]).map((kind, turn) => ({
  ...{ kind, id: testId(), author: AUTHOR, written: '2027-02-24T09:00:00.000Z' },
  ...{ visibility: 'workspace' as const, fields: bodyOfKind(kind, turn) },
}));

// Written anew by: node -e "import('./src/export/records-schema.ts').then((it) =>
// console.log(JSON.stringify(it.recordsSchema())))" > docs/schemas/records.schema.json, then
// biome format --write on it.
test('the published schema is the one that records are checked by', () => {
  const file = readFileSync(new URL('../../docs/schemas/records.schema.json', import.meta.url));
  expect(JSON.parse(file.toString())).toEqual(recordsSchema());
});

test('files of every kind of record fit it, as a whole and line by line', () => {
  expect(fits(JSON.parse(jsonText(head, records))), JSON.stringify(fits.errors)).toBe(true);
  for (const line of ndjsonText(head, records).trimEnd().split('\n')) {
    expect(fits(JSON.parse(line)), `${line.slice(0, 200)} ${JSON.stringify(fits.errors)}`).toBe(
      true,
    );
  }
});

test.each([
  ['a label that is none', { kind: 'note', fields: { label: 'rumour' } }],
  ['a number for a text', { kind: 'note', fields: { text: 7 } }],
  ['an id that is none', { id: '7' }],
  ['no author', { author: undefined }],
])('%s does not fit it', (_name, patch) => {
  const sample = { ...records[0], ...JSON.parse(JSON.stringify(patch)) };
  if ('author' in patch) delete sample.author;
  expect(fits(sample)).toBe(false);
});
