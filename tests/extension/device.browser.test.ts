// A device against a server with a log: what it signs, what it does when it is copied, renewed,
// updated, out of time or dying, what an erasure takes from it, and whom it follows.
import { beforeEach, describe, expect, test } from 'vitest';
import { type LogServer, newLogServer, type Row } from './log-server.ts';
import { connection, freshProfile, id, newWorld, source, writeNotes } from './world.ts';

const { sync } = await import('../../src/extension/background/sync.ts');
const { beginAnew, integrityOf } = await import('../../src/extension/background/integrity.ts');
const { isSigning } = await import('../../src/extension/background/device-key.ts');
const { follow, followingView, followMode } = await import(
  '../../src/extension/background/follow-choice.ts'
);
const store = await import('../../src/extension/store/index.ts');
const ledger = await import('../../src/ledger/index.ts');
const { fieldsOf } = await import('../../src/domain/index.ts');
const { hasher } = source;

const YEAR_MS = 365 * 24 * 3_600_000;

let server: LogServer;
let world: ReturnType<typeof newWorld>;

beforeEach(async () => {
  await freshProfile();
  server = await newLogServer();
  world = newWorld();
  await store.writeConnection(await world.profile(), { ...connection, serverKey: server.key });
});

const syncs = (fetching: typeof fetch = server.fetch) =>
  sync(
    { world, fetch: fetching, changed: () => undefined, status: () => undefined },
    { force: true },
  );

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

const textsThere = () =>
  server.rows.flatMap(({ leaf, body }) => (leaf.kind === 'note' ? [body?.text] : [])).sort();

const finding = async () => integrityOf((await world.current()).db);

describe('SPEC 10: signing', () => {
  test('a device registers its key in its own chain and signs each batch; no script can take the key out', async () => {
    await writeNotes(world, ['one']);
    expect(await syncs()).toBe('even');
    const record = server.rows.find(({ leaf }) => leaf.kind === 'device');
    expect(record?.leaf).toMatchObject({ record: connection.device, device: connection.device });
    expect(record?.body).toMatchObject({ member: connection.member.id });
    expect(server.keys.get(connection.device)).toBe(record?.body?.publicKey);
    expect(await isSigning(world)).toBe(true);
    // The server here refuses what is not signed by the registered key.
    await writeNotes(world, ['two']);
    expect(await syncs()).toBe('even');
    expect(textsThere()).toEqual(['one', 'two']);
    const profile = await world.profile();
    const place = (await profile.getAllKeys('settings')).find((key) => key.startsWith('key|'));
    const { privateKey } = (await profile.get('settings', place ?? '')) as {
      privateKey: CryptoKey;
    };
    await expect(crypto.subtle.exportKey('pkcs8', privateKey)).rejects.toThrow();
  });

  test('a device that has lost its key goes on as another one', async () => {
    await syncs();
    const profile = await world.profile();
    for (const key of await profile.getAllKeys('settings')) {
      if (key.startsWith('key|')) await profile.delete('settings', key);
    }
    await writeNotes(world, ['after it']);
    expect(await syncs()).toBe('even');
    expect(textsThere()).toEqual(['after it']);
    expect((await world.current()).connection?.device).not.toBe(connection.device);
    expect(new Set(server.rows.map(({ leaf }) => leaf.device)).size).toBe(2);
  });

  test('a browser without Ed25519 goes unsigned, and that can be seen', async () => {
    const real = crypto.subtle.generateKey;
    crypto.subtle.generateKey = (() =>
      Promise.reject(new DOMException('no', 'NotSupportedError'))) as never;
    try {
      await writeNotes(world, ['one']);
      expect(await syncs()).toBe('even');
    } finally {
      crypto.subtle.generateKey = real;
    }
    expect(await isSigning(world)).toBe(false);
    expect(server.rows.find(({ leaf }) => leaf.kind === 'device')?.body).not.toHaveProperty(
      'publicKey',
    );
  });

  test('large requests are compressed once the server is known to take it', async () => {
    await syncs();
    await writeNotes(world, ['x'.repeat(5_000)]);
    await syncs();
    expect(server.requests.map(({ encoding }) => encoding)).toEqual([null, 'gzip']);
    expect(textsThere()).toHaveLength(1);
  });
});

describe('SPEC 10: a copied profile', () => {
  test('goes on under a new device; nothing is lost, nothing is there twice', async () => {
    await writeNotes(world, ['before']);
    await syncs();
    const { db } = await world.current();
    const names = ['chain', 'sync', 'pin'] as const;
    const copied = await Promise.all(names.map((name) => db.get('meta', name)));
    await writeNotes(world, ['by this one', 'and this']);
    expect(await syncs()).toBe('even');
    // The copy: as the disk was before, with something else written on it.
    for (const text of ['by this one', 'and this']) {
      const notes = [...(await store.recordsOfKind(db, 'note')).values()];
      const gone = notes.find(({ state }) => fieldsOf<'note'>(state).text === text);
      await db.delete('records', ['note', gone?.id ?? '']);
      await db.delete('changes', IDBKeyRange.bound(['note', gone?.id], ['note', gone?.id, []]));
    }
    for (const [at, name] of names.entries()) await db.put('meta', copied[at] as never, name);
    await writeNotes(world, ['by the copy', 'and more', 'and the last']);
    expect(await syncs()).toBe('even');
    const all = ['and more', 'and the last', 'and this', 'before', 'by the copy', 'by this one'];
    expect(textsThere()).toEqual(all);
    expect(await textsHere()).toEqual(all);
    expect(await db.count('outbox')).toBe(0);
    expect(await db.count('attention')).toBe(0);
    const { connection: now } = await world.current();
    expect(now?.device).not.toBe(connection.device);
    const renewed = server.rows.filter(({ leaf }) => leaf.device === now?.device);
    expect(renewed.map(({ leaf }) => leaf.n)).toEqual(renewed.map((_row, n) => n));
    expect(renewed.some(({ leaf }) => leaf.kind === 'device')).toBe(true);
    expect(await finding()).toBeNull();
    // The new chain holds after it, too.
    await writeNotes(world, ['later']);
    expect(await syncs()).toBe('even');
    expect(textsThere()).toContain('later');
  });

  test('a worker that dies after the connection was renewed goes on from there', async () => {
    await writeNotes(world, ['pending', 'of the same millisecond']);
    const { db } = await world.current();
    const times = (await store.pendingChanges(db, 10, 1e6)).map(({ envelope }) => envelope.at);
    await store.writeConnection(await world.profile(), {
      ...connection,
      ...{ serverKey: server.key, device: id(), token: 'renewed' },
    });
    const device = (await world.current()).connection?.device ?? '';
    server.tokens.set('renewed', device);
    world = newWorld();
    expect(await syncs()).toBe('even');
    expect(textsThere()).toEqual(['of the same millisecond', 'pending']);
    expect(server.rows.slice(0, 2).map(({ leaf }) => leaf.at)).toEqual(times);
    expect(server.rows.every(({ leaf }) => leaf.device === device)).toBe(true);
    expect(await db.count('attention')).toBe(0);
  });
});

describe('SPEC 5.5: what was pushed under an earlier name', () => {
  const losesKey = async () => {
    const profile = await world.profile();
    for (const key of await profile.getAllKeys('settings')) {
      if (key.startsWith('key|')) await profile.delete('settings', key);
    }
  };
  /** The server goes back to this, and says that it begins anew. */
  const restores = (rows: number) => {
    server.rows.length = rows;
    server.hashes.length = rows;
    server.epoch = id();
    server.origin = `${server.origin}/2`;
  };
  const confirms = async () => {
    expect(await syncs()).toBe('even');
    await beginAnew(world);
    expect(await syncs()).toBe('even');
    expect(await finding()).toBeNull();
  };

  test('and lost by the server is pushed again under the present one, once', async () => {
    await writeNotes(world, ['in the backup']);
    await syncs();
    const backup = server.rows.length;
    await writeNotes(world, ['after the backup', 'and more of it']);
    await syncs();
    const { at } = server.rows.at(-1)?.leaf ?? {};
    await losesKey();
    await writeNotes(world, ['under the new name']);
    expect(await syncs()).toBe('even');
    restores(backup);
    server.pageOf = 2;
    await confirms();
    const all = ['after the backup', 'and more of it', 'in the backup', 'under the new name'];
    expect(textsThere()).toEqual(all);
    expect(await textsHere()).toEqual(all);
    const { db, connection: now } = await world.current();
    expect(now?.device).not.toBe(connection.device);
    const again = server.rows.slice(backup);
    expect(again.every(({ leaf }) => leaf.device === now?.device)).toBe(true);
    expect(again.map(({ leaf }) => leaf.n)).toEqual(again.map((_row, n) => n));
    // With the times they had.
    expect(again.some(({ leaf }) => leaf.at === at)).toBe(true);
    expect(await db.count('outbox')).toBe(0);
    expect(await db.count('attention')).toBe(0);
    expect(await db.get('meta', 'missing')).toBeUndefined();
    await writeNotes(world, ['later']);
    expect(await syncs()).toBe('even');
    expect(textsThere()).toContain('later');
  });

  test('and kept by the server is not, and nobody else’s is', async () => {
    colleague()({ text: 'a colleague’s, which is lost' });
    await writeNotes(world, ['kept']);
    await syncs();
    await losesKey();
    await syncs();
    const before = server.rows.length;
    restores(before);
    await confirms();
    expect(server.rows).toHaveLength(before);
    server.rows.splice(0, 1);
    server.hashes.splice(0, 1);
    for (const [seq, row] of server.rows.entries()) row.seq = seq;
    server.epoch = id();
    server.origin = server.origin.replace('/2', '/3');
    await confirms();
    expect(textsThere()).toEqual(['kept']);
  });
});

describe('SPEC 14: erasure', () => {
  const erase = (record: string) => {
    const row = colleague()(
      { targets: [{ kind: 'note', id: record }], reason: 'Asked for.', cause: 'request' },
      { kind: 'erasure' },
    );
    server.erased.add(record);
    server.empty(record);
    return row;
  };

  test('texts leave the device; the missing body is no crime', async () => {
    const row = colleague()({ text: 'of a person' });
    await syncs();
    expect(await textsHere()).toEqual(['of a person']);
    erase(row.leaf.record);
    expect(await syncs()).toBe('even');
    const { db } = await world.current();
    expect(await textsHere()).toEqual([]);
    expect(JSON.stringify(await db.getAll('changes'))).not.toContain('of a person');
    expect(await finding()).toBeNull();
    // A device that comes later gets the empty row before it hears of the erasure.
    await freshProfile();
    world = newWorld();
    server.pageOf = 1;
    await store.writeConnection(await world.profile(), { ...connection, serverKey: server.key });
    expect(await syncs()).toBe('even');
    expect(await textsHere()).toEqual([]);
    expect(await finding()).toBeNull();
  });

  test('in a long pull, too', async () => {
    const write = colleague();
    const rows = Array.from({ length: 400 }, (_, at) => write({ text: `text ${at}` }));
    await syncs();
    erase(rows[7]?.leaf.record ?? '');
    expect(await syncs()).toBe('even');
    const { db } = await world.current();
    expect(await textsHere()).toHaveLength(399);
    expect(JSON.stringify(await db.getAll('blocks'))).not.toContain('text 7"');
    expect(await finding()).toBeNull();
  });

  test('what its author wrote to it meanwhile comes to their attention, and is not kept otherwise', async () => {
    const [record = ''] = await writeNotes(world, ['mine']);
    await syncs();
    await world.write(({ db, me }) =>
      store.commit(
        db,
        source,
        [{ id: id(), kind: 'note', record, body: { text: 'written offline' } }],
        { author: me },
      ),
    );
    erase(record);
    expect(await syncs()).toBe('even');
    const { db } = await world.current();
    expect(await textsHere()).toEqual([]);
    expect(await db.getAll('attention')).toMatchObject([
      { kind: 'note', record, body: { text: 'written offline' } },
    ]);
    expect(await db.count('outbox')).toBe(0);
    expect(JSON.stringify(await db.getAll('changes'))).not.toContain('written offline');
    expect(server.rows.some(({ body }) => body?.text === 'written offline')).toBe(false);
    expect(await finding()).toBeNull();
  });
});

describe('SPEC 4.3: updates', () => {
  test('a kind that an earlier version did not know is folded after the update', async () => {
    const write = colleague();
    write({ text: 'of a later version' }, { kind: 'hologram' });
    const row = write({ text: 'known by now' });
    await syncs();
    const { db } = await world.current();
    expect(await db.countFromIndex('changes', 'unfolded', 1)).toBe(1);
    // As an earlier version, which had not known notes, had stored it.
    const { kind, record, id: change } = row.leaf;
    const stored = await db.get('changes', [kind, record, change]);
    if (stored === undefined) throw new Error('the row was not stored');
    await db.put('changes', { ...stored, folded: false, unfolded: 1 });
    await db.delete('records', [kind, record]);
    await db.put('meta', 'an earlier one', 'kinds');
    world = newWorld(); // an update begins another worker
    await syncs();
    expect(await textsHere()).toEqual(['known by now']);
    expect(await db.countFromIndex('changes', 'unfolded', 1)).toBe(1);
  });

  test('a change of a later version is stored and keeps nothing up', async () => {
    const write = colleague();
    const row = write({ text: 'later' });
    const leaf = { ...row.leaf, v: 2, novelty: true };
    server.rows[row.seq] = { ...row, leaf };
    server.hashes[row.seq] = ledger.leafHash(hasher, ledger.canonicalBytes(leaf));
    write({ text: 'after it' });
    expect(await syncs()).toBe('even');
    expect(await textsHere()).toEqual(['after it']);
    const { db } = await world.current();
    expect((await db.get('changes', ['note', leaf.record, leaf.id]))?.leaf).toMatchObject({ v: 2 });
    expect(await finding()).toBeNull();
  });
});

describe('SPEC 2: a wrong clock', () => {
  test.each([
    ['a year ahead', YEAR_MS],
    ['a year behind', -YEAR_MS],
  ])(
    '%s: nothing is refused, nothing waits for a year, and all fold alike',
    async (_name, skew) => {
      const clock = { skew };
      Object.assign(world.source, { now: () => Date.now() + clock.skew });
      await writeNotes(world, ['mine']);
      const away = (() => Promise.reject(new TypeError('away'))) as typeof fetch;
      await syncs(away);
      clock.skew = 0;
      const deps = {
        ...{ world, fetch: server.fetch },
        ...{ changed: () => undefined, status: () => undefined },
      };
      const { db } = await world.current();
      if (skew < 0) await store.noteSync(db, { notBefore: 0 });
      expect(await sync(deps)).toBe('even');
      expect(await db.count('outbox')).toBe(0);
      const [note] = server.rows.filter(({ leaf }) => leaf.kind === 'note');
      expect(note === undefined || ledger.msOf(note.leaf.rank)).toBeLessThanOrEqual(Date.now());
      // A colleague with the right time writes later, and wins here as everywhere.
      colleague()({ text: 'theirs' }, { record: note?.leaf.record ?? '' });
      expect(await syncs()).toBe('even');
      expect(await textsHere()).toEqual(['theirs']);
      expect(await finding()).toBeNull();
    },
  );
});

test('a worker that dies between any two requests loses nothing and has nothing twice', async () => {
  const write = colleague();
  for (let row = 0; row < 600; row += 1) write({ text: `theirs ${row}` });
  server.pageOf = 250;
  server.shows = ({ seq }) => seq % 3 !== 1;
  await writeNotes(world, ['one', 'two', 'three']);
  for (let dies = 1; dies < 40; dies += 1) {
    let left = dies;
    const dying = (async (url: string, init: RequestInit) => {
      left -= 1;
      // Half of the deaths come after the server has heard it.
      if (left === 0 && dies % 2 === 0) await server.fetch(url, init);
      if (left <= 0) throw new TypeError('the worker is gone');
      return server.fetch(url, init);
    }) as typeof fetch;
    if ((await syncs(dying)) === 'even') break;
    world = newWorld();
  }
  expect(await syncs()).toBe('even');
  expect(server.rows.filter(({ leaf }) => leaf.author === connection.member.id)).toHaveLength(4);
  expect(await textsHere()).toHaveLength(403);
  expect(await finding()).toBeNull();
});

test('a record in a long pull is found, changed and changed by others as any other', async () => {
  const write = colleague();
  const customer = id();
  write(
    { name: 'Halden', identifiers: { 'domain:halden.example': true } },
    { kind: 'customer', record: customer },
  );
  const rows = Array.from({ length: 500 }, (_, at) =>
    write({ text: `text ${at}`, label: 'note', ...(at % 50 === 0 ? { customer } : {}) }),
  );
  await syncs();
  const { db } = await world.current();
  expect(await db.count('blocks')).toBeGreaterThan(5);
  expect(await db.count('records')).toBeLessThan(10);
  expect(await store.recordsAbout(db, 'customer', [customer])).toHaveLength(10);
  const sets = await store.identitySets(db, 'customer', { identifiers: ['domain:halden.example'] });
  expect(sets.map(({ canonical }) => canonical)).toEqual([customer]);
  const record = rows[3]?.leaf.record ?? '';
  await world.write(({ db: here, me }) =>
    store.commit(here, source, [{ id: id(), kind: 'note', record, body: { customer } }], {
      author: me,
    }),
  );
  expect(await store.recordsAbout(db, 'customer', [customer])).toHaveLength(11);
  await syncs();
  write({ text: 'theirs' }, { record });
  for (let at = 0; at < 300; at += 1) write({ text: `more ${at}` });
  await syncs();
  const found = await store.getRecord(db, 'note', record);
  expect(found && fieldsOf<'note'>(found.record.state)).toMatchObject({ text: 'theirs', customer });
  expect(await store.recordsOfKind(db, 'note')).toHaveProperty('size', 800);
  expect(
    server.rows.find(({ leaf, seq }) => leaf.record === record && seq > 500)?.leaf.base,
  ).toEqual(undefined);
});

describe('SPEC 12: following', () => {
  test('who is chosen comes with their past; who is not any more frees their space', async () => {
    const write = colleague();
    const [halden, lund] = [id(), id()];
    write({ name: 'Halden' }, { kind: 'customer', record: halden });
    write({ name: 'Lund' }, { kind: 'customer', record: lund });
    for (let at = 0; at < 30; at += 1) {
      write({ text: `halden ${at}`, customer: halden });
      write({ text: `lund ${at}`, customer: lund });
    }
    write({ text: 'of nobody' });
    write(
      { text: 'lund, mine to do', customer: lund, owner: connection.member.id },
      { kind: 'expectation' },
    );
    await syncs();
    await world.write(({ db, me }) =>
      store.commit(
        db,
        source,
        [{ id: id(), kind: 'note', record: id(), body: { text: 'lund, by me', customer: lund } }],
        { author: me },
      ),
    );
    expect(await textsHere()).toHaveLength(62);

    await followMode(world, 'chosen');
    await follow(world, halden, true);
    expect(await syncs()).toBe('even');
    expect(server.following).toEqual({ mode: 'chosen', customers: [halden] });
    const { db } = await world.current();
    expect((await textsHere()).filter((text) => text.startsWith('lund'))).toEqual(['lund, by me']);
    expect(await textsHere()).toHaveLength(32);
    expect(await store.recordsOfKind(db, 'expectation')).toHaveProperty('size', 1);
    expect(await store.recordsOfKind(db, 'customer')).toHaveProperty('size', 2);
    expect(JSON.stringify(await db.getAll('changes'))).not.toContain('lund 7');

    server.pageOf = 8;
    await follow(world, lund, true);
    expect(await syncs()).toBe('even');
    expect(await textsHere()).toHaveLength(62);
    expect(server.requests.filter(({ path }) => path === '/v1/backfill').length).toBeGreaterThan(2);
    expect(await finding()).toBeNull();
    await follow(world, lund, false);
    await syncs();
    expect(await textsHere()).toHaveLength(32);
    await followMode(world, 'all');
    expect(await syncs()).toBe('even');
    expect(await textsHere()).toHaveLength(62);
    expect(await finding()).toBeNull();
  });

  test('a choice that was made on another device is heard with the next answer, and carried out', async () => {
    const write = colleague();
    const [halden, lund] = [id(), id()];
    write({ name: 'Halden' }, { kind: 'customer', record: halden });
    write({ name: 'Lund' }, { kind: 'customer', record: lund });
    for (const customer of [halden, lund]) write({ text: 'about them', customer });
    await syncs();
    expect(await textsHere()).toHaveLength(2);
    const asked = (path: string) => server.requests.filter((one) => one.path === path).length;

    server.following = { mode: 'chosen', customers: [halden] };
    expect(await syncs()).toBe('even');
    expect(await textsHere()).toHaveLength(1);
    expect(await followingView(await world.current())).toMatchObject({
      ...{ mode: 'chosen', untold: false },
      customers: [{ name: 'Halden' }],
    });
    server.following = { mode: 'chosen', customers: [lund, halden] };
    expect(await syncs()).toBe('even');
    expect(await textsHere()).toHaveLength(2);
    expect(asked('/v1/backfill')).toBe(1);
    server.following = { mode: 'chosen', customers: [lund] };
    await syncs();
    server.following = { mode: 'all', customers: [] };
    expect(await syncs()).toBe('even');
    expect(await textsHere()).toHaveLength(2);
    // Nothing was said that only repeats what the member said there.
    expect(asked('/v1/following')).toBe(0);
    const before = server.requests.length;
    await syncs();
    expect(server.requests.length - before).toBe(1);

    // What is chosen here meanwhile goes before what was chosen there earlier.
    await followMode(world, 'chosen');
    await follow(world, halden, true);
    server.following = { mode: 'chosen', customers: [lund] };
    expect(await syncs()).toBe('even');
    expect(server.following).toEqual({ mode: 'chosen', customers: [halden] });
    expect(await textsHere()).toHaveLength(1);
  });

  test('what a mention pointed the member to stays, though its customer is not followed any more', async () => {
    const write = colleague();
    const [halden, lund] = [id(), id()];
    write({ name: 'Halden' }, { kind: 'customer', record: halden });
    write({ name: 'Lund' }, { kind: 'customer', record: lund });
    const { record } = write({ text: 'lund, look at this', customer: lund }).leaf;
    const subject = { kind: 'note', id: record };
    const member = connection.member.id;
    write({ member, subject, text: '@you' }, { kind: 'mention' });
    const other = write({ text: 'lund, not meant', customer: lund }).leaf;
    write({ member: id(), subject: { kind: 'note', id: other.record } }, { kind: 'mention' });
    await syncs();
    await followMode(world, 'chosen');
    await follow(world, halden, true);
    expect(await syncs()).toBe('even');
    expect(await textsHere()).toEqual(['lund, look at this']);
  });

  test('a row of a backfill that is not the log’s is found', async () => {
    const write = colleague();
    const lund = id();
    write({ name: 'Lund' }, { kind: 'customer', record: lund });
    const row = write({ text: 'lund', customer: lund });
    server.shows = ({ leaf }) => leaf.kind !== 'note';
    await followMode(world, 'chosen');
    await syncs();
    server.rows[row.seq] = { ...row, body: { ...row.body, text: 'altered' } };
    await follow(world, lund, true);
    await syncs();
    expect(await finding()).toMatchObject({ found: 'edited-row' });
    expect(await textsHere()).toEqual([]);
  });
});
