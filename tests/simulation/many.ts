// Many schedules in one test.
import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { copyPlainValuesByHand } from './copies.ts';
import { countRequests } from './disk.ts';
import { run, STEPS } from './schedule.ts';

const LONG = process.env.UNSAID_LONG === '1';

/** A thousand schedules between two files, or ten thousand in the long version: half of them here. */
export function simulateHalf(half: 0 | 1): void {
  countRequests();
  copyPlainValuesByHand();
  // The database tries what is a key by throwing, and noting where from is a tenth of all this
  // costs. A schedule that fails is run again by hand, and then it is said.
  Error.stackTraceLimit = 0;
  const count = LONG ? 5_000 : 500;
  simulate(1 + half * count, count);
}

function simulate(first: number, count: number): void {
  test(`seeds ${first} to ${first + count - 1}`, { timeout: 3_600_000 }, async () => {
    const total = { changes: 0, deaths: 0, restores: 0, clones: 0 };
    const failed: string[] = [];
    for (let seed = first; seed < first + count && failed.length < 10; seed += 1) {
      try {
        const outcome = await run({ seed, steps: STEPS });
        for (const key of Object.keys(total) as (keyof typeof total)[]) total[key] += outcome[key];
      } catch (error) {
        const words = error instanceof Error ? error.stack : String(error);
        failed.push(`node tests/simulation/replay.ts ${seed}\n${words}`);
      }
    }
    console.log('simulated:', total);
    expect(failed.join('\n\n')).toBe('');
    // A simulation in which nothing happens proves nothing.
    expect(total.deaths).toBeGreaterThan(count);
    expect(total.restores).toBeGreaterThan(count / 20);
    expect(total.clones).toBeGreaterThan(count / 20);
  });
}
