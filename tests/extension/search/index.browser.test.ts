import fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import type { Filters, Search } from '../../../src/extension/store/index.ts';
import type { PulledChange } from '../../../src/ledger/index.ts';
import { counting } from '../requests.ts';
import { connected, emptyAnswer, freshProfile, id, newWorld, source } from '../world.ts';

const store = await import('../../../src/extension/store/index.ts');
const ledger = await import('../../../src/ledger/index.ts');
const { hasher } = source;

beforeEach(freshProfile);

const rest = () => Promise.resolve();
const ALL: Search = { words: '', filters: {}, order: 'newest', from: 0, count: 10_000 };

type World = ReturnType<typeof newWorld>;
type Body = { [field: string]: unknown };

const dbOf = async (world: World) => (await world.current()).db;

async function found(world: World, words: string, filters: Filters = {}): Promise<string[]> {
  const { hits } = await store.search(await dbOf(world), { ...ALL, words, filters });
  return hits.map((hit) => hit.id).sort();
}

async function write(world: World, kind: string, record: string, body: Body, keep = false) {
  await world.write(({ db, me }) =>
    store.commit(db, source, [{ id: id(), kind, record, body: body as never }], {
      ...{ author: me, keep },
    }),
  );
}

async function note(world: World, text: string, more: Body = {}, keep = false): Promise<string> {
  const record = id();
  await write(world, 'note', record, { text, label: 'note', ...more }, keep);
  return record;
}

const index = async (world: World) => store.indexAll(await dbOf(world), { rest, wholly: true });

/** Every word anywhere in the index's rows. */
async function wordsStored(world: World): Promise<string> {
  const db = await dbOf(world);
  const [rows, waiting] = [await db.getAll('search'), await db.getAll('unindexed')];
  return JSON.stringify([rows.map((row) => ('words' in row ? row.words : '')), waiting]);
}

/** A server's rows: records of one other device. */
function pulledBy(member = id()) {
  let chain = ledger.newChain(id(), id(), member, ledger.ZERO_TIME);
  let seq = 0;
  return (kind: string, record: string, body: Body): PulledChange => {
    const sealed = ledger.seal(hasher, source, chain, {
      ...{ id: id(), kind, record, base: {}, body: body as never },
    });
    chain = sealed.chain;
    const { envelope, salt, body: own } = sealed.change;
    const leaf = { ...envelope, received: new Date().toISOString(), rank: envelope.at };
    seq += 1;
    return { seq: seq - 1, leaf, salt, body: own as never };
  };
}

async function pull(world: World, epoch: string, changes: PulledChange[]) {
  const answer = { ...emptyAnswer(epoch), changes, cursor: (changes.at(-1)?.seq ?? -1) + 1 };
  await store.takeAnswer(await dbOf(world), hasher, answer, Date.now());
}

test('what was just written is found before it is indexed, and the same afterwards', async () => {
  const world = await connected();
  const one = await note(world, 'The certificates will simply be there');
  const two = await note(world, 'Zertifikate: wie immer');
  for (const wholly of [false, true]) {
    if (wholly) await index(world);
    expect(await found(world, 'certif')).toEqual([one]);
    expect(await found(world, 'ZERTIFIKATE immer')).toEqual([two]);
    expect(await found(world, '')).toEqual([one, two].sort());
  }
  expect(await (await dbOf(world)).count('unindexed')).toBe(0);
});

const VOCABULARY = [
  ...['car', 'care', 'careful', 'certificate', 'the', 'delivery', 'Überprüfung', 'straße', 'déjà'],
  ...[
    '校正証明書',
    '納期',
    '証明',
    'ใบรับรอง',
    'рекламация',
    'ёлка',
    'שלום',
    'كتاب',
    '문서',
    'एक',
    '12.5',
  ],
];
const text = fc.array(fc.constantFrom(...VOCABULARY), { maxLength: 8 }).map((all) => all.join(' '));
const word = fc.constantFrom(...VOCABULARY);
const asked = fc.oneof(
  word,
  word.map((one) => one.slice(0, 2)),
  fc.tuple(word, word).map((two) => two.join(' ')),
  fc.tuple(word, word).map((two) => `"${two.join(' ')}"`),
  fc.tuple(word, word).map(([one, not]) => `${one} -${not}`),
  fc.tuple(word, word).map(([one, not]) => `-"${one} ${not}" ${one}*`),
  fc.constant(''),
);
const act = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ act: fc.constant('write' as const), text, keep: fc.boolean() }),
  },
  { weight: 3, arbitrary: fc.record({ act: fc.constant('edit' as const), which: fc.nat(), text }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('delete' as const), which: fc.nat() }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('index' as const) }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('open anew' as const) }) },
);

test('a search finds what reading every record finds, whatever was written and indexed', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(act, { minLength: 1, maxLength: 25 }),
      fc.array(asked, { minLength: 1, maxLength: 6 }),
      async (acts, questions) => {
        await freshProfile();
        let world = await connected();
        const records: { id: string; keep: boolean; text: string; deleted: boolean }[] = [];
        for (const one of acts) {
          const chosen =
            'which' in one ? records[one.which % Math.max(1, records.length)] : undefined;
          if (one.act === 'write') {
            const record = await note(world, one.text, {}, one.keep);
            records.push({ id: record, keep: one.keep, text: one.text, deleted: false });
          } else if (one.act === 'edit' && chosen) {
            chosen.text = one.text;
            await write(world, 'note', chosen.id, { text: one.text }, chosen.keep);
          } else if (one.act === 'delete' && chosen) {
            chosen.deleted = !chosen.deleted;
            await write(world, 'note', chosen.id, { deleted: chosen.deleted }, chosen.keep);
          } else if (one.act === 'index') await index(world);
          else if (one.act === 'open anew') {
            (await dbOf(world)).close();
            world = await connected();
          }
        }
        for (const words of questions) {
          const clauses = store.parseQuery(words);
          const naive = (deleted: boolean) =>
            records
              .filter(
                (one) =>
                  one.deleted === deleted && store.isAsked(clauses, [store.wordsOf(one.text)]),
              )
              .map((one) => one.id)
              .sort();
          expect(await found(world, words), words).toEqual(naive(false));
          expect(await found(world, words, { deleted: true }), words).toEqual(naive(true));
        }
      },
    ),
    { numRuns: 40 },
  );
});

test('segments of many records become few, and find the same in every order', async () => {
  const world = await connected();
  const db = await world.write(async (here) => here.db);
  const records: string[] = [];
  for (let part = 0; part < 9; part += 1) {
    const writes = Array.from({ length: 80 }, (_, at) => {
      const turn = part * 80 + at;
      const record = id();
      records.push(record);
      const label = turn % 3 === 0 ? 'praise' : 'note';
      return {
        ...{ id: id(), kind: 'note', record },
        body: { text: `common n${turn} ${turn % 7 === 0 ? 'seventh rare' : 'other'}`, label },
      };
    });
    await store.commit(db, source, writes, { author: id() });
    await store.indexAll(db, { rest });
  }
  const state = (await db.get('search', [0, 0])) as { segments: { count: number }[] };
  expect(state.segments.length).toBeLessThan(5);
  expect((await store.search(db, { ...ALL, words: 'common ' })).total).toBe(720);
  expect(await found(world, '"seventh rare"')).toHaveLength(103);
  expect(await found(world, '', { looks: ['praise'] })).toHaveLength(240);
  expect(await found(world, 'n7')).toHaveLength(1 + 10 + 20);
  // Page by page, nothing is left out and nothing is there twice.
  for (const order of ['best', 'newest'] as const) {
    const pages: string[] = [];
    for (let from = 0; from < 720; from += 97) {
      const asked = { words: 'common', filters: {}, order, from, count: 97 };
      pages.push(...(await store.search(db, asked)).hits.map((hit) => hit.id));
    }
    expect(pages.toSorted()).toEqual(records.toSorted());
    if (order === 'newest') expect(records.slice(-80)).toContain(pages[0]);
  }
});

test('the best are first: rare words, the whole word before one that begins so', async () => {
  const world = await connected();
  await note(world, 'delivery delivery delivery is late again');
  const whole = await note(world, 'the car is late again');
  const longer = await note(world, 'the careful one is late again');
  for (const _turn of ['not indexed', 'indexed']) {
    const { hits } = await store.search(await dbOf(world), { ...ALL, words: 'car', order: 'best' });
    expect(hits.map((hit) => hit.id)).toEqual([whole, longer]);
    await index(world);
  }
});

test('filters: customer, kind, stage, outcome, person, time', async () => {
  const world = await connected();
  const [acme, halden] = [id(), id()];
  const asked = id();
  const me = (await world.current()).me;
  const owner = id();
  await write(world, 'expectation', asked, {
    ...{ statement: 'They take it for granted', stage: 'asked', customer: acme, owner },
  });
  const met = id();
  await write(world, 'expectation', met, {
    ...{ statement: 'Granted again', stage: 'confirmed', outcome: 'met', customer: halden },
  });
  const praise = await note(world, 'granted', { label: 'praise', customer: acme });
  for (const _turn of ['not indexed', 'indexed']) {
    expect(await found(world, 'granted', { customers: [acme] })).toEqual([asked, praise].sort());
    expect(await found(world, 'granted', { looks: ['praise'] })).toEqual([praise]);
    expect(await found(world, 'granted', { looks: ['expectation'] })).toEqual([asked, met].sort());
    expect(await found(world, '', { stages: ['asked'] })).toEqual([asked]);
    expect(await found(world, '', { outcomes: ['met'] })).toEqual([met]);
    expect(await found(world, '', { people: [owner] })).toEqual([asked]);
    expect(await found(world, '', { people: [me] })).toHaveLength(3);
    expect(await found(world, '', { before: Date.now() - 60_000 })).toEqual([]);
    expect(await found(world, '', { from: Date.now() - 60_000 })).toHaveLength(3);
    await index(world);
  }
});

test('words of a mail’s sender and of what was selected are found', async () => {
  const world = await connected();
  const mail = id();
  await write(world, 'interaction', mail, {
    ...{ channel: 'email', subject: 'Delivery', startedAt: '2027-02-24T09:12:00.000Z' },
    sender: { name: 'Sample Buyer', address: 'buyer@halden.example' },
  });
  const quoted = await note(world, '', {
    evidence: { [id()]: { quote: 'I assume the certificates will be there' } },
  });
  await index(world);
  expect(await found(world, 'buyer@halden.example')).toEqual([mail]);
  expect(await found(world, '"assume the certificates"')).toEqual([quoted]);
  const january = { from: Date.parse('2027-02-01'), before: Date.parse('2027-03-01') };
  expect(await found(world, '', january)).toEqual([mail]);
});

test('a long pull is found, told of while it is not, and its blocks are read anew after edits', async () => {
  const world = await connected();
  const make = pulledBy();
  const epoch = id();
  const rows = Array.from({ length: 600 }, (_, at) =>
    make('note', id(), { text: `pulled p${at}` }),
  );
  await pull(world, epoch, rows);
  const db = await dbOf(world);
  expect(await db.count('blocks')).toBeGreaterThan(0);
  expect((await store.search(db, { ...ALL, words: 'pulled' })).left).toBeGreaterThan(0);
  await index(world);
  const { total, left } = await store.search(db, { ...ALL, words: 'pulled' });
  expect([total, left]).toEqual([600, 0]);
  const edited = rows[5]?.leaf.record ?? '';
  await write(world, 'note', edited, { text: 'mended' });
  for (const _turn of ['not indexed', 'indexed']) {
    expect(await found(world, 'p5 ')).toEqual([]);
    expect(await found(world, 'mended')).toEqual([edited]);
    await index(world);
  }
});

test('the records of a long pull are read by their blocks, not one by one', async () => {
  const world = await connected();
  const make = pulledBy();
  const rows = Array.from({ length: 500 }, (_, at) => make('note', id(), { text: `row r${at}` }));
  await pull(world, id(), rows);
  const db = await dbOf(world);
  const counted = await counting(() => store.indexAll(db, { rest }), db.name);
  expect(await found(world, 'r499 ')).toEqual([rows[499]?.leaf.record]);
  // 16 blocks, a look for each half of one, and the index's own rows: 65 to 161, in steps of 32, as the
  // random ids lie; one by one they were more than 500.
  expect(counted.requests).toBeLessThan(250);
});

test('blocks of before, which do not say where their records begin, are read as well', async () => {
  const world = await connected();
  const make = pulledBy();
  const rows = Array.from({ length: 500 }, (_, at) =>
    make('note', id(), { text: at % 2 === 0 ? `"old" o${at}` : `{[,] ö${at}` }),
  );
  await pull(world, id(), rows);
  const db = await dbOf(world);
  const read = async () => {
    const all = await Promise.all(
      rows.map(({ leaf }) => store.getRecord(db, 'note', leaf.record ?? '')),
    );
    return all.map((one) => one?.record.state.registers.text?.value);
  };
  const texts = rows.map(({ body }) => (body as { text: string }).text);
  expect(await read()).toEqual(texts);
  for (const { starts: _starts, ...block } of await db.getAll('blocks')) {
    await db.put('blocks', block);
  }
  expect(await read()).toEqual(texts);
  // What is written to one of them is found beside the others.
  await write(world, 'note', rows[5]?.leaf.record ?? '', { text: 'mended' });
  expect(await read()).toEqual(texts.map((text, at) => (at === 5 ? 'mended' : text)));
});

test('a page of the best is that part of all of them, also among equally good ones', async () => {
  const world = await connected();
  for (let at = 0; at < 90; at += 1) {
    await note(world, `same ${'same '.repeat(at % 3)}${at % 4 === 0 ? 'other' : ''}`);
    if (at === 40 || at === 70) await index(world);
  }
  const db = await dbOf(world);
  const asked = { ...ALL, words: 'same', order: 'best' as const };
  const all = (await store.search(db, asked)).hits.map((hit) => hit.id);
  expect(new Set(all).size).toBe(90);
  const pages: string[] = [];
  for (let from = 0; from < 90; from += 7) {
    const { hits, total } = await store.search(db, { ...asked, from, count: 7 });
    pages.push(...hits.map((hit) => hit.id));
    expect(total).toBe(90);
  }
  expect(pages).toEqual(all);
});

test('an erased record’s words leave the index, not only its results', async () => {
  const world = await connected();
  const make = pulledBy();
  const epoch = id();
  const record = id();
  const others = Array.from({ length: 100 }, (_, at) =>
    make('note', id(), { text: `other o${at}` }),
  );
  await pull(world, epoch, [make('note', record, { text: 'first confidential' }), ...others]);
  await index(world);
  // Its earlier words stay in a segment where it is marked as gone.
  await write(world, 'note', record, { text: 'second private' });
  await index(world);
  expect(await wordsStored(world)).toContain('private');
  const erasure = make('erasure', id(), {
    targets: [{ kind: 'note', id: record }],
    reason: 'asked',
  });
  await pull(world, epoch, [erasure]);
  expect(await found(world, 'private')).toEqual([]);
  // Without being asked for everything: it is due by itself.
  await store.indexAll(await dbOf(world), { rest });
  const stored = await wordsStored(world);
  for (const gone of ['confidential', 'private', 'first', 'second', record]) {
    expect(stored).not.toContain(gone);
  }
  const papers = (await (await dbOf(world)).getAll('search')).flatMap((row) =>
    'ids' in row ? [[...row.ids].map((byte) => byte.toString(16).padStart(2, '0')).join('')] : [],
  );
  expect(papers.join()).not.toContain(record.replaceAll('-', ''));
  expect(await found(world, 'other')).toHaveLength(100);
});

test('what is kept on this device is found, also after it was shared', async () => {
  const world = await connected();
  const kept = await note(world, 'only for me', {}, true);
  await index(world);
  expect(await found(world, 'only')).toEqual([kept]);
  await world.write(({ db, me }) => store.share(db, source, me, 'note', kept));
  expect(await found(world, 'only')).toEqual([kept]);
  await index(world);
  expect(await found(world, 'only')).toEqual([kept]);
});

test('what was captured before connecting is found in the workspace, and not before it any more', async () => {
  const alone = newWorld();
  const early = await note(alone, 'written early');
  await index(alone);
  const world = await connected();
  await note(world, 'written later');
  expect(await found(world, 'early')).toEqual([early]);
  await index(world);
  expect(await found(world, 'written')).toHaveLength(2);
  const local = await alone.open(store.LOCAL_DB);
  expect(await local.count('search')).toBe(0);
  expect(await local.count('unindexed')).toBe(0);
});

test('two databases do not know each other’s words', async () => {
  const world = await connected();
  await note(world, 'of the workspace');
  const other = await store.openWorkspace('another');
  const write = { id: id(), kind: 'note', record: id(), body: { text: 'of another' } };
  await store.commit(other, source, [write], { author: id() });
  await store.indexAll(other, { rest, wholly: true });
  await index(world);
  const { hits } = await store.search(other, { ...ALL, words: 'of' });
  expect(hits.map((hit) => hit.id)).toEqual([write.record]);
  expect(await found(world, 'another')).toEqual([]);
});

test('a crash in the middle of any step loses nothing, and the next step tidies up', async () => {
  const world = await connected();
  const records: string[] = [];
  for (let at = 0; at < 70; at += 1) records.push(await note(world, `crash c${at}`));
  const name = (await dbOf(world)).name;
  // The worker dies at the n-th breath of the work; the last one lets it through.
  for (let breaths = 0; ; breaths += 1) {
    const db = await store.openWorkspace(name);
    let left = breaths;
    const dying = () => {
      left -= 1;
      if (left >= 0) return Promise.resolve();
      throw new Error('died');
    };
    const done = await store.indexAll(db, { rest: dying, wholly: true }).then(
      () => true,
      () => false,
    );
    const { total } = await store.search(db, { ...ALL, words: 'crash' });
    expect(total).toBe(70);
    db.close();
    if (done) break;
  }
  const db = await store.openWorkspace(name);
  // Rows of a segment that never came to count, as a crash leaves them.
  await db.put('search', new Uint8Array(3), [99, 0]);
  await store.indexAll(db, { rest, wholly: true });
  expect(await db.get('search', [99, 0])).toBeUndefined();
  expect((await store.search(db, { ...ALL, words: 'crash' })).total).toBe(70);
  db.close();
});

test('a step that is stopped anywhere is as if it had not begun, and is done the next time', async () => {
  const world = await connected();
  for (let at = 0; at < 70; at += 1) await note(world, `stop s${at}`);
  const db = await dbOf(world);
  const waiting = await db.count('unindexed');
  let stops = 0;
  for (let asks = 0; ; asks += 1) {
    let left = asks;
    const isStopped = () => {
      left -= 1;
      return left < 0;
    };
    const before = await db.get('search', [0, 0]);
    const isDone = await store.indexStep(db, { rest, wholly: true, isStopped });
    expect((await store.search(db, { ...ALL, words: 'stop' })).total).toBe(70);
    if (isDone) break;
    stops += 1;
    expect(await db.count('unindexed')).toBe(waiting);
    if (before !== undefined) expect(await db.get('search', [0, 0])).toEqual(before);
  }
  expect(stops).toBeGreaterThan(10);
  expect(await db.count('unindexed')).toBe(0);
});

test('a database of the version before is indexed by and by, and so is an index of another form', async () => {
  const world = await connected();
  const make = pulledBy();
  await pull(
    world,
    id(),
    Array.from({ length: 300 }, (_, at) => make('note', id(), { text: `old o${at}` })),
  );
  await note(world, 'old and own');
  await note(world, 'old and kept', {}, true);
  const db = await dbOf(world);
  await db.clear('unindexed');
  await db.put('search', { format: 0 } as never, [0, 0]);
  await index(world);
  expect((await store.search(db, { ...ALL, words: 'old' })).total).toBe(302);
});

test('every word of an excerpt’s marks is one that was asked for', async () => {
  const clauses = store.parseQuery('certif* "be there" -never');
  const text = `${'Long before anything of it. '.repeat(20)}The Zertifikat and the certificates will be there, be there. ${'And on. '.repeat(40)}`;
  const texts = [
    { field: 'answer', text: 'nothing' },
    { field: 'text', text },
  ];
  const excerpt = store.excerptOf(texts, clauses);
  expect(excerpt?.field).toBe('text');
  expect(excerpt?.cut).toEqual({ before: true, behind: true });
  expect(excerpt?.text.length).toBeLessThan(200);
  const marked = excerpt?.marks.map(([start, end]) => excerpt.text.slice(start, end));
  expect(marked).toEqual(['certificates', 'be', 'there', 'be', 'there']);
  const japanese = store.excerptOf(
    [{ field: 'text', text: '校正証明書' }],
    store.parseQuery('証明書'),
  );
  expect(japanese?.marks).toEqual([[2, 5]]);
});
