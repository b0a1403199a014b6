// A server killed at any moment keeps all it said it has, once (4.1, 4.2).
import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Change } from '../../src/domain/index.ts';
import { Device } from './device.ts';
import { dataFolder, start } from './process.ts';
import { connect, setUp } from './server.ts';

const KILLS = Number(process.env.UNSAID_SERVER_KILLS ?? 3);

test(`after ${KILLS} kills while syncing, each change is there once`, async () => {
  const data = await dataFolder();
  let server = await start(data);
  const device = new Device(server.url, await connect(server, await setUp(server)));
  const before = (await device.pullAll()).map(({ leaf }) => leaf.id);
  const unsynced: Change[] = [];
  const made: string[] = [];
  const saidStored = new Set<string>();

  for (let kill = 0; kill < KILLS; kill++) {
    const at = sleep(randomInt(20, 600)).then(() => server.child.kill('SIGKILL'));
    for (;;) {
      for (let n = 0; n < 10; n++) {
        const change = device.change('note', { text: `${made.length}` });
        unsynced.push(change);
        made.push(change.envelope.id);
      }
      const answer = await device.request(unsynced).catch(() => null);
      if (answer?.status !== 200) break;
      for (const { id, result } of answer.json.results as { id: string; result: string }[]) {
        expect(['accepted', 'duplicate']).toContain(result);
        saidStored.add(id);
      }
      unsynced.splice(0);
    }
    await at;
    await server.ended;
    server = await start(data);
    device.url = server.url;
  }
  for (let from = 0; from < unsynced.length; from += 400) {
    await device.push(...unsynced.slice(from, from + 400));
  }
  device.cursor = 0;
  const pulled = await device.pullAll();
  const all = [...before, ...made];
  expect(pulled.map(({ seq }) => seq)).toEqual(all.map((_, seq) => seq));
  expect(pulled.map(({ leaf }) => leaf.id).toSorted()).toEqual(all.toSorted());
  for (const id of saidStored) expect(made).toContain(id);
}, 600_000);
