// Worked examples. Sauerwein, Bailom, Matzler and Hinterhuber (1996), "The Kano model: how to delight
// your customers", IX. International Working Seminar on Production Economics: the table (fig. 6), the
// ski survey (figs. 10 and 11). Brand and Rese (2026), "Dual response Kano method", Journal of Retailing
// and Consumer Services 89, table 1: counts with those that are left out. The coefficients are those of
// Berger et al. (1993), Center for Quality of Management Journal 2(4).
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  betterWorse,
  KANO_ANSWERS,
  KANO_CATEGORIES,
  type KanoCounts,
  kanoCounts,
  kanoMost,
  kanoOf,
  latestReplies,
} from '../../src/domain/index.ts';

const counts = (A: number, O: number, M: number, I: number, R = 0, Q = 0): KanoCounts => ({
  attractive: A,
  'one-dimensional': O,
  'must-be': M,
  indifferent: I,
  reverse: R,
  questionable: Q,
});

const LETTERS: Record<string, string> = {
  attractive: 'A',
  'one-dimensional': 'O',
  'must-be': 'M',
  indifferent: 'I',
  reverse: 'R',
  questionable: 'Q',
};

test('the evaluation table, as Kano 1984 and Sauerwein et al. 1996 print it', () => {
  const printed = KANO_ANSWERS.map((functional) =>
    KANO_ANSWERS.map((dysfunctional) => LETTERS[kanoOf(functional, dysfunctional)]).join(' '),
  );
  expect(printed).toEqual([...['Q A A A O', 'R I I I M', 'R I I I M', 'R I I I M', 'R R R R Q']]);
});

describe('the ski survey (Sauerwein et al. 1996), per cent of those asked', () => {
  test.each([
    ['edge grip', counts(7, 32.3, 49.3, 9.5, 0.3, 1.5), 'must-be', 0.4, -0.83],
    ['ease of turn', counts(10.4, 45.1, 30.5, 11.5, 1.2, 1.2), 'one-dimensional', 0.57, -0.78],
    // The paper prints 0.89; from the shares that it prints, 85.4 of 96.8, it is 0.88.
    ['service', counts(63.8, 21.6, 2.9, 8.5, 0.7, 2.5), 'attractive', 0.88, -0.25],
  ] as const)('%s', (_name, shares, category, better, worse) => {
    expect(kanoMost(shares)).toEqual([category]);
    expect(betterWorse(shares)?.better).toBeCloseTo(better, 2);
    expect(betterWorse(shares)?.worse).toBeCloseTo(worse, 2);
  });
});

describe('reverse and questionable replies are left out (Brand and Rese 2026, table 1)', () => {
  test.each([
    ['app-based bonus program', counts(216, 56, 13, 275, 23, 24), 0.486, -0.123, 560],
    ['smart mirror', counts(229, 42, 5, 276, 33, 22), 0.491, -0.085, 552],
    ['free in-store WiFi', counts(187, 71, 46, 258, 19, 26), 0.459, -0.208, 562],
  ] as const)('%s', (_name, replies, better, worse, n) => {
    const found = betterWorse(replies);
    expect(found?.better).toBeCloseTo(better, 3);
    expect(found?.worse).toBeCloseTo(worse, 3);
    expect(found?.n).toBe(n);
    expect(kanoMost(replies)).toEqual(['indifferent']);
  });
});

test('ties are told whole, the heavier first: M > O > A > I', () => {
  expect(kanoMost(counts(4, 4, 4, 4))).toEqual([
    ...['must-be', 'one-dimensional', 'attractive', 'indifferent'],
  ]);
  expect(kanoMost(counts(3, 0, 3, 1, 0, 3))).toEqual(['must-be', 'attractive', 'questionable']);
});

test('without replies there is no category; without one that counts there are no coefficients', () => {
  expect(kanoMost(kanoCounts([]))).toEqual([]);
  expect(betterWorse(kanoCounts([]))).toBeNull();
  expect(betterWorse(counts(0, 0, 0, 0, 2, 1))).toBeNull();
  expect(kanoMost(counts(0, 0, 0, 0, 2, 1))).toEqual(['reverse']);
});

test('of somebody who was asked twice the later reply counts', () => {
  const reply = (respondent: string | null, at: string) => ({
    ...{ respondent, at },
    ...{ functional: 'like' as const, dysfunctional: 'dislike' as const },
  });
  const first = reply('a', '2027-01-01T10:00:00Z');
  const later = reply('a', '2027-02-01T10:00:00Z');
  const nameless = [reply(null, '2027-01-01T10:00:00Z'), reply(null, '2027-01-01T10:00:00Z')];
  expect(latestReplies([later, first, ...nameless])).toEqual([later, ...nameless]);
});

const answer = fc.constantFrom(...KANO_ANSWERS);
const replies = fc.array(
  fc.record({
    respondent: fc.option(fc.constantFrom('a', 'b', 'c')),
    at: fc.constantFrom('2027-01-01T10:00:00Z', '2027-02-01T10:00:00Z'),
    functional: answer,
    dysfunctional: answer,
  }),
);

test('turning both questions round turns attractive and must-be, and only then a reverse', () => {
  fc.assert(
    fc.property(answer, answer, (one, other) => {
      // Who likes it absent and dislikes it present has a reverse; seen from the absence, it is not.
      const [straight, turned] = [kanoOf(one, other), kanoOf(other, one)];
      if (straight === 'reverse') expect(turned).not.toBe('reverse');
      else if (one !== other && straight !== 'indifferent') expect(turned).toBe('reverse');
    }),
  );
});

test('every reply is counted once, and the coefficients stay in their range', () => {
  fc.assert(
    fc.property(replies, (all) => {
      const found = kanoCounts(all);
      expect(Object.values(found).reduce((sum, count) => sum + count, 0)).toBe(all.length);
      const most = kanoMost(found);
      expect(most.length > 0).toBe(all.length > 0);
      for (const category of KANO_CATEGORIES) {
        expect(most.includes(category)).toBe(
          found[category] > 0 && found[category] === Math.max(...Object.values(found)),
        );
      }
      const measured = betterWorse(found);
      if (measured === null) return;
      expect(measured.better).toBeGreaterThanOrEqual(0);
      expect(measured.better).toBeLessThanOrEqual(1);
      expect(measured.worse).toBeGreaterThanOrEqual(-1);
      expect(measured.worse).toBeLessThanOrEqual(0);
      expect(Object.is(measured.worse, -0)).toBe(false);
    }),
  );
});

test('one named person has one reply that counts, whatever the order', () => {
  fc.assert(
    fc.property(replies, (all) => {
      const named = latestReplies(all).filter(({ respondent }) => respondent !== null);
      expect(new Set(named.map(({ respondent }) => respondent)).size).toBe(named.length);
      const names = new Set(all.flatMap(({ respondent }) => respondent ?? []));
      expect(named).toHaveLength(names.size);
    }),
  );
});
