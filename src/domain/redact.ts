// Numbers of payment cards and accounts in a quote, to be blacked out where somebody wants it.
import type { SelectorPair } from './evidence.ts';

/** UTF-16 units in the text; `end` is exclusive. */
export type SecretRange = { kind: 'card' | 'iban'; start: number; end: number };

/** Stands for one unit that is not white space; finding the words again takes it for any. */
export const BLACKED_OUT = '\u2588';

// Digits with single spaces, dots or dashes between them, as people and forms write them.
const DIGITS = /(?<![\p{L}\p{N}])\d(?:[ \u00A0\u202F.\-\u2010-\u2015]?\d){12,18}(?![\p{L}\p{N}])/gu;
const IBAN_HEAD = /(?<![\p{L}\p{N}])[A-Z]{2}\d{2}/giu;
const GAP = /[ \u00A0\u202F-]/;

// Country and length of its IBANs (ISO 13616 registry): without the length, the words that follow
// would be tried too, and one try in 97 passes.
const IBAN_LENGTHS = new Map(
  `AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18
  DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23
  IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27
  MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19
  SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30`
    .split(/\s+/)
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]),
);

/** Where card numbers (ISO/IEC 7812, Luhn) and IBANs (ISO 13616, mod 97) stand, in order. */
export function findSecrets(text: string): SecretRange[] {
  const found: SecretRange[] = [];
  for (const { index } of text.matchAll(IBAN_HEAD)) {
    const end = endOfIban(text, index);
    if (end > index) found.push({ kind: 'iban', start: index, end });
  }
  for (const match of text.matchAll(DIGITS)) {
    const end = match.index + match[0].length;
    if (found.some((other) => match.index < other.end && other.start < end)) continue;
    if (isCard(match[0])) found.push({ kind: 'card', start: match.index, end });
  }
  return found.sort((a, b) => a.start - b.start);
}

/**
 * The quote and its selectors with every such number blacked out, unit by unit: lengths stay, white
 * space stays, so that the words around it still say where it was. Looks at prefix, quote and
 * suffix as one text, since a number may run over their borders.
 */
export function redact(
  quote: string,
  selectors: SelectorPair | null,
): { quote: string; selectors: SelectorPair | null } {
  if (selectors === null) return { quote: blackOut(quote), selectors };
  const [words, position] = selectors;
  const { prefix, exact, suffix } = words;
  const whole = blackOut(`${prefix}${exact}${suffix}`);
  const end = prefix.length + exact.length;
  const black = {
    ...words,
    prefix: whole.slice(0, prefix.length),
    exact: whole.slice(prefix.length, end),
    suffix: whole.slice(end),
  };
  return {
    quote: quote === exact ? black.exact : blackOut(quote),
    selectors: [black, position],
  };
}

function blackOut(text: string): string {
  let black = '';
  let from = 0;
  for (const { start, end } of findSecrets(text)) {
    black += text.slice(from, start) + text.slice(start, end).replace(/\S/g, BLACKED_OUT);
    from = end;
  }
  return black + text.slice(from);
}

function isCard(written: string): boolean {
  const digits = written.replace(/\D/g, '');
  // All zeros and the like pass the sum and are nobody's card.
  if (new Set(digits).size === 1) return false;
  let sum = 0;
  for (let at = 0; at < digits.length; at += 1) {
    const digit = Number(digits[digits.length - 1 - at]);
    const doubled = at % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/** Where the IBAN that begins at `start` ends; `start` itself when there is none. */
function endOfIban(text: string, start: number): number {
  const length = IBAN_LENGTHS.get(text.slice(start, start + 2).toUpperCase()) ?? 0;
  let plain = '';
  let at = start;
  for (; plain.length < length; at += 1) {
    const sign = text.charAt(at);
    if (/[A-Z0-9]/i.test(sign)) plain += sign.toUpperCase();
    else if (!GAP.test(sign) || GAP.test(text.charAt(at - 1))) return start;
  }
  if (length === 0 || /[\p{L}\p{N}]/u.test(text.charAt(at))) return start;
  let rest = 0;
  for (const sign of plain.slice(4) + plain.slice(0, 4)) {
    const value = Number.parseInt(sign, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1 ? at : start;
}
