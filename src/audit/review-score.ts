import { type StandardVersion, scaleOf } from '../domain/standards.ts';
import { type Judged, type Score, scoreOf } from './scores.ts';

/** What was said of one standard; see the kind "review". */
type Said = {
  readonly applies: boolean;
  readonly ours: number | null;
  readonly theirs: number | null;
};

export type Side = 'ours' | 'theirs';

export type SideScore = Score & {
  /** Standards that apply and were not held against this measure. */
  readonly notJudged: number;
  /**
   * Why there is no score: 'nothing-judged', 'nothing-applies', or 'no-weight' (all that was judged
   * counts for nothing).
   */
  readonly why: 'nothing-judged' | 'nothing-applies' | 'no-weight' | null;
};

export type ReviewScores = { readonly ours: SideScore; readonly theirs: SideScore };

/**
 * Both scores of a review, 0–100. A number is what was measured, held against our target and the
 * customer's; a standard without a target of that side is not judged by that side, except that ours
 * needs none where it is a yes or a scale. Scores of standards that are not given count for nothing.
 */
export function reviewScores(
  standards: readonly StandardVersion[],
  scores: { readonly [standard: string]: Said | undefined },
): ReviewScores {
  return {
    ours: sideScore(standards, scores, 'ours'),
    theirs: sideScore(standards, scores, 'theirs'),
  };
}

function sideScore(
  standards: readonly StandardVersion[],
  scores: { readonly [standard: string]: Said | undefined },
  side: Side,
): SideScore {
  const judged: Judged[] = [];
  let notJudged = 0;
  for (const standard of standards) {
    const said = Object.hasOwn(scores, standard.id) ? scores[standard.id] : undefined;
    const target = targetOf(standard, side);
    const { weight, critical } = standard;
    const [worst, best] = scaleOf(standard, target);
    if (said?.applies === false) judged.push({ value: null, worst, best, weight, critical });
    else if (said == null || said[side] === null || !isJudgedBy(standard, side)) notJudged += 1;
    else judged.push({ value: said[side], worst, best, weight, critical });
  }
  const score = scoreOf(judged);
  return { ...score, notJudged, why: whyNone(score, judged.length, notJudged) };
}

/** Whether a standard can be held against this measure at all. */
export function isJudgedBy(standard: StandardVersion, side: Side): boolean {
  if (side === 'theirs') return standard.customerTarget !== null;
  return standard.judgement !== 'number' || standard.ourTarget !== null;
}

function targetOf(standard: StandardVersion, side: Side): number | null {
  return side === 'ours' ? standard.ourTarget : standard.customerTarget;
}

function whyNone(score: Score, judged: number, notJudged: number): SideScore['why'] {
  if (score.score !== null) return null;
  if (judged > score.notApplicable) return 'no-weight';
  return notJudged === 0 && judged > 0 ? 'nothing-applies' : 'nothing-judged';
}
