import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sentencesOf } from '../../src/cues/sentences.ts';

const sentences = (text: string) =>
  sentencesOf(text).map(({ start, end }) => text.slice(start, end));

test('ends at full stops, question and exclamation marks', () => {
  expect(sentences('It came. Did it fit? It did! Good.')).toEqual([
    'It came.',
    'Did it fit?',
    'It did!',
    'Good.',
  ]);
});

test('not at abbreviations, initials, numbers, addresses', () => {
  const whole = [
    'Ask Dr. Sample, e.g. about no. 4, at 10 a.m. in room 3.5 of made-up.example today.',
    'Das sind ca. 20 Kisten bzw. 3 Paletten.',
  ];
  for (const one of whole) expect(sentences(one)).toEqual([one]);
});

test('runs over wrapped lines, not over paragraphs, points of a list and short lines', () => {
  const wrapped =
    'The made-up crate that we ordered in spring has come, and it\nis too small for the lamp.';
  expect(sentences(`${wrapped}\n\nSo is the lid.`)).toEqual([wrapped, 'So is the lid.']);
  expect(sentences('We need\n- a crate\n- a lid\n1. A lamp\nSample Street 3\nTown')).toEqual([
    'We need',
    '- a crate',
    '- a lid',
    '1. A lamp',
    'Sample Street 3',
    'Town',
  ]);
});

test('leaves out salutations, and quoted lines', () => {
  expect(
    sentences('Dear Sample,\n\nIt came.\n> Did it?\nIt did.\n\nKind regards,\nAnother'),
  ).toEqual(['It came.', 'It did.', 'Another']);
});

test('sentences do not overlap, have no white space around them, and leave out no letter of plain words', () => {
  const words = fc.array(fc.constantFrom('Crate', 'lid', 'is', '. ', '? ', '\n\n', ' ', '。'));
  fc.assert(
    fc.property(words, (some) => {
      const text = some.join(' ');
      const found = sentencesOf(text);
      let last = 0;
      for (const { start, end } of found) {
        expect(start).toBeGreaterThanOrEqual(last);
        expect(text.slice(start, end).trim()).toBe(text.slice(start, end));
        last = end;
      }
      const letters = (of: string) => of.replace(/\s/gu, '');
      expect(letters(sentences(text).join(''))).toBe(letters(text));
    }),
  );
});

test('a sentence without end is cut, at white space where there is some, and never within a sign', () => {
  const cut = sentences('lamp '.repeat(1_000));
  expect(cut.length).toBeGreaterThan(4);
  expect(cut.every((one) => /^(?:lamp ?)+$/.test(one))).toBe(true);
  expect(sentences(`a${'🙂'.repeat(3_000)}`).every((one) => one.isWellFormed())).toBe(true);
});
