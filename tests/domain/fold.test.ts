import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  applyChange,
  conflictsOf,
  fieldsOf,
  fold,
  headsOf,
  paths,
  type Ranked,
  type RecordState,
  recordKey,
  sameJson,
} from '../../src/domain/index.ts';
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

describe('writing at the same time', () => {
  const first = change({ id: 'a', rank: '0000000000000001', body: { statement: 'first' } });
  const saw = (id: string, base: string | string[], rank: number, statement: string | null) =>
    change({
      ...{ id, author: id, rank: rank.toString(16).padStart(16, '0') },
      ...{ base: { statement: base }, body: { statement } },
    });
  const mine = saw('b', 'a', 2, 'mine');
  const theirs = saw('c', 'a', 3, 'theirs');
  const shown = (state: RecordState) =>
    [...conflictsOf(state)].map(([path, values]) => [path, values.map(({ value }) => value)]);

  test('SPEC 15.2: what one saw of the other is no conflict, and needs no more room', () => {
    expect(shown(applyAll([first, mine]))).toEqual([]);
    expect(applyAll([first]).registers.statement).toEqual({
      ...{ value: 'first', rank: first.rank, change: 'a' },
    });
    const after = saw('d', 'b', 4, 'after');
    expect(shown(applyAll([after, mine, first, mine, first]))).toEqual([]);
  });

  test('SPEC 15.3: of two that did not see each other the later wins, and the other stays', () => {
    expect(shown(applyAll([first, mine, theirs]))).toEqual([['statement', ['theirs', 'mine']]]);
    expect(fieldsOf(applyAll([theirs, mine, first]))).toEqual({ statement: 'theirs' });
  });

  test('SPEC 15.3: a value that was cleared at the same time stands beside the other, too', () => {
    const cleared = saw('c', 'a', 3, null);
    expect(shown(applyAll([first, mine, cleared]))).toEqual([['statement', [null, 'mine']]]);
  });

  test('SPEC 15.2: a base that arrives after the change that names it does not come back', () => {
    expect(shown(applyAll([mine]))).toEqual([]);
    expect(shown(applyAll([mine, first]))).toEqual([]);
    expect(shown(applyAll([mine, first, theirs]))).toEqual([['statement', ['theirs', 'mine']]]);
  });

  test('SPEC 15.4: who saw one of two leaves the conflict, who saw both ends it', () => {
    const sawOne = saw('d', 'c', 4, 'theirs, and more');
    expect(shown(applyAll([first, mine, theirs, sawOne]))).toEqual([
      ['statement', ['theirs, and more', 'mine']],
    ]);
    const both = applyAll([first, mine, theirs]);
    const heads = both.registers.statement && headsOf(both.registers.statement);
    expect(heads).toEqual(['c', 'b']);
    const taken = saw('d', heads ?? [], 4, 'mine');
    expect(shown(applyAll([taken, theirs, first, mine]))).toEqual([]);
    expect(fieldsOf(applyAll([taken, theirs, first, mine]))).toEqual({ statement: 'mine' });
  });

  test('SPEC 15.4: a third value that neither saw outlives the end of the conflict', () => {
    const late = saw('e', 'a', 1, 'written offline');
    const taken = saw('d', ['c', 'b'], 4, 'mine');
    expect(shown(applyAll([first, mine, theirs, taken, late]))).toEqual([
      ['statement', ['mine', 'written offline']],
    ]);
  });

  test('SPEC 15.5: the same value written twice is no conflict', () => {
    expect(shown(applyAll([first, mine, saw('c', 'a', 3, 'mine')]))).toEqual([]);
  });

  test('SPEC 15.1: each register by itself: fields, and keys of a set', () => {
    const made = change({ id: '1', kind: 'customer', body: { name: 'Sample', remark: 'r' } });
    const named = change({
      ...{ id: '2', kind: 'customer', rank: '0000000000000002', base: { name: '1' } },
      body: { name: 'Sample Foods' },
    });
    const noted = change({
      ...{ id: '3', kind: 'customer', rank: '0000000000000003', base: { remark: '1' } },
      body: { remark: 's' },
    });
    expect(shown(applyAll([made, named, noted]))).toEqual([]);
    const keys = (id: string, value: boolean | null) =>
      change({ id, kind: 'customer', body: { identifiers: { 'domain:a.example': value } } });
    expect(shown(applyAll([keys('4', true), keys('5', null)]))).toEqual([
      ['identifiers/domain:a.example', [null, true]],
    ]);
  });

  test('a state from before there were bases is read and folded on', () => {
    const old: RecordState = {
      ...{ kind: 'expectation', id: 'r', latest: first.rank },
      origin: { author: 'a', rank: first.rank, change: 'a' },
      registers: { statement: { value: 'first', rank: first.rank, change: 'a' } },
    };
    expect(shown(applyChange(old, mine))).toEqual([]);
    expect(shown(applyChange(applyChange(old, mine), theirs))).toEqual([
      ['statement', ['theirs', 'mine']],
    ]);
  });

  test('SPEC 15.2, 15.3: in any order and repetition, as the rule says it', () => {
    fc.assert(
      fc.property(
        changes.chain((all) =>
          fc.record({
            all: fc.constant(all),
            shuffled: fc.shuffledSubarray([...all, ...all], { minLength: all.length }),
          }),
        ),
        ({ all, shuffled }) => {
          // Every change at least once, in an order of its own.
          const folded = fold([...shuffled, ...all]);
          for (const state of folded.values()) {
            const own = all.filter(
              ({ kind, record }) => kind === state.kind && record === state.id,
            );
            for (const [path, register] of Object.entries(state.registers)) {
              const { winner, others } = naively(own, path);
              expect(register.change).toBe(winner);
              expect(register.others?.map((one) => one.change) ?? []).toEqual(others);
              const values = conflictsOf(state).get(path) ?? [];
              for (const [at, one] of values.entries()) {
                for (const other of values.slice(at + 1)) {
                  expect(sameJson(one.value, other.value)).toBe(false);
                }
              }
            }
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});

/** The rule as it is written, over all changes of a record at once. */
function naively(own: Ranked[], path: string): { winner: string | undefined; others: string[] } {
  const writing = own.filter(({ body }) => [...paths(body)].some(([each]) => each === path));
  const named = writing.flatMap(({ base }) => base?.[path] ?? []).flat();
  const order = writing.toSorted((a, b) =>
    a.rank !== b.rank ? (a.rank < b.rank ? 1 : -1) : a.id < b.id ? 1 : -1,
  );
  const winner = order[0]?.id;
  const others = order.map(({ id }) => id).filter((id) => id !== winner && !named.includes(id));
  return { winner, others };
}

function applyAll(all: Ranked[]) {
  const [state] = fold(all).values();
  if (state === undefined) throw new Error('nothing folded');
  return state;
}
