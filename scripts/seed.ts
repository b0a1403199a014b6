// npm run seed [-- --customers N --seed N --members N --data DIR]: a workspace full of made-up
// records in a new data folder, to look at and to measure with. The same numbers make the same
// records; only people, keys and the times of receiving are new.
import { existsSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { startServer } from '../src/server/main.ts';
import { Device } from './seed/device.ts';
import { PASSWORD, people } from './seed/people.ts';
import { Random } from './seed/random.ts';
import { records, type SeedChange } from './seed/records.ts';

const USAGE = `npm run seed -- [--customers N] [--seed N] [--members N] [--data DIR]
    --customers N  about a hundred records for each (default 50)
    --seed N       another number makes another workspace (default 1)
    --members N    people who write, 2 to 50 (default 8)
    --data DIR     a folder that is empty or not there yet (default ./data/sample)`;
const AT_ONCE = 500;

const root = resolve(import.meta.dirname, '..');
const { values } = parseArgs({
  options: {
    customers: { type: 'string', default: '50' },
    seed: { type: 'string', default: '1' },
    members: { type: 'string', default: '8' },
    data: { type: 'string', default: 'data/sample' },
  },
});
const customers = number('customers', values.customers, 1, 100_000);
const seed = number('seed', values.seed, 0, 2 ** 31);
const members = number('members', values.members, 2, 50);
const dataDir = resolve(root, values.data);
if (existsSync(dataDir) && readdirSync(dataDir).length > 0) {
  refuse(`${values.data} is not empty. Name another folder, or remove it first.`);
}

const server = await startServer({
  ...{ port: 0, dataDir, logLevel: 'warn', guessesPerMinute: 10_000, requestsPerMinute: 1_000_000 },
});
try {
  const everybody = await people(server, members);
  const began = Date.UTC(2023, 11, 1);
  const devices: Device[] = [];
  for (const [at, person] of everybody.entries()) {
    devices.push(await Device.connect(server.url, person, began, new Random(seed ^ (at + 1))));
  }
  const memberIds = devices.map(({ member }) => member);
  const all = records({ customers, seed, members, memberIds });
  const start = performance.now();
  let sent = 0;
  for (const [device, batch] of batches(devices, all)) {
    await device.push(batch);
    sent += batch.length;
    process.stderr.write(
      `\r${sent.toLocaleString('en')} of ${all.length.toLocaleString('en')} changes`,
    );
  }
  const seconds = (performance.now() - start) / 1_000;
  const made = new Set(all.map(({ kind, record }) => `${kind}/${record}`)).size;
  console.error(`\n${made.toLocaleString('en')} records in ${seconds.toFixed(0)} s`);
  console.log(`npm start -- --data ${values.data}`);
  console.log(`Sign in as ${everybody[0]?.email} (admin) or ${everybody[1]?.email} (manager),`);
  console.log(`password: ${PASSWORD}`);
} finally {
  await server.close();
}

/** Each device's changes in their order, a part of the time at a time. */
function* batches(
  devices: readonly Device[],
  all: readonly SeedChange[],
): Generator<[Device, SeedChange[]]> {
  for (let from = 0; from < all.length; from += AT_ONCE * devices.length) {
    const part = all.slice(from, from + AT_ONCE * devices.length);
    for (const [by, device] of devices.entries()) {
      const own = part.filter((change) => change.by === by);
      for (let at = 0; at < own.length; at += AT_ONCE) yield [device, own.slice(at, at + AT_ONCE)];
    }
  }
}

function number(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= most) return value;
  return refuse(`--${name} is a whole number from ${least} to ${most}, not “${text}”.`);
}

function refuse(words: string): never {
  console.error(`${words}\n\n${USAGE}`);
  process.exit(2);
}
