// Wherever a worker dies while a call is tagged: what it was asked for is there wholly or not at
// all, and asking again makes it be there once.
import 'fake-indexeddb/auto';
import { beforeAll, expect, test } from 'vitest';
import { newId } from '../../src/domain/index.ts';
import { chanceOf } from './chance.ts';
import { copyPlainValuesByHand } from './copies.ts';
import { SimulatedDevice, store } from './device.ts';
import { countRequests } from './disk.ts';

const session = new Map<string, unknown>();
Object.assign((globalThis as unknown as { browser: object }).browser, {
  storage: {
    session: {
      get: async (key: string) => (session.has(key) ? { [key]: session.get(key) } : {}),
      remove: async (key: string) => void session.delete(key),
    },
  },
});
const { changeCall, removeCall, setClock } = await import(
  '../../src/extension/background/calls/change.ts'
);
const { followCalls } = await import('../../src/extension/background/calls/follow.ts');
const { importCall } = await import('../../src/extension/background/calls/import.ts');
const { endCall, parkCall, resumeCall, startCall } = await import(
  '../../src/extension/background/calls/start.ts'
);
const { tagCall } = await import('../../src/extension/background/calls/tags.ts');
const { callsView } = await import('../../src/extension/background/calls/views.ts');
const { unwrapTag, wrapTag } = await import('../../src/extension/background/calls/wrap.ts');

type World = Awaited<
  ReturnType<typeof import('../../src/extension/background/world.ts').createWorld>
>;
type Step = {
  name: string;
  ask: (world: World) => Promise<unknown>;
  /** Done a part at a time. */
  inParts?: true;
};

countRequests();
copyPlainValuesByHand();

const T = Date.parse('2027-02-24T09:00:00.000Z');
const ids = { now: () => T, random: chanceOf(7).bytes };
const [first, second, tag, other, made, imported] = Array.from({ length: 6 }, () => newId(ids)) as [
  ...[string, string, string, string, string, string],
];
const file = {
  call: {
    ...{ id: imported, startedAt: T, endedAt: null, pauses: [], subject: '', shift: 0 },
    channel: 'call' as const,
  },
  tags: Array.from({ length: 210 }, (_, at) => ({
    ...{ id: newId(ids), tag: 'risk', offset: at, span: null, text: '', pressedAt: null },
  })),
};
const started = { tab: null, channel: 'call' as const };
const halden = { id: null, name: 'Halden', reason: '' };

const STEPS: Step[] = [
  { name: 'starts', ask: (world) => startCall(world, { id: first, at: T, ...started }) },
  {
    name: 'tags',
    ask: (world) => tagCall(world, { id: tag, call: first, tag: 'risk', at: T + 1_000 }),
  },
  {
    name: 'parks the one by starting another',
    ask: (world) => startCall(world, { id: second, at: T + 5_000, ...started, customer: halden }),
  },
  { name: 'resumes', ask: (world) => resumeCall(world, { call: first, at: T + 7_000 }) },
  {
    name: 'tags again',
    ask: (world) => tagCall(world, { id: other, call: first, tag: 'praise', at: T + 8_000 }),
  },
  { name: 'sets the clock', ask: (world) => setClock(world, { call: first, at: T, by: 6_000 }) },
  {
    name: 'mends the start and says how they seemed',
    ask: (world) => changeCall(world, { call: first, patch: { startedAt: T - 9_000, seemed: 2 } }),
  },
  {
    name: 'links a customer',
    ask: async (world) => {
      await changeCall(world, { call: first, patch: { customer: halden } });
      await followCalls(world);
    },
    inParts: true,
  },
  { name: 'parks', ask: (world) => parkCall(world, { call: first, at: T + 10_000 }) },
  { name: 'ends', ask: (world) => endCall(world, { call: first, at: T + 11_000 }) },
  {
    name: 'wraps a tag up',
    ask: (world) =>
      wrapTag(world, {
        ...{ tag, record: made, becomes: 'expectation', text: 'They assume it' },
        ...{ due: null, by: null },
      }),
  },
  { name: 'takes that back', ask: (world) => unwrapTag(world, { tag }) },
  { name: 'takes the call back', ask: (world) => removeCall(world, { call: first, on: true }) },
  { name: 'brings it back', ask: (world) => removeCall(world, { call: first, on: false }) },
  { name: 'imports', ask: (world) => importCall(world, file), inParts: true },
];

function newDevice(): SimulatedDevice {
  return new SimulatedDevice({
    name: 'sample device',
    member: { id: newId(ids), name: 'Sample Member', role: 'annotator' },
    chance: chanceOf(11),
    now: () => T,
    fetch: () => Promise.reject(new TypeError('away')),
  });
}

const KNOWN = new Set<string>([first, second, tag, other, made, imported]);

/** All records with their fields; ids that the background made are not told apart. */
async function recordsOf(device: SimulatedDevice): Promise<string[]> {
  const records = await device.do(async (world) => (await world.current()).db.getAll('records'));
  if (records === 'died') throw new Error('nobody was to die');
  return records
    .map((record) => JSON.stringify([record.kind, store.readFields(record), record.calls ?? []]))
    .map((text) =>
      text.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, (id) =>
        KNOWN.has(id) || file.tags.some((one) => one.id === id) ? id : 'made',
      ),
    )
    .sort();
}

/** The device before each step, and at the end. */
const devices: SimulatedDevice[] = [];
beforeAll(async () => {
  const device = newDevice();
  await device.id();
  for (const { ask } of STEPS) {
    devices.push(await device.clone('before'));
    await device.do(ask);
  }
  devices.push(device);
});

test.each(STEPS.map(({ name }, at) => [name, at] as const))(
  'a worker that dies when it %s',
  async (_name, at) => {
    const [step, start, end] = [STEPS[at], devices[at], devices[at + 1]];
    if (step === undefined || start === undefined || end === undefined) throw new RangeError();
    const [before, after] = [await recordsOf(start), await recordsOf(end)];
    expect(after).not.toEqual(before);
    let deaths = 0;
    // In parts there are very many places to die at: some of them, all over.
    for (let dies = 1; dies < 5_000; dies += step.inParts === true && dies > 20 ? 211 : 1) {
      const device = await start.clone('dies');
      const done = await device.do(step.ask, dies);
      if (done !== 'died') break;
      deaths += 1;
      const left = await recordsOf(device);
      if (step.inParts !== true) expect([before, after]).toContainEqual(left);
      // Whoever looks sees calls that can be gone on with, and asks again.
      expect(await device.do((world) => callsView(world))).not.toBe('died');
      await device.do(step.ask);
      expect(await recordsOf(device)).toEqual(after);
    }
    expect(deaths).toBeGreaterThan(5);
  },
  60_000,
);
