// Both scores of a review: ours and the customer's.
import { expect, test } from 'vitest';
import { reviewScores } from '../../src/audit/index.ts';
import type { StandardVersion } from '../../src/domain/index.ts';

const standard = (id: string, more: Partial<StandardVersion> = {}): StandardVersion => ({
  ...{ id, version: 1, name: id, text: '', judgement: 'yes-no', anchors: [], unit: '' },
  ...{ better: 'more', ourTarget: 1, customerTarget: 1, weight: 1, critical: false },
  ...{ mayNotApply: true, causes: [], clause: '', ...more },
});
const said = (ours: number | null, theirs: number | null = null) => ({
  applies: true,
  ours,
  theirs,
});
const notApplicable = { applies: false, ours: null, theirs: null };

const hours = standard('hours', {
  ...{
    judgement: 'number',
    better: 'less',
    unit: 'hours',
    ourTarget: 4,
    customerTarget: 8,
    weight: 2,
  },
});

test('a number is what was measured, held against our target and the customer’s', () => {
  const { ours, theirs } = reviewScores([hours], { hours: said(6, 6) });
  // From twice the target, 8 hours, down to 4: half of the way.
  expect(ours).toMatchObject({ score: 50, counted: 1, why: null });
  expect(theirs).toMatchObject({ score: 100, counted: 1, why: null });
});

test('weights count on both sides, and what does not apply on none', () => {
  const standards = [hours, standard('yes'), standard('else', { weight: 5 })];
  const { ours, theirs } = reviewScores(standards, {
    ...{ hours: said(6, 6), yes: said(1, 0), else: notApplicable },
  });
  expect(ours.score).toBeCloseTo((100 * (2 * 0.5 + 1)) / 3);
  expect(theirs.score).toBeCloseTo((100 * 2) / 3);
  expect([ours.notApplicable, theirs.notApplicable]).toEqual([1, 1]);
});

test('without a customer’s target the customer’s side is not judged, whatever was said', () => {
  const own = standard('own', { customerTarget: null });
  const { ours, theirs } = reviewScores([own], { own: said(1, 1) });
  expect(ours.score).toBe(100);
  expect(theirs).toMatchObject({ score: null, notJudged: 1, why: 'nothing-judged' });
});

test('a number without a target of ours is measured and not judged', () => {
  const open = standard('open', { judgement: 'number', ourTarget: null });
  expect(reviewScores([open], { open: said(3, 3) }).ours.why).toBe('nothing-judged');
});

test('why there is no score is said', () => {
  const light = standard('light', { weight: 0 });
  expect(reviewScores([], {}).ours.why).toBe('nothing-judged');
  expect(reviewScores([light], {}).ours.why).toBe('nothing-judged');
  expect(reviewScores([light], { light: notApplicable }).ours.why).toBe('nothing-applies');
  expect(reviewScores([light], { light: said(0, 0) }).ours).toMatchObject({
    score: null,
    why: 'no-weight',
  });
});

test('a critical standard that was missed makes the whole score 0, also with a weight of 0', () => {
  const critical = standard('critical', { critical: true, weight: 0 });
  const { ours, theirs } = reviewScores([critical, standard('yes')], {
    ...{ critical: said(0, 1), yes: said(1, 1) },
  });
  expect(ours).toMatchObject({ score: 0, critical: true });
  expect(theirs).toMatchObject({ score: 100, critical: false });
});

test('a standard that is named like what every object has is no score', () => {
  const odd = standard('constructor');
  expect(reviewScores([odd], {}).ours).toMatchObject({ score: null, notJudged: 1 });
});
