import { worthWords as say } from './words.ts';

export type ReadNumber = { value: number } | { problem: string };

const MINUS = /^[-−–]/;
const SPACES = /[\s\u00A0\u2009\u202F'’]/g;
/** More digits than a double keeps are not what was typed any more. */
const BIGGEST = 1e12;

/**
 * A number as people type it, in whichever way their language writes it: "1 200,50", "1,200.50",
 * "−0.5". Where one mark could stand for thousands or for decimals ("1,200"), it asks instead of
 * guessing. The text must not be empty.
 */
export function readNumber(text: string): ReadNumber {
  const trimmed = text.trim();
  const sign = MINUS.test(trimmed) ? '-' : '';
  const digits = trimmed.replace(/^[-−–+]/, '').replace(SPACES, '');
  const plain = marksOf(digits);
  if (plain === null) return { problem: say.noNumber };
  if (plain === 'both') {
    const mark = digits.includes(',') ? ',' : '.';
    const [whole = '', rest = ''] = digits.split(mark);
    return { problem: say.ambiguous(`${sign}${whole}${rest}`, `${sign}${whole}.${rest}`) };
  }
  const value = Number(`${sign}${plain}`);
  if (Math.abs(value) > BIGGEST) return { problem: say.tooBig };
  // Not −0.
  return { value: value === 0 ? 0 : value };
}

/** Digits with a point for decimals; null: no number; 'both': it can be read in two ways. */
function marksOf(digits: string): string | 'both' | null {
  if (!/\d/.test(digits)) return null;
  if (/^\d*\.?\d*$/.test(digits) && !/^[1-9]\d{0,2}\.\d{3}$/.test(digits)) return digits;
  if (/^\d*,\d*$/.test(digits) && !/^[1-9]\d{0,2},\d{3}$/.test(digits)) {
    return digits.replace(',', '.');
  }
  if (/^[1-9]\d{0,2}[.,]\d{3}$/.test(digits)) return 'both';
  for (const [thousands, decimal] of [
    [',', '.'],
    ['.', ','],
  ] as const) {
    const [whole = '', ...rest] = digits.split(decimal);
    const groups = whole.split(thousands);
    const grouped =
      groups.length > 1 &&
      groups.every((group, at) => (at === 0 ? /^\d{1,3}$/ : /^\d{3}$/).test(group));
    if (grouped && rest.length <= 1 && /^\d*$/.test(rest[0] ?? '')) {
      return [groups.join(''), ...rest].join('.');
    }
  }
  return null;
}

/** As it is put into a field to be changed: read again, it is the same number. */
export function numberText(value: number): string {
  const text = value.toLocaleString('en', { useGrouping: false, maximumFractionDigits: 20 });
  // "1.234" could be taken for 1,234 when it is read again.
  return /^-?[1-9]\d{0,2}\.\d{3}$/.test(text) ? `${text}0` : text;
}
