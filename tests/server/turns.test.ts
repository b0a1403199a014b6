import { expect, test } from 'vitest';
import { createTurns } from '../../src/server/sync/turns.ts';

const soon = () => new Promise((done) => setImmediate(done));

test('so many at once, the others in the order they came', async () => {
  const turns = createTurns(2);
  const begun: string[] = [];
  const take = async (name: string) => {
    const end = await turns();
    begun.push(name);
    return end;
  };
  const [a, b, c, d] = ['a', 'b', 'c', 'd'].map(take);
  await soon();
  expect(begun).toEqual(['a', 'b']);
  (await b)?.();
  await soon();
  expect(begun).toEqual(['a', 'b', 'c']);
  for (const one of [a, c]) (await one)?.();
  (await d)?.();
  await take('e');
  expect(begun).toEqual(['a', 'b', 'c', 'd', 'e']);
});

test('a turn that is ended twice ends once', async () => {
  const turns = createTurns(1);
  const end = await turns();
  end();
  end();
  await turns();
  let begun = false;
  void turns().then(() => {
    begun = true;
  });
  await soon();
  expect(begun).toBe(false);
});
