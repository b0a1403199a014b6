// What a tag costs while one talks: one transaction of the workspace's, and nothing beside it that
// can wait until the call is over.
import { beforeEach, expect, test } from 'vitest';
import { openCallDesk } from './call-desk.ts';
import { counting } from './requests.ts';
import { connection, freshProfile, id, source } from './world.ts';

const { createWorld } = await import('../../src/extension/background/world.ts');
const { keepUpQuietly } = await import('../../src/extension/background/search/keep-up.ts');
const { notePress } = await import('../../src/extension/background/calls/talking.ts');
const calls = await import('../../src/extension/background/calls/start.ts');
const { tagCall } = await import('../../src/extension/background/calls/tags.ts');
const store = await import('../../src/extension/store/index.ts');

beforeEach(freshProfile);

test('a tag is read for and written in one transaction, however many there are', async () => {
  const desk = await openCallDesk();
  const at = Date.now();
  const call = await desk.start(at);
  const name = store.databaseOf(connection);
  await desk.tag(call, 'risk', at + 1_000);
  const second = await counting(() => desk.tag(call, 'praise', at + 2_000), name);
  expect(second.transactions).toEqual([expect.stringMatching(/^readwrite /)]);
  for (let press = 3; press < 40; press += 1) await desk.tag(call, 'risk', at + press * 1_000);
  const last = await counting(() => desk.tag(call, 'praise', at + 60_000), name);
  expect(last).toEqual(second);
  expect((await desk.tagsOf(call)).length).toBe(40);
});

/** A world on a clock of the test's, connected, with a call and more written than a search reads. */
async function talking() {
  let now = Date.parse('2027-03-01T10:00:00Z');
  const clock = {
    get: () => now,
    pass: (ms: number) => {
      now += ms;
    },
  };
  const worldAt = () => createWorld(navigator.locks, { ...source, now: clock.get });
  const world = worldAt();
  await store.writeConnection(await world.profile(), connection);
  const call = id();
  await calls.startCall(world, { id: call, at: now, tab: null, channel: 'call' });
  notePress(world);
  const press = async () => {
    notePress(world);
    clock.pass(1_000);
    await tagCall(world, { id: id(), call, tag: 'risk', at: now });
  };
  for (let at = 0; at < 80; at += 1) await press();
  const { db } = await world.current();
  return { world, worldAt, clock, call, press, db };
}

test('the search’s index waits while a call is tagged, and is written once it is over', async () => {
  const { world, clock, call, db } = await talking();
  const waiting = await db.count('unindexed');
  await keepUpQuietly(world);
  expect(await db.count('unindexed')).toBe(waiting);
  await calls.endCall(world, { call, at: clock.get() });
  await keepUpQuietly(world);
  expect(await db.count('unindexed')).toBe(0);
});

test('a call that nobody tags for a while holds nothing up, until the next tag', async () => {
  const { world, clock, press, db } = await talking();
  clock.pass(61_000);
  await press();
  const waiting = await db.count('unindexed');
  expect(waiting).toBeGreaterThan(80);
  await keepUpQuietly(world);
  expect(await db.count('unindexed')).toBe(waiting);
  clock.pass(61_000);
  await keepUpQuietly(world);
  expect(await db.count('unindexed')).toBe(0);
});

test('a worker that just began does not know when the last tag was: it waits as well, not for ever', async () => {
  const { worldAt, clock, db } = await talking();
  const waiting = await db.count('unindexed');
  const another = worldAt();
  await keepUpQuietly(another);
  expect(await db.count('unindexed')).toBe(waiting);
  clock.pass(61_000);
  await keepUpQuietly(another);
  expect(await db.count('unindexed')).toBe(0);
});
