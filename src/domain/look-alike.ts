// Addresses that are made to be taken for others. Not in index.ts: the page's script has no use for
// it, and its tables are large. Identity never asks this; it only compares.
import { toUnicode } from 'punycode/punycode.es6.js';
import { domainOf, type Person, parseAddress } from './email.ts';
import { isFreeMail } from './free-mail.ts';

/** Why an address should be looked at twice. */
export type AddressDoubt =
  /** Its domain looks like that of a customer, or of one's own company, but is another one. */
  | { kind: 'look-alike'; address: string; like: string }
  /** Letters of several alphabets in its domain, which is given as it is read. */
  | { kind: 'mixed-scripts'; address: string; domain: string }
  /** Hidden characters that turn the order of letters round, in the name or the address. */
  | { kind: 'turned-round'; address: string }
  /** The name shows another address than the real one. */
  | { kind: 'other-address'; address: string; shown: string };

// A small part of the confusable characters of Unicode (UTS #39), each with the ASCII letters that
// it is taken for, in lower case. I, l and 1 are one, as are 0 and o.
const TAKEN_FOR: Readonly<Record<string, string>> = {
  ...{ 0: 'o', 1: 'l', 5: 's', i: 'l', '|': 'l' },
  // Cyrillic
  ...{ а: 'a', в: 'b', ь: 'b', с: 'c', ԁ: 'd', е: 'e', һ: 'h', н: 'h', і: 'l', ј: 'j', к: 'k' },
  ...{ ӏ: 'l', м: 'm', п: 'n', о: 'o', р: 'p', ԛ: 'q', г: 'r', ѕ: 's', т: 't', ц: 'u', ѵ: 'v' },
  ...{ ш: 'w', ԝ: 'w', х: 'x', у: 'y', з: '3', ґ: 'r', ү: 'y', ө: 'o' },
  // Greek
  ...{ α: 'a', β: 'b', ϲ: 'c', ε: 'e', γ: 'y', η: 'n', ι: 'l', κ: 'k', μ: 'u', ν: 'v', ο: 'o' },
  ...{ ρ: 'p', σ: 'o', τ: 't', υ: 'u', χ: 'x', ω: 'w', ϳ: 'j' },
  // Armenian
  ...{ օ: 'o', ո: 'n', ս: 'u', հ: 'h', ց: 'g', ա: 'w', յ: 'j', ք: 'p' },
  // Latin letters that do not come apart into a letter and a mark
  ...{ ı: 'l', ł: 'l', ø: 'o', đ: 'd', ð: 'd', ħ: 'h', ŧ: 't', ɑ: 'a', ɡ: 'g', ɩ: 'l', ſ: 'f' },
  ...{ ß: 'ss', æ: 'ae', œ: 'oe', þ: 'p', ŋ: 'n', ʀ: 'r', ɴ: 'n', ᴏ: 'o', ꞁ: 'l', ǀ: 'l', ƒ: 'f' },
};

// Two letters that close up to one.
const CLOSED_UP: readonly [RegExp, string][] = [
  [/rn/g, 'm'],
  [/vv/g, 'w'],
  [/cl/g, 'd'],
];

// One letter more or less makes another word of a short name.
const LONG_NAME = 8;

// Endings that exist and are one slip away from a common one.
const SLIPS: Readonly<Record<string, string>> = {
  ...{ co: 'com', cm: 'com', om: 'com', cam: 'com', ne: 'net', og: 'org' },
};

/** What a name looks like: the same for two names that are easily taken for each other. */
export function skeleton(name: string): string {
  const letters = decoded(name)
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}/gu, '');
  let looks = '';
  for (const letter of letters) looks += TAKEN_FOR[letter] ?? letter;
  for (const [two, one] of CLOSED_UP) looks = looks.replace(two, one);
  return looks;
}

/**
 * The known domain that this one is easily taken for, or null; null too when it is a known one
 * itself or a part of one. The same name under another ending is nothing strange (firms have several), but
 * for endings that are one slip apart.
 */
export function lookAlike(domain: string, known: Iterable<string>): string | null {
  const asked = partsOf(domain);
  if (asked === null) return null;
  let found: string | null = null;
  for (const other of known) {
    const like = partsOf(other);
    if (like === null) continue;
    if (asked.whole === like.whole || asked.whole.endsWith(`.${like.whole}`)) return null;
    if (asked.registered === like.registered) return null;
    if (found === null && resembles(asked, like)) found = other;
  }
  return found;
}

/** Whether one label of the domain has letters of alphabets that no word mixes. */
export function mixesScripts(domain: string): boolean {
  return decoded(domain)
    .split('.')
    .some((label) => {
      const scripts = SCRIPTS.filter(([, letters]) => letters.test(label)).map(([name]) => name);
      if (scripts.length < 2) return false;
      // Japanese and Korean are written with several, and Latin beside them (UTS #39, 5.2).
      return !scripts.every((script) => EAST_ASIAN.has(script));
    });
}

/**
 * What is odd about a sender. `known` are domains of customers and of one's own company; free-mail
 * domains among them count for nothing.
 */
export function addressDoubts(sender: Person, known: Iterable<string>): AddressDoubt[] {
  const { address } = sender;
  const domain = domainOf(address);
  const doubts: AddressDoubt[] = [];
  if (sender.odd === true) doubts.push({ kind: 'turned-round', address });
  const like = domain === '' ? null : lookAlike(domain, firms(known));
  if (like !== null) doubts.push({ kind: 'look-alike', address, like });
  if (mixesScripts(domain))
    doubts.push({ kind: 'mixed-scripts', address, domain: decoded(domain) });
  const shown = shownAddress(sender.name);
  if (shown !== null && !sameFirm(domainOf(shown), domain)) {
    doubts.push({ kind: 'other-address', address, shown });
  }
  return doubts;
}

const SCRIPTS: readonly [string, RegExp][] = [
  ...(['Latin', 'Cyrillic', 'Greek', 'Armenian', 'Hebrew', 'Arabic', 'Thai'] as const),
  ...(['Georgian', 'Cherokee', 'Devanagari', 'Han', 'Hiragana', 'Katakana', 'Hangul'] as const),
].map((name) => [name, new RegExp(`\\p{Script=${name}}`, 'u')]);
const EAST_ASIAN = new Set(['Latin', 'Han', 'Hiragana', 'Katakana', 'Hangul']);

type Parts = { whole: string; registered: string; name: string; ending: string; looks: string };

/** "mail.halden.co.example" → name "halden", ending "co.example"; null for what is no domain. */
function partsOf(domain: string): Parts | null {
  const whole = decoded(domain).normalize('NFKC').toLowerCase().replace(/\.$/, '');
  const labels = whole.split('.');
  if (labels.length < 2 || labels.some((label) => label === '')) return null;
  // "co.uk", "com.br": as nameFromDomain reads them.
  const at = labels.length > 2 && (labels.at(-2) ?? '').length <= 3 ? -3 : -2;
  const name = labels.at(at) ?? '';
  const ending = labels.slice(at + 1).join('.');
  return { whole, registered: `${name}.${ending}`, name, ending, looks: skeleton(name) };
}

function resembles(asked: Parts, like: Parts): boolean {
  // halden.example.pay.example: the known one is put in front for who reads only the beginning.
  if (asked.whole.startsWith(`${like.registered}.`)) return true;
  if (asked.name === like.name) return SLIPS[asked.ending] === like.ending;
  if (asked.name.length >= 3 && asked.looks === like.looks) return true;
  if (asked.ending !== like.ending || like.name.length < LONG_NAME) return false;
  return isOneEdit(asked.name, like.name);
}

/** One letter more, less, other, or two in the other order. Numbered siblings are no disguise. */
function isOneEdit(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  let end = 0;
  const most = Math.min(a.length, b.length) - start;
  while (end < most && a.at(-1 - end) === b.at(-1 - end)) end += 1;
  const [x, y] = [a.slice(start, a.length - end), b.slice(start, b.length - end)];
  if (/^\d*$/.test(x) && /^\d*$/.test(y)) return false;
  if (x.length <= 1 && y.length <= 1) return true;
  return x.length === 2 && y.length === 2 && x[0] === y[1] && x[1] === y[0];
}

/** The address that a name shows, to be taken for the real one; null when it shows none. */
function shownAddress(name: string): string | null {
  const plain = name.slice(0, 500).normalize('NFKC');
  const found = /[^\s<>"'(),:;@[\]]+@[^\s<>"'(),:;@[\]]+\.[\p{L}\p{N}-]+/u.exec(plain)?.[0];
  return found === undefined ? null : parseAddress(found).address || null;
}

function sameFirm(a: string, b: string): boolean {
  return partsOf(a)?.registered === partsOf(b)?.registered;
}

function* firms(known: Iterable<string>): Iterable<string> {
  for (const domain of known) if (!isFreeMail(domain)) yield domain;
}

function decoded(domain: string): string {
  try {
    return toUnicode(domain);
  } catch {
    return domain; // a label that only pretends to be encoded
  }
}
