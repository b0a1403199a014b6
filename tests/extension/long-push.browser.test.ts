// What is more than goes out in one request: it is sent first, and comes back in pages of its own.
import { beforeEach, expect, test } from 'vitest';
import { type LogServer, newLogServer } from './log-server.ts';
import { connection, freshProfile, id, newWorld, source, writeNotes } from './world.ts';

const { sync } = await import('../../src/extension/background/sync.ts');
const { integrityOf, readPin } = await import('../../src/extension/background/integrity.ts');
const store = await import('../../src/extension/store/index.ts');
const ledger = await import('../../src/ledger/index.ts');

const { PAST_THE_END } = ledger;

let server: LogServer;
let world: ReturnType<typeof newWorld>;

beforeEach(async () => {
  await freshProfile();
  server = await newLogServer();
  world = newWorld();
  await store.writeConnection(await world.profile(), { ...connection, serverKey: server.key });
});

const syncs = () =>
  sync(
    { world, fetch: server.fetch, changed: () => undefined, status: () => undefined },
    { force: true },
  );

/** Somebody else's notes, which are in the log already. */
function colleague(texts: string[]): void {
  let chain = ledger.newChain(connection.workspace.id, id(), id(), ledger.ZERO_TIME);
  for (const text of texts) {
    const draft = { id: id(), kind: 'note', record: id(), body: { text, label: 'note' } };
    const sealed = ledger.seal(source.hasher, source, chain, draft);
    chain = sealed.chain;
    server.append(sealed.change);
  }
}

const written = (count: number) => Array.from({ length: count }, (_, at) => `mine ${at}`);

const asked = () =>
  server.requests
    .filter(({ path }) => path === '/v1/sync')
    .map(({ request }) => [request.push.length, request.cursor]);

async function here() {
  const { db } = await world.current();
  const [outbox, notes, state, pin, finding] = await Promise.all([
    db.count('outbox'),
    store.recordsOfKind(db, 'note'),
    store.readSync(db),
    readPin(db),
    integrityOf(db),
  ]);
  return { outbox, notes: notes.size, cursor: state.cursor, pinned: pin?.size, finding };
}

test('nothing is pulled until the rest goes out in one request; then all of it is, and proven', async () => {
  colleague(['from a colleague', 'another']);
  await writeNotes(world, written(450));
  expect(await syncs()).toBe('even');
  // With the record of this browser.
  expect(asked()).toEqual([
    [200, PAST_THE_END],
    [200, PAST_THE_END],
    [51, 0],
  ]);
  expect(await here()).toEqual({
    ...{ outbox: 0, notes: 452, cursor: 453, pinned: 453, finding: null },
  });
});

test('an answer that was lost on the way loses nothing, and nothing goes in twice', async () => {
  await writeNotes(world, written(450));
  let answers = 0;
  server.alter = (answer) => {
    answers += 1;
    if (answers === 2) throw new TypeError('Failed to fetch');
    return answer;
  };
  expect(await syncs()).toBe('failed');
  expect((await here()).outbox).toBe(251);
  expect(await syncs()).toBe('even');
  expect(server.rows).toHaveLength(451);
  expect(await here()).toMatchObject({ outbox: 0, notes: 450, cursor: 451, finding: null });
});

test('a server that acknowledges nothing is not asked again and again, and tells what it has', async () => {
  colleague(['from a colleague']);
  await writeNotes(world, written(450));
  server.alter = (answer) => ({ ...answer, results: [] });
  expect(await syncs()).toBe('even');
  expect(asked()).toEqual([
    [200, PAST_THE_END],
    [200, 0],
  ]);
  expect((await here()).outbox).toBe(451);
});

test('a server that begins anew in between gets all of it', async () => {
  await writeNotes(world, written(450));
  let answers = 0;
  server.alter = (answer) => {
    answers += 1;
    if (answers !== 1) return answer;
    [server.epoch, server.rows, server.hashes] = [id(), [], []];
    server.origin = `${server.origin}/2`;
    return answer;
  };
  await syncs();
  await syncs();
  expect(new Set(server.rows.map(({ leaf }) => leaf.record)).size).toBe(451);
  expect((await here()).outbox).toBe(0);
});
