// Schedules that failed once, outside the thousand that are always tried.
import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { copyPlainValuesByHand } from './copies.ts';
import { countRequests } from './disk.ts';
import { run, STEPS } from './schedule.ts';

countRequests();
copyPlainValuesByHand();

test.each([
  [1280, 'two copies of a profile have both sealed what waited: as many names as changes'],
  [174, 'a copy pushed under a number that waited here, and a backup was restored'],
  [404, 'the same, and it was only noticed at the end'],
  [1414, 'a clock a year behind: who began a record for managers is known after they passed it'],
])('seed %i: %s', async (seed) => {
  expect((await run({ seed, steps: STEPS })).changes).toBeGreaterThan(0);
});
