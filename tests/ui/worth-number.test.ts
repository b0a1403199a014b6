import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { numberText, readNumber } from '../../src/ui/worth/number.ts';
import { worthWords } from '../../src/ui/worth/words.ts';

test.each([
  ['1200', 1200],
  ['1 200,50', 1200.5],
  ['1,200.50', 1200.5],
  ['1.200,50', 1200.5],
  ['1’200’000', 1_200_000],
  ['1,200,000', 1_200_000],
  ['1.200.000', 1_200_000],
  ['0.125', 0.125],
  ['0,125', 0.125],
  ['12.5', 12.5],
  ['.5', 0.5],
  ['−3', -3],
  ['-0', 0],
  ['+4', 4],
  [' 7 ', 7],
])('“%s” is %d', (text, value) => {
  expect(readNumber(text)).toEqual({ value });
});

test.each(['', 'abc', '1e5', '1.2.3', '12,34,567', '1,2.3,4', '--1', '0x10', '5 days', 'Infinity'])(
  '“%s” is no number, and the words say what is',
  (text) => {
    expect(readNumber(text)).toEqual({ problem: worthWords.noNumber });
  },
);

test('what can be read in two ways is asked about, not guessed', () => {
  expect(readNumber('1,200')).toEqual({ problem: worthWords.ambiguous('1200', '1.200') });
  expect(readNumber('-12.345')).toEqual({ problem: worthWords.ambiguous('-12345', '-12.345') });
});

test('a number that would lose digits is refused', () => {
  expect(readNumber('1234567890123456789')).toEqual({ problem: worthWords.tooBig });
});

test('whatever is put into a field is read back as the same number', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -1e12, max: 1e12 }),
      fc.integer({ min: 0, max: 6 }),
      (n, digits) => {
        const value = n / 10 ** digits || 0;
        expect(readNumber(numberText(value))).toEqual({ value });
      },
    ),
  );
  for (const value of [1.234, -999.999, 1000.001, 0.001]) {
    expect(readNumber(numberText(value))).toEqual({ value });
  }
});
