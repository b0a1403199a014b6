import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { callToJson, callWords, readTagFile } from '../../src/export/index.ts';
import { options, sampleCall, sampleTag } from './samples.ts';

const words = callWords.file;
const tag = sampleTag({ offset: 1_500.5, text: 'so quick', tag: 'praise' });
const call = sampleCall([tag, sampleTag({ offset: 2_000, tag: 'a-newer-tag' })], {
  customer: { id: sampleTag().id, name: 'Halden AG' },
  participants: [{ name: 'Mira Example', address: 'mira@halden.example' }],
  seemed: 4,
});

/** The file with parts of it replaced. */
function changed(change: (document: Document) => void): string {
  const document: Document = JSON.parse(callToJson(call, callWords));
  change(document);
  return JSON.stringify(document);
}
type Document = {
  version: unknown;
  call: Record<string, unknown>;
  tags: Record<string, unknown>[];
};

test('the file says what other programs need, names of tags too', () => {
  expect(JSON.parse(callToJson(call, callWords))).toMatchObject({
    format: 'unsaid-call',
    version: 1,
    call: {
      startedAt: '2027-02-24T09:00:00.000Z',
      endedAt: '2027-02-24T09:30:00.000Z',
      customer: { name: 'Halden AG' },
      project: null,
      participants: [{ name: 'Mira Example', address: 'mira@halden.example' }],
      seemed: 4,
    },
    tags: [
      { id: tag.id, tag: 'praise', name: 'Delight', means: 'praise', offset: 1_500.5, span: null },
      { tag: 'a-newer-tag', name: null, means: 'note' },
    ],
  });
});

test('a bad tag is told by its place, the others are kept', () => {
  const file = changed(({ tags }) => {
    tags.push({ ...tags[0] }, { ...tags[0], id: 'x' }, { ...tags[0], offset: '1' }, {});
  });
  const result = readTagFile(file, options());
  expect(result.ok && result.preview.tags).toHaveLength(2);
  expect(result.ok && result.preview.problems).toEqual([
    { row: 3, words: words.twice },
    { row: 4, words: words.badShape('id') },
    { row: 5, words: words.badShape('offset') },
    { row: 6, words: words.badShape('id') },
  ]);
});

test.each([
  ['{', words.notOurs],
  ['{"format":"other"}', words.notOurs],
  ['[]', words.notOurs],
  [changed((document) => Object.assign(document, { version: 2 })), words.newer],
  [changed((document) => Object.assign(document.call, { startedAt: 'soon' })), words.noCall],
  [changed((document) => Object.assign(document.call, { id: '../x' })), words.noCall],
  [changed((document) => Object.assign(document.call, { shift: 1e300 })), words.noCall],
])('what is no call of ours is refused in words', (file, said) => {
  expect(readTagFile(file, options())).toEqual({
    ok: false,
    problems: [{ row: null, words: said }],
  });
});

test('no file makes reading throw', () => {
  const pieces = fc.constantFrom(
    ...['WEBVTT\n\n', 'NOTE\n', 'unsaid-webvtt {', '00:01.000 --> 00:02.000\n', '{"format":'],
    ...[
      'time,tag\n',
      '1,praise\n',
      '"',
      '\t',
      ';',
      '\n\n',
      'Offset (ms),Tag id,Id,Call\n',
      '1e999,',
    ],
    ...['Pauses,Began\n', 'x/y z/', '&#x110000;', '<v ', '-->'],
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(pieces, fc.string({ unit: 'binary' }))), (parts) => {
      const result = readTagFile(parts.join(''), options());
      const problems = result.ok ? result.preview.problems : result.problems;
      for (const { words } of problems) expect(words).not.toBe('');
      if (result.ok) {
        const { call, tags } = result.preview;
        const numbers = [call.startedAt, call.endedAt ?? 0, call.shift];
        expect([...numbers, ...tags.map(({ offset }) => offset)].every(Number.isFinite)).toBe(true);
      }
    }),
    { numRuns: 500 },
  );
});
