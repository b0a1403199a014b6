// Values written at the same time, on a real store: what cards tell of them, and what edits name.
import { beforeEach, expect, test } from 'vitest';
import type { Base } from '../../src/domain/index.ts';
import type { SyncResponse } from '../../src/ledger/index.ts';
import { type Desk, openDesk, SIDEBAR } from './desk.ts';
import { connection, emptyAnswer, freshProfile, id, source } from './world.ts';

const store = await import('../../src/extension/store/index.ts');
const ledger = await import('../../src/ledger/index.ts');
const { hasher } = await import('../../src/extension/background/hasher.ts');

let desk: Desk;
let record: string;
const EPOCH = id();
beforeEach(async () => {
  await freshProfile();
  desk = await openDesk();
  record = await desk.write('expectation', { statement: 'first' });
});

const card = () => desk.sidebar.card({ kind: 'expectation', id: record }, SIDEBAR);
const said = async () => (await card()).versions?.statement?.map((version) => version.said);
const edit = (statement: string, seen?: Base) =>
  desk.sidebar.edit({ kind: 'expectation', id: record, patch: { statement }, seen }, SIDEBAR);

/** A colleague's change arrives, written over this base. */
async function arrives(statement: string, base: Base): Promise<void> {
  const member = id();
  const chain = ledger.newChain(connection.workspace.id, id(), member, ledger.ZERO_TIME);
  const { change } = ledger.seal(source.hasher, source, chain, {
    ...{ id: id(), kind: 'expectation', record, base, body: { statement } },
  });
  const { envelope, salt, body } = change;
  const leaf = { ...envelope, received: new Date().toISOString(), rank: envelope.at };
  const { db } = await desk.world.current();
  const { cursor } = await store.readSync(db);
  const answer: SyncResponse = {
    ...emptyAnswer(EPOCH),
    changes: [{ seq: cursor, leaf, salt, body }],
    cursor: cursor + 1,
  };
  await store.takeAnswer(db, hasher, answer, Date.now());
}

test('SPEC 15.3: both values are told, with whose and when; the list flags it, too', async () => {
  const { seen } = await card();
  await edit('mine', seen);
  await arrives('theirs', seen ?? {});
  const now = await card();
  expect(now.fields.statement).toBe('theirs');
  expect(now.versions?.statement).toMatchObject([
    { said: 'theirs', author: { name: 'a colleague', me: false } },
    { said: 'mine', author: { name: 'Sample Member', me: true } },
  ]);
  expect(Object.keys(now.versions ?? {})).toEqual(['statement']);
});

test('SPEC 15.4: an edit by who saw both ends it', async () => {
  const before = (await card()).seen ?? {};
  await edit('mine', before);
  await arrives('theirs', before);
  await edit('theirs', (await card()).seen);
  expect(await said()).toBeUndefined();
  expect((await card()).fields.statement).toBe('theirs');
});

test('SPEC 15.4: words typed over what a colleague had not yet sent stand beside theirs', async () => {
  const before = (await card()).seen ?? {};
  await arrives('theirs', before);
  await edit('typed meanwhile', before);
  expect(await said()).toEqual(['typed meanwhile', 'theirs']);
});

test('SPEC 15.4: two edits in a row of one person are no conflict, though the card was not drawn anew', async () => {
  const { seen } = await card();
  await edit('one', seen);
  await edit('two', seen);
  expect(await said()).toBeUndefined();
  expect((await card()).fields.statement).toBe('two');
});

test('undoing shows both again, the same one in front', async () => {
  const before = (await card()).seen ?? {};
  await edit('mine', before);
  await arrives('theirs', before);
  await edit('mine', (await card()).seen);
  await desk.sidebar.edit(
    {
      ...{ kind: 'expectation', id: record, patch: { statement: 'theirs' } },
      beside: { statement: ['mine'] },
    },
    SIDEBAR,
  );
  expect(await said()).toEqual(['theirs', 'mine']);
});

test('a record kept on this device is edited without a conflict', async () => {
  const kept = id();
  await desk.world.write(({ db, me }) =>
    store.commit(
      db,
      source,
      [{ id: id(), kind: 'expectation', record: kept, body: { statement: 'first' } }],
      { author: me, keep: true },
    ),
  );
  const at = { kind: 'expectation', id: kept };
  for (const statement of ['second', 'third']) {
    await desk.sidebar.edit({ ...at, patch: { statement } }, SIDEBAR);
  }
  const now = await desk.sidebar.card(at, SIDEBAR);
  expect(now.fields.statement).toBe('third');
  expect(now.versions).toBeUndefined();
});
