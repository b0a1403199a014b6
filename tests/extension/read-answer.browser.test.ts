// The short way of reading rows takes nothing that the schema refuses.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { pulledChange } from '../../src/ledger/index.ts';
import { id } from './world.ts';

const { isPlainRow } = await import('../../src/extension/background/read-answer.ts');

const row = () => ({
  seq: 7,
  leaf: {
    ...{ v: 1, workspace: id(), id: id(), kind: 'note', record: id(), author: id(), device: id() },
    ...{ n: 3, at: '0191e4f8a1000000', prevHash: '0'.repeat(64), bodyHash: 'a'.repeat(64) },
    ...{ received: '2027-02-24T09:12:00.000Z', rank: '0191e4f8a1000000', base: { text: id() } },
  },
  salt: '0'.repeat(32),
  body: { text: 'a note' },
});

test('a row as servers send it is taken at once', () => {
  expect(isPlainRow(row())).toBe(true);
  expect(pulledChange.safeParse(row()).success).toBe(true);
});

test('whatever a row has in place of one of its values', () => {
  const sample = row();
  const places = [
    ...Object.keys(sample).map((name) => [name]),
    ...Object.keys(sample.leaf).map((name) => ['leaf', name]),
    ['problem'],
    ['leaf', 'base', 'text'],
  ];
  const values = fc.oneof(
    fc.jsonValue(),
    fc.constantFrom(undefined, -1, 1.5, 2 ** 53, '', 'x'.repeat(65), '2027-02-30T00:00:00.000Z'),
    fc.constantFrom(id().toUpperCase(), '0'.repeat(64), [], {}, { text: [id()] }),
  );
  fc.assert(
    fc.property(fc.constantFrom(...places), values, (place, value) => {
      const changed: { [name: string]: unknown } = structuredClone(row());
      let at = changed;
      for (const name of place.slice(0, -1)) at = at[name] as typeof changed;
      at[place.at(-1) ?? ''] = value;
      if (isPlainRow(changed)) expect(pulledChange.safeParse(changed).success).toBe(true);
    }),
    { numRuns: 2_000 },
  );
});
