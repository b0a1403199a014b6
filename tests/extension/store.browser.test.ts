import { beforeEach, describe, expect, test } from 'vitest';
import type { Write } from '../../src/extension/store/index.ts';
import type { Chain, PulledChange, PushedChange } from '../../src/ledger/index.ts';
import {
  connected,
  connection,
  emptyAnswer,
  freshProfile,
  id,
  newWorld,
  source,
  writeNotes,
} from './world.ts';

const store = await import('../../src/extension/store/index.ts');
const ledger = await import('../../src/ledger/index.ts');
const { fieldsOf } = await import('../../src/domain/index.ts');
const { hasher } = source;

beforeEach(freshProfile);

const pulled = (seq: number, change: PushedChange, rank: string): PulledChange => ({
  seq,
  leaf: { ...change.envelope, received: new Date().toISOString(), rank },
  salt: change.salt,
  body: change.body as Record<string, unknown>,
});

test('a database of the second version keeps all it has, and its outbox goes on', async () => {
  const world = await connected();
  const [record = ''] = await writeNotes(world, ['one', 'two']);
  const { db } = await world.current();
  const stores = ['changes', 'records', 'outbox', 'meta'] as const;
  const rows = await Promise.all(stores.map((store) => db.getAll(store)));
  const keys = await db.getAllKeys('meta');
  const { name } = db;
  db.close();
  await store.deleteDB(name);
  await new Promise<void>((done) => {
    const opening = indexedDB.open(name, 2);
    opening.onupgradeneeded = () => {
      const old = opening.result;
      const [changes = [], records = [], outbox = [], meta = []] = rows;
      const made = old.createObjectStore('changes', { keyPath: 'id' });
      made.createIndex('record', ['kind', 'record']);
      for (const row of changes) made.put(row);
      // Stored by a version that could not read it.
      made.put({ ...(changes[0] as object), id: id(), folded: false });
      for (const place of ['records', 'kept']) {
        const kept = old.createObjectStore(place, { keyPath: ['kind', 'id'] });
        for (const index of ['customer', 'conversation', 'kind']) kept.createIndex(index, index);
        kept.createIndex('mergedInto', ['kind', 'mergedInto']);
        kept.createIndex('identifiers', 'identifiers', { multiEntry: true });
        kept.createIndex('interaction', 'interactions', { multiEntry: true });
        if (place === 'records') for (const row of records) kept.put(row);
      }
      const pending = old.createObjectStore('outbox', { keyPath: 'order' });
      pending.createIndex('record', ['kind', 'record']);
      for (const row of outbox) pending.put(row);
      old.createObjectStore('attention', { keyPath: 'id' });
      old.createObjectStore('drafts', { keyPath: 'id' });
      const facts = old.createObjectStore('meta');
      for (const [at, row] of meta.entries()) facts.put(row, keys[at]);
    };
    opening.onsuccess = () => {
      opening.result.close();
      done();
    };
  });
  const next = await connected();
  await writeNotes(next, ['three']);
  const { db: upgraded } = await next.current();
  expect(upgraded.version).toBe(store.WORKSPACE_VERSION);
  expect((await store.pendingChanges(upgraded, 10, 1e6)).map(({ envelope }) => envelope.n)).toEqual(
    [0, 1, 2],
  );
  expect(await store.recordsOfKind(upgraded, 'note')).toHaveProperty('size', 3);
  expect((await store.getRecord(upgraded, 'note', record))?.record.id).toBe(record);
  expect(await upgraded.countFromIndex('changes', 'unfolded', 1)).toBe(1);
});

describe('writing', () => {
  test('a new profile has every store of the schema', async () => {
    const db = await store.openWorkspace('fresh');
    expect([...db.objectStoreNames].sort()).toEqual([
      ...['attention', 'blocks', 'changes', 'drafts', 'erased'],
      ...['kept', 'meta', 'outbox', 'records', 'search', 'tiles', 'unindexed'],
    ]);
    expect(db.version).toBe(store.WORKSPACE_VERSION);
  });

  test('SPEC 3.1 changes are sealed in one chain, in the transaction that folds them', async () => {
    const world = await connected();
    await writeNotes(world, ['one', 'two']);
    await writeNotes(world, ['three']);
    const { db } = await world.current();
    const pending = await store.pendingChanges(db, 10, 1e6);
    expect(pending.map(({ envelope }) => envelope.n)).toEqual([0, 1, 2]);
    expect(pending[1]?.envelope.prevHash).toBe(
      pending[0] && ledger.envelopeHash(hasher, pending[0].envelope),
    );
    expect(await db.count('records')).toBe(3);
  });

  test('a failed write leaves nothing behind, and the next one goes on in the chain', async () => {
    const world = await connected();
    const [first] = await writeNotes(world, ['one']);
    const { db } = await world.current();
    const twice = { id: id(), kind: 'note', record: first ?? '', body: { text: 'x' } };
    await expect(store.commit(db, source, [twice, twice], { author: id() })).rejects.toThrow();
    expect(await db.count('changes')).toBe(1);
    await writeNotes(world, ['two']);
    const pending = await store.pendingChanges(db, 10, 1e6);
    expect(pending.map(({ envelope }) => envelope.n)).toEqual([0, 1]);
  });

  test('SPEC 3.1 a new record goes on where the chain is, whoever wrote it last', async () => {
    const world = await connected();
    const { db, me } = await world.write(async (here) => here);
    const fresh = (text: string): Write => ({
      ...{ id: id(), kind: 'note', record: id(), body: { text }, fresh: true },
    });
    const draft = id();
    await store.commit(db, source, [fresh('one')], { author: me });
    await store.commit(db, source, [fresh('two'), fresh('three')], { author: me });
    // Another worker of this profile, on a handle of its own, and the newest rank it has seen.
    const other = await store.openWorkspace(db.name);
    const later = {
      ...((await other.get('meta', 'chain')) as Chain),
      clock: ledger.timestampOf({ ms: 2 ** 44, counter: 7 }),
    };
    await other.put('meta', later, 'chain');
    await store.commit(other, source, [fresh('four')], { author: me });
    other.close();
    await store.putDraft(db, { id: draft, changedAt: 1 });
    await store.commit(db, source, [fresh('five')], { author: me, discardDraft: draft });
    const pending = (await store.pendingChanges(db, 10, 1e6)).map(({ envelope }) => envelope);
    expect(pending.map(({ n }) => n)).toEqual([0, 1, 2, 3, 4]);
    for (const [at, envelope] of pending.slice(1).entries()) {
      const before = pending[at];
      expect(envelope.prevHash).toBe(before && ledger.envelopeHash(hasher, before));
      expect(envelope.at > (before?.at ?? '')).toBe(true);
    }
    expect(await db.count('records')).toBe(5);
    expect(await db.count('changes')).toBe(5);
    expect(await db.count('drafts')).toBe(0);
  });

  test('what is said to be new and is there already is not written over', async () => {
    const world = await connected();
    const { db, me } = await world.write(async (here) => here);
    const write: Write = { id: id(), kind: 'note', record: id(), body: { text: 'x' } };
    await store.commit(db, source, [{ ...write, fresh: true }], { author: me });
    const again = store.commit(db, source, [{ ...write, fresh: true }], { author: me });
    await expect(again).rejects.toThrow();
    await store.commit(db, source, [{ ...write, id: id() }], { author: me });
    const pending = await store.pendingChanges(db, 10, 1e6);
    expect(pending.map(({ envelope }) => envelope.n)).toEqual([0, 1]);
  });

  test('a full disk is told in words, and the draft is still there', async () => {
    const world = await connected();
    await world.write(({ db }) => store.putDraft(db, { id: 'a', changedAt: 1, text: 'typed' }));
    const { db } = await world.current();
    const full = new Proxy(db, {
      get(target, name) {
        if (name !== 'transaction') return Reflect.get(target, name).bind(target);
        return () => {
          throw new DOMException('full', 'QuotaExceededError');
        };
      },
    });
    const write = { id: id(), kind: 'note', record: id(), body: { text: 'x' } };
    await expect(store.commit(full, source, [write], { author: id() })).rejects.toMatchObject({
      reason: 'disk-full',
    });
    expect(await db.get('drafts', 'a')).toMatchObject({ text: 'typed' });
  });

  test('a keystroke that arrives late does not undo a later one', async () => {
    const world = newWorld();
    const put = (changedAt: number, text: string) =>
      world.write(({ db }) => store.putDraft(db, { id: 'a', changedAt, text }));
    await put(2, 'newer');
    await put(1, 'older');
    const { db } = await world.current();
    expect(await db.get('drafts', 'a')).toMatchObject({ text: 'newer' });
  });

  test('what is kept on this device is never in the outbox', async () => {
    const world = await connected();
    await world.write(({ db, me }) =>
      store.commit(
        db,
        source,
        [{ id: id(), kind: 'note', record: id(), body: { text: 'private' } }],
        {
          author: me,
          keep: true,
        },
      ),
    );
    const { db } = await world.current();
    expect(await db.count('outbox')).toBe(0);
    expect(await db.count('changes')).toBe(0);
    expect(await db.count('kept')).toBe(1);
  });

  test('a push is bounded by bytes, but never empty', async () => {
    const world = await connected();
    await writeNotes(world, ['x'.repeat(90_000), 'y'.repeat(90_000), 'z']);
    const { db } = await world.current();
    expect(await store.pendingChanges(db, 10, 50_000)).toHaveLength(1);
    expect(await store.pendingChanges(db, 10, 100_000)).toHaveLength(1);
    expect(await store.pendingChanges(db, 10, 200_000)).toHaveLength(3);
  });
});

describe('SPEC 3.2, 3.3: connecting', () => {
  test('what was captured before is sealed in order, with its times and the member as author', async () => {
    const world = newWorld();
    await writeNotes(world, ['one', 'two']);
    const local = await world.open(store.LOCAL_DB);
    const written = (await local.getAll('changes')).map(({ rank }) => ledger.msOf(rank));
    await store.writeConnection(await world.profile(), connection);
    await world.write(async () => undefined);
    const { db } = await world.current();
    const pending = await store.pendingChanges(db, 10, 1e6);
    expect(pending.map(({ envelope }) => envelope.author)).toEqual([
      connection.member.id,
      connection.member.id,
    ]);
    expect(pending.map(({ envelope }) => ledger.msOf(envelope.at)).sort()).toEqual(written.sort());
    expect(await local.count('outbox')).toBe(0);
  });

  test('moving in again after a crash in the middle doubles nothing', async () => {
    const world = newWorld();
    await writeNotes(world, ['one', 'two']);
    const local = await world.open(store.LOCAL_DB);
    const everything = await local.getAll('changes');
    const pending = await local.getAll('outbox');
    const db = await world.open(store.databaseOf(connection));
    await store.moveIn(local, db, connection, source);
    for (const change of everything) await local.put('changes', change);
    for (const row of pending) await local.put('outbox', row);
    await store.moveIn(local, db, connection, source);
    expect((await store.pendingChanges(db, 10, 1e6)).map(({ envelope }) => envelope.n)).toEqual([
      0, 1,
    ]);
    expect(await db.count('records')).toBe(2);
  });
});

test('SPEC 3.1 a browser that changes hands goes on in the device’s one chain', async () => {
  const world = await connected();
  await writeNotes(world, ['of the first member', 'and another']);
  const { db: first } = await world.current();
  const next = { ...connection, member: { ...connection.member, id: id() } };
  await store.writeConnection(await world.profile(), next);
  const second = await world.open(store.databaseOf(next));
  const names = await store.workspaceDbNames(next.server, next.workspace.id);
  expect(names).toContain(store.databaseOf(connection));
  await store.continueChain(second, [first], next);
  await writeNotes(world, ['of the second']);
  const last = (await store.pendingChanges(first, 10, 1e6)).at(-1);
  const [own] = await store.pendingChanges(second, 10, 1e6);
  expect(own?.envelope).toMatchObject({ n: 2, author: next.member.id });
  expect(own?.envelope.prevHash).toBe(last && ledger.envelopeHash(hasher, last.envelope));
  // And back again: the first member's chain takes up after the second's.
  await store.continueChain(first, [second], connection);
  await store.writeConnection(await world.profile(), connection);
  await writeNotes(world, ['of the first again']);
  expect((await store.pendingChanges(first, 10, 1e6)).map(({ envelope }) => envelope.n)).toEqual([
    0, 1, 3,
  ]);
});

describe('SPEC 2.5, 5.2, 5.3: answers', () => {
  test('an acknowledged change takes its rank, and its record is folded anew', async () => {
    const world = await connected();
    const [record] = await writeNotes(world, ['mine, by a clock that is ahead']);
    const { db } = await world.current();
    const [own] = await store.pendingChanges(db, 1, 1e6);
    if (!own || !record) throw new Error('nothing pending');
    const early = ledger.timestampOf({ ms: 1_000, counter: 0 });
    const later = ledger.timestampOf({ ms: 2_000, counter: 0 });
    const chain = ledger.newChain(connection.workspace.id, id(), id(), ledger.ZERO_TIME);
    const theirs = ledger.seal(hasher, source, chain, {
      id: id(),
      kind: 'note',
      record,
      body: { text: 'theirs' },
    }).change;
    const answer = {
      ...emptyAnswer(id()),
      results: [{ id: own.envelope.id, result: 'accepted' as const, rank: early }],
      changes: [pulled(1, theirs, later)],
      cursor: 2,
    };
    await store.takeAnswer(db, hasher, answer, 1);
    await store.takeAnswer(db, hasher, answer, 1);
    const stored = await db.get('records', ['note', record]);
    expect(stored && fieldsOf<'note'>(stored.state).text).toBe('theirs');
    expect(await db.count('outbox')).toBe(0);
    expect((await store.readSync(db)).cursor).toBe(2);
  });

  test('a body that does not match its hash is stored and not folded', async () => {
    const world = await connected();
    const { db } = await world.current();
    const chain = ledger.newChain(connection.workspace.id, id(), id(), ledger.ZERO_TIME);
    const change = ledger.seal(hasher, source, chain, {
      id: id(),
      kind: 'note',
      record: id(),
      body: { text: 'a' },
    }).change;
    const forged = pulled(0, { ...change, body: { text: 'b' } }, ledger.ZERO_TIME);
    await store.takeAnswer(db, hasher, { ...emptyAnswer(id()), changes: [forged], cursor: 1 }, 1);
    expect(await db.count('changes')).toBe(1);
    expect(await db.count('records')).toBe(0);
  });

  test('another epoch pushes everything of ours again and starts pulling from the beginning', async () => {
    const world = await connected();
    await writeNotes(world, ['one', 'two']);
    const { db } = await world.current();
    const results = (await store.pendingChanges(db, 10, 1e6)).map(({ envelope }) => ({
      id: envelope.id,
      result: 'accepted' as const,
      rank: envelope.at,
    }));
    await store.takeAnswer(db, hasher, { ...emptyAnswer(id()), results, cursor: 2 }, 1);
    expect(await db.count('outbox')).toBe(0);
    await store.takeAnswer(db, hasher, emptyAnswer(id()), 1);
    expect(await db.count('outbox')).toBe(2);
    expect((await store.readSync(db)).cursor).toBe(0);
  });

  test('what the server cannot read is kept with its reason', async () => {
    const world = await connected();
    await writeNotes(world, ['one']);
    const { db } = await world.current();
    const [own] = await store.pendingChanges(db, 1, 1e6);
    const results = [
      { id: own?.envelope.id ?? '', result: 'needs-attention' as const, reason: 'Too old.' },
    ];
    await store.takeAnswer(db, hasher, { ...emptyAnswer(id()), results }, 1);
    expect(await db.getAll('attention')).toMatchObject([
      { reason: 'Too old.', body: { text: 'one' } },
    ]);
    expect(await db.count('outbox')).toBe(0);
  });
});
