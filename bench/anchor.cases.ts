// Quotes and where they really stand. Offsets are into the page's textContent, whatever a finder
// counts in.

import type { Selectors } from '../src/anchor/types.ts';
import { CLOSING } from './anchor.mail.ts';
import { between } from './random.ts';

export type Place = { start: number; end: number };

export const CASES = {
  a: 'exact',
  b: 'shifted',
  c: '3–5 % edited',
  e: '12–15 % edited',
  d: 'repeated sentence',
  deleted: 'deleted',
} as const;
export type Case = keyof typeof CASES;

/** How many characters a place may be off, for case by case. */
export const SLACK: Record<Case, number> = { a: 0, b: 0, c: 6, e: 12, d: 0, deleted: 0 };

/** Characters that b to e have at the top of the page, which the selectors know nothing of. */
export const SHIFT = 500;

/** `count` random places of 80 to 160 characters that begin and end in a word. */
export function randomPlaces(text: string, count: number, random: () => number): Place[] {
  const places: Place[] = [];
  while (places.length < count) {
    const start = between(random, 0, text.length - 161);
    const end = start + between(random, 80, 160);
    if (/^\S.*\S$/s.test(text.slice(start, end))) places.push({ start, end });
  }
  return places;
}

/** `count` closing sentences, none twice while there are enough. */
export function closingPlaces(text: string, count: number, random: () => number): Place[] {
  const starts: number[] = [];
  for (let at = text.indexOf(CLOSING); at >= 0; at = text.indexOf(CLOSING, at + 1)) starts.push(at);
  const places: Place[] = [];
  while (places.length < count) {
    const left = places.length % starts.length;
    const pick = between(random, left, starts.length - 1);
    const start = starts[pick] ?? 0;
    starts[pick] = starts[left] ?? 0;
    starts[left] = start;
    places.push({ start, end: start + CLOSING.length });
  }
  return places;
}

/** Places none of which touches another one's context. */
export function apart(places: Place[]): Place[] {
  const kept: Place[] = [];
  let last = 0;
  for (const place of places.toSorted((a, b) => a.start - b.start)) {
    if (place.start < last + 40) continue;
    kept.push(place);
    last = place.end;
  }
  return kept;
}

/** The selectors as they are stored when the words or their surroundings were changed since. */
export function editedFor(kind: Case, selectors: Selectors, random: () => number): Selectors {
  const [quote, position] = selectors;
  const few = (text: string) => edited(text, 0.03 + 0.02 * random(), random);
  if (kind === 'c') return [{ ...quote, exact: few(quote.exact) }, position];
  if (kind === 'e') {
    const exact = edited(quote.exact, 0.12 + 0.03 * random(), random);
    return [{ ...quote, exact }, position];
  }
  if (kind === 'd') {
    // Some peers refuse a context of more than 32 characters.
    const prefix = few(quote.prefix).slice(-32);
    const suffix = few(quote.suffix).slice(0, 32);
    return [{ ...quote, prefix, suffix }, position];
  }
  return selectors;
}

// Half of the edits replace a character, a quarter each insert and delete one.
function edited(text: string, share: number, random: () => number): string {
  const units = text.split('');
  const letter = () => String.fromCharCode(between(random, 97, 122));
  for (let left = Math.max(1, Math.round(text.length * share)); left > 0; left -= 1) {
    const at = between(random, 0, units.length - 1);
    const kind = random();
    if (kind < 0.5) units[at] = letter();
    else if (kind < 0.75) units.splice(at, 0, letter());
    else units.splice(at, 1);
  }
  return units.join('');
}
