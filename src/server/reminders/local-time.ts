/** The hour from which on a day's mail goes out, where its reader is. */
export const MAIL_HOUR = 7;

export function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** ISO 8601 date and hour (0–23) at this place; `now` in ms since 1970. */
export function localTime(now: number, zone: string): { day: string; hour: number } {
  // Swedish writes dates as ISO 8601 does. A zone that this version does not know is taken as UTC.
  const said = new Intl.DateTimeFormat('sv-SE', {
    ...{ timeZone: isZone(zone) ? zone : 'UTC', hourCycle: 'h23' },
    ...{ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit' },
  }).formatToParts(now);
  const part = (type: string) => said.find((one) => one.type === type)?.value ?? '';
  return {
    day: `${part('year')}-${part('month')}-${part('day')}`,
    hour: Number(part('hour')),
  };
}
