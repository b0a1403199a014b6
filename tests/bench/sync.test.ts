import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import { seeded } from '../../bench/random.ts';
import { figuresOf } from '../../bench/sync.growth.ts';
import type { Host, Known } from '../../bench/sync.host.ts';
import { percentile } from '../../bench/sync.numbers.ts';
import { sizesOf, teamOf } from '../../bench/sync.push.ts';
import { bodiesOf, noteMaker } from '../../bench/sync.sender.ts';
import { sizesIn } from '../../bench/sync.streams.ts';
import { type Counted, counting, packedWithoutProofs } from '../../bench/sync.wire.ts';
import { type SyncRequest, type SyncResponse, syncRequest } from '../../src/ledger/index.ts';
import { freshId } from '../../src/server/ids.ts';
import { assess } from '../../src/server/sync/assess.ts';
import { checkBatch } from '../../src/server/sync/signed.ts';

const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

test('a percentile is one of the values, by nearest rank', () => {
  const hundred = Array.from({ length: 100 }, (_, at) => 100 - at);
  expect(percentile(hundred, 0.99)).toBe(99);
  expect(percentile(hundred, 0.5)).toBe(50);
  expect(percentile(hundred, 1)).toBe(100);
  expect(percentile([7], 0.99)).toBe(7);
  expect(() => percentile([], 0.5)).toThrow(RangeError);
});

test('batches have 100 to 500 changes and make up what is asked for', () => {
  const sizes = sizesOf(10_000, seeded(3));
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(10_000);
  for (const size of sizes.slice(0, -1)) {
    expect(size).toBeGreaterThanOrEqual(100);
    expect(size).toBeLessThanOrEqual(500);
  }
  expect(sizesOf(10_000, seeded(3))).toEqual(sizes);
});

test('notes have a hundred characters and are about twenty customers', () => {
  const note = noteMaker(seeded(1));
  const notes = Array.from({ length: 500 }, note);
  for (const { text } of notes) expect(text).toHaveLength(100);
  expect(new Set(notes.map(({ customer }) => customer)).size).toBe(20);
  expect(new Set(notes.map(({ text }) => text)).size).toBe(500);
});

const known = (): Known => ({
  ...{ workspace: freshId(), epoch: freshId(), member: freshId(), device: freshId() },
  token: 'token',
});

/** A server that stores everything, `present` leaves being there before; what it was sent. */
async function storing(
  who: Known,
  present: number,
  result: 'accepted' | 'needs-attention' = 'accepted',
) {
  const requests: SyncRequest[] = [];
  let size = present;
  const server = createServer(async (incoming, outgoing) => {
    const request = syncRequest.parse(JSON.parse(gunzipSync(await buffer(incoming)).toString()));
    requests.push(request);
    size += request.push.length;
    const results = request.push.map(({ envelope }) => ({ id: envelope.id, result }));
    const checkpoint = `log.example\n${size}\nroot\n`;
    outgoing.setHeader('Content-Encoding', 'gzip');
    outgoing.end(gzipSync(JSON.stringify({ results, checkpoint, changes: [] })));
  });
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const host = { url: `http://127.0.0.1:${port}`, workspace: async () => [who] } as unknown as Host;
  return { host, requests };
}

test('what is prepared for a push is what a server takes: chained, signed, pinned where it will be', async () => {
  const who = known();
  const { host, requests } = await storing(who, 5);
  const { first, queues } = await teamOf(host, 1, 700, seeded(2));
  const [queue] = queues;
  if (queue === undefined) throw new Error('a device');
  const { sender, requests: prepared } = queue;
  expect(first).toBe(6); // with the device's key
  for (const { packed, count } of prepared) await sender.sendPacked(packed, count);
  expect(sender.size).toBe(706);

  const from = { ...who, member: { id: who.member, role: 'annotator' as const } };
  let key: string | null = null;
  let previous = '';
  let size = 5;
  for (const { push, signature, pinned } of requests) {
    const storable = push.map((raw) => {
      const assessed = assess(from, raw);
      if (assessed.is !== 'storable') throw new Error(assessed.is);
      expect(assessed.change.verdict.fold).toBe(true);
      if (previous !== '') expect(assessed.change.envelope.prevHash).toBe(previous);
      previous = assessed.change.hash;
      return assessed.change;
    });
    const signing = checkBatch(from, key, push, storable, signature);
    expect(signing.ok && signing.signature !== null).toBe(true);
    key ??= (storable[0]?.body as { publicKey?: string } | undefined)?.publicKey ?? null;
    if (size > 5) expect(pinned).toBe(size);
    size += push.length;
  }
  const bodies = prepared.flatMap(({ packed }) => bodiesOf(packed));
  expect(bodies).toHaveLength(700);
  expect(new Set(bodies.map(({ id }) => id)).size).toBe(700);
  expect(bodies[0]?.body).toMatchObject({ label: 'note' });
});

test('a change that is not stored is no figure', async () => {
  const who = known();
  const { host } = await storing(who, 0, 'needs-attention');
  await expect(teamOf(host, 1, 100, seeded(2))).rejects.toThrow('0 of 1 were stored');
});

test('growth is the last size beside the first, and only the last is judged', () => {
  const figures = figuresOf([
    { size: 1_000, push: 10, pull: 20 },
    { size: 10_000, push: 18, pull: 21 },
    { size: 100_000, push: 14, pull: 40 },
  ]);
  expect(figures.map(({ ratio, goal, ok }) => [ratio, goal, ok])).toEqual([
    [1.8, undefined, true],
    [1.4, 'ratio ≤ 1.5', true],
    [1.05, undefined, true],
    [2, 'ratio ≤ 1.5', false],
  ]);
});

test('bytes are counted as they are carried, packed answers too', async () => {
  const log: Counted[] = [];
  const packed = gzipSync('x'.repeat(5_000));
  const answers = [
    new Response('é'),
    new Response('x'.repeat(5_000), { headers: { 'Content-Length': String(packed.length) } }),
  ];
  const send = counting(log, async () => answers.shift() ?? Response.error());
  const first = await send('http://unsaid.example/v1/sync', { method: 'POST', body: 'ä' });
  await send('http://unsaid.example/v1/following?a', { body: new ArrayBuffer(30) });
  expect(await first.text()).toBe('é'); // still to be read by who asked
  expect(log).toEqual([
    { path: '/v1/sync', sent: 2, got: 2 },
    { path: '/v1/following', sent: 30, got: packed.length },
  ]);
});

test('proofs are no part of what a note costs', () => {
  const answer: SyncResponse = {
    ...{ v: 1, epoch: freshId(), results: [], changes: [], cursor: 0, more: false },
  };
  const proofs = { checkpoint: freshId().repeat(10), consistency: [freshId(), freshId()] };
  expect(packedWithoutProofs({ ...answer, ...proofs })).toBe(packedWithoutProofs(answer));
  expect(packedWithoutProofs({ ...answer, cursor: 123_456_789 })).toBeGreaterThan(
    packedWithoutProofs(answer),
  );
});

test('a piece of a stream tells every size in it', () => {
  expect(sizesIn('data: {"size":12}\n\n: still here\n\ndata: {"size":13}\n\n')).toEqual([12, 13]);
  expect(sizesIn(': still here\n\n')).toEqual([]);
});
