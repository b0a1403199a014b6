// The same schedules against real servers: two processes on one PostgreSQL, killed again and again.
import 'fake-indexeddb/auto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chanceOf } from './chance.ts';
import { countRequests } from './disk.ts';
import { RealBackend } from './real-backend.ts';
import { run, STEPS } from './schedule.ts';
import { MEETINGS, twoCopies } from './two-copies.ts';

const COUNT = process.env.UNSAID_LONG === '1' ? 200 : 20;

let backend: RealBackend;
beforeAll(async () => {
  countRequests();
  backend = await RealBackend.start();
}, 120_000);
afterAll(() => backend?.stop(), 120_000);

test.each(MEETINGS)('4.4 two copies of a profile both sealed what waited: %s', async (meeting) => {
  // Ids of their own: the schedules below are in the same workspace.
  const chance = chanceOf(1_000_001 + MEETINGS.indexOf(meeting));
  await expect(twoCopies(meeting, backend.around(chance), chance)).resolves.toBeUndefined();
});

test(`${COUNT} schedules`, { timeout: 3_600_000 }, async () => {
  for (let seed = 1; seed <= COUNT; seed += 1) {
    await run({ seed, steps: STEPS }, (chance) => backend.around(chance)).catch((error) => {
      throw new Error(`seed ${seed}`, { cause: error });
    });
  }
  console.log('killed:', backend.kills);
  expect(backend.kills.servers).toBeGreaterThan(COUNT / 10);
  expect(backend.kills.databases).toBeGreaterThan(0);
});
