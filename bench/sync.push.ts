// Pushes over HTTP: a prepared request of 100 to 500 changes goes in, an answer that every change is
// stored and committed and a signed checkpoint over them come back. Between lie unpacking, parsing,
// the signature, validation, the fold, leaf hashes, the tree and PostgreSQL's flush to the disk.

import { MOST_PULLED } from '../src/ledger/index.ts';
import { type Figure, figure } from './figure.ts';
import { between, seeded } from './random.ts';
import { inRounds, median } from './rounds.ts';
import { batchesOf, type CopyBatch, copyAll } from './sync.copy.ts';
import type { Host } from './sync.host.ts';
import { percentile } from './sync.numbers.ts';
import { startPouch } from './sync.pouch.ts';
import { bodiesOf, noteMaker, Sender } from './sync.sender.ts';

const WORKSPACES = 8;
/** In the one workspace: a team, whose changes all have to get in line. */
const DEVICES = 4;
/** What the figure is to be at least, by the number of workspaces pushed to at once. */
const GOAL = { eight: 20_000, one: 12_000 };
const OF_COPY = 0.3;
const OF_POUCH = 3;

type Request = { packed: Uint8Array; count: number };
/** A device and what it is about to send, one after the other. */
type Queue = { sender: Sender; requests: Request[] };
/** A workspace whose devices send at the same time; `first`: its leaves before they do. */
export type Team = { first: number; queues: Queue[] };

/** Changes of each device, in one round. */
const CHANGES = 5_000;
const CHANGES_QUICK = 600;

export async function batches(host: Host, quick: boolean, seed: number): Promise<Figure[]> {
  const random = seeded(seed);
  const changes = quick ? CHANGES_QUICK : CHANGES;
  const teams = {
    eight: () =>
      Promise.all(Array.from({ length: WORKSPACES }, () => teamOf(host, 1, changes, random))),
    one: async () => [await teamOf(host, DEVICES, changes, random)],
  };
  // Ours first, unmeasured: it leaves the rows that are copied, and a server that has run before.
  const left = { eight: await teams.eight(), one: await teams.one() };
  const rows = { eight: await pushedRows(host, left.eight), one: await pushedRows(host, left.one) };
  const documents = { eight: left.eight.map(documentsOf), one: left.one.map(documentsOf) };
  const pouch = await startPouch();
  try {
    const took = await inRounds(quick ? 3 : 5, {
      eight: async () => pushAll(await teams.eight()),
      one: async () => pushAll(await teams.one()),
      copyEight: () => copyAll(host.database, rows.eight),
      copyOne: () => copyAll(host.database, rows.one),
      pouchEight: () => pouch.push(documents.eight),
      pouchOne: () => pouch.push(documents.one),
    });
    const [eight, one] = [`${WORKSPACES} workspaces`, `one workspace, ${DEVICES} devices`];
    return [
      ...beside(eight, took.eight, GOAL.eight, took.copyEight, took.pouchEight),
      ...beside(one, took.one, GOAL.one, took.copyOne, took.pouchOne),
    ];
  } finally {
    await pouch.close();
  }
}

function beside(where: string, value: number, goal: number, copy: number, pouch: number): Figure[] {
  const ours = { name: `changes pushed over HTTP, durable, ${where}`, value, unit: '/s' };
  return [
    figure(ours, null, { of: 'value', at: 'least', bound: goal }),
    figure(
      ours,
      { name: 'COPY of the same rows', value: copy },
      { of: 'ratio', at: 'least', bound: OF_COPY },
    ),
    figure(
      ours,
      { name: 'PouchDB to express-pouchdb', value: pouch },
      { of: 'ratio', at: 'least', bound: OF_POUCH },
    ),
  ];
}

/** A new workspace whose devices have `changes` notes each to send, packed. */
export async function teamOf(
  host: Host,
  devices: number,
  changes: number,
  random: () => number,
): Promise<Team> {
  const senders: Sender[] = [];
  for (const known of await host.workspace(devices)) senders.push(await Sender.of(host.url, known));
  const first = Math.max(...senders.map(({ size }) => size));
  const note = noteMaker(random);
  const queues = senders.map((sender) => ({
    sender,
    requests: sizesOf(changes, random).map((count) => ({
      packed: sender.pack(sender.sealNotes(count, note)),
      count,
    })),
  }));
  return { first, queues };
}

/** Sizes of batches of 100 to 500 that make up `changes`; the last may be smaller. */
export function sizesOf(changes: number, random: () => number): number[] {
  const sizes: number[] = [];
  for (let left = changes; left > 0; ) {
    const size = Math.min(left, between(random, 100, 500));
    sizes.push(size);
    left -= size;
  }
  return sizes;
}

/** Changes per second, all devices at once and each one's in their order. */
async function pushAll(teams: Team[]): Promise<number> {
  const queues = teams.flatMap((team) => team.queues);
  const start = performance.now();
  await Promise.all(
    queues.map(async ({ sender, requests }) => {
      for (const { packed, count } of requests) await sender.sendPacked(packed, count);
    }),
  );
  const seconds = (performance.now() - start) / 1_000;
  return queues.reduce((sum, queue) => sum + countOf(queue), 0) / seconds;
}

function countOf({ requests }: Queue): number {
  return requests.reduce((sum, { count }) => sum + count, 0);
}

/** Pushes, and returns what of it ended up in the tables: a list for each device. */
async function pushedRows(host: Host, teams: Team[]): Promise<CopyBatch[][]> {
  await pushAll(teams);
  const lists: CopyBatch[][] = [];
  for (const { first, queues } of teams) {
    let seq = first;
    for (const queue of queues) {
      const sizes = queue.requests.map(({ count }) => count);
      lists.push(await batchesOf(host.database, queue.sender.who.workspace, seq, sizes));
      seq += countOf(queue);
    }
  }
  return lists;
}

function documentsOf({ queues }: Team) {
  return queues.map(({ requests }) => requests.flatMap(({ packed }) => bodiesOf(packed)));
}

/** Devices of one workspace that write at the same time; few enough for a device's own limit. */
const WRITERS = 16;
const PER_SECOND = 200;

/**
 * One change each: as fast as it goes, and how long each takes when 200 come in a second; then the same
 * with what colleagues wrote since the device's last brought back, as devices ask for it.
 */
export async function singles(host: Host, quick: boolean, seed: number): Promise<Figure[]> {
  const note = noteMaker(seeded(seed));
  const each = quick ? 10 : 100;
  const measured = async (once: (sender: Sender) => Promise<unknown>) => {
    const known = await host.workspace(WRITERS);
    const senders = await Promise.all(known.map((one) => Sender.of(host.url, one)));
    for (const sender of senders) await once(sender);
    const start = performance.now();
    await Promise.all(
      senders.map(async (sender) => {
        for (let done = 0; done < each; done += 1) await once(sender);
      }),
    );
    const rate = (senders.length * each * 1_000) / (performance.now() - start);
    return { rate, took: await paced(quick ? 2 : 10, senders, once) };
  };
  const alone = await measured((sender) => sender.send(sender.sealNotes(1, note)));
  const bare = await insertsPerSecond(host, quick ? 100 : 1_000);
  const pulling = await measured((sender) =>
    sender.send(sender.sealNotes(1, note), { cursor: sender.size, limit: MOST_PULLED }),
  );
  const name = `pushes of one change, one workspace`;
  const rateOf = (value: number) => ({ name: `${name}, ${WRITERS} devices`, value, unit: '/s' });
  const at = (took: number[], part: 'p50' | 'p99') => ({
    name: `${name}, ${PER_SECOND}/s, ${part}`,
    value: part === 'p50' ? median(took) : percentile(took, 0.99),
    unit: 'ms',
  });
  const beside = (one: { name: string; value: number; unit: string }) =>
    figure({ ...one, name: `${one.name}, colleagues’ pulled` }, null, null);
  return [
    figure(
      rateOf(alone.rate),
      { name: 'bare INSERTs, one connection', value: bare },
      { of: 'value', at: 'least', bound: PER_SECOND },
    ),
    figure(at(alone.took, 'p50'), null, null),
    figure(at(alone.took, 'p99'), null, { of: 'value', at: 'most', bound: 50 }),
    beside(rateOf(pulling.rate)),
    beside(at(pulling.took, 'p50')),
    beside(at(pulling.took, 'p99')),
  ];
}

/**
 * Pushes begun at even distances, whether or not those before were answered; ms from when each was
 * due, so that one that had to wait for its device's last is not let off.
 */
async function paced(
  seconds: number,
  senders: Sender[],
  push: (sender: Sender) => Promise<unknown>,
): Promise<number[]> {
  const took: number[] = [];
  const start = performance.now();
  const gap = 1_000 / PER_SECOND;
  await Promise.all(
    senders.map(async (sender, at) => {
      for (let turn = at; turn < seconds * PER_SECOND; turn += senders.length) {
        const due = start + turn * gap;
        const early = due - performance.now();
        if (early > 0) await new Promise((done) => setTimeout(done, early));
        await push(sender);
        took.push(performance.now() - due);
      }
    }),
  );
  return took;
}

/** Rows of a change's size, each committed before the next. */
async function insertsPerSecond(host: Host, times: number): Promise<number> {
  await host.database.query('CREATE TABLE bare (id bigint PRIMARY KEY, bytes bytea NOT NULL)');
  const client = await host.database.connect();
  try {
    const bytes = Buffer.alloc(1_000, 7);
    const start = performance.now();
    for (let id = 0; id < times; id += 1) {
      await client.query('INSERT INTO bare (id, bytes) VALUES ($1, $2)', [id, bytes]);
    }
    return (times * 1_000) / (performance.now() - start);
  } finally {
    client.release();
  }
}
