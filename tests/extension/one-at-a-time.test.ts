import { expect, test } from 'vitest';
import { oneAtATime } from '../../src/extension/background/one-at-a-time.ts';

/** Work that reads how it is when it begins, and tells that when the test lets it. */
function rig() {
  const now = new Map([
    ['a', 1],
    ['b', 1],
  ]);
  const told: string[] = [];
  const ends: (() => void)[] = [];
  const tell = oneAtATime(async (key: string) => {
    const read = now.get(key);
    await new Promise<void>((done) => ends.push(done));
    told.push(`${key}${read}`);
  });
  return { now, told, ends, tell };
}

test('what is told last is how it is, however many ask meanwhile', async () => {
  const { now, told, ends, tell } = rig();
  const first = tell('a');
  now.set('a', 2);
  await Promise.all([tell('a'), tell('a')]);
  now.set('a', 3);
  ends.shift()?.();
  await expect.poll(() => ends.length).toBe(1);
  ends.shift()?.();
  await first;
  expect(told).toEqual(['a1', 'a3']);
  const next = tell('a');
  ends.shift()?.();
  await next;
  expect(told).toEqual(['a1', 'a3', 'a3']);
});

test('one key does not wait for another, and failing ends nothing for good', async () => {
  const { told, ends, tell } = rig();
  const [a, b] = [tell('a'), tell('b')];
  ends[1]?.();
  await b;
  expect(told).toEqual(['b1']);
  ends[0]?.();
  await a;
  let times = 0;
  const failing = oneAtATime(async () => {
    times += 1;
    throw new Error('a bug');
  });
  await expect(failing('a')).rejects.toThrow('a bug');
  await expect(failing('a')).rejects.toThrow('a bug');
  expect(times).toBe(2);
});
