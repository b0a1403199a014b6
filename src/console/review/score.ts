// One standard as it is being judged: what a key or a click makes of it, and how it is said.
import { isJudgedBy, type Side } from '../../audit/review-score.ts';
import { type DraftScore, NOT_SCORED } from '../../domain/reviews.ts';
import type { StandardVersion } from '../../domain/standards.ts';
import { say } from './words.ts';

export type { Side } from '../../audit/review-score.ts';

/** Sides that can be scored one by one; of a number both are what was measured. */
export function sidesOf(standard: StandardVersion, said: DraftScore): Side[] {
  if (standard.judgement === 'number') return ['ours'];
  const isAsked = isJudgedBy(standard, 'theirs') && said.asked;
  return isAsked ? ['ours', 'theirs'] : ['ours'];
}

/** `value` null takes it back. */
export function judged(
  standard: StandardVersion,
  said: DraftScore,
  side: Side,
  value: number | null,
): DraftScore {
  const next = { ...said, applies: true };
  if (standard.judgement === 'number') {
    const isAsked = isJudgedBy(standard, 'theirs') && said.asked;
    return { ...next, ours: value, theirs: isAsked ? value : null };
  }
  return side === 'ours' ? { ...next, ours: value } : { ...next, theirs: value, asked: true };
}

export function askedFor(standard: StandardVersion, said: DraftScore, asked: boolean): DraftScore {
  const isNumber = standard.judgement === 'number';
  return { ...said, asked, theirs: asked && isNumber ? said.ours : null };
}

/** What was judged before is gone: it did not apply. */
export function applying(said: DraftScore, applies: boolean): DraftScore {
  return { ...NOT_SCORED, applies, text: said.text, cause: said.cause };
}

/** What a key judges; null: it is none of this standard's. */
export function valueOfKey({ judgement }: StandardVersion, key: string): number | null {
  if (judgement === 'yes-no') return /^y$/i.test(key) ? 1 : /^n$/i.test(key) ? 0 : null;
  return judgement === 'scale' && /^[1-5]$/.test(key) ? Number(key) : null;
}

/** "at most 4 hours", "yes"; '' where none is set. */
export function targetSaid(standard: StandardVersion, side: Side): string {
  const target = side === 'ours' ? standard.ourTarget : standard.customerTarget;
  if (target === null) return '';
  const { judgement, better, unit, anchors } = standard;
  if (judgement === 'yes-no') return (target === 1 ? say.yes : say.no).toLowerCase();
  if (judgement === 'scale') return say.point(target, anchors[target - 1] ?? '');
  return better === 'less' ? say.atMost(target, unit) : say.atLeast(target, unit);
}

/** "yes", "4: kind", "6 hours". */
export function valueSaid({ judgement, unit, anchors }: StandardVersion, value: number): string {
  if (judgement === 'yes-no') return (value === 1 ? say.yes : say.no).toLowerCase();
  return judgement === 'scale'
    ? say.point(value, anchors[value - 1] ?? '')
    : say.value(value, unit);
}

/** Whether what was said reaches the target; null: nothing was said, or there is no target. */
export function isMet(standard: StandardVersion, said: DraftScore, side: Side): boolean | null {
  const target = side === 'ours' ? standard.ourTarget : standard.customerTarget;
  const value = said[side];
  if (!said.applies || value === null || target === null) return null;
  const isLess = standard.judgement === 'number' && standard.better === 'less';
  return isLess ? value <= target : value >= target;
}

/** "2,5" is what much of Europe types; null: that is no number. */
export function numberTyped(text: string): number | null {
  const trimmed = text.trim().replace(',', '.');
  return /^-?\d+(\.\d+)?$/.test(trimmed) ? Number(trimmed) : null;
}
