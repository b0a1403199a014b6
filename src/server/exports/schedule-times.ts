// When a schedule is due: on days of its place, from an hour of its place on. Pure.
import { dayAfter } from '../../domain/due.ts';
import { localTime } from '../reminders/local-time.ts';

export type Recurrence = {
  every: 'day' | 'week' | 'month';
  /** Of a week 1–7 (Monday first), of a month 1–31 (its last day where it is shorter), of days 0. */
  onDay: number;
  hour: number;
  /** IANA name */
  zone: string;
};

/** The newest day (ISO 8601, at that place) on which it was due; `now` in ms since 1970. */
export function lastDue(recurrence: Recurrence, now: number): string {
  const here = localTime(now, recurrence.zone);
  let day = here.hour >= recurrence.hour ? here.day : dayAfter(here.day, -1);
  while (!isOn(recurrence, day)) day = dayAfter(day, -1);
  return day;
}

/** The instant at which it is due next after the day `last`. In ms since 1970; may have passed. */
export function nextDueAt(recurrence: Recurrence, last: string): number {
  let day = dayAfter(last, 1);
  while (!isOn(recurrence, day)) day = dayAfter(day, 1);
  return instantOf(day, recurrence);
}

function isOn({ every, onDay }: Recurrence, day: string): boolean {
  if (every === 'day') return true;
  const date = new Date(`${day}T00:00:00Z`);
  if (every === 'week') return (date.getUTCDay() || 7) === onDay;
  const isLast = dayAfter(day, 1).endsWith('-01');
  return date.getUTCDate() === onDay || (isLast && date.getUTCDate() < onDay);
}

const QUARTER_MS = 15 * 60_000;
/** Clocks on earth are at most so far from UTC. */
const FARTHEST_QUARTERS = 15 * 4;

/** When the clock there shows this hour of this day, or where it skips the hour, the next one. */
function instantOf(day: string, { hour, zone }: Recurrence): number {
  const said = Date.parse(`${day}T${String(hour).padStart(2, '0')}:00:00Z`);
  const isReached = (at: number) => {
    const there = localTime(at, zone);
    return there.day > day || (there.day === day && there.hour >= hour);
  };
  let before = -FARTHEST_QUARTERS;
  let reached = FARTHEST_QUARTERS;
  while (reached - before > 1) {
    const middle = Math.floor((before + reached) / 2);
    if (isReached(said + middle * QUARTER_MS)) reached = middle;
    else before = middle;
  }
  return said + reached * QUARTER_MS;
}
