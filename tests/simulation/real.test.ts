// The same schedules against real servers: two processes on one PostgreSQL, killed again and again.
import 'fake-indexeddb/auto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chanceOf } from './chance.ts';
import { SimulatedDevice } from './device.ts';
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

/** Goal: less than this, whichever way. */
const IDLE_BYTES = 400;
const [HOST, CHANGES] = ['unsaid.example.com', '1000000'];

/** A body of this size at that host and with that many changes: both are told twice in an answer. */
function grown(bytes: number, changes: number, host: string): number {
  return bytes + 2 * (HOST.length - host.length) + 2 * (CHANGES.length - `${changes}`.length);
}

test.each([
  ['that has written nothing', 0],
  ['with more than a tile of changes', 300],
])('an idle sync is one small request: a device %s', async (_, written) => {
  const chance = chanceOf(2_000_001 + written);
  const world = backend.around(chance);
  const [member] = world.members;
  if (member === undefined) throw new Error('a member');
  const carried: { url: string; sent: string; got: number }[] = [];
  const device = new SimulatedDevice({
    ...{ name: 'idle', member, chance, now: () => world.now() },
    fetch: (async (url: string, init?: RequestInit) => {
      const answer = await world.fetch(url, init);
      const got = (await answer.clone().arrayBuffer()).byteLength;
      carried.push({ url, sent: String(init?.body ?? ''), got });
      return answer;
    }) as typeof fetch,
  });
  await device.connect(await world.approved(member, device));
  await device.write(
    Array.from({ length: written }, (__, at) => {
      const ids = { id: device.newId(), record: device.newId() };
      return { ...ids, kind: 'note', body: { text: `words ${at}` } };
    }),
  );
  expect(await device.sync()).toBe('even');
  const number = (await world.log()).log.rows.length;
  for (const time of ['first', 'second']) {
    carried.length = 0;
    expect(await device.sync(), time).toBe('even');
    expect(carried.map(({ url }) => new URL(url).pathname)).toEqual(['/v1/sync']);
    const [{ sent, got } = { sent: '', got: 0 }] = carried;
    // It has all of the log, proves it, and says what it goes by: what makes an answer short.
    expect(JSON.parse(sent)).toMatchObject({ cursor: number, pinned: number, push: [] });
    expect(JSON.parse(sent).follows).toMatch(/^[0-9a-f]{16}$/);
    expect(grown(Buffer.byteLength(sent), number, '127.0.0.1')).toBeLessThan(IDLE_BYTES);
    expect(got).toBeGreaterThan(0);
    expect(grown(got, number, '127.0.0.1')).toBeLessThan(IDLE_BYTES);
  }
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
