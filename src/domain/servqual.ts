// SERVQUAL: the five dimensions and the gap score of Parasuraman, Zeithaml and Berry (1988), "SERVQUAL:
// a multiple-item scale for measuring consumer perceptions of service quality", Journal of Retailing
// 64(1); the five gaps of the same authors (1985), "A conceptual model of service quality", Journal
// of Marketing 49(4).
import type * as z from 'zod/mini';
import { dimension } from './kinds.ts';

export type Dimension = z.output<typeof dimension>;
export const DIMENSIONS: readonly Dimension[] = dimension.options;

export type Gap = 1 | 2 | 3 | 4 | 5;
export const GAPS: readonly Gap[] = [1, 2, 3, 4, 5];

/** Where a miss began, in plain words. */
export const GAP_WORDS: Readonly<Record<Gap, string>> = {
  1: 'We did not know that they expect it',
  2: 'We knew, but our standard does not ask for it',
  3: 'Our standard asks for it, but we did not keep to it',
  4: 'We promised more than we delivered',
  5: 'We delivered it, but they saw it otherwise',
};

export function isGap(value: unknown): value is Gap {
  return (GAPS as readonly unknown[]).includes(value);
}

/** Perception minus expectation, P − E: below 0 the service fell short. Both on one scale. */
export function gapScore(expectation: number, perception: number): number {
  return perception - expectation;
}

export type ServqualItem = { dimension: Dimension; expectation: number; perception: number };
export type ServqualMeans = {
  /** Mean gap score and number of items; null for a dimension without items. */
  dimensions: Readonly<Record<Dimension, { gap: number; n: number } | null>>;
  /** Mean of the dimensions that have items, each weighing the same; null without any. */
  overall: number | null;
};

/** Mean gap score of each dimension. All items on one scale, such as 1 to 7. */
export function servqualMeans(items: readonly ServqualItem[]): ServqualMeans {
  const dimensions = Object.fromEntries(
    DIMENSIONS.map((name) => {
      const scores = items
        .filter((item) => item.dimension === name)
        .map(({ expectation, perception }) => gapScore(expectation, perception));
      return [name, scores.length === 0 ? null : { gap: mean(scores), n: scores.length }];
    }),
  ) as ServqualMeans['dimensions'];
  const gaps = Object.values(dimensions).flatMap((each) => (each === null ? [] : [each.gap]));
  return { dimensions, overall: gaps.length === 0 ? null : mean(gaps) };
}

/**
 * The overall score where customers shared out weights, such as 100 points, over the dimensions.
 * Null where nothing that was measured has a weight.
 */
export function weightedGap(
  { dimensions }: ServqualMeans,
  weights: Readonly<Partial<Record<Dimension, number>>>,
): number | null {
  let sum = 0;
  let total = 0;
  for (const name of DIMENSIONS) {
    const [measured, weight] = [dimensions[name], weights[name] ?? 0];
    if (measured === null || weight <= 0) continue;
    sum += measured.gap * weight;
    total += weight;
  }
  return total === 0 ? null : sum / total;
}

export type Miss = { dimension?: Dimension | undefined; gap?: number | undefined };

/** How many misses are of each dimension and gap; `unsaid`: those of which one is not known. */
export function missTable(misses: readonly Miss[]): {
  counts: Readonly<Record<Dimension, Readonly<Record<Gap, number>>>>;
  unsaid: number;
} {
  const counts = Object.fromEntries(
    DIMENSIONS.map((name) => [name, Object.fromEntries(GAPS.map((gap) => [gap, 0]))]),
  ) as Record<Dimension, Record<Gap, number>>;
  let unsaid = 0;
  for (const { dimension, gap } of misses) {
    if (dimension === undefined || !isGap(gap)) unsaid += 1;
    else counts[dimension][gap] += 1;
  }
  return { counts, unsaid };
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}
