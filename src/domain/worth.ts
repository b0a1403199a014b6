// Whether exceeding, meeting or declining an expectation is worth it: three ratings with words for
// each step, their place in a matrix of three by three, and what that suggests. The person decides.
import type { Fields } from './fields.ts';

export type Rating = 1 | 2 | 3 | 4 | 5;
export const RATINGS: readonly Rating[] = [1, 2, 3, 4, 5];
export type RatingName = 'value' | 'effort' | 'likelihood';
export const RATING_NAMES: readonly RatingName[] = ['value', 'effort', 'likelihood'];

/** What the steps 1 to 5 mean, so that two people mean the same by a number. */
export const ANCHORS: Readonly<
  Record<RatingName, readonly [string, string, string, string, string]>
> = {
  value: [
    'they would hardly notice',
    'nice to have',
    'they would be pleased',
    'they would tell others',
    'they stay or leave for it',
  ],
  effort: [
    'minutes, by the way',
    'hours of one person',
    'days of one person',
    'weeks, or several people',
    'months, or a change of how we work',
  ],
  likelihood: [
    'a guess, nothing points to it',
    'a faint sign',
    'as likely as not',
    'several signs',
    'they said so, or anybody would',
  ],
};

/** 1–2, 3, 4–5 */
export type Band = 'low' | 'middle' | 'high';
export const BANDS: readonly Band[] = ['low', 'middle', 'high'];

export function bandOf(rating: number): Band {
  return rating <= 2 ? 'low' : rating === 3 ? 'middle' : 'high';
}

export type Decision = 'exceed' | 'meet' | 'decline';

/** Value to them → effort for us → what that alone suggests. */
export const MATRIX: Readonly<Record<Band, Readonly<Record<Band, Decision>>>> = {
  high: { low: 'exceed', middle: 'exceed', high: 'meet' },
  middle: { low: 'exceed', middle: 'meet', high: 'decline' },
  low: { low: 'meet', middle: 'decline', high: 'decline' },
};

export type Suggestion = {
  /** `ask`: before deciding. */
  does: Decision | 'ask';
  because: SuggestedBecause;
};

export type SuggestedBecause =
  | `${Band}/${Band}`
  | 'law'
  | 'must-be'
  | 'reverse'
  | 'indifferent'
  | 'unsure';

/** Why, in words; "middle/high" stands for value middle, effort high. */
export const SUGGESTED_BECAUSE: Readonly<Record<SuggestedBecause, string>> = {
  'high/low': 'It means much to them and costs us little.',
  'high/middle': 'It means much to them, and the effort can be borne.',
  'high/high': 'It means much to them, but more than meeting it would cost too much.',
  'middle/low': 'It pleases them and costs us little.',
  'middle/middle': 'It pleases them as much as it costs us.',
  'middle/high': 'It costs us more than it pleases them.',
  'low/low': 'They would hardly notice more, and it costs us little.',
  'low/middle': 'They would hardly notice, and it costs us something.',
  'low/high': 'They would hardly notice, and it costs us much.',
  law: 'The law asks for it: it cannot be declined.',
  'must-be': 'They take it for granted: missing it hurts, more of it pleases nobody.',
  reverse: 'Those asked would rather not have it.',
  indifferent: 'Those asked do not mind either way.',
  unsure: 'It would cost something, and hardly anything says yet that they expect it.',
};

/**
 * What the ratings suggest, and why. Needs value and effort; null without them. What is known besides
 * goes before: the law, Kano's category, and that a mere guess is worth a question first.
 */
export function suggest(e: Fields<'expectation'>): Suggestion | null {
  const place = matrixPlace(e);
  if (place === null) return null;
  const plain: Suggestion = {
    does: MATRIX[place.value][place.effort],
    because: `${place.value}/${place.effort}`,
  };
  if (e.impliedBy === 'law' && plain.does === 'decline') return { does: 'meet', because: 'law' };
  if (e.kano === 'reverse') {
    return e.impliedBy === 'law' ? plain : { does: 'decline', because: 'reverse' };
  }
  if (e.kano === 'must-be' && plain.does !== 'meet') return { does: 'meet', because: 'must-be' };
  if (e.kano === 'indifferent' && plain.does === 'exceed') {
    return { does: 'meet', because: 'indifferent' };
  }
  const unsure = e.likelihood !== undefined && e.likelihood <= 2 && e.stage !== 'confirmed';
  if (unsure && place.effort !== 'low' && plain.does !== 'decline') {
    return { does: 'ask', because: 'unsure' };
  }
  return plain;
}

/** Where it stands in the matrix; null while value or effort is not rated. */
export function matrixPlace({
  value,
  effort,
}: Fields<'expectation'>): { value: Band; effort: Band } | null {
  if (value === undefined || effort === undefined) return null;
  return { value: bandOf(value), effort: bandOf(effort) };
}

/** Whether the day to look at the decision again has come. Both days as YYYY-MM-DD. */
export function isReviewDue({ decision, reviewOn }: Fields<'expectation'>, today: string): boolean {
  return decision !== undefined && reviewOn !== undefined && reviewOn <= today;
}
