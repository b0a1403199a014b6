import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { fileTime, sayElapsed, timestamp } from '../../src/export/file-times.ts';

test.each([
  ['12', { ms: 12_000 }],
  ['12.5', { ms: 12_500 }],
  ['0,001', { ms: 1 }],
  ['689.023', { ms: 689_023 }],
  ['-3', { ms: -3_000 }],
  ['−3', { ms: -3_000 }],
  ['250 ms', { ms: 250 }],
  ['1.5 s', { ms: 1_500 }],
  ['1:02', { ms: 62_000 }],
  ['75:00', { ms: 75 * 60_000 }],
  ['01:02:03.004', { ms: 3_723_004 }],
  ['01:02:03,5', { ms: 3_723_500 }],
  ['-00:00:05.000', { ms: -5_000 }],
  ['2027-02-24T09:00:00Z', { at: Date.UTC(2027, 1, 24, 9) }],
  ['2027-02-24 09:00:00.25+0100', { at: Date.UTC(2027, 1, 24, 8, 0, 0, 250) }],
  ['2027-02-24 09:00', { at: new Date(2027, 1, 24, 9).getTime() }],
])('“%s” is a time', (cell, time) => {
  expect(fileTime(cell)).toEqual(time);
});

test.each([
  ...['', 'soon', '1:60', '1:02:03:04', '1:75:00', '12 apples', 'NaN', 'Infinity', '0x10', '1:2'],
  ...['2027-13-01T00:00:00Z', '2027-02-24', '24.2.2027'],
])('“%s” is none', (cell) => {
  expect(fileTime(cell)).toBeNull();
});

test('a number is in what its column says', () => {
  expect(fileTime('1500', 'ms')).toEqual({ ms: 1_500 });
  expect(fileTime('0.30000000000000004', 'ms')).toEqual({ ms: 0.30000000000000004 });
});

test('a time is read as it was written, to the ms', () => {
  fc.assert(
    fc.property(fc.integer({ min: -400_000_000, max: 400_000_000 }), (ms) => {
      expect(fileTime(timestamp(ms))).toEqual({ ms });
    }),
  );
});

test('people read minutes and seconds, hours where there are some', () => {
  expect([0, 999, 62_000, 3_723_004, -5_000, -400, 360_000_000].map(sayElapsed)).toEqual([
    ...['0:00', '0:00', '1:02', '1:02:03', '−0:05', '0:00', '100:00:00'],
  ]);
});
