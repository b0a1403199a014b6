// Days and times as people's tables have them. What can be read in two ways is never guessed.

/** Of 3/4/2027: which comes first. */
export type DayOrder = 'dmy' | 'mdy';

export type DateRead =
  | { ok: true; at: string; hasTime: boolean }
  | { ok: false; is: 'ambiguous' | 'no-date' | 'short-year' | 'no-such-day' };

type Parts = { year: number; month: number; day: number };

const TIME = String.raw`(?:[T ,]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*([ap]m)?\s*(Z|[+-]\d{2}:?\d{2})?)?`;
const YEAR_FIRST = new RegExp(String.raw`^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})${TIME}$`, 'i');
const YEAR_LAST = new RegExp(String.raw`^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})${TIME}$`, 'i');

/**
 * Reads "2027-03-04", "2027-03-04T09:30:00+01:00", "4.3.2027 09:30", "04/03/2027 9:30 pm". With dots
 * the day comes first; with slashes or dashes it is `order` that says, where the numbers do not. A
 * time without an offset, and a day without a time (then it is noon), are in `zone` (IANA).
 */
export function readDate(text: string, order: DayOrder | null, zone: string): DateRead {
  const clean = text.trim();
  const first = YEAR_FIRST.exec(clean);
  if (first !== null) {
    const [, year = '', , month = '', day = '', ...time] = first;
    return instant({ year: Number(year), month: Number(month), day: Number(day) }, time, zone);
  }
  const last = YEAR_LAST.exec(clean);
  if (last === null) return { ok: false, is: 'no-date' };
  const [, one = '', mark = '', two = '', year = '', ...time] = last;
  if (year.length < 4) return { ok: false, is: 'short-year' };
  const said = mark === '.' ? 'dmy' : (orderOf(Number(one), Number(two)) ?? order);
  if (said === null) return { ok: false, is: 'ambiguous' };
  const [day, month] = said === 'dmy' ? [Number(one), Number(two)] : [Number(two), Number(one)];
  return instant({ year: Number(year), month, day }, time, zone);
}

/**
 * The order that a column's own dates tell, where one of them can be read in one way only and none
 * says otherwise; null: nobody can tell.
 */
export function orderIn(texts: Iterable<string>): DayOrder | null {
  const found = new Set<DayOrder>();
  for (const text of texts) {
    const [, one = '', mark = '', two = ''] = YEAR_LAST.exec(text.trim()) ?? [];
    const order = mark === '' || mark === '.' ? null : orderOf(Number(one), Number(two));
    if (order !== null && one !== two) found.add(order);
  }
  const [only, ...more] = found;
  return more.length > 0 ? null : (only ?? null);
}

/** 25/12 and 12/25 say it themselves; 7/7 is the same either way. */
function orderOf(one: number, two: number): DayOrder | null {
  if (one > 12 || one === two) return 'dmy';
  return two > 12 ? 'mdy' : null;
}

function instant({ year, month, day }: Parts, time: string[], zone: string): DateRead {
  const [hours, minutes = '0', seconds = '0', half, offset] = time;
  const hour = hours === undefined ? 12 : hourOf(Number(hours), half);
  const local = Date.UTC(year, month - 1, day, hour, Number(minutes), Number(seconds));
  const date = new Date(local);
  const isDay = year >= 1 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  const isTime = hour < 24 && Number(minutes) < 60 && Number(seconds) < 60;
  if (!isDay || !isTime || year < 1900) return { ok: false, is: 'no-such-day' };
  const shift = offset === undefined ? offsetAt(zone, local) : offsetOf(offset);
  return { ok: true, at: new Date(local - shift).toISOString(), hasTime: hours !== undefined };
}

function hourOf(hour: number, half: string | undefined): number {
  if (half === undefined) return hour;
  if (hour < 1 || hour > 12) return 24; // no such time
  return (hour % 12) + (half.toLowerCase() === 'pm' ? 12 : 0);
}

/** ms that "+01:00" is before UTC */
function offsetOf(text: string): number {
  if (/^z$/i.test(text)) return 0;
  const [hours, minutes] = [Number(text.slice(1, 3)), Number(text.slice(-2))];
  return (text.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}

/** ms that clocks in the zone are before UTC when they show `local`; in a gap, as after it. */
function offsetAt(zone: string, local: number): number {
  const guess = shownIn(zone, local) - local;
  return shownIn(zone, local - guess) - (local - guess);
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** What clocks in the zone show at an instant, as if it were UTC. */
function shownIn(zone: string, at: number): number {
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat('en-GB', {
      ...{ timeZone: zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric' },
      ...{ hour: 'numeric', minute: 'numeric', second: 'numeric' },
    });
  formats.set(zone, format);
  const part = new Map(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const of = (type: Intl.DateTimeFormatPartTypes) => part.get(type) ?? 0;
  const day = [of('year'), of('month') - 1, of('day')] as const;
  return Date.UTC(...day, of('hour'), of('minute'), of('second'));
}

export function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
