import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  beginOf,
  countsOver,
  dayOf,
  FIELD,
  fieldOf,
  fieldsOf,
  GRIEVANCES,
  grievanceIs,
  type Improved,
  improvementsOf,
  nextOf,
  outcomesOver,
  PROMISES,
  type Promised,
  promiseAt,
  promiseIs,
  STEPS,
  stepFor,
  stepsFrom,
} from '../../src/domain/insight.ts';

const DAY = 86_400_000;
const NOW = Date.UTC(2027, 4, 17, 9);
const time = fc.integer({ min: Date.UTC(1999, 11, 28), max: Date.UTC(2031, 1, 3) });
const step = fc.constantFrom(...STEPS);
const nobody = { customer: null, project: null };

describe('steps of time', () => {
  test('by hand: weeks begin on Monday, quarters in January', () => {
    const at = Date.UTC(2027, 4, 16, 23, 59); // a Sunday
    expect(STEPS.map((one) => new Date(beginOf(one, at)).toISOString().slice(0, 10))).toEqual([
      ...['2027-05-10', '2027-05-01', '2027-04-01', '2027-01-01'],
    ]);
    expect(stepFor(NOW - 92 * DAY, NOW)).toBe('week');
    expect(stepFor(NOW - 93 * DAY, NOW)).toBe('month');
    expect(stepFor(NOW - 732 * DAY, NOW)).toBe('quarter');
    expect(stepFor(NOW - 20 * 365 * DAY, NOW)).toBe('year');
  });

  test('each time lies in one step, which the next one follows without a gap', () => {
    fc.assert(
      fc.property(step, time, (one, at) => {
        const begin = beginOf(one, at);
        const next = nextOf(one, begin);
        expect(begin).toBeLessThanOrEqual(at);
        expect(next).toBeGreaterThan(at);
        expect(beginOf(one, begin)).toBe(begin);
        expect(beginOf(one, next)).toBe(next);
        expect(beginOf(one, next - 1)).toBe(begin);
      }),
    );
  });

  test('an axis leaves no step out and goes no further than it must', () => {
    fc.assert(
      fc.property(step, time, fc.integer({ min: 0, max: 800 }), (one, from, days) => {
        const to = from + days * DAY;
        const all = stepsFrom(one, from, to);
        expect(all[0]).toBe(beginOf(one, from));
        expect(all.at(-1)).toBe(beginOf(one, to));
        expect(all.slice(1)).toEqual(all.slice(0, -1).map((begin) => nextOf(one, begin)));
      }),
    );
  });
});

const settled = fc.record({
  ...{ customer: fc.constant(null), project: fc.constant(null), at: time },
  class: fc.constantFrom('stated', 'implied', 'unstated', null),
  dimension: fc.constantFrom('empathy', 'reliability', null),
  outcome: fc.constantFrom('missed' as const, 'met' as const, 'exceeded' as const),
});

test('what was settled is counted once, whatever it is grouped by', () => {
  fc.assert(
    fc.property(fc.array(settled), step, (all, one) => {
      for (const by of ['class', 'dimension'] as const) {
        const rows = outcomesOver(all, by, one);
        for (const outcome of ['missed', 'met', 'exceeded'] as const) {
          const counted = rows.reduce((sum, row) => sum + row[outcome], 0);
          expect(counted).toBe(all.filter((other) => other.outcome === outcome).length);
        }
        const keys = rows.map(({ begin, group }) => `${begin} ${group}`);
        expect(new Set(keys).size).toBe(keys.length);
        expect(rows.every((row) => row.missed + row.met + row.exceeded > 0)).toBe(true);
        expect(outcomesOver(all.toReversed(), by, one)).toEqual(rows);
      }
    }),
  );
});

describe('promises', () => {
  const promise = (state: Promised['state'], date: string | null): Promised => ({
    ...nobody,
    ...{ state, due: date === null ? null : dayOf(date)[1], written: NOW - 40 * DAY },
  });

  test('on its last day a promise is still open; the day after it is not kept', () => {
    expect(promiseIs(promise('open', '2027-05-17'), NOW)).toBe('open');
    expect(promiseIs(promise('open', '2027-05-16'), NOW)).toBe('overdue');
    expect(promiseIs(promise('open', null), NOW)).toBe('open');
    expect(promiseIs(promise('broken', '2027-06-16'), NOW)).toBe('broken');
    expect(promiseIs(promise('kept', '2020-01-01'), NOW)).toBe('kept');
  });

  test('counts on its day, never in a time to come', () => {
    const month = (one: Promised) => beginOf('month', promiseAt(one, NOW));
    expect(month(promise('kept', '2027-04-30'))).toBe(Date.UTC(2027, 3, 1));
    expect(month(promise('kept', '2027-09-30'))).toBe(Date.UTC(2027, 4, 1));
    expect(month(promise('open', null))).toBe(Date.UTC(2027, 3, 1));
    const some = fc.record({
      ...{ customer: fc.constant(null), project: fc.constant(null), written: time },
      due: fc.option(time),
      state: fc.constantFrom('open' as const, 'kept' as const, 'broken' as const),
    });
    fc.assert(
      fc.property(fc.array(some), step, (all, one) => {
        const place = (other: Promised) => ({
          ...{ at: promiseAt(other, NOW), kind: promiseIs(other, NOW) },
        });
        const rows = countsOver(all, PROMISES, place, one);
        for (const kind of PROMISES) {
          const counted = rows.reduce((sum, row) => sum + row[kind], 0);
          expect(counted).toBe(all.filter((other) => promiseIs(other, NOW) === kind).length);
        }
        expect(rows.every(({ begin }) => begin <= NOW)).toBe(true);
      }),
    );
  });
});

test('a grievance is in time up to its last moment, and one dealt with otherwise is neither', () => {
  const aired = (written: number, answered: number | null, over = false) => ({
    ...{ ...nobody, written, answered, over },
  });
  const from = NOW - 7 * DAY;
  expect(grievanceIs(aired(from, NOW), 7, NOW)).toBe('inTime');
  expect(grievanceIs(aired(from, NOW + 1), 7, NOW)).toBe('late');
  expect(grievanceIs(aired(from + 1, null), 7, NOW)).toBe('waiting');
  expect(grievanceIs(aired(from, null), 7, NOW)).toBe('late');
  expect(grievanceIs(aired(from, null, true), 7, NOW)).toBe('over');
  // Answered and dealt with: when it was answered is known.
  expect(grievanceIs(aired(from, NOW, true), 7, NOW)).toBe('inTime');
  expect(GRIEVANCES).toHaveLength(4);
});

test('each improvement stands in one place; those past their day are among the open ones', () => {
  const improved: fc.Arbitrary<Improved> = fc.record({
    ...{ customer: fc.constant(null), project: fc.constant(null), written: time },
    state: fc.constantFrom('open' as const, 'done' as const, 'dropped' as const),
    ...{ due: fc.option(time), effective: fc.option(fc.boolean()) },
  });
  fc.assert(
    fc.property(fc.array(improved), (all) => {
      const { open, overdue, unchecked, effective, ineffective, dropped } = improvementsOf(
        all,
        NOW,
      );
      expect(open + unchecked + effective + ineffective + dropped).toBe(all.length);
      expect(overdue).toBeLessThanOrEqual(open);
      expect(effective).toBe(all.filter((one) => one.effective === true).length);
    }),
  );
});

test('each dot lies in one field, none in a field that it is outside of', () => {
  const score = fc.double({ min: 0, max: 100, noNaN: true });
  const dot = fc.record({ satisfaction: score, ours: score });
  expect(fieldOf({ satisfaction: 100, ours: 0 })).toEqual({ satisfaction: 95, ours: 0 });
  expect(fieldOf({ satisfaction: 94.9, ours: 5 })).toEqual({ satisfaction: 90, ours: 5 });
  fc.assert(
    fc.property(fc.array(dot), (all) => {
      const fields = fieldsOf(all);
      expect(fields.reduce((sum, { count }) => sum + count, 0)).toBe(all.length);
      for (const { satisfaction, ours, count } of fields) {
        const inside = all.filter(
          (one) => isWithin(one.satisfaction, satisfaction) && isWithin(one.ours, ours),
        );
        expect(inside.length).toBe(count);
      }
    }),
  );
  function isWithin(value: number, corner: number): boolean {
    return value >= corner && (value < corner + FIELD || corner + FIELD === 100);
  }
});
