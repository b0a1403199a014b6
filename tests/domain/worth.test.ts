import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  ANCHORS,
  type Fields,
  isReviewDue,
  RATING_NAMES,
  RATINGS,
  SUGGESTED_BECAUSE,
  suggest,
} from '../../src/domain/index.ts';

type E = Fields<'expectation'>;

test('each step of each rating has words of its own', () => {
  for (const name of RATING_NAMES) expect(new Set(ANCHORS[name]).size).toBe(5);
});

describe('what the ratings suggest', () => {
  test.each([
    ['much for little', { value: 5, effort: 1 }, 'exceed', 'high/low'],
    ['much for much', { value: 4, effort: 5 }, 'meet', 'high/high'],
    ['something for something', { value: 3, effort: 3 }, 'meet', 'middle/middle'],
    ['little for much', { value: 2, effort: 4 }, 'decline', 'low/high'],
    ['what the law asks', { value: 1, effort: 5, impliedBy: 'law' }, 'meet', 'law'],
    ['a must-be, cheap', { value: 5, effort: 1, kano: 'must-be' }, 'meet', 'must-be'],
    ['a must-be, dear', { value: 1, effort: 5, kano: 'must-be' }, 'meet', 'must-be'],
    ['what nobody wants', { value: 5, effort: 1, kano: 'reverse' }, 'decline', 'reverse'],
    ['what nobody minds', { value: 5, effort: 1, kano: 'indifferent' }, 'meet', 'indifferent'],
    ['a dear guess', { value: 5, effort: 3, likelihood: 1 }, 'ask', 'unsure'],
    ['a cheap guess', { value: 5, effort: 2, likelihood: 1 }, 'exceed', 'high/low'],
    [
      'no guess any more',
      { value: 5, effort: 3, likelihood: 1, stage: 'confirmed' },
      ...(['exceed', 'high/middle'] as const),
    ],
  ] as const)('%s', (_name, fields, does, because) => {
    expect(suggest(fields as E)).toEqual({ does, because });
    expect(SUGGESTED_BECAUSE[because]).toMatch(/\.$/);
  });

  test('nothing while value or effort is not rated', () => {
    expect(suggest({ value: 3, likelihood: 5 })).toBeNull();
    expect(suggest({ effort: 3 })).toBeNull();
  });
});

const rating = fc.constantFrom(...RATINGS);
const ORDER = ['decline', 'meet', 'exceed'];
const does = (fields: E) => ORDER.indexOf(suggest(fields)?.does ?? '');

test('more value never suggests less, more effort never suggests more', () => {
  fc.assert(
    fc.property(rating, rating, rating, (value, effort, other) => {
      const more = Math.max(value, other);
      expect(does({ value: more, effort })).toBeGreaterThanOrEqual(does({ value, effort }));
      const harder = Math.max(effort, other);
      expect(does({ value, effort: harder })).toBeLessThanOrEqual(does({ value, effort }));
    }),
  );
});

test('what the law asks for is never declined', () => {
  fc.assert(
    fc.property(
      fc.record({
        ...{ value: rating, effort: rating, likelihood: rating },
        kano: fc.constantFrom(
          ...(['must-be', 'attractive', 'indifferent', 'reverse', 'questionable'] as const),
        ),
      }),
      (fields) => {
        expect(suggest({ ...fields, class: 'implied', impliedBy: 'law' })?.does).not.toBe(
          'decline',
        );
      },
    ),
  );
});

test('a decision is to be looked at again from its day on', () => {
  const decided = { decision: 'meet', reviewOn: '2027-03-01' } as const;
  expect(isReviewDue(decided, '2027-02-28')).toBe(false);
  expect(isReviewDue(decided, '2027-03-01')).toBe(true);
  expect(isReviewDue({ reviewOn: '2027-03-01' }, '2027-04-01')).toBe(false);
});
