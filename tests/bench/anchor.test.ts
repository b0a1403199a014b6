import { expect, test } from 'vitest';
import { closingPlaces, editedFor, randomPlaces } from '../../bench/anchor.cases.ts';
import { CLOSING, mail } from '../../bench/anchor.mail.ts';
import { seeded } from '../../bench/random.ts';
import { describeText } from '../../src/anchor/describe.ts';
import type { Selectors } from '../../src/anchor/types.ts';

const plain = (html: string) => html.replace(/<[^>]*>/g, '');
const text = plain(mail(30_000, 3));

/** The least number of characters to put in, take out or replace. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 0; i < a.length; i += 1) {
    const next = [i + 1];
    for (let j = 0; j < b.length; j += 1) {
      const kept = (row[j] ?? 0) + (a[i] === b[j] ? 0 : 1);
      next.push(Math.min(kept, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

test('the page of a seed is the same every time, as long as it should be, and repeats one sentence', () => {
  expect(mail(30_000, 3)).toBe(mail(30_000, 3));
  expect(mail(30_000, 4)).not.toBe(mail(30_000, 3));
  expect(text.length).toBeGreaterThan(29_500);
  expect(text.length).toBeLessThan(31_500);
  expect(mail(30_000, 3)).toMatch(/<span .*<b>.*<a /s);
  expect(text.split('\n').every((paragraph) => paragraph.endsWith(CLOSING))).toBe(true);
});

test('quotes are words of 80 to 160 characters; closing sentences are not taken twice', () => {
  for (const { start, end } of randomPlaces(text, 200, seeded(1))) {
    expect(end - start).toBeGreaterThanOrEqual(80);
    expect(end - start).toBeLessThanOrEqual(160);
    expect(text.slice(start, end)).toMatch(/^\S.*\S$/s);
  }
  const places = closingPlaces(text, 40, seeded(1));
  expect(new Set(places.map(({ start }) => start)).size).toBe(40);
  for (const { start, end } of places) expect(text.slice(start, end)).toBe(CLOSING);
});

test.each([
  ['a', 0, 0],
  ['b', 0, 0],
  ['c', 0.02, 0.06],
  ['e', 0.09, 0.16],
] as const)('case %s changes between %d and %d of a quote, and nothing else', (kind, low, high) => {
  const random = seeded(5);
  for (const { start, end } of randomPlaces(text, 50, random)) {
    const selectors = describeText({ text }, start, end) as Selectors;
    const [{ exact, ...context }, position] = editedFor(kind, selectors, random);
    const share = distance(exact, selectors[0].exact) / (end - start);
    expect(share).toBeGreaterThanOrEqual(low);
    expect(share).toBeLessThanOrEqual(high);
    expect({ exact: selectors[0].exact, ...context }).toEqual(selectors[0]);
    expect(position).toEqual(selectors[1]);
  }
});

test('case d changes the context, not the sentence', () => {
  const random = seeded(6);
  for (const { start, end } of closingPlaces(text, 30, random)) {
    const selectors = describeText({ text }, start, end) as Selectors;
    const [quote] = editedFor('d', selectors, random);
    expect(quote.exact).toBe(CLOSING);
    expect(quote.prefix).not.toBe(selectors[0].prefix);
    expect(quote.prefix.length).toBeLessThanOrEqual(32);
    expect(distance(quote.prefix, selectors[0].prefix)).toBeLessThanOrEqual(4);
  }
});
