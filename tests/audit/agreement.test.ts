// Agreement against tables of the literature, each with its source.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { agreementOf, agreementOver, cohen, fleiss } from '../../src/audit/index.ts';

describe('two reviewers', () => {
  // 91 couples, each asked how often sex is fun: Agresti, Categorical Data Analysis (1990). The
  // R package vcd (SexualFun) gives kappa .1293 (.0686), with equally spaced weights .2374 (.0783).
  const couples = [
    [7, 7, 2, 3],
    [2, 8, 3, 7],
    [1, 5, 4, 9],
    [2, 8, 9, 14],
  ];
  test('Agresti’s couples: .1293 (.0686), weighted .2374 (.0783)', () => {
    const plain = cohen(couples);
    expect(plain.n).toBe(91);
    expect(plain.kappa).toBeCloseTo(0.1293, 4);
    expect(plain.standardError).toBeCloseTo(0.0686, 4);
    const weighted = cohen(couples, 'linear');
    expect(weighted.kappa).toBeCloseTo(0.2374, 4);
    expect(weighted.standardError).toBeCloseTo(0.0783, 4);
  });

  test('one hundred women, two abstractors (Gwet 2014; irrCAC: cont3x3abstractors): .7964', () => {
    const abstractors = [
      [13, 0, 0],
      [0, 20, 7],
      [0, 4, 56],
    ];
    const { kappa, observed } = cohen(abstractors);
    expect(observed).toBeCloseTo(0.89, 10);
    expect(kappa).toBeCloseTo(0.7964094, 7);
  });
});

describe('more than two', () => {
  // Fleiss 1971, table 1: 30 patients, six psychiatrists each; depression, personality disorder,
  // schizophrenia, neurosis, other. P̄ = .5556, P̄e = .2201, κ = .430.
  const patients = [
    ...[
      [0, 0, 0, 6, 0],
      [0, 3, 0, 0, 3],
      [0, 1, 4, 0, 1],
      [0, 0, 0, 0, 6],
      [0, 3, 0, 3, 0],
    ],
    ...[
      [2, 0, 4, 0, 0],
      [0, 0, 4, 0, 2],
      [2, 0, 3, 1, 0],
      [2, 0, 0, 4, 0],
      [0, 0, 0, 0, 6],
    ],
    ...[
      [1, 0, 0, 5, 0],
      [1, 1, 0, 4, 0],
      [0, 3, 3, 0, 0],
      [1, 0, 0, 5, 0],
      [0, 2, 0, 3, 1],
    ],
    ...[
      [0, 0, 5, 0, 1],
      [3, 0, 0, 1, 2],
      [5, 1, 0, 0, 0],
      [0, 2, 0, 4, 0],
      [1, 0, 2, 0, 3],
    ],
    ...[
      [0, 0, 0, 0, 6],
      [0, 1, 0, 5, 0],
      [0, 2, 0, 1, 3],
      [2, 0, 0, 4, 0],
      [1, 0, 0, 4, 1],
    ],
    ...[
      [0, 5, 0, 1, 0],
      [4, 0, 0, 0, 2],
      [0, 2, 0, 4, 0],
      [1, 0, 5, 0, 0],
      [0, 0, 0, 0, 6],
    ],
  ];
  test('Fleiss’ patients: .430, of .556 observed', () => {
    const { n, observed, kappa } = fleiss(patients);
    expect(n).toBe(30);
    expect(observed).toBeCloseTo(0.5556, 4);
    expect(kappa).toBeCloseTo(0.43, 3);
  });

  // Gwet 2014 (R package irrCAC: cac.raw4raters), the second to the ninth unit, which all four judged
  // on a scale of 5. With quadratic weights irrCAC says .66667.
  const units = ['2232', '3333', '3333', '2222', '1234', '4444', '1121', '2222'].map((row) =>
    [...row].map((digit) => Number(digit) - 1),
  );
  test('four reviewers on a scale, quadratic weights: .66667', () => {
    expect(agreementOf(units, 5, 'quadratic').kappa).toBeCloseTo(0.66667, 5);
    // How far apart the ends are said to be changes nothing.
    expect(agreementOf(units, 4, 'quadratic').kappa).toBeCloseTo(0.66667, 5);
  });

  test('of two categories weights change nothing; the order of reviewers neither', () => {
    const row = fc.array(fc.nat(1), { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(fc.array(row, { minLength: 2, maxLength: 30 }), (rows) => {
        const plain = agreementOf(rows, 2);
        for (const weighting of ['linear', 'quadratic'] as const) {
          expect(agreementOf(rows, 2, weighting)).toEqual(plain);
        }
        const turned = agreementOf(
          rows.map((one) => one.toReversed()),
          2,
        );
        expect(turned).toEqual(plain);
      }),
    );
  });
});

describe('what cannot be said is not said', () => {
  test('everybody agreed each time: 1, and no interval that would claim to be sure', () => {
    const rows = [
      [0, 0],
      [1, 1],
      [0, 0],
    ];
    expect(agreementOf(rows, 2)).toMatchObject({ kappa: 1, low: null, why: 'all-agree' });
    const three = rows.map(([one = 0]) => [one, one, one]);
    expect(agreementOf(three, 2)).toMatchObject({ kappa: 1, low: null, why: 'all-agree' });
  });
  test('one category, one subject, one that decides, nothing', () => {
    expect(agreementOf([[1, 1, 1]], 2)).toMatchObject({ kappa: null, why: 'one-category' });
    expect(agreementOf([[1, 1, 0]], 2)).toMatchObject({ low: null, why: 'one-subject' });
    const decided = [
      [1, 1, 1],
      [1, 1, 1],
      [0, 1, 1],
    ];
    expect(agreementOf(decided, 2)).toMatchObject({ low: null, why: 'one-decides' });
    expect(agreementOf([], 2)).toMatchObject({ n: 0, kappa: null, why: 'nothing' });
  });
  test('a category that there is not is refused', () => {
    expect(() => agreementOf([[0, 5]], 2)).toThrow('no such category');
    expect(() => agreementOf([[0, 5, 1]], 2)).toThrow('no such category');
  });
});

describe('over several judgements of each subject', () => {
  const one = (a: number, b: number) => [a, b];
  test('the same kappa as of all of them; said ten times of a subject is not ten subjects', () => {
    const subjects = [[one(0, 0)], [one(1, 1)], [one(0, 1)], [one(1, 1)], [one(0, 0)], [one(1, 0)]];
    const tenfold = subjects.map(([judgement = []]) => Array.from({ length: 10 }, () => judgement));
    const [once, ten] = [agreementOver(subjects, 2), agreementOver(tenfold, 2)];
    expect(once.kappa).toBeCloseTo(agreementOf(subjects.flat(), 2).kappa ?? 0, 12);
    expect(ten.n).toBe(60);
    expect(ten.kappa).toBeCloseTo(once.kappa ?? 0, 12);
    expect(ten.standardError).toBeCloseTo(once.standardError ?? 0, 12);
    // Where they counted as sixty, it would seem three times as sure.
    expect(agreementOf(tenfold.flat(), 2).standardError).toBeLessThan((ten.standardError ?? 0) / 2);
  });
  test('subjects without a judgement in common do not count', () => {
    const subjects = [[one(0, 0)], [], [one(1, 1)], [one(0, 1)], []];
    const less = subjects.filter((judgements) => judgements.length > 0);
    expect(agreementOver(subjects, 2)).toEqual(agreementOver(less, 2));
  });
});
