import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { append, keyOf, type Loaded, refresh } from '../../src/console/register/rows.ts';
import { sampleRow } from './sample-server.ts';

const PAGE = 5;

/** What a server with these rows answers after a cursor (the id of the last row). */
function page(all: readonly number[], cursor: string | null) {
  const rows = all.map(sampleRow);
  const start = cursor === null ? 0 : rows.findIndex((row) => row.id === cursor) + 1;
  const found = rows.slice(start, start + PAGE);
  const more = start + PAGE < rows.length;
  return { rows: found, next: more ? (found.at(-1)?.id ?? null) : null, total: rows.length };
}

function readAll(all: readonly number[], from: Loaded): Loaded {
  let loaded = from;
  while (loaded.next !== null) loaded = append(loaded, page(all, loaded.next));
  return loaded;
}

const keys = (loaded: Loaded) => loaded.rows.map(keyOf);
const numbers = fc.uniqueArray(fc.nat(60), { minLength: 1, maxLength: 30 });
const newestFirst = (list: readonly number[]) => [...list].sort((a, b) => b - a);

describe('reading on after new rows came in', () => {
  test('gives the same rows as reading all afresh', () => {
    fc.assert(
      fc.property(numbers, numbers, fc.nat(5), (first, second, pages) => {
        const before = newestFirst(first);
        // New rows are newer than all others.
        const after = [...newestFirst(second.map((n) => n + 100)), ...before];
        let loaded: Loaded = page(before, null);
        for (let n = 0; n < pages && loaded.next !== null; n++) {
          loaded = append(loaded, page(before, loaded.next));
        }
        const { next, above } = refresh(loaded, page(after, null));
        expect(keys(readAll(after, next))).toEqual(after.map((n) => keyOf(sampleRow(n))));
        expect(above).toBe(Math.min(second.length, PAGE));
      }),
    );
  });

  test('a row that was changed is replaced, one that is gone disappears', () => {
    const loaded = readAll([9, 8, 7, 6, 5, 4, 3], page([9, 8, 7, 6, 5, 4, 3], null));
    const fresh = page([9, 7, 6, 5, 4, 3], null);
    const changed = { ...fresh, rows: fresh.rows.map((row) => ({ ...row, text: 'changed' })) };
    const { next, above } = refresh(loaded, changed);
    expect(keys(next)).toEqual([9, 7, 6, 5, 4, 3].map((n) => keyOf(sampleRow(n))));
    expect(next.rows[0]?.text).toBe('changed');
    expect(above).toBe(0);
  });
});
