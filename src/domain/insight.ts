// What a manager reads off many projects at once: pure sums over facts that somebody else has read
// (server/insight). Counts only; how sure a rate is, audit/interval.ts says. Times are ms since 1970,
// days and months those of UTC. Not in index.ts: no page's script needs all of it.
import { HAPPY_FROM } from './draws.ts';
import type { Id } from './id.ts';

/** What is good enough where nobody says otherwise, each of 100. */
export const USUAL_BOUND = { satisfaction: 100 * HAPPY_FROM, ours: 80 } as const;

/** As the records name them; null: nobody knows. */
export type AboutWhom = { customer: Id | null; project: Id | null };

/** An expectation that was missed, met or exceeded, and when. */
export type Settled = AboutWhom & {
  at: number;
  class: string | null;
  dimension: string | null;
  outcome: 'missed' | 'met' | 'exceeded';
};

/** A promise of ours that was not taken back. `due`: the end of its last day. */
export type Promised = AboutWhom & {
  written: number;
  due: number | null;
  state: 'open' | 'kept' | 'broken';
};

/** `over`: dealt with in a call, or became another record; when is not known. */
export type Aired = AboutWhom & { written: number; answered: number | null; over: boolean };

export type Improved = AboutWhom & {
  written: number;
  state: 'open' | 'done' | 'dropped';
  /** End of the day. */
  due: number | null;
  /** Whether it helped; null: nobody has looked. */
  effective: boolean | null;
};

/** From, and up to without; null: open. */
export type Span = { readonly from: number | null; readonly to: number | null };

export function isIn(at: number, { from, to }: Span): boolean {
  return (from === null || at >= from) && (to === null || at < to);
}

const DAY_MS = 86_400_000;

/** A date in ISO 8601 as the times of its day, UTC: [begin, end). */
export function dayOf(date: string): [begin: number, end: number] {
  const begin = Date.parse(`${date}T00:00:00Z`);
  return [begin, begin + DAY_MS];
}

export const STEPS = ['week', 'month', 'quarter', 'year'] as const;
export type Step = (typeof STEPS)[number];

/** The finest step with which so long a time still reads as one chart. */
export function stepFor(from: number, to: number): Step {
  const days = (to - from) / DAY_MS;
  return days <= 92 ? 'week' : days <= 731 ? 'month' : days <= 6 * 366 ? 'quarter' : 'year';
}

/** The beginning of the step that a time lies in; weeks begin on Monday (ISO 8601). */
export function beginOf(step: Step, at: number): number {
  const day = new Date(at);
  const year = day.getUTCFullYear();
  switch (step) {
    case 'week': {
      const midnight = Date.UTC(year, day.getUTCMonth(), day.getUTCDate());
      return midnight - ((day.getUTCDay() + 6) % 7) * DAY_MS;
    }
    case 'month':
      return Date.UTC(year, day.getUTCMonth(), 1);
    case 'quarter':
      return Date.UTC(year, day.getUTCMonth() - (day.getUTCMonth() % 3), 1);
    case 'year':
      return Date.UTC(year, 0, 1);
  }
}

/** The same for many: what begins a step is worked out once for each day. */
function begins(step: Step): (at: number) => number {
  const known = new Map<number, number>();
  return (at) => {
    const day = Math.floor(at / DAY_MS);
    const present = known.get(day);
    if (present !== undefined) return present;
    const begin = beginOf(step, at);
    known.set(day, begin);
    return begin;
  };
}

export function nextOf(step: Step, begin: number): number {
  const day = new Date(begin);
  const months = { week: 0, month: 1, quarter: 3, year: 12 }[step];
  if (months === 0) return begin + 7 * DAY_MS;
  return Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + months, 1);
}

/** The beginnings of all steps from the one of `from` up to the one of `to`, none left out. */
export function stepsFrom(step: Step, from: number, to: number): number[] {
  const all: number[] = [];
  for (let at = beginOf(step, from); at <= to; at = nextOf(step, at)) all.push(at);
  return all;
}

export type Outcomes = { missed: number; met: number; exceeded: number };
export type OutcomeRow = Outcomes & { begin: number; group: string };

/** In groups of a field; '' is what nobody said. Rows by time, then group; none without any. */
export function outcomesOver(
  settled: readonly Settled[],
  by: 'class' | 'dimension',
  step: Step,
): OutcomeRow[] {
  const begin = begins(step);
  const rows: OutcomeRow[] = [];
  const groups = new Map<string, Map<number, OutcomeRow>>();
  for (const one of settled) {
    const group = one[by] ?? '';
    const times = groups.get(group) ?? new Map<number, OutcomeRow>();
    if (times.size === 0) groups.set(group, times);
    const at = begin(one.at);
    let row = times.get(at);
    if (row === undefined) {
      row = { begin: at, group, missed: 0, met: 0, exceeded: 0 };
      times.set(at, row);
      rows.push(row);
    }
    row[one.outcome] += 1;
  }
  return rows.sort(
    (a, b) => a.begin - b.begin || (a.group < b.group ? -1 : a.group > b.group ? 1 : 0),
  );
}

export type Promises = {
  kept: number;
  broken: number;
  /** Open past its day: not kept, whatever comes. */
  overdue: number;
  /** Open, and not due yet or without a day: says nothing yet. */
  open: number;
};

export function promiseIs({ state, due }: Promised, now: number): keyof Promises {
  if (state !== 'open') return state;
  return due !== null && due <= now ? 'overdue' : 'open';
}

/**
 * When a promise counts: on its day; without one when it was written down. One whose day is still to
 * come counts now, whether it was kept early or is open.
 */
export function promiseAt({ due, written }: Promised, now: number): number {
  // The end of a day is no part of it.
  return Math.min(due === null ? written : due - 1, now);
}

export type Grievances = {
  inTime: number;
  /** Answered too late, or waiting for longer already. */
  late: number;
  /** Waiting, and still in time: says nothing yet. */
  waiting: number;
  /** Dealt with otherwise; when is not known, so it counts for neither. */
  over: number;
};

/** `days`: what is in time (blind-spots.ts, the workspace's setting). */
export function grievanceIs(one: Aired, days: number, now: number): keyof Grievances {
  const until = one.written + days * DAY_MS;
  if (one.answered !== null) return one.answered <= until ? 'inTime' : 'late';
  if (one.over) return 'over';
  return until <= now ? 'late' : 'waiting';
}

/** What of a kind there is in each step; steps by time, none without any. */
export function countsOver<T, K extends string>(
  all: readonly T[],
  kinds: readonly K[],
  place: (one: T) => { at: number; kind: K },
  step: Step,
): (Record<K, number> & { begin: number })[] {
  const beginning = begins(step);
  const rows = new Map<number, Record<K, number> & { begin: number }>();
  for (const one of all) {
    const { at, kind } = place(one);
    const begin = beginning(at);
    let row = rows.get(begin);
    if (row === undefined) {
      row = { ...noneOf(kinds), begin };
      rows.set(begin, row);
    }
    const counts: Record<K, number> = row;
    counts[kind] += 1;
  }
  return [...rows.values()].sort((a, b) => a.begin - b.begin);
}

function noneOf<K extends string>(kinds: readonly K[]): Record<K, number> {
  return Object.fromEntries(kinds.map((kind) => [kind, 0])) as Record<K, number>;
}

export const PROMISES = ['kept', 'broken', 'overdue', 'open'] as const;
export const GRIEVANCES = ['inTime', 'late', 'waiting', 'over'] as const;

export type Improvements = {
  open: number;
  /** Of the open ones. */
  overdue: number;
  /** Done, and nobody has looked yet whether it helped. */
  unchecked: number;
  effective: number;
  ineffective: number;
  dropped: number;
};

export function improvementsOf(all: readonly Improved[], now: number): Improvements {
  const counts = { open: 0, overdue: 0, unchecked: 0, effective: 0, ineffective: 0, dropped: 0 };
  for (const { state, due, effective } of all) {
    if (effective !== null) counts[effective ? 'effective' : 'ineffective'] += 1;
    else if (state === 'done') counts.unchecked += 1;
    else counts[state] += 1;
    if (effective === null && state === 'open' && due !== null && due <= now) counts.overdue += 1;
  }
  return counts;
}

/** Where something stands between the two measures, each 0–100. */
export type Placed = { readonly satisfaction: number; readonly ours: number };

/** Fields of so many points each way, for when dots would hide each other. */
export const FIELD = 5;

export type DotField = {
  /** The least corner of the field; it reaches to FIELD more, 100 belongs to the last one. */
  satisfaction: number;
  ours: number;
  count: number;
};

export function fieldOf({ satisfaction, ours }: Placed): { satisfaction: number; ours: number } {
  const corner = (value: number) =>
    Math.min(100 - FIELD, Math.max(0, Math.floor(value / FIELD) * FIELD));
  return { satisfaction: corner(satisfaction), ours: corner(ours) };
}

/** How many lie in each field; only those with any. */
export function fieldsOf(all: readonly Placed[]): DotField[] {
  const fields = new Map<string, DotField>();
  for (const one of all) {
    const corner = fieldOf(one);
    const key = `${corner.satisfaction} ${corner.ours}`;
    const field = fields.get(key) ?? { ...corner, count: 0 };
    field.count += 1;
    fields.set(key, field);
  }
  return [...fields.values()].sort((a, b) => a.satisfaction - b.satisfaction || a.ours - b.ours);
}
