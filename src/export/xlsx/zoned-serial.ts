// Days as spreadsheets count them: since 30 December 1899, the time of day as their fraction, on the
// clock of a zone, which no cell can tell.
import { instantIn } from '../zoned.ts';

const DAY_MS = 86_400_000;
/** 1970-01-01 as such a day. */
const EPOCH = 25_569;
/** Before March 1900 Excel counts a day that never was; after 9999 nothing. */
const FIRST = 61;
const LAST = 2_958_466;

/** ISO 8601 instant → serial number, or null: no spreadsheet knows this day. */
export function serialIn(zone: string): (instant: string) => number | null {
  const offset = offsets(zone);
  return (instant) => {
    const ms = Date.parse(instant);
    return Number.isNaN(ms) ? null : held(EPOCH + (ms + offset(ms)) / DAY_MS);
  };
}

/** "2027-03-01" → serial number. */
export function serialOfDay(day: string): number | null {
  const ms = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(ms) ? null : held(EPOCH + ms / DAY_MS);
}

function held(serial: number): number | null {
  return serial >= FIRST && serial < LAST ? serial : null;
}

/** Ms the zone is ahead; a day at whose ends it is the same is asked once. */
function offsets(zone: string): (ms: number) => number {
  if (zone === 'UTC') return () => 0;
  const ahead = (ms: number) => {
    const local = instantIn(new Date(ms).toISOString(), zone).slice(0, 23);
    return Date.parse(`${local}Z`) - ms;
  };
  const days = new Map<number, number | null>();
  return (ms) => {
    const day = Math.floor(ms / DAY_MS);
    let whole = days.get(day);
    if (whole === undefined) {
      const [begin, end] = [ahead(day * DAY_MS), ahead((day + 1) * DAY_MS)];
      whole = begin === end ? begin : null;
      days.set(day, whole);
    }
    return whole ?? ahead(ms);
  };
}
