import { expect, test } from 'vitest';
import { rank } from '../../src/ui/pick-rank.ts';

const items = [
  { name: 'North Sample' },
  { name: 'Sample North' },
  { name: 'Zürich Works' },
  { name: 'Unorthodox' },
];

function names(query: string): string[] {
  return rank(items, query).map((item) => item.name);
}

test('beginnings first, then beginnings of words, then the rest', () => {
  expect(names('north')).toEqual(['North Sample', 'Sample North', 'Unorthodox']);
  expect(names('sample n')).toEqual(['Sample North', 'North Sample']);
  expect(names('or')).toEqual(['North Sample', 'Sample North', 'Zürich Works', 'Unorthodox']);
});

test('accents, case and the order of the words do not matter', () => {
  expect(names('ZURICH')).toEqual(['Zürich Works']);
  expect(names('works zü')).toEqual(['Zürich Works']);
});

test('an empty query keeps all', () => {
  expect(names('  ')).toHaveLength(4);
});
