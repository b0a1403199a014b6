// A list saved as one, written over what a colleague has saved meanwhile.
import { expect, test } from 'vitest';
import { wholeList } from '../../src/console/whole-list/draft.ts';

interface Named {
  readonly id: string | null;
  readonly name: string;
  readonly retired: boolean;
}
type Known = Named & { readonly id: string };

const list = wholeList<readonly Known[], Named>({
  rowsOf: (base) => base,
  fields: ['name', 'retired'],
});
const known = (id: string, name = id, retired = false): Known => ({ id, name, retired });
const base = [known('a'), known('b'), known('c')];
const mine = list.draftOf(base);
const namesIn = ({ rows }: typeof mine) => rows.map(({ name }) => name);

test('changed is what differs in a field, in number or in order', () => {
  expect(list.isChanged(mine)).toBe(false);
  const renamed = mine.rows.map((one) => (one.id === 'b' ? { ...one, name: 'B' } : one));
  expect(list.isChanged({ base, rows: renamed })).toBe(true);
  expect(list.isChanged({ base, rows: mine.rows.slice(1) })).toBe(true);
  expect(list.isChanged({ base, rows: mine.rows.toReversed() })).toBe(true);
});

test('theirs is kept with what was changed here, field by field; new ones of both stay', () => {
  const fresh = { ...known('x', 'mine'), id: null, row: 'new-1' };
  const rows = [...mine.rows.map((one) => (one.id === 'b' ? { ...one, name: 'B' } : one)), fresh];
  const theirs = [known('a', 'A'), known('b', 'b', true), known('c'), known('d')];
  const merged = list.merge({ base, rows }, theirs);
  expect(merged.base).toBe(theirs);
  expect(namesIn(merged)).toEqual(['A', 'B', 'c', 'd', 'mine']);
  expect(merged.rows[1]).toMatchObject({ id: 'b', name: 'B', retired: true });
});

test('an order that was changed here holds; what came meanwhile stands last', () => {
  const [a, b, c] = mine.rows;
  if (!a || !b || !c) throw new Error('three rows');
  const merged = list.merge({ base, rows: [c, a, b] }, [known('d'), ...base]);
  expect(namesIn(merged)).toEqual(['c', 'a', 'b', 'd']);
});
