import { expect, test } from 'vitest';
import { perPerson } from '../../src/domain/per-person.ts';
import {
  keptLines,
  LONGEST_LINE,
  lineProblems,
  MOST_LINES,
} from '../../src/domain/setting-lines.ts';

test.each([
  'brightwater.example',
  '@brightwater.example',
  'mail.brightwater.example',
  'Müller.example',
  'xn--mller-kva.example',
  'jo.sample@gmail.com',
  'jo+sample@brightwater.example',
  '# people in the north',
  '',
])('own domains: “%s” is one', (line) => {
  expect(lineProblems('own-domains', [line])).toEqual([]);
});

test.each([
  ['brightwater', 'Write a mail domain'],
  ['https://brightwater.example', 'Write a mail domain'],
  ['*.brightwater.example', 'Write a mail domain'],
  ['a@b@brightwater.example', 'Write a mail domain'],
  ['Jo Sample <jo@brightwater.example>', 'Write a mail domain'],
  ['@', 'Write a mail domain'],
  ['gmail.com', 'Anybody can have an address at gmail.com.'],
  ['@GMX.de', 'Anybody can have an address at gmx.de.'],
  ['brightwater.example\u0000', 'cannot be seen'],
  [`${'x'.repeat(LONGEST_LINE)}.example`, 'longer than 300'],
])('own domains: “%s” is refused in words', (line, words) => {
  const [problem, ...more] = lineProblems('own-domains', ['brightwater.example', line]);
  expect(problem).toMatchObject({ line: 2, text: line });
  expect(problem?.problem).toContain(words);
  expect(more).toEqual([]);
});

test('the never-log list is judged by its own rules, line by line', () => {
  const lines = ['hr.example', 'payroll', 'subject: payslip', '*', '# a remark'];
  expect(lineProblems('never-log', lines).map(({ line }) => line)).toEqual([2, 4]);
});

test('a list has an end', () => {
  const lines = Array.from({ length: MOST_LINES + 1 }, (_, n) => `a${n}.example`);
  expect(lineProblems('never-log', lines)).toMatchObject([{ line: null }]);
  const long = Array.from({ length: 1_000 }, (_, n) => `# ${n} ${'x'.repeat(250)}`);
  expect(lineProblems('never-log', long)).toMatchObject([{ line: null }]);
});

test('lines are kept trimmed, once, in their order, whatever ends them', () => {
  expect(keptLines(' b.example \r\n\n a.example\rb.example\n')).toEqual(['b.example', 'a.example']);
});

test.each([
  [[], true],
  [['# the works council asked'], true],
  [['on'], true],
  [['off'], false],
  [[' OFF '], false],
  // Two devices may each have written a list: who says no is heard.
  [['on', 'off'], false],
])('figures about one person: %j', (lines, expected) => {
  expect(lineProblems('per-person-figures', lines)).toEqual([]);
  expect(perPerson(lines)).toBe(expected);
});

test('figures about one person: a word that is neither is refused', () => {
  const [problem] = lineProblems('per-person-figures', ['no']);
  expect(problem?.problem).toContain('off or on');
});
