import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyChange, fieldsOf, fold, type Ranked, recordKey } from '../../src/domain/index.ts';
import { changes, testId } from './arbitraries.ts';

function change(patch: Partial<Ranked>): Ranked {
  return {
    ...{ id: testId(), kind: 'expectation', record: 'r', author: 'a' },
    ...{ rank: '0000000000000001', body: {} },
    ...patch,
  };
}

describe('fold', () => {
  test('any order, repetition and split into batches gives the same records', () => {
    fc.assert(
      fc.property(
        changes.chain((all) =>
          fc.record({
            all: fc.constant(all),
            shuffled: fc.shuffledSubarray([...all, ...all], {
              minLength: all.length * 2,
              maxLength: all.length * 2,
            }),
          }),
        ),
        ({ all, shuffled }) => {
          expect(fold(shuffled)).toEqual(fold(all));
          const cut = Math.floor(shuffled.length / 2);
          const half = fold(shuffled.slice(0, cut));
          for (const late of shuffled.slice(cut)) {
            const key = recordKey(late.kind, late.record);
            half.set(key, applyChange(half.get(key), late));
          }
          expect(half).toEqual(fold(all));
        },
      ),
      { numRuns: 300 },
    );
  });

  test('per field the change with the greatest rank wins, then the greatest id', () => {
    const low = change({ id: '1', rank: '0000000000000002', body: { statement: 'first' } });
    const high = change({ id: '2', rank: '0000000000000002', body: { statement: 'second' } });
    const other = change({
      id: '3',
      rank: '0000000000000001',
      body: { statement: 'x', stage: 'asked' },
    });
    const state = fold([high, low, other]).get('expectation/r');
    expect(state && fieldsOf(state)).toEqual({ statement: 'second', stage: 'asked' });
    expect(state?.origin.change).toBe('3');
  });

  test('null clears a field; a later value brings it back', () => {
    const made = change({ rank: '0000000000000001', body: { due: '2027-01-02' } });
    const cleared = change({ rank: '0000000000000002', body: { due: null } });
    const again = change({ rank: '0000000000000003', body: { due: '2027-03-04' } });
    const read = (all: Ranked[]) => fieldsOf(applyAll(all));
    expect(read([made, cleared])).toEqual({});
    expect(read([made, cleared, again])).toEqual({ due: '2027-03-04' });
  });

  test('two people who add to one set lose neither', () => {
    const one = change({ kind: 'customer', body: { identifiers: { 'domain:a.example': true } } });
    const two = change({ kind: 'customer', body: { identifiers: { 'domain:b.example': true } } });
    const out = change({
      kind: 'customer',
      rank: '0000000000000009',
      body: { identifiers: { 'domain:a.example': null } },
    });
    expect(fieldsOf<'customer'>(applyAll([one, two])).identifiers).toEqual({
      'domain:a.example': true,
      'domain:b.example': true,
    });
    expect(fieldsOf<'customer'>(applyAll([out, one, two])).identifiers).toEqual({
      'domain:b.example': true,
    });
  });

  test('keys that are names of object members are only keys', () => {
    const hostile = JSON.parse('{"identifiers":{"__proto__":true,"constructor":true}}');
    const fields = fieldsOf<'customer'>(applyAll([change({ kind: 'customer', body: hostile })]));
    expect(Object.keys(fields.identifiers ?? {})).toEqual(['__proto__', 'constructor']);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
});

function applyAll(all: Ranked[]) {
  const [state] = fold(all).values();
  if (state === undefined) throw new Error('nothing folded');
  return state;
}
