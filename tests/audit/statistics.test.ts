// Against published values, each with its source, and against properties that any such number has.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  AuditError,
  allocate,
  cohen,
  discoveryChance,
  discoverySize,
  fleiss,
  quadrantOf,
  sampleSize,
  scoreOf,
  wilson,
} from '../../src/audit/index.ts';

const three = (value: number) => Math.round(value * 1_000) / 1_000;

describe('how many to look at', () => {
  test('200, 95 %, ±10 %: 66 (Cochran 1977, with the finite correction)', () => {
    expect(sampleSize(200, 0.1)).toBe(66);
  });
  test('without end, ±5 %: 385; of 1,000: 278 (Krejcie and Morgan 1970)', () => {
    expect(sampleSize(100_000_000, 0.05)).toBe(385);
    expect(sampleSize(1_000, 0.05)).toBe(278);
  });
  test('never more than there are, never fewer for a narrower margin', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 100_000 }),
        fc.double({ min: 0.01, max: 0.4, noNaN: true }),
        (population, margin) => {
          const size = sampleSize(population, margin);
          expect(size).toBeLessThanOrEqual(population);
          expect(sampleSize(population, margin / 2)).toBeGreaterThanOrEqual(size);
        },
      ),
    );
  });
  test('discovery: 200 with 10 among them, 95 %: 51', () => {
    expect(discoverySize(200, 10)).toBe(51);
    expect(discoveryChance(200, 10, 51)).toBeGreaterThanOrEqual(0.95);
    expect(discoveryChance(200, 10, 50)).toBeLessThan(0.95);
  });
  test('discovery: all have it: one is enough; one has it: nearly all', () => {
    expect(discoverySize(40, 40)).toBe(1);
    expect(discoverySize(40, 1)).toBe(38);
  });
  test('numbers without sense are refused in words', () => {
    expect(() => sampleSize(10.5, 0.1)).toThrow(AuditError);
    expect(() => sampleSize(10, 0)).toThrow('between 0 and 1');
    expect(() => sampleSize(10, 0.1, { confidence: 0.5 })).toThrow('0.95');
    expect(() => discoverySize(5, 6)).toThrow('cannot be among');
  });
});

describe('a rate and how sure it is', () => {
  test('18 of 20: .699 to .972; of 40 there are: .767 to .961; 0 of 20: 0 to .161', () => {
    expect(bounds(wilson(18, 20))).toEqual([0.699, 0.972]);
    expect(bounds(wilson(18, 20, { population: 40 }))).toEqual([0.767, 0.961]);
    expect(bounds(wilson(0, 20))).toEqual([0, 0.161]);
  });
  test('81 of 263 (Newcombe 1998, table I, method 3): .2553 to .3662', () => {
    const { low, high } = wilson(81, 263);
    expect([low, high].map((bound) => bound.toFixed(4))).toEqual(['0.2553', '0.3662']);
  });
  test('nothing looked at says nothing; who looked at all knows', () => {
    expect(wilson(0, 0)).toMatchObject({ rate: null, low: 0, high: 1 });
    expect(wilson(3, 4, { population: 4 })).toMatchObject({ low: 0.75, high: 0.75 });
  });
  test('it holds the rate, lies within 0 and 1, and narrows with what is known of all', () => {
    fc.assert(
      fc.property(fc.nat(500), fc.nat(500), fc.nat(500), (a, b, more) => {
        const [hits, n] = [Math.min(a, b), Math.max(a, b)];
        const free = wilson(hits, n);
        const known = wilson(hits, n, { population: n + more });
        for (const { low, high, rate } of [free, known]) {
          expect(low).toBeGreaterThanOrEqual(0);
          expect(high).toBeLessThanOrEqual(1);
          if (rate === null) continue;
          expect(low).toBeLessThanOrEqual(rate);
          expect(high).toBeGreaterThanOrEqual(rate);
        }
        expect(known.high - known.low).toBeLessThanOrEqual(free.high - free.low + 1e-12);
      }),
    );
  });
  test('what cannot be is refused in words', () => {
    expect(() => wilson(5, 4)).toThrow('exchanged');
    expect(() => wilson(1, 4, { population: 3 })).toThrow('cannot be drawn');
  });
});

describe('shares of strata', () => {
  test('in proportion, largest remainders first', () => {
    const strata = new Map([
      ['happy', 60],
      ['unhappy', 25],
      ['unknown', 15],
    ]);
    expect([...allocate(strata, 10)]).toEqual([
      ['happy', 6],
      ['unhappy', 3],
      ['unknown', 1],
    ]);
  });
  test('none that has any is left out', () => {
    const strata = new Map([
      ['a', 1_000],
      ['b', 1],
      ['c', 0],
    ]);
    expect([...allocate(strata, 5).values()]).toEqual([4, 1, 0]);
  });
  test('the sum is exact and nobody gives more than it has', () => {
    const strata = fc.dictionary(fc.string({ maxLength: 4 }), fc.nat(60), { maxKeys: 8 });
    fc.assert(
      fc.property(
        strata,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.nat(2),
        (raw, part, least) => {
          const all = new Map(Object.entries(raw));
          const total = [...all.values()].reduce((sum, count) => sum + count, 0);
          const needed = [...all.values()].reduce((sum, count) => sum + Math.min(least, count), 0);
          const size = Math.round(part * total);
          if (size < needed) {
            expect(() => allocate(all, size, least)).toThrow('too small');
            return;
          }
          const shares = allocate(all, size, least);
          expect([...shares.values()].reduce((sum, share) => sum + share, 0)).toBe(size);
          for (const [name, share] of shares) {
            expect(share).toBeLessThanOrEqual(all.get(name) ?? 0);
            expect(share).toBeGreaterThanOrEqual(Math.min(least, all.get(name) ?? 0));
          }
        },
      ),
    );
  });
});

describe('agreement', () => {
  // Two dermatologists, 88 patients: SAS/STAT User's Guide, PROC FREQ, "Agreement Study".
  const skin = [
    [10, 4, 1, 0],
    [5, 10, 12, 2],
    [2, 4, 12, 5],
    [0, 2, 6, 13],
  ];
  test('two reviewers: SAS gives .3449 (.0724), weighted .5082 (.0655)', () => {
    const plain = cohen(skin);
    expect(plain.n).toBe(88);
    expect(plain.kappa).toBeCloseTo(0.3449, 4);
    expect(plain.standardError).toBeCloseTo(0.0724, 4);
    expect([plain.low, plain.high].map((bound) => bound?.toFixed(4))).toEqual(['0.2030', '0.4868']);
    const linear = cohen(skin, 'linear');
    expect(linear.kappa).toBeCloseTo(0.5082, 4);
    expect(linear.standardError).toBeCloseTo(0.0655, 4);
  });
  test('fourteen reviewers, ten subjects (Fleiss’ example of five categories): .210', () => {
    const counts = [
      [0, 0, 0, 0, 14],
      [0, 2, 6, 4, 2],
      [0, 0, 3, 5, 6],
      [0, 3, 9, 2, 0],
      [2, 2, 8, 1, 1],
      [7, 7, 0, 0, 0],
      [3, 2, 6, 3, 0],
      [2, 5, 3, 2, 2],
      [6, 5, 2, 1, 0],
      [0, 2, 2, 3, 7],
    ];
    const agreement = fleiss(counts);
    expect(three(agreement.kappa ?? 0)).toBe(0.21);
    expect(three(agreement.observed ?? 0)).toBe(0.378);
    expect(agreement.low).toBeLessThan(0.21);
    expect(agreement.high).toBeGreaterThan(0.21);
  });
  test('perfect agreement is 1; where all is one category, none can be named', () => {
    expect(
      cohen([
        [5, 0],
        [0, 5],
      ]).kappa,
    ).toBe(1);
    expect(
      cohen([
        [9, 0],
        [0, 0],
      ]),
    ).toMatchObject({ observed: 1, kappa: null, why: 'one-category' });
    expect(
      cohen([
        [0, 0],
        [0, 0],
      ]),
    ).toMatchObject({ observed: null, kappa: null, why: 'nothing' });
    expect(
      fleiss([
        [3, 0],
        [3, 0],
      ]),
    ).toMatchObject({ kappa: null, why: 'one-category' });
    expect(fleiss([])).toMatchObject({ kappa: null, why: 'nothing' });
    expect(fleiss([[2, 1]])).toMatchObject({ why: 'one-subject', low: null });
  });
  test('two reviewers exchanged agree as much; two categories need no weights', () => {
    const table = fc.array(fc.array(fc.nat(30), { minLength: 3, maxLength: 3 }), {
      ...{ minLength: 3, maxLength: 3 },
    });
    fc.assert(
      fc.property(table, (counts) => {
        const turned = counts.map((_, i) => counts.map((row) => row[i] ?? 0));
        for (const weighting of ['unweighted', 'linear', 'quadratic'] as const) {
          const [one, other] = [cohen(counts, weighting), cohen(turned, weighting)];
          expect(one.kappa === null).toBe(other.kappa === null);
          expect(one.kappa ?? 0).toBeCloseTo(other.kappa ?? 0, 9);
          expect(one.standardError ?? 0).toBeCloseTo(other.standardError ?? 0, 9);
        }
      }),
    );
    const two = [
      [7, 3],
      [2, 8],
    ];
    expect(cohen(two, 'quadratic').kappa).toBeCloseTo(cohen(two).kappa ?? 0, 12);
  });
  test('tables that are none are refused in words', () => {
    expect(() => cohen([[1, 2], [3]])).toThrow('square');
    expect(() =>
      fleiss([
        [1, 2],
        [2, 2],
      ]),
    ).toThrow('same number');
    expect(() => fleiss([[1, 0]])).toThrow('two reviewers');
  });
});

describe('scores', () => {
  const scale = { worst: 1, best: 5, weight: 1, critical: false };
  test('the weighted mean in percent; what does not apply neither helps nor harms', () => {
    const judged = [
      { ...scale, value: 5, weight: 3 },
      { ...scale, value: 1 },
      { ...scale, value: null, weight: 100 },
    ];
    expect(scoreOf(judged)).toEqual({ score: 75, counted: 2, notApplicable: 1, critical: false });
  });
  test('a critical one that is missed makes it 0; weight 0 counts for nothing', () => {
    expect(
      scoreOf([
        { ...scale, value: 5 },
        { ...scale, value: 1, critical: true },
      ]).score,
    ).toBe(0);
    expect(scoreOf([{ ...scale, value: 5, weight: 0 }])).toMatchObject({ score: null, counted: 0 });
    expect(scoreOf([])).toMatchObject({ score: null });
  });
  test('a number that should be small is a scale the other way round', () => {
    expect(scoreOf([{ ...scale, value: 12, worst: 24, best: 0 }]).score).toBe(50);
  });
  test('the four corners', () => {
    const bound = { satisfaction: 70, ours: 80 };
    expect(quadrantOf(90, 90, bound)).toBe('good');
    expect(quadrantOf(90, 60, bound)).toBe('happy-below-ours');
    expect(quadrantOf(40, 90, bound)).toBe('unhappy-above-ours');
    expect(quadrantOf(40, 60, bound)).toBe('poor');
  });
});

function bounds({ low, high }: { low: number; high: number }): [number, number] {
  return [three(low), three(high)];
}
