// How far reviewers of the same projects agree: against Cohen's and Fleiss' kappa of the same table,
// and what cannot be said is said so.
import { expect, test } from 'vitest';
import { calibrationOf, cohen, wilson } from '../../src/audit/index.ts';
import type { ScoreEntry, StandardVersion } from '../../src/domain/index.ts';

const standard = (id: string, more: Partial<StandardVersion> = {}): StandardVersion => ({
  ...{ id, version: 1, name: id, text: '', judgement: 'yes-no', anchors: [], unit: '' },
  ...{ better: 'more', ourTarget: 1, customerTarget: null, weight: 1, critical: false },
  ...{ mayNotApply: true, causes: [], clause: '' },
  ...more,
});
const said = (ours: number | null, theirs: number | null = null): ScoreEntry => ({
  ...{ applies: true, ours, theirs },
});
const notApplicable: ScoreEntry = { applies: false, ours: null, theirs: null };

/** rows[subject][reviewer]: what they said of the one standard. */
function of(one: StandardVersion, rows: (ScoreEntry | null)[][], population = 1_000) {
  const reviewers = rows[0]?.map((_, at) => `reviewer ${at}`) ?? [];
  const reviews = rows.flatMap((row, subject) =>
    row.map((entry, at) => ({
      ...{ subject: `subject ${subject}`, reviewer: reviewers[at] ?? null },
      scores: entry === null ? {} : { [one.id]: entry },
    })),
  );
  return calibrationOf({ reviewers, reviews, standards: [one], population });
}

test('two reviewers: Cohen’s kappa, how often they said the same, and its interval', () => {
  const rows = [
    ...Array.from({ length: 10 }, () => [said(1), said(1)]),
    ...Array.from({ length: 6 }, () => [said(0), said(0)]),
    ...Array.from({ length: 4 }, () => [said(1), said(0)]),
  ];
  const { subjects, ours, theirs } = of(standard('a'), rows, 40);
  const expected = cohen([
    [6, 0],
    [4, 10],
  ]);
  expect(subjects).toBe(20);
  expect(ours.standards).toEqual([
    {
      standard: 'a',
      apart: 0,
      none: 0,
      same: wilson(16, 20, { population: 40 }),
      agreement: expected,
    },
  ]);
  expect(ours.overall.agreement.kappa).toBeCloseTo(expected.kappa ?? 0, 12);
  // Nobody asked what the customer asked for: the standard has no such target.
  expect(theirs.standards).toEqual([]);
  expect(theirs.overall.agreement).toMatchObject({ n: 0, kappa: null, why: 'nothing' });
});

test('of a scale neighbours agree partly; overall counts met or missed', () => {
  const scale = standard('s', { judgement: 'scale', ourTarget: 4, customerTarget: 3 });
  const near = of(scale, [
    [said(4, 3), said(5, 3)],
    [said(1, 1), said(2, 2)],
    [said(3, 3), said(3, 4)],
  ]);
  const far = of(scale, [
    [said(4, 3), said(1, 3)],
    [said(1, 1), said(4, 2)],
    [said(3, 3), said(3, 4)],
  ]);
  const kappa = ({ ours }: typeof near) => ours.standards[0]?.agreement.kappa ?? 0;
  expect(kappa(near)).toBeGreaterThan(kappa(far));
  expect(near.ours.standards[0]?.same).toMatchObject({ hits: 1, n: 3 });
  // 4 and 5 both meet ours, 1 and 2 both miss it.
  expect(near.ours.overall.same).toMatchObject({ hits: 3, n: 3 });
  expect(near.theirs.overall.same).toMatchObject({ hits: 3, n: 3 });
});

test('a number is met or missed; the target of the other side is another one', () => {
  const hours = standard('h', {
    ...{ judgement: 'number', better: 'less', unit: 'hours', ourTarget: 4, customerTarget: 24 },
  });
  const { ours, theirs, differences } = of(hours, [
    [said(3, 3), said(5, 5)],
    [said(30, 30), said(40, 40)],
  ]);
  expect(ours.standards[0]?.same).toMatchObject({ hits: 1, n: 2 });
  expect(theirs.standards[0]?.same).toMatchObject({ hits: 2, n: 2 });
  // Met and missed is further apart than two misses.
  expect(differences.map(({ subject, apart }) => [subject, apart])).toEqual([
    ['subject 0', 1],
    ['subject 1', 0.125],
  ]);
});

test('one says it does not apply: counted apart, and first among the differences', () => {
  const { ours, differences } = of(standard('a', { judgement: 'scale', ourTarget: 3 }), [
    [said(3), said(4)],
    [said(3), notApplicable],
    [notApplicable, notApplicable],
    [said(3), said(3)],
    [null, said(2)],
  ]);
  expect(ours.standards).toMatchObject([{ apart: 2, none: 1, same: { hits: 1, n: 2 } }]);
  expect(differences.map(({ subject }) => subject)).toEqual([
    'subject 1',
    'subject 4',
    'subject 0',
  ]);
  expect(differences[0]?.said).toEqual([said(3), notApplicable]);
});

test('a subject that one of them has not reviewed does not count', () => {
  const one = standard('a');
  const review = (subject: string, reviewer: string) => ({
    ...{ subject, reviewer, scores: { a: said(1) } },
  });
  const { subjects, ours } = calibrationOf({
    ...{ reviewers: ['r', 's', 't'], standards: [one], population: 10 },
    reviews: ['r', 's', 't'].map((name) => review('x', name)).concat(review('y', 'r')),
  });
  expect(subjects).toBe(1);
  expect(ours.standards).toMatchObject([
    { same: { hits: 1, n: 1 }, agreement: { n: 1, kappa: null, why: 'one-category' } },
  ]);
});

test('nothing reviewed, no standard: said so and no error', () => {
  const nothing = calibrationOf({
    reviewers: ['r', 's'],
    reviews: [],
    standards: [],
    population: 0,
  });
  expect(nothing).toMatchObject({ subjects: 0, differences: [] });
  expect(nothing.ours.overall).toMatchObject({
    same: { n: 0, rate: null },
    agreement: { why: 'nothing' },
  });
});

test('many judgements of few projects do not make the interval narrow', () => {
  const standards = Array.from({ length: 20 }, (_, at) => standard(`s${at}`));
  const scores = (yes: boolean) =>
    Object.fromEntries(standards.map(({ id }, at) => [id, said(yes || at % 2 === 0 ? 1 : 0)]));
  const reviews = [0, 1, 2, 3].flatMap((subject) => [
    { subject: `${subject}`, reviewer: 'r', scores: scores(true) },
    { subject: `${subject}`, reviewer: 's', scores: scores(subject < 2) },
  ]);
  const { ours } = calibrationOf({ reviewers: ['r', 's'], reviews, standards, population: 500 });
  expect(ours.overall.same).toMatchObject({ hits: 60, n: 80, rate: 0.75 });
  // As 3 of 4, not as 60 of 80.
  expect(ours.overall.same.low).toBeLessThan(0.35);
});
