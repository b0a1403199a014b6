import type { AgreementShown, CalibrationHead } from './calls.ts';

const number = (value: number) => value.toLocaleString('en-GB');
/** With a space that no line ends at. */
const percent = (part: number) => `${Math.round(100 * part)}\u00a0%`;
const two = (value: number) => value.toFixed(2).replace('-', '−');
const units = {
  project: ['project', 'projects'],
  customer: ['customer', 'customers'],
  call: ['call', 'calls'],
} as const;

type Rate = { hits: number; n: number; rate: number | null; low: number; high: number };

/** Landis and Koch 1977, in plain words. */
const strengths: readonly (readonly [upTo: number, words: string])[] = [
  [-0.01, 'They agree less often than chance would have them.'],
  [0.2, 'They agree hardly more often than chance would have them.'],
  [0.4, 'They agree somewhat more often than by chance.'],
  [0.6, 'They agree moderately.'],
  [0.8, 'They agree well.'],
  [Number.POSITIVE_INFINITY, 'They agree very well.'],
];
/** An interval that is wider says little. */
const WIDE = 0.4;

export const say = {
  title: 'Calibration',
  why: 'The same projects, reviewed by several of you without seeing what the others say. How far you agree says how far a score depends on who gave it.',
  reading: 'Reading the calibrations…',
  notYours: 'Managers, admins and auditors see this. Ask one of them.',
  none: 'No calibration has been drawn yet. Plan a draw, choose two reviewers or more, and make it a calibration.',
  plan: 'Plan a draw',
  back: 'All calibrations',
  toDraw: 'The draw',
  counted: (count: number, unit: CalibrationHead['unit']) =>
    `${number(count)} ${units[unit][count === 1 ? 0 : 1]}`,
  done: (done: number, of: number) => `${number(done)} of ${number(of)} reviews finished`,
  gone: (count: number) =>
    `${number(count)} of those drawn ${count === 1 ? 'is' : 'are'} not there any more and ${count === 1 ? 'does' : 'do'} not count.`,
  progress: 'Who has finished',
  reviewer: 'Reviewer',
  finished: 'Finished',
  of: (done: number, all: number) => `${number(done)} of ${number(all)}`,
  left: 'left, or may not review any more',
  noNames: 'Figures about one person are switched off here: reviewers have letters.',
  letter: (letter: string) => `Reviewer ${letter}`,
  unnamed: 'No name any more',
  waits: {
    'not-drawn': 'This is announced and not drawn yet.',
    abandoned: 'This draw was abandoned, so nothing is compared.',
    own: 'Finish your own reviews first. Then you see how the others judged.',
    others: 'The others have not finished yet. Until then nobody sees what was said.',
    'too-few': 'Fewer than two reviewers finished all of it, so there is nothing to compare.',
  } satisfies Record<NonNullable<CalibrationHead['waits']>, string>,
  ready: 'Finished',
  side: 'Judged',
  sides: { ours: 'against our standard', theirs: 'against what the customer asked for' },
  overall: 'All standards together',
  overallWhy: 'Each judgement counts as met or missed.',
  compared: (subjects: number, reviewers: number, unit: CalibrationHead['unit']) =>
    `${number(reviewers)} reviewers, ${say.counted(subjects, unit)}.`,
  same: 'All said the same',
  rate: ({ hits, n, rate, low, high }: Rate) =>
    rate === null
      ? 'nothing judged by all'
      : `${number(hits)} of ${number(n)} (${percent(rate)}; ${percent(low)} to ${percent(high)})`,
  kappa: 'Kappa',
  kappaOf: ({ kappa, low, high, n }: AgreementShown) => {
    if (kappa === null) return 'not defined';
    const interval = low === null || high === null ? 'no interval' : `${two(low)} to ${two(high)}`;
    return `${two(kappa)} (${interval}; n ${number(n)})`;
  },
  means: 'What it means',
  meaning: ({ kappa, low, high, why }: AgreementShown): string => {
    switch (why) {
      case 'nothing':
        return 'Nothing was judged by all of them.';
      case 'one-category':
        return 'All said the same of everything. That may be agreement or habit: there is nothing else to compare it with.';
      case 'all-agree':
        return 'They agreed each time. How surely that holds for others, the share beside says.';
      case 'one-subject':
        return 'One alone says nothing about others.';
      case 'one-decides':
        return 'It hangs on a single one: too few differ to say how far it is off.';
      case null: {
        const shown = Math.round(100 * (kappa ?? 0)) / 100;
        const words = strengths.find(([upTo]) => shown <= upTo)?.[1] ?? '';
        if (low === null || high === null) return words;
        if (low <= 0) return `${words} It may be chance alone: review more.`;
        return high - low > WIDE ? `${words} With so few it may be far off.` : words;
      }
    }
  },
  standard: 'Standard',
  version: (version: number) => `version ${version}`,
  apart: (count: number) =>
    `${number(count)} × not all said that it applies or was asked for; left out of kappa`,
  standards: 'Standard by standard',
  noStandards: 'No standard was held against this.',
  differences: 'Where you differ most',
  showMore: (count: number) => `Show ${number(count)} more`,
  noDifferences: 'You said the same everywhere.',
  differenceWhy:
    'Read these together: what did each of you see, and does the standard say it plainly enough?',
  ours: 'Ours',
  theirs: 'Customer’s',
  notApplicable: 'does not apply',
  notJudged: 'not judged',
  notAsked: 'not asked for',
  yes: 'yes',
  no: 'no',
  noReason: 'No reason given.',
  story: (name: string) => `Story of ${name}`,
  reading2: 'How to read this',
  howTo: [
    'Kappa is how much they agree beyond what chance would give: 0 is chance, 1 is always. For two reviewers it is Cohen’s, for more Fleiss’.',
    'On scales, neighbouring points agree partly (linear weights). A number counts as met or missed.',
    'In brackets stands where it lies with 95 % confidence, and how many judgements it comes from. Judgements of one project hang together: together they count as one.',
    'The words are those of Landis and Koch (1977), who chose them freely.',
  ],
};
