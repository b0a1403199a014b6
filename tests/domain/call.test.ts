import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type CallClock,
  clockCorrection,
  clockOf,
  countsOnce,
  elapsedAt,
  type Fields,
  gapBetween,
  isKnownJump,
  momentOf,
  type Pause,
  tidyPauses,
} from '../../src/domain/index.ts';

const MINUTE = 60_000;

function clock(fields: Fields<'interaction'>): CallClock {
  const found = clockOf(fields);
  if (!found) throw new Error('no start');
  return found;
}

const moments = fc.integer({ min: 0, max: 200 });
const pauses: fc.Arbitrary<Pause[]> = fc.array(
  fc.record({ from: moments, to: fc.option(moments) }),
  { maxLength: 8 },
);

describe('the clock of a call', () => {
  test('a call without a start has none', () => {
    expect(clockOf({ channel: 'call' })).toBeNull();
  });

  test('pauses are left out; within one the clock stands where it began', () => {
    const call = clock({
      startedAt: '2027-02-24T09:00:00.000Z',
      pauses: [
        { from: '2027-02-24T09:10:00.000Z', to: '2027-02-24T09:15:00.000Z' },
        { from: '2027-02-24T09:20:00.000Z', to: null },
      ],
    });
    const at = (minutes: number) => elapsedAt(call, call.startedAt + minutes * MINUTE) / MINUTE;
    expect([-1, 0, 9, 10, 12, 15, 16, 20, 90].map(at)).toEqual([-1, 0, 9, 10, 10, 10, 11, 15, 15]);
  });

  test('midnight, daylight saving and time zones change nothing', () => {
    // In Berlin the clocks went from 3 back to 2 o'clock on this night, and forward in March.
    const autumn = clock({ startedAt: '2026-10-25T02:30:00+02:00' });
    expect(elapsedAt(autumn, Date.parse('2026-10-25T02:30:00+01:00'))).toBe(60 * MINUTE);
    const spring = clock({ startedAt: '2027-03-28T01:59:00+01:00' });
    expect(elapsedAt(spring, Date.parse('2027-03-28T03:01:00+02:00'))).toBe(2 * MINUTE);
    const midnight = clock({
      startedAt: '2027-02-24T23:50:00.000Z',
      pauses: [{ from: '2027-02-24T23:59:00.000Z', to: '2027-02-25T00:01:00.000Z' }],
    });
    expect(elapsedAt(midnight, Date.parse('2027-02-25T00:10:00.000Z'))).toBe(18 * MINUTE);
  });

  test('a computer whose clock is set goes on telling the call’s own time', () => {
    const startedAt = '2027-02-24T09:00:00.000Z';
    const back = {
      startedAt,
      clockSet: [{ at: '2027-02-24T09:05:00.000Z', by: -60 * MINUTE }],
    };
    // It says 08:10 ten minutes after the start.
    const says = Date.parse('2027-02-24T08:10:00.000Z');
    expect(elapsedAt(clock(back), says + clockCorrection(back))).toBe(10 * MINUTE);
    const twice = {
      startedAt,
      clockSet: [...back.clockSet, { at: '2027-02-24T09:12:00.000Z', by: 65 * MINUTE }],
    };
    const later = Date.parse('2027-02-24T09:25:00.000Z');
    expect(elapsedAt(clock(twice), later + clockCorrection(twice))).toBe(20 * MINUTE);
    expect(clockCorrection({ startedAt }) + 0).toBe(0);
  });

  test('a moment and what the clock shows at it are one and the same', () => {
    fc.assert(
      fc.property(pauses, fc.integer({ min: -50, max: 300 }), (written, at) => {
        const call = { startedAt: 0, pauses: tidyPauses(written, 0), endedAt: null };
        const elapsed = elapsedAt(call, at);
        const first = momentOf(call, elapsed);
        expect(elapsedAt(call, first)).toBe(elapsed);
        const within = call.pauses.find(({ from, to }) => from < at && at <= (to ?? Infinity));
        expect(first).toBe(within ? within.from : at);
        expect(elapsedAt(call, at + 1) - elapsed).toBeOneOf([0, 1]);
      }),
    );
  });
});

describe('pauses of concurrent edits', () => {
  const tidied = (...written: [from: number, to: number | null][]) =>
    tidyPauses(
      written.map(([from, to]) => ({ from, to })),
      0,
    ).map(({ from, to }) => [from, to]);

  test('are put in order and joined where they overlap or touch', () => {
    expect(tidied([40, 50], [10, 20], [15, 30], [30, 35])).toEqual([
      [10, 35],
      [40, 50],
    ]);
  });

  test('who goes on, goes on from every pause that began before', () => {
    expect(tidied([10, null], [20, 30])).toEqual([[10, 30]]);
    expect(tidied([10, 30], [20, null])).toEqual([[10, 30]]);
    expect(tidied([10, null], [40, 50], [60, null])).toEqual([
      [10, 50],
      [60, null],
    ]);
    expect(tidied([20, null], [10, null])).toEqual([[10, null]]);
  });

  test('that end before they begin, or before the call does, are none', () => {
    expect(tidied([30, 20], [10, 10], [-20, -10], [-5, 5])).toEqual([[0, 5]]);
  });

  test('are in order, apart, open only at the end, and tidied once for all', () => {
    fc.assert(
      fc.property(pauses, (written) => {
        const before = structuredClone(written);
        const tidy = tidyPauses(written, 20);
        expect(written).toEqual(before);
        for (const [index, { from, to }] of tidy.entries()) {
          expect(from).toBeGreaterThanOrEqual(20);
          if (index < tidy.length - 1) expect(to).not.toBeNull();
          expect(to ?? Infinity).toBeGreaterThan(from);
          expect(tidy[index + 1]?.from ?? Infinity).toBeGreaterThan(to ?? 0);
        }
        expect(tidyPauses(tidy, 20)).toEqual(tidy);
        expect(tidyPauses(written.toReversed(), 20)).toEqual(tidy);
      }),
    );
  });
});

describe('what a bar looks at', () => {
  test('a clock that is set jumps, one that runs does not', () => {
    expect(gapBetween(1_000_000, 500, 1_001_000, 1_500)).toBe(0);
    expect(gapBetween(1_000_000, 500, 1_000_000 - 60 * MINUTE, 1_500)).toBe(-60 * MINUTE - 1_000);
    expect(gapBetween(1_000_000, 500, 1_000_000 + 42 * MINUTE, 1_500)).toBe(42 * MINUTE - 1_000);
  });

  test('two windows that see one jump tell of one', () => {
    const told = [{ at: 100_000, by: -60 * MINUTE }];
    expect(isKnownJump(told, { at: 101_000, by: -60 * MINUTE + 40 })).toBe(true);
    expect(isKnownJump(told, { at: 101_000, by: 60 * MINUTE })).toBe(false);
    expect(isKnownJump(told, { at: 400_000, by: -60 * MINUTE })).toBe(false);
    expect(isKnownJump([], { at: 0, by: 5_000 })).toBe(false);
  });

  test('a second press of the same tag within 300 ms counts once', () => {
    const earlier = [
      { tag: 'praise', at: 1_000 },
      { tag: 'risk', at: 1_200 },
    ];
    expect(countsOnce(earlier, { tag: 'praise', at: 1_299.9 })).toBe(true);
    expect(countsOnce(earlier, { tag: 'praise', at: 1_300 })).toBe(false);
    expect(countsOnce(earlier, { tag: 'question', at: 1_010 })).toBe(false);
    // Stored out of order: from another window.
    expect(countsOnce(earlier, { tag: 'risk', at: 950 })).toBe(true);
    expect(countsOnce([], { tag: 'risk', at: 950 })).toBe(false);
  });
});
