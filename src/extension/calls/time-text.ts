// Times on a call's clock as they are written: 12:04, 1:02:03, 12:04.350. All in ms.

export { sayClock as sayTime } from '../../ui/call/time-said.ts';

const TIME = /^([+\-−])?(?:(\d{1,3}):)?(\d{1,4}):(\d{1,2})(?:[.,](\d{1,3}))?$/;

/** null for what is no time. Minutes and seconds at least; a comma is a point too. */
export function parseTime(text: string): number | null {
  const [, sign, hours, minutes = '', seconds = '', fraction = ''] = TIME.exec(text.trim()) ?? [];
  if (minutes === '' || Number(seconds) > 59) return null;
  if (hours !== undefined && Number(minutes) > 59) return null;
  const whole = (Number(hours ?? 0) * 60 + Number(minutes)) * 60 + Number(seconds);
  const ms = whole * 1_000 + Number(fraction.padEnd(3, '0'));
  return sign === undefined || sign === '+' ? ms : -ms;
}

/** To the millisecond where there are any: what can be typed again. */
export function sayExactly(ms: number): string {
  const rounded = Math.round(ms);
  const fraction = Math.abs(rounded) % 1_000;
  if (fraction === 0) return written(rounded);
  const digits = String(fraction).padStart(3, '0').replace(/0+$/, '');
  return `${written(Math.trunc(rounded / 1_000) * 1_000, rounded < 0)}.${digits}`;
}

/** With its sign always: how far something is moved. */
export function sayMove(ms: number): string {
  return ms < 0 ? sayExactly(ms) : `+${sayExactly(ms)}`;
}

function written(ms: number, isNegative: boolean = ms < 0): string {
  const all = Math.abs(ms) / 1_000;
  const [hours, minutes, seconds] = [Math.floor(all / 3_600), Math.floor(all / 60) % 60, all % 60];
  const two = (count: number) => String(count).padStart(2, '0');
  const rest = hours > 0 ? `${hours}:${two(minutes)}` : String(minutes);
  return `${isNegative ? '−' : ''}${rest}:${two(seconds)}`;
}
