// Instants on the clock of a time zone.

const formats = new Map<string, Intl.DateTimeFormat>();

/** Whether this is a zone's name that both this program and PostgreSQL mean the same by. */
export function isZone(name: string): boolean {
  // Offsets ("+02:00") PostgreSQL reads the other way round.
  if (!/^[A-Za-z][\w/+-]*$/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/**
 * "2027-03-01T09:30:00.000Z" → "2027-03-01T10:30:00.000+01:00". In the zone UTC it ends with "Z". Not
 * an instant: as it is.
 */
export function instantIn(instant: string, zone: string): string {
  const ms = Date.parse(instant);
  if (Number.isNaN(ms)) return instant;
  if (zone === 'UTC') return new Date(ms).toISOString();
  const minutes = offsetAt(ms, zone);
  const local = new Date(ms + minutes * 60_000).toISOString().slice(0, -1);
  const two = (value: number) => String(value).padStart(2, '0');
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `${local}${minutes < 0 ? '-' : '+'}${two(hours)}:${two(rest)}`;
}

/** Minutes that the zone's clock is ahead of UTC; seconds of long ago are cut. */
function offsetAt(ms: number, zone: string): number {
  let format = formats.get(zone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' });
    formats.set(zone, format);
  }
  const name = format.formatToParts(ms).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign, hours = '0', minutes = '0'] = /([+-])(\d\d):(\d\d)/.exec(name) ?? [];
  const total = Number(hours) * 60 + Number(minutes);
  return sign === '-' ? -total : total;
}
