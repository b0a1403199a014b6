// What worth, outcomes and Kano's questions are called, in one object per language.
import {
  ANCHORS,
  type Band,
  type Decision,
  type Dimension,
  GAP_WORDS,
  type Gap,
  type KanoAnswer,
  type KanoCategory,
  type RatingName,
  SUGGESTED_BECAUSE,
  type SuggestedBecause,
  type ZonePlace,
} from '../../domain/index.ts';

/** With a minus as wide as the plus. */
const written = (value: number, options: Intl.NumberFormatOptions) =>
  value.toLocaleString('en-GB', options).replace('-', '−');
const number = (value: number) => written(value, { maximumFractionDigits: 6 });
const signed = (value: number) =>
  written(value, { maximumFractionDigits: 6, signDisplay: 'exceptZero' });
const share = (value: number) =>
  written(value, { minimumFractionDigits: 2, maximumFractionDigits: 2 });

export const worthWords = {
  number,
  rating: {
    value: 'Value to them',
    effort: 'Effort for us',
    likelihood: 'How likely they expect it',
  } as Record<RatingName, string>,
  anchors: ANCHORS,
  /** One step of a rating. */
  step: (step: number, anchor: string) => `${step}, ${anchor}`,
  ends: (first: string, last: string) => `1: ${first}. 5: ${last}.`,
  clear: 'Clear',
  clearOf: (what: string) => `Clear: ${what}`,

  matrix: 'Where it stands',
  value: { high: 'Much value', middle: 'Some value', low: 'Little value' } as Record<Band, string>,
  effort: { low: 'little effort', middle: 'some effort', high: 'much effort' } as Record<
    Band,
    string
  >,
  here: 'here',
  notRated: 'Rate value and effort to see where it stands.',
  suggested: (does: string) => `Suggests: ${does}.`,
  ask: 'ask first',
  because: SUGGESTED_BECAUSE as Readonly<Record<SuggestedBecause, string>>,
  decision: { exceed: 'Exceed', meet: 'Meet', decline: 'Decline' } as Record<Decision, string>,

  dimension: {
    tangibles: 'What they see: rooms, things, papers',
    reliability: 'Keeping what was promised',
    responsiveness: 'Helping at once',
    assurance: 'Knowing our trade, earning trust',
    empathy: 'Caring for them as they are',
  } as Record<Dimension, string>,
  gap: GAP_WORDS as Readonly<Record<Gap, string>>,

  adequate: 'Just enough for them',
  desired: 'What they would like',
  perceived: 'What they got',
  zone: {
    below: 'Below what is just enough',
    within: 'Within what they tolerate',
    above: 'More than they would like',
  } as Record<ZonePlace, string>,
  zoneWords: (place: string, adequacy: number, superiority: number, unit: string) =>
    `${place}: ${signed(adequacy)}${unit} from just enough (MSA), ${signed(superiority)}${unit} from what they would like (MSS).`,

  /** "I like it that way" and so on: the answers that Kano's questions offer. */
  kanoAnswer: {
    like: 'I like it',
    'must-be': 'It must be so',
    neutral: 'I do not mind',
    'live-with': 'I can live with it',
    dislike: 'I dislike it',
  } as Record<KanoAnswer, string>,
  kano: {
    'must-be': 'Must be',
    'one-dimensional': 'The more the better',
    attractive: 'Attractive',
    indifferent: 'Indifferent',
    reverse: 'Reverse',
    questionable: 'Questionable',
  } as Record<KanoCategory, string>,
  kanoMeans: {
    'must-be': 'They take it for granted: missing it displeases, having it does not please.',
    'one-dimensional': 'It pleases when it is met and displeases when it is missed.',
    attractive: 'It pleases when it is met, and nobody misses it.',
    indifferent: 'They do not mind either way.',
    reverse: 'They would rather not have it.',
    questionable: 'The two answers contradict each other. Ask again in other words.',
  } as Record<KanoCategory, string>,
  kanoTable: 'How many answers say what',
  category: 'Category',
  count: 'Answers',
  /** Of the category that stands highest; several where they are tied. */
  most: (names: readonly string[], count: number, all: number) =>
    names.length === 1
      ? `${names[0]}, by ${count} of ${all}`
      : `Tied, by ${count} of ${all} each: ${names.join(', ')}`,
  coefficients: (better: number, worse: number, n: number) =>
    `Better ${share(better)}, worse ${share(worse)}, n = ${n}.`,
  coefficientsMean:
    'Better: how much meeting it pleases, 0 to 1. Worse: how much missing it displeases, 0 to −1. Reverse and questionable answers are left out.',
  noCoefficients:
    'No Better and Worse yet: only reverse and questionable answers, which say nothing of how much it pleases.',

  ambiguous: (one: string, other: string) =>
    `This could be ${one} or ${other}. Write it without a mark for thousands, or with two decimals.`,
  noNumber: 'This is no number. Write digits, such as 1200 or 0.5.',
  tooBig: 'This number is too big to be kept exactly.',
};
