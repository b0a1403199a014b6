import { AuditError } from './normal.ts';

/** One standard as it was judged; `value` null: not applicable. */
export type Judged = {
  readonly value: number | null;
  /** Least and best value of its scale; for a number, 0 and the target. */
  readonly worst: number;
  readonly best: number;
  /** 0 or more; 0 counts for nothing, but is shown. */
  readonly weight: number;
  /** A critical one that is missed wholly makes the whole score 0. */
  readonly critical: boolean;
};

export type Score = {
  /** 0–100, or null where nothing that counts was applicable. */
  readonly score: number | null;
  /** How many counted, and how many did not apply. */
  readonly counted: number;
  readonly notApplicable: number;
  /** A critical standard was missed. */
  readonly critical: boolean;
};

/**
 * The weighted mean of what was reached, in percent of the best. What does not apply is left out of
 * both sums, so that it neither helps nor harms.
 * @throws AuditError for a negative weight or a scale without extent.
 */
export function scoreOf(judged: readonly Judged[]): Score {
  let [reached, weights, counted, notApplicable] = [0, 0, 0, 0];
  let critical = false;
  for (const { value, worst, best, weight, critical: isCritical } of judged) {
    if (!(weight >= 0 && Number.isFinite(weight))) {
      throw new AuditError(`A weight has to be 0 or more, not ${weight}.`);
    }
    if (worst === best) throw new AuditError('The best of a scale has to differ from its worst.');
    if (value === null) {
      notApplicable += 1;
      continue;
    }
    const part = Math.min(1, Math.max(0, (value - worst) / (best - worst)));
    if (isCritical && part === 0) critical = true;
    if (weight === 0) continue;
    counted += 1;
    reached += weight * part;
    weights += weight;
  }
  const score = weights === 0 ? null : critical ? 0 : (100 * reached) / weights;
  return { score, counted, notApplicable, critical };
}

/** Where a project stands between the two measures; `bound`: what is good enough, each in percent. */
export type Quadrant = 'good' | 'happy-below-ours' | 'unhappy-above-ours' | 'poor';

export function quadrantOf(
  satisfaction: number,
  ours: number,
  bound: { readonly satisfaction: number; readonly ours: number },
): Quadrant {
  const isHappy = satisfaction >= bound.satisfaction;
  const isOurs = ours >= bound.ours;
  if (isHappy) return isOurs ? 'good' : 'happy-below-ours';
  return isOurs ? 'unhappy-above-ours' : 'poor';
}
