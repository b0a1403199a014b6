// How much of all there is was drawn and reviewed, over time.
import type { Id } from '../domain/index.ts';
import { type Rate, wilson } from './interval.ts';

/** Something that a draw drew: itself and, where it is another, what it belongs to. */
export type DrawnOne = {
  draw: Id;
  /** Canonical ids; null where there is none, or none any more. */
  project: Id | null;
  customer: Id | null;
  reviewed: boolean;
};

export type DrawnAt = { id: Id /** ms since 1970 */; at: number; abandoned: boolean };

export type Covered = {
  /** How many there are now. */
  all: number;
  drawn: number;
  /** Of those drawn; corrected for the part of all that they are. */
  reviewed: Rate;
  /** Half the width of the interval of a rate of one half among those reviewed; null without any. */
  margin: number | null;
};

export type Period = {
  name: 'three-months' | 'twelve-months' | 'quarter';
  /** ms since 1970; `to` is past its end. */
  from: number;
  to: number;
  /** Abandoned ones too, and how many were. */
  draws: number;
  abandoned: number;
  projects: Covered;
  customers: Covered;
};

/** The last three and twelve months up to `now`, then the quarter it is in and the three before, UTC. */
export function coverageOf(
  draws: readonly DrawnAt[],
  drawn: readonly DrawnOne[],
  all: { projects: number; customers: number },
  now: number,
): Period[] {
  const date = new Date(now);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  const monthsAgo = (months: number) => {
    const last = new Date(Date.UTC(year, month - months + 1, 0)).getUTCDate();
    return Date.UTC(year, month - months, Math.min(date.getUTCDate(), last));
  };
  const quarter = Math.floor(month / 3) * 3;
  const quarters = [0, 1, 2, 3].map((back) => ({
    name: 'quarter' as const,
    from: Date.UTC(year, quarter - 3 * back, 1),
    to: Date.UTC(year, quarter - 3 * back + 3, 1),
  }));
  const periods = [
    { name: 'three-months' as const, from: monthsAgo(3), to: now + 1 },
    { name: 'twelve-months' as const, from: monthsAgo(12), to: now + 1 },
    ...quarters,
  ];
  return periods.map(({ name, from, to }) => {
    const within = draws.filter(({ at }) => at >= from && at < to);
    const ids = new Set(within.map(({ id }) => id));
    const some = drawn.filter(({ draw }) => ids.has(draw));
    return {
      ...{ name, from, to, draws: within.length },
      abandoned: within.filter(({ abandoned }) => abandoned).length,
      projects: covered(some, ({ project }) => project, all.projects),
      customers: covered(some, ({ customer }) => customer, all.customers),
    };
  });
}

/** Each once, however often it was drawn; reviewed where it was once. */
function covered(
  drawn: readonly DrawnOne[],
  of: (one: DrawnOne) => Id | null,
  all: number,
): Covered {
  const reviewed = new Map<Id, boolean>();
  for (const one of drawn) {
    const id = of(one);
    if (id !== null) reviewed.set(id, one.reviewed || reviewed.get(id) === true);
  }
  const hits = [...reviewed.values()].filter(Boolean).length;
  const half = wilson(Math.floor(hits / 2), hits, { population: all });
  return {
    ...{ all, drawn: reviewed.size },
    reviewed: wilson(hits, reviewed.size, { population: all }),
    margin: hits === 0 ? null : (half.high - half.low) / 2,
  };
}
