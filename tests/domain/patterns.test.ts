import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Fields,
  fillPattern,
  PATTERNS,
  type PatternRecord,
  patternBook,
  patternsFor,
} from '../../src/domain/index.ts';
import { dimension, unstatedBecause } from '../../src/domain/kinds.ts';
import { testId } from './arbitraries.ts';

function record(fields: Fields<'pattern'>): PatternRecord {
  return { id: testId(), fields };
}

const REASONS = unstatedBecause.options;
const DIMENSIONS = dimension.options;

describe('the built-in questions', () => {
  test.each([
    ...REASONS.map((name) => ['reason', name] as const),
    ...DIMENSIONS.map((name) => ['dimension', name] as const),
  ])('three to five for the %s “%s”, one of them with the customer’s words', (of, name) => {
    const own = PATTERNS.filter((pattern) => pattern[of] === name);
    expect(own.length).toBeGreaterThanOrEqual(3);
    expect(own.length).toBeLessThanOrEqual(5);
    expect(own.some(({ text }) => text.includes('{words}'))).toBe(true);
  });

  test('each is one question in plain words, with a name of its own', () => {
    expect(new Set(PATTERNS.map(({ id }) => id)).size).toBe(PATTERNS.length);
    expect(new Set(PATTERNS.map(({ text }) => text)).size).toBe(PATTERNS.length);
    for (const { text } of PATTERNS) {
      expect(text.length).toBeLessThan(110);
      expect(text).toMatch(/[?.]$/);
      // Nothing is put into the customer's mouth: "Do you…" asks for a yes.
      expect(text).not.toMatch(/^(do|does|is it|are you|would you)\b/i);
    }
  });
});

describe('the workspace’s questions', () => {
  const [first] = PATTERNS;
  if (!first) throw new Error('there are some');

  test('without records they are the built-in ones', () => {
    expect(patternBook([])).toEqual(PATTERNS);
  });

  test('a record changes or retires a built-in one; its own stand behind, or where they say', () => {
    const changed = record({ replaces: first.id, text: 'Tell me more of “{words}”.' });
    const own = record({ text: 'Which colour?', dimension: 'tangibles' });
    const front = record({ text: 'First of all?', order: -1 });
    const book = patternBook([own, changed, front]);
    expect(book).toHaveLength(PATTERNS.length + 2);
    expect(book[0]).toMatchObject({ id: front.id, reason: null, dimension: null, builtIn: false });
    expect(book[1]).toEqual({ ...first, text: 'Tell me more of “{words}”.' });
    expect(book.at(-1)).toMatchObject({ id: own.id, dimension: 'tangibles', builtIn: false });
    const retired = patternBook([record({ replaces: first.id, retired: true })]);
    expect(patternsFor(retired, {}).map(({ id }) => id)).not.toContain(first.id);
  });

  test('of two for one the one made last counts; deleted ones do not', () => {
    const older = record({ replaces: first.id, text: 'Older?' });
    const newer = record({ replaces: first.id, text: 'Newer?' });
    const gone = record({ replaces: first.id, text: 'Gone?', deleted: true });
    expect(patternBook([gone, newer, older])[0]?.text).toBe('Newer?');
  });

  test('one that stands for a built-in one of a newer version is kept: questions name it', () => {
    const book = patternBook([record({ replaces: 'assumes/of-tomorrow', text: 'New?' })]);
    expect(book.at(-1)).toMatchObject({ id: 'assumes/of-tomorrow', text: 'New?' });
  });
});

describe('which to ask', () => {
  const e = fc.record(
    {
      unstatedBecause: fc.constantFrom(...REASONS),
      dimension: fc.constantFrom(...DIMENSIONS),
    },
    { requiredKeys: [] },
  ) as fc.Arbitrary<Fields<'expectation'>>;

  test('never one for another reason or dimension; those for its own come first', () => {
    fc.assert(
      fc.property(e, (expectation) => {
        const asked = patternsFor(PATTERNS, expectation);
        const { unstatedBecause: why, dimension: about } = expectation;
        for (const { reason, dimension } of asked) {
          if (why !== undefined && reason !== null) expect(reason).toBe(why);
          if (about !== undefined && dimension !== null) expect(dimension).toBe(about);
        }
        const made = asked.map(({ reason, dimension }) =>
          [reason && reason === why, dimension && dimension === about].some(Boolean),
        );
        expect(made).toEqual([...made].sort((a, b) => Number(b) - Number(a)));
      }),
    );
  });

  test('one that fits both comes before those that fit one', () => {
    const both = record({ text: 'Both?', reason: 'assumes', dimension: 'empathy', order: 900 });
    const book = patternBook([both]);
    const [best, second] = patternsFor(book, { unstatedBecause: 'assumes', dimension: 'empathy' });
    expect(best?.id).toBe(both.id);
    expect(second?.reason === 'assumes' || second?.dimension === 'empathy').toBe(true);
  });

  test('where nothing is known, the first eight are of eight sorts', () => {
    const sorts = patternsFor(PATTERNS, {})
      .slice(0, 8)
      .map(({ reason, dimension }) => reason ?? dimension);
    expect(new Set(sorts)).toEqual(new Set([...REASONS, ...DIMENSIONS]));
  });
});

describe('the customer’s words in a question', () => {
  const fill = (text: string, words: string) => fillPattern({ text }, words);

  test('stand there as they were said, in one line, without marks round them', () => {
    expect(fill('You said “{words}”. Why?', '  "quiet\n  please" ')).toBe(
      'You said “quiet please”. Why?',
    );
    expect(fill('“{words}”?', 'as always.')).toBe('“as always”?');
    expect(fill('“{words}”?', 'gives $& and $1')).toBe('“gives $& and $1”?');
    expect(fill('“{words}”?', 'מיד ‮evil‬')).toBe('“מיד evil”?');
  });

  test('without any the question speaks of "this"', () => {
    expect(fill('You said “{words}”. Why?', ' “” ')).toBe('You said this. Why?');
  });

  test('whatever they are, the question stays one that can be read out', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...PATTERNS),
        fc.string({ unit: 'binary', maxLength: 300 }),
        ({ text }, words) => {
          const filled = fillPattern({ text }, words);
          if (!words.includes('{words}')) expect(filled).not.toContain('{words}');
          expect(filled.length).toBeLessThan(text.length + 125);
          expect(filled).not.toMatch(/[\n\r\u202e]/);
        },
      ),
    );
  });
});
