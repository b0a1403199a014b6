// A sample workspace: the same numbers make the same records, and they are records.
import { expect, test } from 'vitest';
import { records } from '../../scripts/seed/records.ts';
import { bodyProblem, isKind } from '../../src/domain/index.ts';

const memberIds = Array.from({ length: 4 }, (_, at) => `01890000-0000-7000-8000-00000000000${at}`);
const plan = { customers: 12, seed: 7, members: 4, memberIds };

test('the same numbers make the same records; another seed makes others', () => {
  expect(records(plan)).toEqual(records(plan));
  expect(records({ ...plan, seed: 8 })).not.toEqual(records(plan));
});

test('more customers change none of those that were there', () => {
  const few = records(plan).map(({ id }) => id);
  const many = new Set(records({ ...plan, customers: 13 }).map(({ id }) => id));
  expect(few.filter((id) => !many.has(id))).toEqual([]);
});

test('each is a record of the domain, made before it is changed, about a hundred a customer', () => {
  const made = new Set<string>();
  for (const { kind, record, body, at, by } of records(plan)) {
    if (!isKind(kind)) throw new Error(`${kind} is no kind`);
    expect(bodyProblem(kind, body)).toBeNull();
    const isFirst = !made.has(record);
    // What makes a record says whom it is about.
    if (isFirst && kind !== 'customer') expect(body).toHaveProperty('customer');
    made.add(record);
    expect(at).toBeLessThanOrEqual(Date.UTC(2026, 0, 40));
    expect(by).toBeLessThan(4);
  }
  expect(made.size).toBeGreaterThan(12 * 90);
  expect(made.size).toBeLessThan(12 * 115);
});

test('nobody in it could be taken for real: every address ends in .example', () => {
  const text = JSON.stringify(records(plan));
  for (const [address] of text.matchAll(/[\w.+-]+@[\w.-]+/g)) expect(address).toMatch(/\.example$/);
});
