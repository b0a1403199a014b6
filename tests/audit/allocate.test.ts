// Shares of strata, as docs/drawing.md has them in words.
import { expect, test } from 'vitest';
import { allocate } from '../../src/audit/index.ts';

test('where the least ones take nearly all, what is left goes round, and not all to the first', () => {
  const strata = new Map([
    ['a', 50],
    ['b', 50],
    ...Array.from({ length: 24 }, (_, at) => [`c${at}`, 1] as const),
  ]);
  const shares = allocate(strata, 30, 1);
  expect([shares.get('a'), shares.get('b')]).toEqual([3, 3]);
});

test('equal ones by name, whatever the order they are told in', () => {
  const strata = ['b', 'c', 'a'].map((name) => [name, 10] as const);
  const shares = allocate(new Map(strata), 4, 1);
  expect([...shares]).toEqual([
    ['b', 1],
    ['c', 1],
    ['a', 2],
  ]);
});
