// Runs in the browser for sync.device.ts: the extension's own background and store against a server
// whose answers lie ready, signed and with the tiles that prove them.
import './no-extension.ts';
import { type Body, newId } from '../src/domain/index.ts';
import { storyOf } from '../src/extension/background/cards.ts';
import { hasher } from '../src/extension/background/hasher.ts';
import { statusOf } from '../src/extension/background/status.ts';
import { pageFrom, sync } from '../src/extension/background/sync.ts';
import { createWorld } from '../src/extension/background/world.ts';
import * as store from '../src/extension/store/index.ts';
import {
  checkpointText,
  extend,
  hashAt,
  leafBytes,
  leafHash,
  newChain,
  noteKey,
  parseTilePath,
  rootOf,
  type SyncRequest,
  seal,
  signNote,
  TILE_WIDTH,
  tileRoot,
  writeNoteKey,
  ZERO_TIME,
} from '../src/ledger/index.ts';

const source = {
  now: () => Date.now(),
  random: (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes)),
  hasher,
};
const EPOCH = newId(source);
/** As many customers as a workspace of this size has. */
const CUSTOMERS = 2_000;

const customers = Array.from({ length: CUSTOMERS }, () => newId(source));

/** A note of a hundred characters about one of the customers. */
const noteOf = (turn: number): Body => ({
  label: 'note',
  customer: customers[turn % CUSTOMERS] ?? '',
  text: `${turn} Nobody asked for the certificates, they expect them all the same. `
    .repeat(2)
    .slice(0, 100),
});

const connectionOf = (serverKey: string) => ({
  server: 'https://unsaid.example',
  token: newId(source),
  device: newId(source),
  workspace: { id: newId(source), name: 'Sample Workspace' },
  member: { id: newId(source), name: 'You', email: 'you@practice.example', role: 'annotator' },
  serverKey,
});

/** A log of `count` notes by colleagues. Answers lie ready, as bytes, for the pages that a first sync asks. */
async function serverWith(count: number) {
  const pair = (await crypto.subtle.generateKey('Ed25519', true, ['sign'])) as CryptoKeyPair;
  const raw = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
  const key = noteKey(hasher, 'unsaid.example/1a2b3c4d', raw);
  const signer = {
    ...key,
    sign: async (text: Uint8Array) =>
      new Uint8Array(await crypto.subtle.sign('Ed25519', pair.privateKey, Uint8Array.from(text))),
  };
  const connection = connectionOf(writeNoteKey(key));
  let chain = newChain(connection.workspace.id, newId(source), newId(source), ZERO_TIME);
  const rows: string[] = [];
  const hashes = new Uint8Array(count * 32);
  for (let seq = 0; seq < count; seq += 1) {
    const draft = { id: newId(source), kind: 'note', record: newId(source), body: noteOf(seq) };
    const sealed = seal(hasher, source, chain, draft);
    chain = sealed.chain;
    const { envelope, salt, body } = sealed.change;
    const leaf = { ...envelope, received: new Date().toISOString(), rank: envelope.at };
    const bytes = leafBytes(leaf);
    hashes.set(leafHash(hasher, bytes), seq * 32);
    // As the server sends it: the leaf as it is stored.
    const stored = new TextDecoder().decode(bytes);
    rows.push(`{"seq":${seq},"leaf":${stored},"salt":"${salt}","body":${JSON.stringify(body)}}`);
  }
  const leaves = Array.from({ length: count }, (_, at) => hashAt(hashes, at));
  const root = rootOf(hasher, extend(hasher, 0, [], leaves).frontier);
  const origin = `${key.name}/${connection.workspace.id}`;
  const checkpoint = await signNote(checkpointText({ origin, size: count, root }), signer);

  const tiles = new Map<string, Uint8Array>();
  const send = (async (url: string, init: RequestInit = {}) => {
    const { pathname } = new URL(url);
    const path = pathname.replace('/v1/log/', '');
    if (path.startsWith('tile/')) {
      const made = tiles.get(path) ?? tile(path);
      tiles.set(path, made);
      return new Response(Uint8Array.from(made));
    }
    if (pathname !== '/v1/sync') return new Response('{}', { status: 404 });
    const asked = await readRequest(init);
    const results = asked.push.map(({ envelope }) => ({
      ...{ id: envelope.id, result: 'accepted', rank: envelope.at },
    }));
    const ready = results.length === 0 ? pages.get(`${asked.cursor}/${asked.limit}`) : undefined;
    return new Response(ready ?? answer(results, asked.cursor, asked.limit));
  }) as typeof fetch;

  function answer(results: object[], cursor: number, limit: number): Uint8Array<ArrayBuffer> {
    const end = Math.min(count, cursor + limit);
    const page = rows.slice(cursor, end).join();
    return new TextEncoder().encode(
      `{"v":1,"epoch":"${EPOCH}","results":${JSON.stringify(results)},"changes":[${page}],` +
        `"cursor":${end},"more":${end < count},"checkpoint":${JSON.stringify(checkpoint)},` +
        '"consistency":[]}',
    );
  }

  function tile(path: string): Uint8Array {
    const parsed = parseTilePath(path);
    if (parsed === null) throw new TypeError('no tile');
    const { level, index, width } = parsed;
    const within = (from: number, size: number) => hashes.subarray(from * 32, (from + size) * 32);
    if (level === 0) return within(index * TILE_WIDTH, width);
    const above = new Uint8Array(width * 32);
    const span = TILE_WIDTH ** level;
    for (let at = 0; at < width; at += 1) {
      const start = (index * TILE_WIDTH + at) * span;
      above.set(tileRoot(hasher, within(start, span)), at * 32);
    }
    return above;
  }
  const pages = new Map<string, Uint8Array<ArrayBuffer>>();
  for (let cursor = 0; cursor < count; cursor += pageFrom(cursor)) {
    pages.set(`${cursor}/${pageFrom(cursor)}`, answer([], cursor, pageFrom(cursor)));
  }
  return { connection, send };
}

async function readRequest({ body, headers }: RequestInit): Promise<SyncRequest> {
  const plain = new Response(body);
  if (new Headers(headers).get('Content-Encoding') !== 'gzip') return plain.json();
  const unpacked = plain.body?.pipeThrough(new DecompressionStream('gzip'));
  return new Response(unpacked).json();
}

async function worldFor(connection: ReturnType<typeof connectionOf>) {
  const world = createWorld();
  await store.writeConnection(await world.profile(), connection);
  return world;
}

type World = Awaited<ReturnType<typeof worldFor>>;

/** Calls as an open sidebar makes them, all the while; how long the slowest took, in ms. */
function sidebarOf(world: World) {
  let slowest = 0;
  let open = true;
  const calls = [
    () => statusOf(world),
    async () => storyOf(await world.current(), customers[0] ?? '', 100),
    () =>
      world.write(({ db, me }) =>
        store.commit(
          db,
          source,
          [{ id: newId(source), kind: 'note', record: newId(source), body: noteOf(0) }],
          { author: me },
        ),
      ),
  ];
  const running = (async () => {
    for (let turn = 0; open; turn += 1) {
      const start = performance.now();
      await calls[turn % calls.length]?.();
      slowest = Math.max(slowest, performance.now() - start);
      await new Promise((done) => setTimeout(done, 100));
    }
  })();
  return async () => {
    open = false;
    await running;
    return slowest;
  };
}

const deps = (world: World, send: typeof fetch) => ({
  ...{ world, fetch: send },
  ...{ changed: () => undefined, status: () => undefined },
});

/** A new device of a workspace with `count` notes. `ms`: without, and `slowest` with a sidebar open. */
async function firstSync(count: number): Promise<{ ms: number; slowest: number; notes: number }> {
  const { connection, send } = await serverWith(count);
  const alone = await worldFor(connection);
  const start = performance.now();
  const outcome = await sync(deps(alone, send), { force: true });
  const ms = performance.now() - start;
  if (outcome !== 'even') throw new Error(`the first sync ended ${outcome}`);
  const { db } = await alone.current();
  const notes = (await store.recordsOfKind(db, 'note')).size;
  const again = await worldFor({
    ...connection,
    member: { ...connection.member, id: newId(source) },
  });
  const close = sidebarOf(again);
  await sync(deps(again, send), { force: true });
  return { ms, slowest: await close(), notes };
}

/** A device that comes back with `count` changes: opening, and sending them with a sidebar open. */
async function pending(count: number): Promise<{ opens: number; ms: number; slowest: number }> {
  const { connection, send } = await serverWith(0);
  const before = await worldFor(connection);
  for (let done = 0; done < count; done += 500) {
    await before.write(({ db, me }) => {
      const writes = Array.from({ length: Math.min(500, count - done) }, (_, turn) => ({
        ...{ id: newId(source), kind: 'note', record: newId(source) },
        body: noteOf(done + turn),
      }));
      return store.commit(db, source, writes, { author: me });
    });
  }
  const world = createWorld();
  const opening = performance.now();
  const status = await statusOf(world);
  await storyOf(await world.current(), customers[0] ?? '', 100);
  const opens = performance.now() - opening;
  if (status.unsynced !== count) throw new Error(`${status.unsynced} are said to be pending`);
  const close = sidebarOf(world);
  const start = performance.now();
  const outcome = await sync(deps(world, send), { force: true });
  const ms = performance.now() - start;
  if (outcome !== 'even') throw new Error(`sending ended ${outcome}`);
  return { opens, ms, slowest: await close() };
}

Object.assign(globalThis, { firstSync, pending });
export type FirstSync = typeof firstSync;
export type SendPending = typeof pending;
