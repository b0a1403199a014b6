// Whatever devices, network and server do: nothing saved is lost, and all read the same.
import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { countRequests } from './disk.ts';
import { run } from './schedule.ts';

countRequests();

const LONG = process.env.UNSAID_LONG === '1';
const [FIRST = 1, COUNT = LONG ? 10_000 : 1_000] = (process.env.UNSAID_SEEDS ?? '')
  .split('+')
  .filter(Boolean)
  .map(Number);

test(`seeds ${FIRST} to ${FIRST + COUNT - 1}`, { timeout: 3_600_000 }, async () => {
  const total = { changes: 0, deaths: 0, restores: 0, clones: 0 };
  for (let seed = FIRST; seed < FIRST + COUNT; seed += 1) {
    try {
      const outcome = await run({ seed, steps: 25 });
      for (const key of Object.keys(total) as (keyof typeof total)[]) total[key] += outcome[key];
    } catch (error) {
      throw new Error(`seed ${seed}: UNSAID_SEEDS=${seed}+1 npm test -- tests/simulation`, {
        cause: error,
      });
    }
  }
  console.log('simulated:', total);
  // A simulation in which nothing happens proves nothing.
  if (COUNT < 100) return;
  expect(total.deaths).toBeGreaterThan(COUNT);
  expect(total.restores).toBeGreaterThan(COUNT / 20);
});
