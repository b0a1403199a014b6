// The days on which a programme is due.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dueCount, dueDay, type Every, lastDue, nextDue } from '../../src/domain/index.ts';

const plan = (every: Every, from: string) => ({ every, from });

test('every week on the same day of the week, over the end of a year', () => {
  const weekly = plan('week', '2026-12-24');
  expect([0, 1, 2].map((n) => dueDay(weekly, n))).toEqual([
    ...['2026-12-24', '2026-12-31', '2027-01-07'],
  ]);
});

test('a month without the 31st has it on its last day, and the next one has it again', () => {
  const monthly = plan('month', '2027-10-31');
  expect([0, 1, 2, 3, 4, 5].map((n) => dueDay(monthly, n))).toEqual([
    ...['2027-10-31', '2027-11-30', '2027-12-31', '2028-01-31', '2028-02-29', '2028-03-31'],
  ]);
  const quarterly = plan('quarter', '2027-11-30');
  expect([1, 2].map((n) => dueDay(quarterly, n))).toEqual(['2028-02-29', '2028-05-30']);
});

test('before the first day nothing is due; on it, it is', () => {
  const monthly = plan('month', '2027-03-01');
  expect(lastDue(monthly, '2027-02-28')).toBeNull();
  expect(nextDue(monthly, '2027-02-28')).toBe('2027-03-01');
  expect(lastDue(monthly, '2027-03-01')).toBe('2027-03-01');
  expect(nextDue(monthly, '2027-03-01')).toBe('2027-04-01');
});

test('of any day: the last due is not after it, the next is, and nothing lies between', () => {
  const day = fc
    .integer({ min: 0, max: 20_000 })
    .map((days) => new Date(days * 86_400_000).toISOString().slice(0, 10));
  const every = fc.constantFrom<Every>('week', 'month', 'quarter');
  fc.assert(
    fc.property(every, day, day, (step, from, today) => {
      const one = plan(step, from);
      const last = lastDue(one, today);
      const n = dueCount(one, today);
      expect(nextDue(one, today) > today).toBe(true);
      expect(last === null).toBe(today < from);
      if (last !== null) expect(last <= today).toBe(true);
      expect(nextDue(one, today)).toBe(dueDay(one, n));
      if (n > 0) expect(last).toBe(dueDay(one, n - 1));
    }),
  );
});
