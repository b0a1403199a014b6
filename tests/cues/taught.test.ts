import { expect, test } from 'vitest';
import { findCues } from '../../src/cues/index.ts';
import { taughtWeight } from '../../src/cues/taught.ts';

const TEXT = 'We are still waiting for the made-up invoice.';
const [{ rule } = { rule: '' }] = findCues(TEXT);
const after = (yes: number, no: number) => findCues(TEXT, { taught: { [rule]: { yes, no } } });

test('a rule that was refused three times says nothing more, and no other takes its place', () => {
  expect(after(0, 1).map((cue) => cue.rule)).toEqual([rule]);
  expect(after(0, 3)).toEqual([]);
});

test('what was right before takes more to silence it, and comes back', () => {
  expect(after(5, 3).map((cue) => cue.rule)).toEqual([rule]);
  expect(after(3, 12)).toEqual([]);
  expect(after(15, 12).map((cue) => cue.rule)).toEqual([rule]);
});

test('other rules stay as they were', () => {
  const text = 'I assume that the crates have handles.';
  expect(findCues(text, { taught: { [rule]: { yes: 0, no: 9 } } })).toEqual(findCues(text));
});

test('a promise is silenced likewise', () => {
  const text = 'I will send the signed copy.';
  const taught = { 'commitment/will-do': { yes: 0, no: 3 } };
  expect(findCues(text)).toHaveLength(1);
  expect(findCues(text, { taught })).toEqual([]);
});

test('a refusal lowers a weight, an approval raises it; nonsense does nothing', () => {
  const weight = (yes: number, no: number) => taughtWeight(2, 'a', { a: { yes, no } });
  expect(weight(0, 0)).toBe(2);
  expect(weight(0, 1)).toBeLessThan(2);
  expect(weight(1, 0)).toBeGreaterThan(2);
  expect(weight(1_000_000, 0)).toBeLessThan(4);
  expect(weight(Number.NaN, -5)).toBe(2);
  expect(taughtWeight(2, 'toString', {})).toBe(2);
});
