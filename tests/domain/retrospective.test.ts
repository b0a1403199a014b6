import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { cameOutLate, isKnownQuestion, linesOf, withLines } from '../../src/domain/index.ts';
import { testId } from './arbitraries.ts';

test('lines come without bullets, numbers, blank ones and repetitions', () => {
  const text =
    '- Who signs?\r\n\n2) What happens at night?\n* Who signs?\n3.5 tonnes?\n—not a bullet';
  expect(linesOf(text)).toEqual([
    ...['Who signs?', 'What happens at night?', '3.5 tonnes?', '—not a bullet'],
  ]);
});

test('what is on file is put behind what was typed, each line once', () => {
  expect(withLines('Who signs?', ['Who signs?', ' And  who\npays? '])).toBe(
    'Who signs?\nAnd who pays?',
  );
  expect(withLines('', ['a', 'a'])).toBe('a');
  expect(withLines('typed\n', [])).toBe('typed\n');
  // However it was spaced when it was typed.
  expect(withLines('Who  signs?', ['Who  signs?'])).toBe('Who  signs?');
});

test('a question is known again in other letters and spaces', () => {
  expect(isKnownQuestion('who  signs? ', ['Who signs?'])).toBe(true);
  expect(isKnownQuestion('Who signs it?', ['Who signs?'])).toBe(false);
});

test('late is what was missed before anybody asked', () => {
  const [never, before, after, met] = [testId(), testId(), testId(), testId()];
  const missed = { outcome: 'missed', outcomeAt: '2027-02-01T10:00:00Z' } as const;
  const asked = (expectation: string, askedAt: string) => ({ fields: { expectation, askedAt } });
  const late = cameOutLate(
    [
      { id: never, fields: missed },
      { id: before, fields: missed },
      { id: after, fields: missed },
      { id: met, fields: { outcome: 'met' } },
    ],
    [
      asked(before, '2027-03-01T10:00:00Z'),
      asked(before, '2027-01-01T10:00:00+02:00'),
      asked(after, '2027-02-02T10:00:00Z'),
      { fields: { expectation: never } },
    ],
  );
  expect(late.map(({ id }) => id)).toEqual([never, after]);
});

test('putting lines in twice is putting them in once, and what was typed stays', () => {
  fc.assert(
    fc.property(fc.string(), fc.array(fc.string()), (text, lines) => {
      const once = withLines(text, lines);
      expect(once.startsWith(text)).toBe(true);
      expect(withLines(once, linesOf(once))).toBe(once);
    }),
    // Seed 2:2:2 of -171022519: two spaces within a line.
    { examples: [['!  !', []]] },
  );
});
