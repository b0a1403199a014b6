// What the charts show, as rows: for their tables and for drawing them. Pure.
import {
  effectiveRate,
  grievanceRate,
  promiseRate,
  quadrantRate,
  satisfiedRate,
} from '../../audit/insight-rates.ts';
import type { Rate } from '../../audit/interval.ts';
import { type Step, stepsFrom } from '../../domain/insight.ts';
import type { Insight, QuadrantName } from './calls.ts';
import { say } from './words.ts';

export const QUADRANTS: readonly QuadrantName[] = [
  ...(['happy-below-ours', 'good', 'poor', 'unhappy-above-ours'] as const),
];

export type Glance = { readonly name: string; readonly rate: Rate };

/** Every rate of the page; the ones with nothing to go by, too. */
export function glancesOf(insight: Insight): Glance[] {
  const { glance } = say;
  return [
    { name: glance.below, rate: quadrantRate(insight.story, 'happy-below-ours') },
    { name: glance.settled, rate: satisfiedRate(insight.classes) },
    { name: glance.promises, rate: promiseRate(insight.promises) },
    { name: glance.grievances, rate: grievanceRate(insight.grievances) },
    { name: glance.improvements, rate: effectiveRate(insight.improvements) },
  ];
}

export type KeptRow = {
  readonly begin: number;
  readonly what: 'promises' | 'grievances';
  readonly rate: Rate;
  /** Says nothing yet, or cannot be told. */
  readonly open: number;
};

export function keptRows({ promises, grievances }: Insight): KeptRow[] {
  const rows: KeptRow[] = [
    ...promises.map((row) => ({
      ...{ begin: row.begin, what: 'promises' as const, rate: promiseRate([row]), open: row.open },
    })),
    ...grievances.map((row) => ({
      ...{ begin: row.begin, what: 'grievances' as const, rate: grievanceRate([row]) },
      open: row.waiting + row.over,
    })),
  ];
  return rows.sort((a, b) => a.begin - b.begin || (a.what > b.what ? -1 : 1));
}

/** The steps of a chart, none left out between the first and the last that has something. */
export function axisOf(step: Step, rows: readonly { readonly begin: number }[]): number[] {
  const begins = rows.map(({ begin }) => begin);
  if (begins.length === 0) return [];
  return stepsFrom(step, Math.min(...begins), Math.max(...begins));
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** "Mar 2026", "4 Mar 2026", "2026 Q1", "2026". */
export function stepName(step: Step, begin: number): string {
  const day = new Date(begin);
  const [year, month] = [day.getUTCFullYear(), day.getUTCMonth()];
  switch (step) {
    case 'week':
      return `${day.getUTCDate()} ${MONTHS[month]} ${year}`;
    case 'month':
      return `${MONTHS[month]} ${year}`;
    case 'quarter':
      return `${year} Q${1 + month / 3}`;
    case 'year':
      return String(year);
  }
}
