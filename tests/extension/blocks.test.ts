import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  blockOf,
  type Entry,
  entriesOf,
  entryOf,
  inBlock,
  keyOf,
  recordKeys,
} from '../../src/extension/store/blocks.ts';
import {
  Names,
  type PackedChange,
  packChange,
  unpackChange,
} from '../../src/extension/store/packed-change.ts';
import type { StoredChange } from '../../src/extension/store/schema.ts';
import { changes as rankedChanges, testId } from '../domain/arbitraries.ts';

const devices = [testId(), testId(), testId()];
const workspaces = [testId(), testId()];
const hash = fc.stringMatching(/^[0-9a-f]{64}$/);

/** Changes of any record as they are stored: sealed, unsealed, erased, waiting for an update. */
const stored: fc.Arbitrary<StoredChange[]> = rankedChanges.chain((ranked) =>
  fc.tuple(
    ...ranked.map((change) =>
      fc
        .record({
          state: fc.constantFrom('folded', 'unfolded', 'erased', 'unsealed', 'later version'),
          device: fc.constantFrom(...devices),
          workspace: fc.constantFrom(...workspaces),
          n: fc.nat(),
          at: fc.constantFrom(change.rank, '00000000000000ff'),
          prevHash: hash,
          bodyHash: hash,
        })
        .map(({ state, ...sealed }): StoredChange => {
          const { id, kind, record, author, rank, body } = change;
          const base = change.base ?? null;
          const own = { id, kind, record, author, rank, base };
          if (state === 'unsealed') {
            return { ...own, folded: true, envelope: null, salt: null, body };
          }
          if (state === 'later version') {
            const leaf = { ...sealed, id, kind, record, author, rank, more: true };
            return { ...own, folded: false, envelope: null, salt: 'aa', body, leaf, unfolded: 1 };
          }
          const envelope = {
            ...{ v: 1 as const, id, kind, record, author, ...sealed },
            ...(base === null ? {} : { base }),
          };
          if (state === 'erased') {
            return { ...own, folded: false, envelope, salt: null, body: null };
          }
          const waits = state === 'unfolded' ? { unfolded: 1 as const } : {};
          return { ...own, folded: state === 'folded', envelope, salt: 'ab', body, ...waits };
        }),
    ),
  ),
);

const entries = stored.map((changes): Entry[] => {
  const byRecord = new Map<string, StoredChange[]>();
  for (const change of changes) {
    const name = keyOf.record(change.kind, change.record);
    byRecord.set(name, [...(byRecord.get(name) ?? []), change]);
  }
  return [...byRecord.values()].map(entryOf);
});

test('a block gives back every change as it was stored', () => {
  fc.assert(
    fc.property(entries, (given) => {
      const block = blockOf(given);
      expect(entriesOf(block)).toEqual(given);
      expect(recordKeys(block)).toEqual(given.map(({ keys }) => keys[0]));
      for (const { changes } of given) {
        const [first] = changes;
        if (first === undefined) throw new Error('a record has a change');
        expect(inBlock(block, first.kind, first.record)).toEqual(changes);
      }
    }),
  );
});

test('only those entries are looked into that are asked for', () => {
  fc.assert(
    fc.property(entries, (given) => {
      const isAsked = (keys: string[]) => keys.includes(keyOf.kind('customer'));
      const asked = given.filter(({ keys }) => isAsked(keys));
      expect(entriesOf(blockOf(given), isAsked)).toEqual(asked);
    }),
  );
});

test('a block of an earlier version is read as it is', () => {
  fc.assert(
    fc.property(entries, (given) => {
      const { keys } = blockOf(given);
      const texts = given.map((entry) => JSON.stringify(entry));
      const starts = [1];
      for (const text of texts) starts.push((starts.at(-1) ?? 0) + text.length + 1);
      const rows = [
        { keys, text: `[${texts.join()}]`, starts },
        { keys, text: `[${texts.join()}]` },
      ];
      for (const row of rows) {
        expect(entriesOf(row)).toEqual(given);
        for (const { changes } of given) {
          const [first] = changes;
          if (first !== undefined) {
            expect(inBlock(row, first.kind, first.record)).toEqual(changes);
          }
        }
      }
    }),
  );
});

describe('a change that says something else in its envelope, or more, is kept as it is', () => {
  const sealed = (): StoredChange => {
    const [id, record, author] = [testId(), testId(), testId()];
    const own = { id, kind: 'note', record, author };
    const hashes = { prevHash: 'a'.repeat(64), bodyHash: 'b'.repeat(64) };
    const place = { workspace: workspaces[0] ?? '', device: devices[0] ?? '', n: 3 };
    return {
      ...{ ...own, rank: '0000000000000001', folded: true },
      envelope: { v: 1, ...own, ...place, at: '0000000000000001', ...hashes },
      ...{ salt: 'c'.repeat(32), base: null, body: { text: 'Sample text' } },
    };
  };
  const through = (change: StoredChange): StoredChange => {
    const names = new Names();
    const text = JSON.stringify(packChange(change, names));
    return unpackChange(JSON.parse(text) as PackedChange, change.kind, change.record, names.all);
  };
  const cases: [string, (change: StoredChange) => StoredChange][] = [
    ['nothing', (change) => change],
    ['another author', (change) => ({ ...change, author: testId() })],
    ['another kind', (change) => ({ ...change, kind: 'probe' })],
    ['another base', (change) => ({ ...change, base: { text: testId() } })],
    ['a member more', (change) => ({ ...change, later: 'kept' }) as StoredChange],
    [
      'a member more in its envelope',
      (change) => ({ ...change, envelope: { ...change.envelope, later: 1 } }) as never,
    ],
  ];
  test.each(cases)('%s', (_name, altered) => {
    const change = altered(sealed());
    expect(through(change)).toEqual(change);
  });

  test('and what is not, takes less than half of its bytes', () => {
    const change = sealed();
    const packed = JSON.stringify(packChange(change, new Names()));
    expect(packed.length).toBeLessThan(JSON.stringify(change).length / 2);
  });
});
