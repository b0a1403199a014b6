import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalIds, type Identified, mergeFields } from '../../src/domain/index.ts';

const on = (...keys: string[]) => Object.fromEntries(keys.map((key) => [key, true]));

describe('canonicalIds', () => {
  test('two devices that both create a customer need no coordination', () => {
    const ids = canonicalIds([
      { id: 'b', identifiers: on('domain:halden.example') },
      { id: 'a', identifiers: on('domain:halden.example') },
      { id: 'c', identifiers: on('domain:other.example') },
    ]);
    expect([...ids]).toEqual([
      ['b', 'a'],
      ['a', 'a'],
      ['c', 'c'],
    ]);
  });

  test('a chain of shared identifiers is one', () => {
    const ids = canonicalIds([
      { id: 'c', identifiers: on('x', 'y') },
      { id: 'b', identifiers: on('y', 'z') },
      { id: 'a', identifiers: on('z') },
    ]);
    expect(new Set(ids.values())).toEqual(new Set(['a']));
  });

  test('a merge by hand names the record that stays, and null undoes it', () => {
    const merged: Identified[] = [{ id: 'a', mergedInto: 'b' }, { id: 'b' }];
    expect(canonicalIds(merged).get('a')).toBe('b');
    expect(canonicalIds([{ id: 'a', mergedInto: null }, { id: 'b' }]).get('a')).toBe('a');
  });

  test('a cycle of merges resolves to the lowest id', () => {
    const ids = canonicalIds([
      { id: 'c', mergedInto: 'a' },
      { id: 'a', mergedInto: 'b' },
      { id: 'b', mergedInto: 'c' },
    ]);
    expect(new Set(ids.values())).toEqual(new Set(['a']));
  });

  test('a merge into an unknown record, weak keys and switched-off keys join nothing', () => {
    const ids = canonicalIds([
      { id: 'a', mergedInto: 'gone', identifiers: on('txt:1') },
      { id: 'b', identifiers: { 'txt:1': true, 'mid:1': false } },
      { id: 'c', identifiers: on('mid:1') },
    ]);
    expect([...ids.values()]).toEqual(['a', 'b', 'c']);
  });

  test('the order of the records does not matter', () => {
    const record = fc.record({
      id: fc.constantFrom(...'abcdefgh'),
      identifiers: fc.dictionary(fc.constantFrom('x', 'y', 'z'), fc.boolean(), { maxKeys: 2 }),
      mergedInto: fc.option(fc.constantFrom(...'abcdefghq'), { nil: null }),
    });
    const records = fc.uniqueArray(record, { selector: ({ id }) => id });
    fc.assert(
      fc.property(
        records.chain((all) =>
          fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
        ),
        ([all, shuffled]) => {
          const sorted = (map: Map<string, string>) => [...map].sort();
          const ids = canonicalIds(all);
          expect(sorted(canonicalIds(shuffled))).toEqual(sorted(ids));
          // Canonical is canonical of itself.
          for (const id of ids.values()) expect(ids.get(id)).toBe(id);
        },
      ),
      { numRuns: 500 },
    );
  });
});

test('fields of a set are read as one: the canonical value first, sets united', () => {
  const members = new Map<string, { name?: string; remark?: string; identifiers: object }>([
    ['b', { name: 'ACME', remark: 'from b', identifiers: { y: true } }],
    ['a', { name: 'Acme', identifiers: { x: true } }],
  ]);
  expect(mergeFields('a', members)).toEqual({
    ...{ name: 'Acme', remark: 'from b' },
    identifiers: { x: true, y: true },
  });
});
