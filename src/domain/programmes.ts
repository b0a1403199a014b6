// Draws that come again: a programme as it is read from its record, and the days it is due on.
import { type DrawUnit, MOST_DRAWN, type Strata } from './draws.ts';
import type { Fields } from './fields.ts';

export type Every = 'week' | 'month' | 'quarter';

/** What a person chooses of a programme. */
export type ProgrammePlan = {
  name: string;
  unit: DrawUnit;
  filter: Readonly<Record<string, readonly string[]>>;
  strata: Strata;
  /** How many each time; all, where there are fewer. */
  size: number;
  blind: boolean;
  /** Empty: whoever may. */
  reviewers: readonly string[];
  every: Every;
  /** Day of the first draw, ISO. */
  from: string;
  /** Days after the draw until which its reviews are due. */
  dueIn: number;
};

export type Programme = ProgrammePlan & { id: string; stopped: boolean };

export const LONGEST_DUE_IN = 366;

const LONGEST_NAME = 200;

/** null: not enough of it is here to draw by. What a browser wrote without sense is cut to what has. */
export function programmeOf(id: string, fields: Fields<'programme'>): Programme | null {
  const { unit, size, every, from } = fields;
  if (unit === undefined || size === undefined || fields.deleted === true) return null;
  if (every === undefined || from === undefined) return null;
  return {
    ...{ id, unit, size: Math.min(size, MOST_DRAWN), every, from, filter: fields.filter ?? {} },
    name: (fields.name ?? '').slice(0, LONGEST_NAME),
    ...{ strata: fields.strata ?? 'none', blind: fields.blind ?? false },
    ...{ reviewers: fields.reviewers ?? [], dueIn: Math.min(fields.dueIn ?? 30, LONGEST_DUE_IN) },
    stopped: fields.stopped ?? false,
  };
}

/**
 * The n-th day it is due on, 0 being the first. A month without that day has it on its last: the
 * 31st of January is followed by the 28th or 29th of February, and by the 31st of March.
 */
export function dueDay({ from, every }: Pick<Programme, 'from' | 'every'>, n: number): string {
  const [year = 0, month = 1, day = 1] = from.split('-').map(Number);
  if (every === 'week') return isoDay(Date.UTC(year, month - 1, day + 7 * n));
  const months = month - 1 + n * (every === 'month' ? 1 : 3);
  const last = new Date(Date.UTC(year, months + 1, 0)).getUTCDate();
  return isoDay(Date.UTC(year, months, Math.min(day, last)));
}

/** The newest day up to `today` it was due on, or null before the first. */
export function lastDue(plan: Pick<Programme, 'from' | 'every'>, today: string): string | null {
  const n = dueCount(plan, today);
  return n === 0 ? null : dueDay(plan, n - 1);
}

/** The first day after `today` it is due on. */
export function nextDue(plan: Pick<Programme, 'from' | 'every'>, today: string): string {
  return dueDay(plan, dueCount(plan, today));
}

/** On how many days up to `today` it was due. */
export function dueCount(plan: Pick<Programme, 'from' | 'every'>, today: string): number {
  if (today < plan.from) return 0;
  const days = (Date.parse(today) - Date.parse(plan.from)) / DAY_MS;
  // A guess from below by the longest such time, then on from there.
  let n = Math.floor(days / LONGEST[plan.every]);
  while (dueDay(plan, n) <= today) n += 1;
  return n;
}

/** The day, in UTC. */
export function isoDay(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

const DAY_MS = 24 * 60 * 60 * 1000;
const LONGEST: Readonly<Record<Every, number>> = { week: 7, month: 31, quarter: 92 };
