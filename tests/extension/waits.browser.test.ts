// What waits for somebody is found by its own index, wherever it lies, and is not read for what
// does not wait.
import { beforeEach, expect, test } from 'vitest';
import type { PulledChange } from '../../src/ledger/index.ts';
import { openDesk, SIDEBAR } from './desk.ts';
import { counting } from './requests.ts';
import { connection, emptyAnswer, freshProfile, id, source } from './world.ts';

const store = await import('../../src/extension/store/index.ts');
const { inboxCount } = await import('../../src/extension/background/story/inbox.ts');
const { dueUntil } = await import('../../src/extension/background/brief/due.ts');
const { newChain, seal } = await import('../../src/ledger/index.ts');
const { fieldsOf } = await import('../../src/domain/index.ts');

let pulled = 0;
const epoch = id();

beforeEach(async () => {
  pulled = 0;
  await freshProfile();
});

const TODAY = '2027-03-10';
const me = connection.member.id;
type Desk = Awaited<ReturnType<typeof openDesk>>;
type Body = { [field: string]: unknown };

const count = async (desk: Desk) => inboxCount(await desk.world.current(), TODAY);
const dues = async (desk: Desk) =>
  (await dueUntil(await desk.world.current(), TODAY)).map(({ due }) => `${due.what} ${due.on}`);

/** Records that come from a server, as many at once as go into blocks together. */
async function pull(desk: Desk, own: [kind: string, record: string, body: Body][]): Promise<void> {
  const { db } = await desk.world.current();
  const others = Array.from({ length: 200 }, (): (typeof own)[number] => {
    return ['note', id(), { text: 'Beside it' }];
  });
  const all = [...own, ...others];
  let chain = newChain(connection.workspace.id, id(), me, '0000000000000000');
  const changes = all.map(([kind, record, body], at): PulledChange => {
    const sealed = seal(source.hasher, source, chain, {
      ...{ id: id(), kind, record, base: {}, body: body as never },
    });
    chain = sealed.chain;
    const { envelope, salt, body: own } = sealed.change;
    const leaf = { ...envelope, received: new Date().toISOString(), rank: envelope.at };
    return { seq: pulled + at, leaf, salt, body: own as never };
  });
  pulled += changes.length;
  const answer = { ...emptyAnswer(epoch), changes, cursor: pulled };
  await store.takeAnswer(db, source.hasher, answer, Date.now());
  const { kind, record } = changes[0]?.leaf ?? {};
  expect(await db.getKeyFromIndex('blocks', 'keys', `=${kind}/${record}`)).toBeDefined();
}

const card = id();
const promise = (due: string, more: Body = {}) => ({
  text: 'Send the papers',
  by: 'us',
  due,
  ...more,
});
/** One of each that waits by today: five. */
const WAITING: [string, Body][] = [
  ['commitment', promise('2027-03-09')],
  ['probe', { expectation: card, question: 'By when?', due: TODAY }],
  ['expectation', { statement: 'Papers on Mondays', reviewOn: '2027-03-01' }],
  ['inquiry', { to: me, question: 'How did it go?' }],
  ['mention', { member: me, subject: { kind: 'note', id: card }, text: 'Look' }],
];
/** Nothing of these waits for this person today. */
const OTHERS: [string, Body][] = [
  ['commitment', promise('2027-03-11')],
  ['commitment', promise('2027-03-01', { state: 'kept' })],
  ['commitment', promise('2027-03-01', { deleted: true })],
  ['commitment', promise('2027-03-01', { owner: id() })],
  ['inquiry', { to: me, question: 'And then?', answer: 'Well.' }],
  ['inquiry', { to: id(), question: 'And then?' }],
  ['mention', { member: me, seen: true, subject: { kind: 'note', id: card }, text: 'Look' }],
  [
    'probe',
    { expectation: card, question: 'Was it?', due: '2027-03-01', askedAt: '2027-03-02T10:00:00Z' },
  ],
];

test.each(['rows of their own', 'in blocks'])('counted is what waits: %s', async (where) => {
  const desk = await openDesk();
  const all = [...OTHERS, ...WAITING];
  if (where === 'in blocks')
    await pull(
      desk,
      all.map(([kind, body]) => [kind, id(), body]),
    );
  else for (const [kind, body] of all) await desk.write(kind, body);
  expect(await count(desk)).toBe(5);
  expect(await dues(desk)).toEqual([
    ...['decision 2027-03-01', 'ours 2027-03-09', `question ${TODAY}`],
  ]);
});

test('what is done, put off, handed over or answered waits no more, and what is opened again does', async () => {
  const desk = await openDesk();
  const made: string[] = [];
  await pull(
    desk,
    WAITING.map(([kind, body]) => {
      made.push(id());
      return [kind, made.at(-1) ?? '', body];
    }),
  );
  const [promised = '', asked = '', expected = '', inquiry = '', mention = ''] = made;
  await desk.write('commitment', { state: 'kept' }, promised);
  await desk.write('probe', { askedAt: '2027-03-10T09:00:00Z' }, asked);
  await desk.write('expectation', { reviewOn: '2027-04-01' }, expected);
  await desk.write('inquiry', { answer: 'Well.' }, inquiry);
  await desk.write('mention', { seen: true }, mention);
  expect(await count(desk)).toBe(0);
  await desk.write('commitment', { state: 'open' }, promised);
  await desk.write('inquiry', { answer: null }, inquiry);
  expect(await count(desk)).toBe(2);
  await desk.write('commitment', { owner: id() }, promised);
  expect(await count(desk)).toBe(1);
});

test('what is kept on this device waits as well, until it is deleted', async () => {
  const desk = await openDesk();
  const record = id();
  const put = (body: Body) =>
    desk.world.write(({ db, me: author }) =>
      store.commit(db, source, [{ id: id(), kind: 'expectation', record, body: body as never }], {
        ...{ author, keep: true },
      }),
    );
  await put({ statement: 'Mine', due: '2027-03-01' });
  expect(await dues(desk)).toEqual(['expectation 2027-03-01']);
  await put({ deleted: true });
  expect(await dues(desk)).toEqual([]);
});

test('a count costs what waits, not what is there', async () => {
  const desk = await openDesk();
  await pull(
    desk,
    [...OTHERS, ...WAITING].map(([kind, body]) => [kind, id(), body]),
  );
  const { db } = await desk.world.current();
  const few = await counting(() => count(desk), db.name);
  const more: [string, string, Body][] = [];
  for (let at = 0; at < 600; at += 1) {
    more.push(['commitment', id(), promise('2027-03-01', { state: 'kept' })]);
    more.push(['probe', id(), { expectation: id(), question: 'By when?' }]);
    more.push(['inquiry', id(), { to: id(), question: 'How?' }]);
  }
  await pull(desk, more);
  const read: number[] = [];
  const parse = JSON.parse;
  JSON.parse = (...asked: Parameters<typeof parse>) => {
    read.push(asked[0].length);
    return parse(...asked);
  };
  try {
    const many = await counting(() => count(desk), db.name);
    expect(many.requests).toBe(few.requests);
  } finally {
    JSON.parse = parse;
  }
  // The two blocks in which those five lie, of thirty.
  expect(await db.count('blocks')).toBeGreaterThan(30);
  expect(new Set(read).size).toBeLessThanOrEqual(2);
  expect(read.length).toBeLessThanOrEqual(4);
});

test('of very much that waits a part is read, whatever the number', async () => {
  const desk = await openDesk();
  const rows: [string, string, Body][] = [];
  for (let at = 0; at < 2_400; at += 1) {
    const day = new Date(Date.UTC(2020, 0, 1 + at)).toISOString().slice(0, 10);
    rows.push(['commitment', id(), promise(day, { text: `Promise ${at}` })]);
    rows.push(['mention', id(), { member: me, text: `Mention ${at}` }]);
  }
  await pull(desk, rows);
  const { db } = await desk.world.current();
  let text = 0;
  const parse = JSON.parse;
  JSON.parse = (...asked: Parameters<typeof parse>) => {
    text += asked[0].length;
    return parse(...asked);
  };
  try {
    const due = await store.recordsDue(db, me, '2027-03-10');
    // The oldest first, and of mentions the newest.
    expect(due.slice(0, 3).map((record) => fieldsOf<'commitment'>(record.state).text)).toEqual([
      ...['Promise 0', 'Promise 1', 'Promise 2'],
    ]);
    const named = (await store.unseenBy(db, me)).map(
      (record) => fieldsOf<'mention'>(record.state).text,
    );
    expect(named).toContain('Mention 2399');
    expect(named).not.toContain('Mention 1');
    expect(due.length + named.length).toBeLessThan(3_000);
  } finally {
    JSON.parse = parse;
  }
  const all = (await db.getAll('blocks')).reduce((sum, { text: one }) => sum + one.length, 0);
  expect(text).toBeLessThan(all);
});

test('questions about an expectation are found by it', async () => {
  const desk = await openDesk();
  const expectation = await desk.write('expectation', { statement: 'Papers on Mondays' });
  const rows: [string, string, Body][] = [];
  for (let at = 0; at < 70; at += 1) {
    const about = at % 35 === 0 ? expectation : id();
    rows.push(['probe', id(), { expectation: about, question: `Question ${at}?` }]);
  }
  await pull(desk, rows);
  await desk.write('probe', { expectation, question: 'By when?' });
  await desk.write('probe', { expectation, question: 'Taken back', deleted: true });
  const { probes } = await desk.sidebar.probes({ expectation }, SIDEBAR);
  expect(probes.map(({ question }) => question).sort()).toEqual([
    ...['By when?', 'Question 0?', 'Question 35?'],
  ]);
});

/** The database as the version before had it: neither the index nor the keys. */
async function asVersion5(name: string): Promise<void> {
  const db = await store.openWorkspace(name);
  const stores = [...db.objectStoreNames];
  const held = await Promise.all(
    stores.map(async (of) => {
      const made = db.transaction(of).store;
      const indexes = [...made.indexNames].map((one) => {
        const { name: called, keyPath, multiEntry } = made.index(one);
        return { called, keyPath, multiEntry };
      });
      const { keyPath, autoIncrement } = made;
      const [rows, keys] = await Promise.all([made.getAll(), made.getAllKeys()]);
      return { of, keyPath, autoIncrement, indexes, rows, keys };
    }),
  );
  db.close();
  await store.deleteDB(name);
  await new Promise<void>((done) => {
    const opening = indexedDB.open(name, 5);
    opening.onupgradeneeded = () => {
      for (const { of, keyPath, autoIncrement, indexes, rows, keys } of held) {
        const made = opening.result.createObjectStore(of, { keyPath, autoIncrement });
        for (const { called, keyPath: path, multiEntry } of indexes) {
          if (called !== 'waits') made.createIndex(called, path, { multiEntry });
        }
        for (const [at, row] of rows.entries()) {
          const { waits: _later, ...old } = row as { waits?: string[]; keys?: string[] };
          if (of === 'blocks') old.keys = old.keys?.filter((key) => !key.startsWith('w')) ?? [];
          if (keyPath === null) made.put(row, keys[at] as IDBValidKey);
          else made.put(old);
        }
      }
    };
    opening.onsuccess = () => {
      opening.result.close();
      done();
    };
  });
}

test('a database of the fifth version finds what waits, wherever it lies', async () => {
  const desk = await openDesk();
  const half = [...OTHERS, ...WAITING];
  await pull(
    desk,
    half.map(([kind, body]) => [kind, id(), body]),
  );
  for (const [kind, body] of half) await desk.write(kind, body);
  const { db } = await desk.world.current();
  expect(await count(desk)).toBe(10);
  db.close();
  await asVersion5(db.name);
  const next = await openDesk();
  expect((await next.world.current()).db.version).toBe(store.WORKSPACE_VERSION);
  expect(await count(next)).toBe(10);
  const { db: upgraded } = await next.world.current();
  expect(await store.mentionsIn(upgraded, card)).toHaveLength(4);
});
