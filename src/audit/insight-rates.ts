// The rates of insight, each with how sure it is: the same for the page and for its tables as files.
// Not in index.ts: one page and one route need it.
import type { Grievances, Improvements, Outcomes, Promises } from '../domain/insight.ts';
import { type Rate, wilson } from './interval.ts';
import type { Quadrant } from './scores.ts';

/** Those reviewed and placed, among all there are; `population` null: not counted. */
export type PlacedCounts = {
  readonly placed: number;
  readonly population: number | null;
  readonly quadrants: Readonly<Record<Quadrant, number>>;
};

/** The share of a quarter. What was merged or erased since may leave fewer than were reviewed. */
export function quadrantRate(counts: PlacedCounts, quadrant: Quadrant): Rate {
  const { placed, population, quadrants } = counts;
  const isPart = population !== null && population >= placed;
  return wilson(quadrants[quadrant], placed, isPart ? { population } : {});
}

export function total<K extends string>(
  rows: readonly { readonly [key in K]: number }[],
  ...keys: K[]
): number {
  return rows.reduce((all, row) => keys.reduce((sum, key) => sum + row[key], all), 0);
}

/** Met or exceeded, of what was settled. */
export function satisfiedRate(rows: readonly Outcomes[]): Rate {
  const kept = total(rows, 'met', 'exceeded');
  return wilson(kept, kept + total(rows, 'missed'));
}

export function missedRate(rows: readonly Outcomes[]): Rate {
  const missed = total(rows, 'missed');
  return wilson(missed, missed + total(rows, 'met', 'exceeded'));
}

/** Kept, of those that were kept, broken, or are open past their day. */
export function promiseRate(rows: readonly Promises[]): Rate {
  const kept = total(rows, 'kept');
  return wilson(kept, kept + total(rows, 'broken', 'overdue'));
}

/** Answered in time, of those that were answered, or wait for longer already. */
export function grievanceRate(rows: readonly Grievances[]): Rate {
  const inTime = total(rows, 'inTime');
  return wilson(inTime, inTime + total(rows, 'late'));
}

/** It helped, of those that somebody has looked at again. */
export function effectiveRate({ effective, ineffective }: Improvements): Rate {
  return wilson(effective, effective + ineffective);
}
