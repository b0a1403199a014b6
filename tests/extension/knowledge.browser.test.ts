// Site knowledge in the background: taken only when the pinned key signed it and it is no older than
// what is there. The server here is a double with a real key; tests/server has the real one.
import { beforeEach, describe, expect, test } from 'vitest';
import { type NoteSigner, noteKey, signNote, writeNoteKey } from '../../src/ledger/index.ts';
import { chooseSite } from '../../src/sites/choose.ts';
import { knowledgeText } from '../../src/sites/knowledge.ts';
import { practice } from '../../src/sites/practice/practice.ts';
import { connection, emptyAnswer, freshProfile, id, newWorld, source } from './world.ts';

const { knowledgeProblem, refreshKnowledge, siteKnowledge } = await import(
  '../../src/extension/background/knowledge.ts'
);
const { pollConnect, resumeConnect } = await import('../../src/extension/background/connect.ts');
const { statusOf } = await import('../../src/extension/background/status.ts');
const store = await import('../../src/extension/store/index.ts');

const HOUR_MS = 3_600_000;

beforeEach(freshProfile);

async function newSigner(name = 'unsaid.example/1a2b3c4d'): Promise<NoteSigner> {
  const pair = await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify']);
  const { publicKey, privateKey } = pair as CryptoKeyPair;
  const raw = new Uint8Array(await crypto.subtle.exportKey('raw', publicKey));
  return {
    ...noteKey(source.hasher, name, raw),
    sign: async (message) =>
      new Uint8Array(await crypto.subtle.sign('Ed25519', privateKey, Uint8Array.from(message))),
  };
}

const knowledge = (version: number, on = false) => ({
  version,
  sites: { practice: { on, selectors: { body: `.mail-${version}` } } },
});

/** A server with a key, and a device connected to it; the test turns the clock. */
async function pair({ pinned = true } = {}) {
  const signer = await newSigner();
  const key = writeNoteKey(signer);
  const world = newWorld();
  const clock = { now: 1_800_000_000_000 };
  Object.assign(world.source, { now: () => clock.now });
  await store.writeConnection(await world.profile(), {
    ...connection,
    ...(pinned ? { serverKey: key } : {}),
  });
  const requests: { path: string; etag: string | null; token: string | null }[] = [];
  let told = 0;
  const server = {
    key: key as string | null,
    note: '' as string | Uint8Array<ArrayBuffer>,
    status: 200,
    etag: '"1"',
    away: false,
    async serve(served: object, by: NoteSigner = signer) {
      server.note = await signNote(knowledgeText(served as never), by);
    },
  };
  const send = (async (url: string, init: RequestInit) => {
    const path = new URL(url).pathname;
    const headers = new Headers(init.headers);
    requests.push({
      path,
      etag: headers.get('If-None-Match'),
      token: headers.get('Authorization'),
    });
    if (server.away) throw new TypeError('Failed to fetch');
    if (path === '/v1/key') {
      return server.key === null
        ? Response.json({}, { status: 404 })
        : Response.json({ key: server.key });
    }
    if (server.status !== 200) return new Response(null, { status: server.status });
    return new Response(server.note, { headers: { ETag: server.etag } });
  }) as typeof fetch;
  const refresh = (force = true) =>
    refreshKnowledge({ world, fetch: send, changed: () => told++ }, force);
  return { signer, key, world, clock, requests, server, refresh, told: () => told };
}

/** By which site a page of the practice inbox is read, and where it looks for a mail's text. */
async function readBy(world: ReturnType<typeof newWorld>) {
  const doc = new DOMParser().parseFromString('<html data-unsaid-practice></html>', 'text/html');
  const chosen = chooseSite(doc, [practice], await siteKnowledge(world));
  return { site: chosen?.site.name ?? 'none', body: chosen?.hooks.body };
}

const BUILT_IN = { site: 'practice', body: practice.selectors.body };

describe('taking it', () => {
  test('a signed file mends a site, and pages are told once', async () => {
    const { world, server, refresh, told, requests } = await pair();
    expect(await readBy(world)).toEqual(BUILT_IN);
    await server.serve(knowledge(1, true));
    await refresh();
    expect(await readBy(world)).toEqual({ site: 'practice', body: '.mail-1' });
    expect(await knowledgeProblem(world)).toBeNull();
    await refresh();
    expect(told()).toBe(1);
    // A second worker finds it on the disk.
    expect(await siteKnowledge(newWorld())).toEqual(knowledge(1, true).sites);
    expect(requests.map(({ path, etag, token }) => [path, etag, token])).toEqual([
      ['/v1/sites', null, 'Bearer token'],
      ['/v1/sites', '"1"', 'Bearer token'],
    ]);
  });

  test('a site that is switched off is read as any page', async () => {
    const { world, server, refresh } = await pair();
    await server.serve(knowledge(1, false));
    await refresh();
    expect((await readBy(world)).site).not.toBe('practice');
  });

  test('it is asked for at most once an hour, and 304 changes nothing', async () => {
    const { world, server, refresh, requests, clock, told } = await pair();
    await server.serve(knowledge(1));
    await refresh(false);
    await refresh(false);
    clock.now += HOUR_MS - 1;
    await refresh(false);
    expect(requests).toHaveLength(1);
    clock.now += 1;
    server.status = 304;
    await refresh(false);
    expect(requests).toHaveLength(2);
    // A clock that was set back by years.
    clock.now -= 1_000 * 24 * HOUR_MS;
    await refresh(false);
    expect(requests).toHaveLength(3);
    expect(await siteKnowledge(world)).toEqual(knowledge(1).sites);
    expect(told()).toBe(1);
  });

  test('many at once ask once', async () => {
    const { server, refresh, requests } = await pair();
    await server.serve(knowledge(1));
    await Promise.all(Array.from({ length: 10 }, () => refresh(false)));
    expect(requests).toHaveLength(1);
  });

  test('a server without it, in trouble or away, is no problem to anybody', async () => {
    for (const status of [204, 404, 500]) {
      const { world, server, refresh } = await pair();
      server.status = status;
      await refresh();
      expect(await siteKnowledge(world)).toEqual({});
      expect(await knowledgeProblem(world)).toBeNull();
    }
    const { server, refresh, requests } = await pair();
    server.away = true;
    await refresh(false);
    // Tried again with the next sync, not in an hour.
    await refresh(false);
    expect(requests).toHaveLength(2);
  });

  test('what is held belongs to its server and its connection', async () => {
    const { world, server, refresh, key } = await pair();
    await server.serve(knowledge(1));
    await refresh();
    const profile = await world.profile();
    const other = { ...connection, server: 'https://other.example', serverKey: key };
    for (const next of [null, other]) {
      await store.writeConnection(profile, next);
      expect(await readBy(world)).toEqual(BUILT_IN);
    }
    await store.writeConnection(profile, { ...connection, serverKey: key });
    expect(await siteKnowledge(world)).toEqual(knowledge(1).sites);
  });
});

describe('refusing it', () => {
  const cases: [
    string,
    (parts: Awaited<ReturnType<typeof pair>>) => Promise<string | Uint8Array<ArrayBuffer>>,
    RegExp,
  ][] = [
    [
      'altered',
      async ({ server }) => String(server.note).replace('.mail-5', '.mail-6'),
      /altered on its way/,
    ],
    ['cut short', async ({ server }) => String(server.note).slice(0, -30), /not whole/],
    ['empty', async () => '', /not whole/],
    ['a web page', async () => '<!doctype html><title>Sign in</title>\n', /not whole/],
    [
      'no UTF-8',
      async ({ server }) => {
        const bytes = new TextEncoder().encode(String(server.note));
        bytes[30] = 0xff;
        return bytes;
      },
      /not whole/,
    ],
    [
      'signed by another key',
      async () => signNote(knowledgeText(knowledge(6)), await newSigner('other.example')),
      /key is not the one/,
    ],
    [
      'signed by another key of the same name',
      async () => signNote(knowledgeText(knowledge(6)), await newSigner()),
      /key is not the one/,
    ],
    [
      'signed, but something else',
      ({ signer }) => signNote('unsaid.example\n3\nAAAA\n', signer),
      /not whole/,
    ],
    [
      'signed, with more than a page should be given',
      ({ signer }) => {
        const sites = { practice: { on: true, selectors: { body: 'x'.repeat(501) } } };
        return signNote(knowledgeText({ version: 6, sites }), signer);
      },
      /not whole/,
    ],
    [
      'an older version',
      ({ signer }) => signNote(knowledgeText(knowledge(4)), signer),
      /older.*The newer stays/,
    ],
  ];

  test.each(cases)(
    '%s: what was there before stays in use, and it is said',
    async (_, make, words) => {
      const parts = await pair();
      const { world, server, refresh, told } = parts;
      await server.serve(knowledge(5, true));
      await refresh();
      server.note = await make(parts);
      server.etag = '"2"';
      await refresh();
      expect(await readBy(world)).toEqual({ site: 'practice', body: '.mail-5' });
      expect(told()).toBe(1);
      expect((await statusOf(world)).refusedSites).toMatch(words);
      // The refused answer's tag is not asked with, so the next good one is seen.
      await server.serve(knowledge(7, true));
      await refresh();
      expect(await readBy(world)).toEqual({ site: 'practice', body: '.mail-7' });
      expect((await statusOf(world)).refusedSites).toBeNull();
      expect(parts.requests.map(({ etag }) => etag)).toEqual([null, '"1"', '"1"']);
    },
  );

  test.each(cases.slice(0, -1))(
    '%s, and nothing before: what is built in stays in use',
    async (_, make) => {
      const parts = await pair();
      await parts.server.serve(knowledge(5));
      parts.server.note = await make(parts);
      await parts.refresh();
      expect(await readBy(parts.world)).toEqual(BUILT_IN);
      expect(parts.told()).toBe(0);
      expect(await knowledgeProblem(parts.world)).not.toBeNull();
    },
  );

  test('a browser without Ed25519 goes by what is built in and says so', async () => {
    const { world, server } = await pair();
    await server.serve(knowledge(1));
    const send = (async () => new Response(server.note)) as unknown as typeof fetch;
    const verify = () => Promise.reject(new DOMException('', 'NotSupportedError'));
    await refreshKnowledge({ world, fetch: send, changed: () => undefined, verify }, true);
    expect(await readBy(world)).toEqual(BUILT_IN);
    expect(await knowledgeProblem(world)).toMatch(/Update the browser/);
  });
});

describe('SPEC 7.7: the key', () => {
  test('is pinned when connecting', async () => {
    const world = newWorld();
    const key = writeNoteKey(await newSigner());
    const { workspace, member } = connection;
    const send = (async () =>
      Response.json({
        access_token: 'new-token',
        token_type: 'Bearer',
        workspace,
        member,
        device: { id: connection.device },
        server: { epoch: id(), name: 'Sample Workspace', key },
      })) as unknown as typeof fetch;
    const state = await resumeConnect({ world, fetch: send }, 'https://unsaid.example', 'code');
    expect(state.state).toBe('connected');
    expect((await store.readConnection(await world.profile()))?.serverKey).toBe(key);
  });

  test('a server from before there were keys connects all the same', async () => {
    const world = newWorld();
    const { workspace, member } = connection;
    const answer = { access_token: 't', token_type: 'Bearer', workspace, member };
    const send = (async () =>
      Response.json({ ...answer, device: { id: connection.device } })) as unknown as typeof fetch;
    await resumeConnect({ world, fetch: send }, 'https://unsaid.example', 'code');
    expect((await pollConnect({ world, fetch: send })).state).toBe('connected');
    expect((await store.readConnection(await world.profile()))?.serverKey).toBeUndefined();
  });

  test('a connection without one takes the first it is told, and no other after it', async () => {
    const { world, server, refresh, key, requests } = await pair({ pinned: false });
    await server.serve(knowledge(1));
    await refresh();
    expect((await store.readConnection(await world.profile()))?.serverKey).toBe(key);
    expect(await siteKnowledge(world)).toEqual(knowledge(1).sites);
    const impostor = await newSigner();
    server.key = writeNoteKey(impostor);
    await server.serve(knowledge(2), impostor);
    await refresh();
    expect(await siteKnowledge(world)).toEqual(knowledge(1).sites);
    expect((await statusOf(world)).refusedSites).toMatch(/connect again/);
    expect(requests.filter(({ path }) => path === '/v1/key')).toHaveLength(1);
  });

  test('connecting again takes the new key, and what it signs begins anew', async () => {
    const { world, server, refresh } = await pair();
    await server.serve(knowledge(9));
    await refresh();
    const other = await newSigner();
    const serverKey = writeNoteKey(other);
    await store.writeConnection(await world.profile(), { ...connection, token: 'b', serverKey });
    expect(await readBy(world)).toEqual(BUILT_IN);
    await server.serve(knowledge(1), other);
    await refresh();
    expect(await siteKnowledge(world)).toEqual(knowledge(1).sites);
  });

  test('a key that is none is not pinned, and not asked for again within the hour', async () => {
    for (const told of [null, 'unsaid.example+00000000+AAAA']) {
      await freshProfile();
      const { world, server, refresh, requests } = await pair({ pinned: false });
      server.key = told;
      await refresh(false);
      await refresh(false);
      expect((await store.readConnection(await world.profile()))?.serverKey).toBeUndefined();
      expect(requests.map(({ path }) => path)).toEqual(['/v1/key']);
    }
  });
});

test('syncing goes on when site knowledge is refused', async () => {
  const { sync } = await import('../../src/extension/background/sync.ts');
  const { world, server, refresh } = await pair();
  server.note = 'no note';
  await refresh();
  const send = (async () => Response.json(emptyAnswer(id()))) as unknown as typeof fetch;
  const nothing = () => undefined;
  expect(await sync({ world, fetch: send, changed: nothing, status: nothing })).toBe('even');
  expect((await statusOf(world)).problem).toBeNull();
});
