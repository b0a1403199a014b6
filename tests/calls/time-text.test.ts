import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseTime, sayExactly, sayMove, sayTime } from '../../src/extension/calls/time-text.ts';

test('times as people write them', () => {
  expect(parseTime('12:04')).toBe(724_000);
  expect(parseTime(' 1:02:03.5 ')).toBe(3_723_500);
  expect(parseTime('0:00,007')).toBe(7);
  expect(parseTime('95:00')).toBe(5_700_000);
  expect(parseTime('-0:05')).toBe(-5_000);
  expect(parseTime('−0:05.25')).toBe(-5_250);
  expect(parseTime('+0:05')).toBe(5_000);
  for (const text of ['', '12', '12:', '12:60', '1:60:00', '1:2:3:4', '12:04.1234', 'noon']) {
    expect(parseTime(text)).toBeNull();
  }
});

test('what is said exactly is read as the same, whatever it is', () => {
  fc.assert(
    fc.property(fc.integer({ min: -40_000_000, max: 400_000_000 }), (ms) => {
      expect(parseTime(sayExactly(ms))).toBe(ms);
      expect(parseTime(sayMove(ms))).toBe(ms);
    }),
  );
});

test('a running clock shows whole seconds', () => {
  expect([59_999, 60_000, 3_599_999, 3_600_000].map(sayTime)).toEqual([
    ...['0:59', '1:00', '59:59', '1:00:00'],
  ]);
  expect([-999, -1_000, -61_500].map(sayTime)).toEqual(['0:00', '−0:01', '−1:01']);
});
