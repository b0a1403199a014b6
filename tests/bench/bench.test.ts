import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { asObject, figure } from '../../bench/figure.ts';
import { inRounds, median } from '../../bench/rounds.ts';
import { asTable } from '../../bench/table.ts';

const root = resolve(import.meta.dirname, '../..');
const bench = (...args: string[]) =>
  spawnSync(process.execPath, [join(root, 'bench/run.ts'), ...args], { encoding: 'utf8' });

test('a bench that does not exist is refused with the list of those that do', () => {
  const { status, stdout, stderr } = bench('nothing', '--json');
  expect(status).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toMatch(/“nothing”.*seal/);
});

test('--json prints one object with all its fields', () => {
  const { stdout } = bench('seal', '--quick', '--json');
  const { bench: name, machine, figures } = JSON.parse(stdout);
  expect(name).toBe('seal');
  expect(machine.cores).toBeGreaterThan(0);
  expect(figures.length).toBeGreaterThan(0);
  for (const one of figures) {
    const fields = ['name', 'value', 'unit', 'peer', 'peerValue', 'ratio', 'goal', 'ok'];
    expect(Object.keys(one)).toEqual(fields);
    expect(one.value).toBeGreaterThan(0);
  }
});

test.each([
  [{ of: 'value', at: 'most', bound: 10 }, true, '≤ 10 ms'],
  [{ of: 'value', at: 'most', bound: 9 }, false, '≤ 9 ms'],
  [{ of: 'ratio', at: 'least', bound: 2 }, true, 'ratio ≥ 2'],
  [{ of: 'ratio', at: 'most', bound: 1.5 }, false, 'ratio ≤ 1.5'],
] as const)('10 ms beside 5 ms, judged by %o', (goal, ok, words) => {
  const measured = { name: 'a capture', value: 10, unit: 'ms' };
  const judged = figure(measured, { name: 'a put', value: 5 }, goal);
  expect(judged).toMatchObject({ ratio: 2, ok, goal: words });
  expect(asTable([judged])).toContain(ok ? 'ok' : 'MISSED');
});

test('a figure without peer and goal says so with null', () => {
  const alone = figure({ name: 'a capture', value: 1, unit: 'ms' }, null, null);
  expect(asObject(alone)).toMatchObject({ peer: null, peerValue: null, ratio: null, goal: null });
  expect(alone.ok).toBe(true);
});

test('variants take turns, and nobody is always the first', async () => {
  const order: string[] = [];
  const variant = (name: string, value: number) => () => {
    order.push(name);
    return value;
  };
  const took = await inRounds(3, { a: variant('a', 1), b: variant('b', 2) });
  expect(order.join('')).toBe('abbaab');
  expect(took).toEqual({ a: 1, b: 2 });
  expect(median([3, 1, 2])).toBe(2);
});
