// What a device notices of a history that was changed behind its back, and what it does then.
import { beforeEach, describe, expect, test } from 'vitest';
import { type LogServer, newLogServer, type Row } from './log-server.ts';
import { connection, freshProfile, id, newWorld, source, writeNotes } from './world.ts';

const { sync } = await import('../../src/extension/background/sync.ts');
const { beginAnew, integrityOf, isProven, readPin } = await import(
  '../../src/extension/background/integrity.ts'
);
const { statusOf } = await import('../../src/extension/background/status.ts');
const store = await import('../../src/extension/store/index.ts');
const ledger = await import('../../src/ledger/index.ts');
const { fieldsOf } = await import('../../src/domain/index.ts');
const { hasher } = source;

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

/** A colleague's device, which writes straight into the log. */
function colleague() {
  let chain = ledger.newChain(connection.workspace.id, id(), id(), ledger.ZERO_TIME);
  return (body: Record<string, unknown>, { kind = 'note', record = id() } = {}): Row => {
    const draft = { id: id(), kind, record, body: body as never };
    const sealed = ledger.seal(hasher, { ...source, now: server.now }, chain, draft);
    chain = sealed.chain;
    return server.append(sealed.change);
  };
}

async function textsHere(): Promise<string[]> {
  const { db } = await world.current();
  const notes = [...(await store.recordsOfKind(db, 'note')).values()];
  return notes.map(({ state }) => fieldsOf<'note'>(state).text ?? '').sort();
}

async function finding() {
  return integrityOf((await world.current()).db);
}

/** Puts another row into the log's place, as somebody with the database in hand can. */
function edit(row: Row, change: Partial<Row>): void {
  server.rows[row.seq] = { ...row, ...change };
}

describe('SPEC 11: a history that is as it was', () => {
  test('is pinned, grows, and is proven with each answer', async () => {
    const write = colleague();
    write({ text: 'one' });
    await writeNotes(world, ['mine']);
    expect(await syncs()).toBe('even');
    const { db } = await world.current();
    const first = await readPin(db);
    expect(first?.size).toBe(server.rows.length);
    for (let more = 0; more < 300; more += 1) write({ text: `more ${more}` });
    expect(await syncs()).toBe('even');
    expect((await readPin(db))?.size).toBe(303);
    expect(await finding()).toBeNull();
    expect(await textsHere()).toHaveLength(302);
    expect(server.requests.at(-1)?.request.pinned).toBe(3);
  });

  test('why the server signs nothing is kept to be shown, until it signs again', async () => {
    server.proves = false;
    server.alter = (answer) => ({ ...answer, unsigned: 'It was restored.' });
    expect(await syncs()).toBe('even');
    expect(await statusOf(world)).toMatchObject({ unsigned: 'It was restored.', finding: null });
    server.proves = true;
    server.alter = (answer) => answer;
    expect(await syncs()).toBe('even');
    expect(await statusOf(world)).toMatchObject({ unsigned: null });
  });

  test('a member who gets a part of it asks for the tiles that prove it, and keeps the full ones', async () => {
    const write = colleague();
    for (let row = 0; row < 700; row += 1) write({ text: `${row}` });
    server.shows = ({ seq }) => seq % 100 === 7 || seq >= 700;
    const asked: string[] = [];
    const plain = server.fetch;
    server.fetch = ((url: string, init: RequestInit) => {
      if (url.includes('/tile/')) asked.push(new URL(url).pathname);
      return plain(url, init);
    }) as typeof fetch;
    expect(await syncs()).toBe('even');
    expect((await textsHere()).length).toBe(7);
    expect(asked).toContain('/v1/log/tile/0/001');
    const { db } = await world.current();
    expect(await db.count('tiles')).toBeGreaterThanOrEqual(2);
    asked.length = 0;
    server.shows = ({ seq }) => seq === 8 || seq >= 702;
    await db.put('meta', { ...(await store.readSync(db)), cursor: 0 }, 'sync');
    expect(await syncs()).toBe('even');
    expect(asked).not.toContain('/v1/log/tile/0/000');
    expect(await finding()).toBeNull();
  });

  test('what follows is proven by what is here, and by what another worker asks for', async () => {
    const write = colleague();
    const asked: string[] = [];
    const plain = server.fetch;
    server.fetch = ((url: string, init: RequestInit) => {
      if (url.includes('/tile/')) asked.push(new URL(url).pathname);
      return plain(url, init);
    }) as typeof fetch;
    for (let row = 0; row < 240; row += 1) write({ text: `${row}` });
    expect(await syncs()).toBe('even');
    for (let round = 0; round < 3; round += 1) {
      write({ text: `theirs ${round}` });
      await writeNotes(world, [`mine ${round}`]);
      expect(await syncs()).toBe('even');
    }
    expect(asked).toEqual([]);
    // The tile that fills is made here; only the one above it is new.
    for (let row = 0; row < 20; row += 1) write({ text: `more ${row}` });
    expect(await syncs()).toBe('even');
    expect(asked).toEqual(['/v1/log/tile/1/000.p/1']);
    write({ text: 'and on' });
    expect(await syncs()).toBe('even');
    expect(asked).toHaveLength(1);
    // What a worker knew is gone with it.
    world = newWorld();
    write({ text: 'to another worker' });
    expect(await syncs()).toBe('even');
    expect(asked.slice(1)).toContain(`/v1/log/tile/0/001.p/${server.rows.length - 256}`);
    expect(await finding()).toBeNull();
    expect((await readPin((await world.current()).db))?.size).toBe(server.rows.length);
  });

  test('a server from before there were checkpoints: syncing goes on, nothing is pinned', async () => {
    server.proves = false;
    colleague()({ text: 'one' });
    expect(await syncs()).toBe('even');
    const { db } = await world.current();
    expect(await textsHere()).toEqual(['one']);
    expect(await isProven(db)).toBe(false);
    expect(await finding()).toBeNull();
  });
});

describe('SPEC 11: a history that was changed', () => {
  test.each<[string, string, (row: Row) => void]>([
    ['an edited text', 'edited-row', (row) => edit(row, { body: { text: 'altered' } })],
    [
      'an edited envelope',
      'edited-row',
      (row) => edit(row, { leaf: { ...row.leaf, author: connection.member.id } }),
    ],
    [
      'another rank',
      'edited-row',
      (row) => edit(row, { leaf: { ...row.leaf, rank: 'f'.repeat(16) } }),
    ],
    [
      'a row in another’s place',
      'edited-row',
      (row) => edit(row, { ...server.rows[0], seq: row.seq }),
    ],
    ['a text that is gone', 'missing-body', (row) => edit(row, { body: null, salt: null })],
    [
      'a text that is gone and called a problem',
      'missing-body',
      (row) => edit(row, { body: null, salt: null, problem: 'Too old.' }),
    ],
  ])('%s is found, told, reported and not folded', async (_name, found, tamper) => {
    const write = colleague();
    write({ text: 'before' });
    await syncs();
    tamper(write({ text: 'written' }));
    await writeNotes(world, ['mine']);
    await syncs();
    expect(await finding()).toMatchObject({ found, mayBeginAnew: false });
    expect((await finding())?.words).toMatch(/administrator/);
    expect(server.reports.map((report) => report.found)).toEqual([found]);
    expect(await textsHere()).toEqual(['before', 'mine']);
    // Work goes on: what is written is still sent, and told only once.
    await writeNotes(world, ['mine after it']);
    expect(await syncs()).toBe('even');
    const { db } = await world.current();
    expect(await db.count('outbox')).toBe(0);
    expect(server.reports).toHaveLength(1);
    expect(await textsHere()).toEqual(['before', 'mine', 'mine after it']);
  });

  test('a rollback is found, and what was acknowledged before is still here', async () => {
    const write = colleague();
    write({ text: 'before' });
    const old = server.backup();
    await writeNotes(world, ['mine']);
    await syncs();
    Object.assign(server, old);
    await syncs();
    expect(await finding()).toMatchObject({ found: 'rollback' });
    expect(await textsHere()).toEqual(['before', 'mine']);
  });

  test('a fork of the same size is found', async () => {
    const write = colleague();
    write({ text: 'before' });
    const old = server.backup();
    write({ text: 'told to this device' });
    await syncs();
    Object.assign(server, old);
    const other = colleague();
    for (let row = 0; row < 2; row += 1) other({ text: 'told to others' });
    await syncs();
    expect(await finding()).toMatchObject({ found: 'fork' });
    expect(server.reports).toMatchObject([{ found: 'fork' }]);
  });

  test('a larger fork is found by its consistency proof', async () => {
    const write = colleague();
    write({ text: 'before' });
    const old = server.backup();
    write({ text: 'told to this device' });
    await syncs();
    Object.assign(server, old);
    const other = colleague();
    for (let row = 0; row < 5; row += 1) other({ text: 'told to others' });
    await syncs();
    expect(await finding()).toMatchObject({ found: 'fork' });
  });

  test('an acknowledged change of one’s own that the log has otherwise is found', async () => {
    await writeNotes(world, ['mine']);
    const real = server.append;
    server.append = (change, problem) => {
      if (change.envelope.kind !== 'note') return real(change, problem);
      // Well-formed and signed for, but not what was sent.
      return real({ ...change, envelope: { ...change.envelope, at: '0'.repeat(16) } }, problem);
    };
    await syncs();
    expect(await finding()).toMatchObject({ found: 'edited-row' });
    expect(await textsHere()).toEqual(['mine']);
  });

  test('a checkpoint signed by another key, or wrongly, is found', async () => {
    await syncs();
    const other = await newLogServer();
    server.alter = (answer) => ({
      ...answer,
      checkpoint: String(answer.checkpoint).replace(/— .*\n$/, '') + SIGNED_BY(other.signer.name),
    });
    await syncs();
    expect(await finding()).toMatchObject({ found: 'unknown-key' });
  });

  test('a server that proves its history no more is found', async () => {
    colleague()({ text: 'one' });
    await syncs();
    server.proves = false;
    await syncs();
    expect(await finding()).toMatchObject({ found: 'rollback' });
  });

  test('rows beyond what is proven are no crime, but are not taken', async () => {
    const write = colleague();
    write({ text: 'one' });
    const small = await server.checkpoint(1);
    write({ text: 'two' });
    server.alter = (answer) => ({ ...answer, checkpoint: small, consistency: [] });
    expect(await syncs()).toBe('failed');
    expect(await finding()).toBeNull();
    expect(await textsHere()).toEqual([]);
    server.alter = (answer) => answer;
    expect(await syncs()).toBe('even');
    expect(await textsHere()).toEqual(['one', 'two']);
  });
});

describe('SPEC 11: a log that was begun anew', () => {
  test('waits for the person, then everything is there once', async () => {
    const write = colleague();
    write({ text: 'kept by the backup' });
    const old = server.backup();
    await writeNotes(world, ['mine, lost by the server']);
    await syncs();
    Object.assign(server, old, { epoch: id(), origin: `${server.origin}/2` });
    colleague()({ text: 'written after it' });
    await syncs();
    expect(await finding()).toMatchObject({ found: 'new-origin', mayBeginAnew: true });
    expect(server.reports).toEqual([]);
    expect(await textsHere()).toEqual(['kept by the backup', 'mine, lost by the server']);
    // What was lost has gone out again meanwhile.
    expect(
      server.rows.filter(({ body }) => body?.text === 'mine, lost by the server'),
    ).toHaveLength(1);
    await beginAnew(world);
    expect(await finding()).toBeNull();
    expect(await syncs()).toBe('even');
    expect(await textsHere()).toEqual([
      ...['kept by the backup', 'mine, lost by the server', 'written after it'],
    ]);
    const { db } = await world.current();
    expect((await readPin(db))?.origin).toMatch(/\/2$/);
    expect(await isProven(db)).toBe(true);
  });

  test('ends what a rollback had stopped', async () => {
    const write = colleague();
    write({ text: 'one' });
    const old = server.backup();
    write({ text: 'two' });
    await syncs();
    Object.assign(server, old);
    await syncs();
    expect(await finding()).toMatchObject({ found: 'rollback', mayBeginAnew: false });
    Object.assign(server, { epoch: id(), origin: `${server.origin}/2` });
    await syncs();
    expect(await finding()).toMatchObject({ found: 'rollback', mayBeginAnew: true });
    await beginAnew(world);
    expect(await syncs()).toBe('even');
    expect(await finding()).toBeNull();
  });

  test('an older log after a newer one is a rollback', async () => {
    const first = server.origin;
    server.origin = `${first}/2`;
    await syncs();
    server.origin = first;
    await syncs();
    expect(await finding()).toMatchObject({ found: 'rollback', mayBeginAnew: false });
  });
});

const SIGNED_BY = (name: string) => `— ${name} ${btoa('x'.repeat(68))}\n`;
