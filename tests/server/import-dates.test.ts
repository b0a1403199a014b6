import { describe, expect, test } from 'vitest';
import { isZone, orderIn, readDate } from '../../src/server/import/dates.ts';
import { peopleIn } from '../../src/server/import/story-fields.ts';

const at = (text: string, order: 'dmy' | 'mdy' | null = null, zone = 'UTC') => {
  const read = readDate(text, order, zone);
  return read.ok ? read.at : read.is;
};

describe('a date', () => {
  test.each([
    ['2027-03-04T09:30:00Z', '2027-03-04T09:30:00.000Z'],
    ['2027-03-04 09:30', '2027-03-04T09:30:00.000Z'],
    ['2027-03-04T09:30:15.123+02:00', '2027-03-04T07:30:15.000Z'],
    ['2027/3/4', '2027-03-04T12:00:00.000Z'],
    ['4.3.2027', '2027-03-04T12:00:00.000Z'],
    ['04.03.2027, 09:30', '2027-03-04T09:30:00.000Z'],
    ['25/12/2026', '2026-12-25T12:00:00.000Z'],
    ['12/25/2026 9:05 pm', '2026-12-25T21:05:00.000Z'],
    ['12/25/2026 12:05 AM', '2026-12-25T00:05:00.000Z'],
    ['7/7/2026', '2026-07-07T12:00:00.000Z'],
    ['3-4-2027', 'ambiguous'],
    ['03/04/2027', 'ambiguous'],
    ['03/04/27', 'short-year'],
    ['31.2.2027', 'no-such-day'],
    ['2027-13-01', 'no-such-day'],
    ['0000-01-01', 'no-such-day'],
    ['2027-03-04 25:00', 'no-such-day'],
    ['12/25/2026 13:00 pm', 'no-such-day'],
    ['2027-03.04', 'no-date'],
    ['45000', 'no-date'],
    ['yesterday', 'no-date'],
    ['', 'no-date'],
  ])('%s is %s', (text, expected) => {
    expect(at(text)).toBe(expected);
  });

  test('that can be read in two ways is read as it is said', () => {
    expect(at('03/04/2027', 'dmy')).toBe('2027-04-03T12:00:00.000Z');
    expect(at('03/04/2027', 'mdy')).toBe('2027-03-04T12:00:00.000Z');
    // What can be read in one way only is not turned round.
    expect(at('25/12/2026', 'mdy')).toBe('2026-12-25T12:00:00.000Z');
  });

  test('without an offset is by the clock of the zone, in summer and in winter', () => {
    expect(at('2027-01-15 09:00', null, 'Europe/Berlin')).toBe('2027-01-15T08:00:00.000Z');
    expect(at('2027-07-15 09:00', null, 'Europe/Berlin')).toBe('2027-07-15T07:00:00.000Z');
    expect(at('2027-07-15 23:30', null, 'America/New_York')).toBe('2027-07-16T03:30:00.000Z');
    expect(at('2027-07-15', null, 'Pacific/Auckland')).toBe('2027-07-15T00:00:00.000Z');
    expect(isZone('Europe/Berlin')).toBe(true);
    expect(isZone('Nowhere/Land')).toBe(false);
  });
});

describe('the order of a column', () => {
  test.each([
    [['03/04/2027', '25/12/2026'], 'dmy'],
    [['03/04/2027', '12/25/2026'], 'mdy'],
    [['03/04/2027', '7/7/2027'], null],
    [['25/12/2026', '12/25/2026'], null],
    [['2027-03-04', '4.3.2027'], null],
    [[], null],
  ])('%j is %s', (texts, order) => {
    expect(orderIn(texts)).toBe(order);
  });
});

test.each([
  [
    'Jo <jo@a.example>; kim@b.example',
    [
      ['Jo', 'jo@a.example'],
      ['', 'kim@b.example'],
    ],
  ],
  [
    '"Sample, Jo" <Jo@A.example>, kim@b.example',
    [
      ['Sample, Jo', 'jo@a.example'],
      ['', 'kim@b.example'],
    ],
  ],
  [
    'Sample Jo; Sample Kim',
    [
      ['Sample Jo', ''],
      ['Sample Kim', ''],
    ],
  ],
  ['', []],
  [' ; ,', []],
])('people in %s', (text, people) => {
  expect(peopleIn(text).map(({ name, address }) => [name, address])).toEqual(people);
});
