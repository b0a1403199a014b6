// Times as files write them.

/** Ms from the start, or a moment in ms since 1970. */
export type FileTime = { ms: number } | { at: number };

const NUMBER = /^([+-]?\d+(?:[.,]\d+)?(?:e[+-]?\d+)?) ?(ms|s)?$/i;
const CLOCK = /^([+-]?)(?:(\d+):)?(\d+):(\d{2}(?:[.,]\d+)?)$/;
const INSTANT =
  /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(?::(\d{2})(?:[.,](\d+))?)?\s?(?:(Z)|([+-]\d{2}):?(\d{2}))?$/i;

/**
 * Reads "12.5" (in `unit`, or in what stands behind it), "1:02", "00:01:02,500" and ISO 8601
 * moments; those without a zone are in the reader's. null: it is no time.
 */
export function fileTime(cell: string, unit: 's' | 'ms' = 's'): FileTime | null {
  const text = cell.trim().replace(/^[−–]/, '-');
  const number = NUMBER.exec(text);
  if (number) {
    const value = decimal(number[1] ?? '');
    return { ms: (number[2]?.toLowerCase() ?? unit) === 'ms' ? value : seconds(value) };
  }
  const clock = CLOCK.exec(text);
  if (clock) {
    const [, sign, hours, minutes = '', rest = ''] = clock;
    if (decimal(rest) >= 60 || (hours !== undefined && Number(minutes) >= 60)) return null;
    const total = (Number(hours ?? 0) * 60 + Number(minutes)) * 60 + decimal(rest);
    return { ms: seconds(sign === '-' ? -total : total) };
  }
  const instant = INSTANT.exec(text);
  if (!instant) return null;
  const [, day, minute, second = '00', fraction = '0', utc, hour, zoneMinute] = instant;
  const zone = utc !== undefined ? 'Z' : hour === undefined ? '' : `${hour}:${zoneMinute}`;
  const at = Date.parse(`${day}T${minute}:${second}.${fraction.slice(0, 3)}${zone}`);
  return Number.isNaN(at) ? null : { at };
}

/** "1:02:03", "2:03"; a time before the start has a minus. For people. */
export function sayElapsed(ms: number): string {
  const total = Math.floor(Math.abs(ms) / 1_000);
  const two = (value: number) => String(value).padStart(2, '0');
  const [hours, minutes] = [Math.floor(total / 3_600), Math.floor(total / 60) % 60];
  const clock = hours > 0 ? `${hours}:${two(minutes)}` : String(minutes);
  return `${ms < 0 && total > 0 ? '−' : ''}${clock}:${two(total % 60)}`;
}

/** "01:02:03.004", to the ms; a time before the start has a minus. For programs. */
export function timestamp(ms: number): string {
  const whole = Math.abs(Math.round(ms));
  const pad = (value: number, digits = 2) => String(value).padStart(digits, '0');
  const total = Math.floor(whole / 1_000);
  const [hours, minutes] = [Math.floor(total / 3_600), Math.floor(total / 60) % 60];
  const sign = ms < 0 && whole > 0 ? '-' : '';
  return `${sign}${pad(hours)}:${pad(minutes)}:${pad(total % 60)}.${pad(whole % 1_000, 3)}`;
}

function decimal(text: string): number {
  return Number(text.replace(',', '.'));
}

/** Ms without what multiplying leaves behind the comma: 1.001 s are 1,001 ms. */
function seconds(value: number): number {
  return Math.round(value * 1e6) / 1e3;
}
