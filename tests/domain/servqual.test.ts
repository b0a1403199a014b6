// Worked examples. The score is P − E: Parasuraman, Zeithaml and Berry (1988), Journal of Retailing
// 64(1). Measured means: 386 patients, table 2 of the study at PubMed Central, PMC6131925 (expectation,
// perception and the gap printed beside them). 100 points shared out over the dimensions as weights:
// Parasuraman, Berry and Zeithaml (1991), Journal of Retailing 67(4).
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  DIMENSIONS,
  GAP_WORDS,
  GAPS,
  gapScore,
  missTable,
  type ServqualItem,
  servqualMeans,
  weightedGap,
} from '../../src/domain/index.ts';

const patients = [
  ['tangibles', 4.44, 4.19, -0.25],
  ['reliability', 4.49, 4.36, -0.13],
  ['responsiveness', 4.48, 4.35, -0.13],
  ['assurance', 4.5, 4.32, -0.18],
  ['empathy', 4.56, 4.4, -0.16],
] as const;

describe('386 patients (PMC6131925, table 2)', () => {
  const items = patients.map(([dimension, expectation, perception]) => ({
    ...{ dimension, expectation, perception },
  }));
  const means = servqualMeans(items);

  test.each(patients)('%s: expected %d, perceived %d', (dimension, expected, perceived, gap) => {
    expect(gapScore(expected, perceived)).toBeCloseTo(gap, 2);
    expect(means.dimensions[dimension]?.gap).toBeCloseTo(gap, 2);
  });

  test('overall, each dimension weighs the same: (0.25 + 0.13 + 0.13 + 0.18 + 0.16) / 5', () => {
    expect(means.overall).toBeCloseTo(-0.17, 2);
  });

  test('with points shared out over the dimensions: here 32, 22, 19, 16 and 11, made up', () => {
    const weights = {
      reliability: 32,
      responsiveness: 22,
      assurance: 19,
      empathy: 16,
      tangibles: 11,
    };
    // (0.13·32 + 0.13·22 + 0.18·19 + 0.16·16 + 0.25·11) / 100
    expect(weightedGap(means, weights)).toBeCloseTo(-0.1575, 4);
  });
});

// Tangibles have four items in 1988; these answers, on its scale of 1 to 7, are made up.
test('the mean of a dimension is taken over its items', () => {
  const item = (expectation: number, perception: number): ServqualItem => ({
    ...{ dimension: 'tangibles', expectation, perception },
  });
  const means = servqualMeans([item(5, 4), item(6, 6), item(7, 5), item(6, 7)]);
  expect(means.dimensions.tangibles).toEqual({ gap: -0.5, n: 4 });
  expect(means.dimensions.empathy).toBeNull();
  expect(means.overall).toBe(-0.5);
});

test('what was not measured has no score, and no weight helps', () => {
  const none = servqualMeans([]);
  expect(none.overall).toBeNull();
  expect(weightedGap(none, { reliability: 100 })).toBeNull();
  const one = servqualMeans([{ dimension: 'empathy', expectation: 7, perception: 4 }]);
  expect(weightedGap(one, { reliability: 100 })).toBeNull();
  expect(weightedGap(one, { reliability: 60, empathy: 40 })).toBe(-3);
});

test('each of the five gaps has words of its own', () => {
  expect(new Set(GAPS.map((gap) => GAP_WORDS[gap])).size).toBe(5);
});

test('misses are counted by dimension and gap, those without one beside', () => {
  const { counts, unsaid } = missTable([
    { dimension: 'reliability', gap: 3 },
    { dimension: 'reliability', gap: 3 },
    { dimension: 'empathy', gap: 1 },
    { dimension: 'empathy' },
    { gap: 2 },
    { dimension: 'empathy', gap: 9 },
  ]);
  expect(counts.reliability).toEqual({ 1: 0, 2: 0, 3: 2, 4: 0, 5: 0 });
  expect(counts.empathy[1]).toBe(1);
  expect(unsaid).toBe(3);
});

const items = fc.array(
  fc.record({
    dimension: fc.constantFrom(...DIMENSIONS),
    expectation: fc.integer({ min: 1, max: 7 }),
    perception: fc.integer({ min: 1, max: 7 }),
  }),
);

test('expected and perceived exchanged turn every sign, and equal weights change nothing', () => {
  fc.assert(
    fc.property(items, (all) => {
      const means = servqualMeans(all);
      const turned = servqualMeans(
        all.map(({ dimension, expectation, perception }) => ({
          ...{ dimension, expectation: perception, perception: expectation },
        })),
      );
      if (means.overall === null) {
        expect(all).toEqual([]);
        return;
      }
      expect(turned.overall).toBeCloseTo(-means.overall, 9);
      expect(Math.abs(means.overall)).toBeLessThanOrEqual(6);
      const equal = Object.fromEntries(DIMENSIONS.map((name) => [name, 20]));
      expect(weightedGap(means, equal)).toBeCloseTo(means.overall, 9);
      expect(Object.values(means.dimensions).reduce((n, each) => n + (each?.n ?? 0), 0)).toBe(
        all.length,
      );
    }),
  );
});
