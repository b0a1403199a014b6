// What a device keeps of records that lie in blocks, in the cases that come seldom.
import { beforeEach, describe, expect, test } from 'vitest';
import { type LogServer, newLogServer, type Row } from './log-server.ts';
import { connection, freshProfile, id, newWorld, source } from './world.ts';

const { sync } = await import('../../src/extension/background/sync.ts');
const { beginAnew, integrityOf } = await import('../../src/extension/background/integrity.ts');
const { follow, followMode } = await import('../../src/extension/background/follow-choice.ts');
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

function colleague() {
  let chain = ledger.newChain(connection.workspace.id, id(), id(), ledger.ZERO_TIME);
  return (body: Record<string, unknown>, { kind = 'note', record = id() } = {}): Row => {
    const draft = { id: id(), kind, record, body: body as never };
    const sealed = ledger.seal(hasher, { ...source, now: server.now }, chain, draft);
    chain = sealed.chain;
    return server.append(sealed.change);
  };
}

function erase(kind: string, record: string): Row {
  const targets = [{ kind, id: record }];
  const row = colleague()({ targets, reason: 'Asked for.', cause: 'request' }, { kind: 'erasure' });
  server.erased.add(record);
  server.empty(record);
  return row;
}

async function textsHere(): Promise<string[]> {
  const { db } = await world.current();
  const notes = [...(await store.recordsOfKind(db, 'note')).values()];
  return notes.map(({ state }) => fieldsOf<'note'>(state).text ?? '').sort();
}

async function isHere(text: string): Promise<boolean> {
  const { db } = await world.current();
  const stores = ['changes', 'records', 'blocks'] as const;
  const rows = await Promise.all(stores.map((name) => db.getAll(name)));
  return JSON.stringify(rows).includes(text);
}

const finding = async () => integrityOf((await world.current()).db);

const say = (kind: string, record: string, body: Record<string, unknown>) =>
  world.write(({ db, me }) =>
    store.commit(db, source, [{ id: id(), kind, record, body: body as never }], { author: me }),
  );

const manyNotes = (write: ReturnType<typeof colleague>) => {
  for (let at = 0; at < 250; at += 1) write({ text: `text ${at}` });
};

describe('a record of which nothing is folded, in a block', () => {
  test('what is written to one that was erased meanwhile is not kept beside it', async () => {
    const write = colleague();
    const customer = id();
    write({ name: 'A person' }, { kind: 'customer', record: customer });
    manyNotes(write);
    await syncs();
    erase('customer', customer);
    await syncs();
    expect(await store.getRecord((await world.current()).db, 'customer', customer)).toBeNull();
    // A card that was begun before names it, and teaches whose address it is.
    const identifiers = { 'address:person@halden.example': true };
    await say('customer', customer, { identifiers });
    expect(await syncs()).toBe('even');
    const { db } = await world.current();
    expect(await db.count('outbox')).toBe(0);
    expect(await isHere('person@halden.example')).toBe(false);
    expect(
      await store.identitySets(db, 'customer', { identifiers: ['address:person@halden.example'] }),
    ).toEqual([]);
  });

  test('what colleagues write to it is seen, also after something was written to it here', async () => {
    const write = colleague();
    const record = id();
    // A value that this version does not know.
    write({ name: { later: true } }, { kind: 'customer', record });
    manyNotes(write);
    await syncs();
    await say('customer', record, { identifiers: { 'domain:halden.example': true } });
    await syncs();
    write({ name: 'Halden' }, { kind: 'customer', record });
    await syncs();
    const { db } = await world.current();
    const found = await store.getRecord(db, 'customer', record);
    expect(found && fieldsOf<'customer'>(found.record.state)).toMatchObject({
      name: 'Halden',
      identifiers: { 'domain:halden.example': true },
    });
  });
});

test('what is written to such a record is still sent when the device goes on as another one', async () => {
  const write = colleague();
  const record = id();
  write({ name: { later: true } }, { kind: 'customer', record });
  manyNotes(write);
  await syncs();
  await say('customer', record, { identifiers: { 'domain:halden.example': true } });
  // Its key is lost, as when a browser clears a part of what it keeps.
  const profile = await world.profile();
  for (const key of await profile.getAllKeys('settings')) {
    if (key.startsWith('key|')) await profile.delete('settings', key);
  }
  world = newWorld();
  expect(await syncs()).toBe('even');
  const sent = server.rows.filter(({ leaf }) => leaf.record === record);
  expect(sent.map(({ body }) => body)).toContainEqual({
    identifiers: { 'domain:halden.example': true },
  });
});

test('a record that an earlier version wrote beside its block is one again', async () => {
  const write = colleague();
  const record = id();
  write({ text: 'theirs' }, { record });
  manyNotes(write);
  await syncs();
  await say('note', record, { label: 'question' });
  const { db } = await world.current();
  const tx = db.transaction(['changes', 'blocks']) as never;
  const { changes } = await store.changesOf(tx, 'note', record);
  const own = changes.find(({ body }) => body?.label === 'question');
  const packed = changes.find(({ body }) => body?.text === 'theirs');
  const block = (await db.getAll('blocks')).find(({ text }) => text.includes('theirs'));
  if (own === undefined || packed === undefined || block === undefined) throw new Error('not here');
  const { blockOf, entriesOf, entryOf } = await import('../../src/extension/store/blocks.ts');
  const entries = entriesOf(block).map((entry) =>
    entry.keys[0] === `=note/${record}` ? entryOf([packed]) : entry,
  );
  await db.put('blocks', { ...block, ...blockOf(entries) });
  await db.put('changes', own);
  await db.put('records', { kind: 'note', id: record, identifiers: [], state: own as never });
  await syncs();
  write({ quote: 'more' }, { record });
  await syncs();
  const found = await store.getRecord(db, 'note', record);
  expect(found && fieldsOf<'note'>(found.record.state)).toMatchObject({
    text: 'theirs',
    label: 'question',
    quote: 'more',
  });
  expect(await db.count('records', ['note', record])).toBe(0);
});

test('an erasure that is understood only after an update takes the texts then', async () => {
  const row = colleague()({ text: 'of a person' });
  await syncs();
  const { kind, record, id: change } = erase('note', row.leaf.record).leaf;
  // As an earlier version stores it, which does not know of erasures or of this cause.
  const { db } = await world.current();
  const kept = await db.getAll('records');
  const changes = await db.getAll('changes');
  await syncs();
  const stored = await db.get('changes', [kind, record, change]);
  if (stored === undefined) throw new Error('the erasure was not stored');
  await db.put('changes', { ...stored, folded: false, unfolded: 1 });
  await db.delete('records', [kind, record]);
  await db.clear('erased');
  for (const one of changes) await db.put('changes', one);
  for (const one of kept) await db.put('records', one);
  expect(await textsHere()).toEqual(['of a person']);
  await db.put('meta', 'an earlier one', 'kinds');
  world = newWorld(); // an update begins another worker
  expect(await syncs()).toBe('even');
  expect(await textsHere()).toEqual([]);
  expect(await isHere('of a person')).toBe(false);
});

test.each([1, 250])(
  'texts that a server had lost come with the log that was begun anew (%i rows)',
  async (rows) => {
    const write = colleague();
    const row = write({ text: 'lost for a while' });
    for (let at = 1; at < rows; at += 1) write({ text: `text ${at}` });
    const old = server.backup();
    server.empty(row.leaf.record);
    await syncs();
    expect(await finding()).toMatchObject({ found: 'missing-body' });
    expect(await textsHere()).not.toContain('lost for a while');
    Object.assign(server, old, { epoch: id(), origin: `${server.origin}/2` });
    await syncs();
    await beginAnew(world);
    expect(await syncs()).toBe('even');
    expect(await finding()).toBeNull();
    expect(await textsHere()).toContain('lost for a while');
    expect(await textsHere()).toHaveLength(rows);
  },
);

test('what is not followed any more goes, also when the worker dies before all of it has', async () => {
  const write = colleague();
  const [halden, lund] = [id(), id()];
  write({ name: 'Halden' }, { kind: 'customer', record: halden });
  write({ name: 'Lund' }, { kind: 'customer', record: lund });
  for (const customer of [halden, lund]) write({ text: customer, customer });
  await syncs();
  await followMode(world, 'chosen');
  await follow(world, halden, true);
  const { alone } = world;
  // It dies once the server has heard of the choice and this device has noted that.
  world.alone = async (work) => {
    const state = (await (await world.current()).db.get('meta', 'following')) as {
      untold: boolean;
    };
    if (!state.untold) throw new Error('the worker is gone');
    return alone(work);
  };
  await expect(syncs()).rejects.toThrow('gone');
  world = newWorld();
  expect(await syncs()).toBe('even');
  expect(server.following).toEqual({ mode: 'chosen', customers: [halden] });
  expect(await textsHere()).toEqual([halden]);
});

test.each([1, 250])(
  'what was not understood of whom one follows no more goes too (%i)',
  async (rows) => {
    const write = colleague();
    const [halden, lund] = [id(), id()];
    write({ name: 'Halden' }, { kind: 'customer', record: halden });
    write({ name: 'Lund' }, { kind: 'customer', record: lund });
    write({ text: 'words about lund', label: { later: true }, customer: lund });
    write({ text: 'words about halden', label: { later: true }, customer: halden });
    for (let at = 0; at < rows; at += 1) write({ text: `text ${at}` });
    await syncs();
    expect(await isHere('words about lund')).toBe(true);
    await followMode(world, 'chosen');
    await follow(world, halden, true);
    expect(await syncs()).toBe('even');
    expect(await isHere('words about lund')).toBe(false);
    expect(await isHere('words about halden')).toBe(true);
  },
);

test('a disk that is full while an answer is stored is told, and asked again later', async () => {
  colleague()({ text: 'theirs' });
  const { db } = await world.current();
  await syncs();
  colleague()({ text: 'more of theirs' });
  const put = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = function (this: IDBObjectStore, value: unknown, key?: never) {
    if (this.name === 'changes') throw new DOMException('full', 'QuotaExceededError');
    return put.call(this, value, key);
  } as typeof put;
  const outcome = await syncs().catch((error: unknown) => error);
  IDBObjectStore.prototype.put = put;
  expect(outcome).toBe('failed');
  const state = await store.readSync(db);
  expect(state.cursor).toBe(2);
  expect(state.problem).toMatch(/full/);
  expect(await syncs()).toBe('even');
  expect(await textsHere()).toEqual(['more of theirs', 'theirs']);
  expect((await store.readSync(db)).problem).toBeNull();
});

describe('what the server stored and did not fold', () => {
  /** Everything that this member writes as notes is refused from now on. */
  function refuse(): void {
    const isMine = (row: Row) =>
      row.leaf.author === connection.member.id && row.leaf.kind === 'note';
    server.alter = (answer) => ({
      ...answer,
      results: (answer.results as { id: string; rank: string }[]).map((one) => ({
        ...{ id: one.id, rank: one.rank },
        ...{ result: 'needs-attention', reason: 'Not yours.' },
      })),
      changes: (answer.changes as Row[]).map((one) =>
        isMine(one) ? { ...one, problem: 'Not yours.' } : one,
      ),
    });
  }
  const waits = async () => (await world.current()).db.getAll('attention');

  test('is not read here either; its author has it in the list of what needs attention', async () => {
    const { record } = colleague()({ text: 'theirs' }).leaf;
    await syncs();
    await say('note', record, { text: 'refused' });
    expect(await textsHere()).toEqual(['refused']);
    refuse();
    await syncs();
    await syncs();
    expect(await textsHere()).toEqual(['theirs']);
    expect(await waits()).toMatchObject([{ record, body: { text: 'refused' } }]);
    // An update of the extension folds what it understands now, and not this.
    const { db } = await world.current();
    await db.delete('meta', 'kinds');
    await store.rejudge(db, hasher);
    expect(await textsHere()).toEqual(['theirs']);
  });

  test('stays where the record is made of nothing else: it is mended there', async () => {
    await syncs();
    const record = id();
    await say('note', record, { text: 'first' });
    await say('note', record, { text: 'second' });
    refuse();
    await syncs();
    await syncs();
    expect(await textsHere()).toEqual(['second']);
    expect(await waits()).toHaveLength(2);
  });
});
