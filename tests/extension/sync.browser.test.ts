// Whatever a server answers, nothing is lost, it is said in words, and the next try comes later.
import { beforeEach, expect, test } from 'vitest';
import type { SyncRequest } from '../../src/ledger/index.ts';
import { connected, emptyAnswer, freshProfile, id, newWorld, writeNotes } from './world.ts';

const { sync } = await import('../../src/extension/background/sync.ts');
const { statusOf } = await import('../../src/extension/background/status.ts');
const { serverOrigin } = await import('../../src/extension/background/connect.ts');
const store = await import('../../src/extension/store/index.ts');

const EPOCH = id();

beforeEach(freshProfile);

function deps(world: ReturnType<typeof newWorld>, answer: () => Response | Promise<Response>) {
  const requests: SyncRequest[] = [];
  const send = (async (_url: unknown, init: RequestInit) => {
    requests.push(JSON.parse(String(init.body)));
    return answer();
  }) as typeof fetch;
  return { requests, world, fetch: send, changed: () => undefined, status: () => undefined };
}

const json = (value: unknown, status = 200, headers = {}) =>
  new Response(JSON.stringify(value), {
    status,
    headers: { 'Content-Type': 'application/json', ...headers },
  });

test.each([
  [
    'a web page',
    () => new Response('<!doctype html><p>Sign in', { headers: { 'Content-Type': 'text/html' } }),
    /web page/,
  ],
  [
    'half an answer',
    () => new Response('{"v":1,"epo', { headers: { 'Content-Type': 'application/json' } }),
    /broke off/,
  ],
  ['a later version', () => json({ v: 2, whatever: true }), /newer than this extension/],
  ['nonsense', () => json({ v: 1 }), /not understood/],
  ['500', () => json({}, 500), /500/],
  [
    '429',
    () => json({ error: 'too-many', message: 'Too often.' }, 429, { 'Retry-After': '120' }),
    /Too often/,
  ],
])('%s: nothing is lost, said in words, retried later', async (_name, answer, words) => {
  const world = await connected();
  await writeNotes(world, ['kept']);
  const broken = deps(world, answer);
  expect(await sync(broken)).toBe('failed');
  const { db } = await world.current();
  const state = await store.readSync(db);
  const unsent = async () => store.countPending(db, ['note']);
  expect(state.problem).toMatch(words);
  expect(state.notBefore).toBeGreaterThan(Date.now());
  expect(await unsent()).toBe(1);
  expect(await sync(broken)).toBe('waiting');
  expect(broken.requests).toHaveLength(1);
});

test('Retry-After is kept to', async () => {
  const world = await connected();
  await sync(deps(world, () => json({}, 429, { 'Retry-After': '120' })));
  const state = await store.readSync((await world.current()).db);
  expect(state.notBefore - Date.now()).toBeGreaterThan(115_000);
});

test('a server that is away: offline since then, and everything arrives once it is back', async () => {
  const world = await connected();
  await writeNotes(world, ['one', 'two']);
  const away = deps(world, () => Promise.reject(new TypeError('Failed to fetch')));
  await sync(away);
  const { db } = await world.current();
  const first = (await store.readSync(db)).offlineSince;
  expect(first).not.toBeNull();
  await sync(away, { force: true });
  expect((await store.readSync(db)).offlineSince).toBe(first);
  const epoch = id();
  const back = deps(world, () => {
    const push = back.requests.at(-1)?.push ?? [];
    const results = push.map(({ envelope }) => ({
      id: envelope.id,
      result: 'accepted',
      rank: envelope.at,
    }));
    return json({ ...emptyAnswer(epoch), results, cursor: push.length });
  });
  expect(await sync(back, { force: true })).toBe('even');
  const kinds = back.requests[0]?.push.map(({ envelope }) => envelope.kind);
  expect(kinds).toEqual(['note', 'note', 'device']);
  expect(await db.count('outbox')).toBe(0);
  expect(await store.readSync(db)).toMatchObject({
    offlineSince: null,
    problem: null,
    failures: 0,
  });
});

test('a revoked device is told to connect again, and keeps what it has', async () => {
  const world = await connected();
  await writeNotes(world, ['one']);
  await sync(deps(world, () => json({ error: 'signed-out', message: 'x' }, 401)));
  const { db } = await world.current();
  expect(await store.readSync(db)).toMatchObject({ signedOut: true });
  expect(await store.countPending(db, ['note'])).toBe(1);
});

test('without a connection nothing is sent', async () => {
  const alone = deps(newWorld(), () => json({}));
  expect(await sync(alone)).toBe('not-connected');
  expect(alone.requests).toEqual([]);
});

test('a server is an address; http only on this machine', () => {
  expect(serverOrigin('unsaid.example/path')).toBe('https://unsaid.example');
  expect(serverOrigin('http://127.0.0.1:8787')).toBe('http://127.0.0.1:8787');
  expect(() => serverOrigin('http://unsaid.example')).toThrow(/https/);
  expect(() => serverOrigin('not an address')).toThrow(/address/);
});

test('a hundred saves in a moment do not ask the server a hundred times', async () => {
  const world = await connected();
  const quiet = deps(world, () => json(emptyAnswer(EPOCH)));
  const outcomes = await Promise.all(Array.from({ length: 100 }, () => sync(quiet)));
  expect(new Set(outcomes)).toEqual(new Set(['even']));
  expect(quiet.requests.length).toBeLessThanOrEqual(2);
});

test('of an answer it is told which kinds of records may be others now', async () => {
  const world = await connected();
  const told: (readonly string[] | undefined)[] = [];
  const server = deps(world, () => {
    const push = server.requests.at(-1)?.push ?? [];
    // A rank other than the own time: the record is folded anew.
    const rank = (at: string) => `${at.slice(0, -1)}${at.endsWith('f') ? 'e' : 'f'}`;
    const results = push.map(({ envelope: { id, at } }) => ({
      ...{ id, result: 'accepted', rank: rank(at) },
    }));
    return json({ ...emptyAnswer(EPOCH), results, cursor: 2 });
  });
  await writeNotes(world, ['one']);
  await sync({ ...server, changed: (kinds) => void told.push(kinds) });
  expect(told).toEqual([['note', 'device']]);
});

test('a poke for what is here asks nobody; one for more asks once', async () => {
  const world = await connected();
  const server = deps(world, () => json({ ...emptyAnswer(EPOCH), cursor: 7 }));
  expect(await sync(server)).toBe('even');
  server.requests.length = 0;
  expect(await sync(server, { unlessAt: 7 })).toBe('knew');
  expect(await sync(server, { unlessAt: 3 })).toBe('knew');
  expect(server.requests).toEqual([]);
  expect(await sync(server, { unlessAt: 8 })).toBe('even');
  expect(server.requests).toHaveLength(1);
});

test('a poke for what is just being pushed comes before the answer, and waits for it', async () => {
  const world = await connected();
  let answer: () => void = () => {};
  const held = new Promise<void>((done) => {
    answer = done;
  });
  const server = deps(world, async () => {
    await held;
    const push = server.requests.at(-1)?.push ?? [];
    const results = push.map(({ envelope }) => ({
      ...{ id: envelope.id, result: 'accepted', rank: envelope.at },
    }));
    return json({ ...emptyAnswer(EPOCH), results, cursor: 9 });
  });
  await writeNotes(world, ['pushed']);
  const pushing = sync(server);
  await expect.poll(() => server.requests.length).toBe(1);
  const poked = sync(server, { unlessAt: 9 });
  expect((await statusOf(world)).syncing).toBe(true);
  answer();
  expect(await pushing).toBe('even');
  // Whoever looks while the poke is looked into is not told that something is still on its way:
  // nobody would tell them when it is over.
  const seen: boolean[] = [];
  const look = async () => void seen.push((await statusOf(world)).syncing);
  await Promise.all([look(), poked.then(look)]);
  expect(await poked).toBe('knew');
  expect(seen).toEqual([false, false]);
  expect(server.requests).toHaveLength(1);
});

test('what was saved goes out with a run that a poke asked for, and the other way round', async () => {
  const world = await connected();
  const server = deps(world, () => json({ ...emptyAnswer(EPOCH), cursor: 4 }));
  await sync(server);
  for (const asked of [
    [{ unlessAt: 2 }, {}],
    [{}, { unlessAt: 2 }],
    [{ unlessAt: 2 }, { unlessAt: 5 }],
  ]) {
    server.requests.length = 0;
    const outcomes = await Promise.all(asked.map((each) => sync(server, each)));
    expect(outcomes).toEqual(['even', 'even']);
    expect(server.requests).toHaveLength(1);
  }
});
