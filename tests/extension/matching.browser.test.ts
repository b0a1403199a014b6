import { beforeEach, describe, expect, test } from 'vitest';
import type { KnownMessage, ReadMessage } from '../../src/extension/messages/index.ts';
import { type Desk, message, openDesk, SIDEBAR } from './desk.ts';
import { freshProfile } from './world.ts';

const { recordsOfKind } = await import('../../src/extension/store/index.ts');

let desk: Desk;
beforeEach(async () => {
  await freshProfile();
  desk = await openDesk();
});

const TEXT = `Thank you for the offer of last week, which we have looked at with the people of the warehouse.
They would like to know whether the pallets can come before seven, since the gate is closed until nine.
We take it for granted that the driver brings the papers in two copies, as he has always done.`;
const FOOTER = `This message and its attachments are confidential and meant for the addressee alone, nobody else.
If you have received it by mistake, tell the sender and delete it from your system without delay.
Nothing in it is an offer that binds the company before it has been confirmed in writing by it.`;

/** One message on a page of its own, as the background knows it. */
async function read(facts: Partial<ReadMessage>): Promise<KnownMessage> {
  const [known] = await desk.shows({ page: 'message', messages: [message(facts)] });
  if (known === undefined) throw new Error('nothing read');
  return known;
}

async function marksOf(known: KnownMessage) {
  const { marks } = await desk.page.marks({ messages: [known] }, desk.senderOf());
  return marks[0] ?? [];
}

async function contextOf(facts: Partial<ReadMessage>) {
  await read(facts);
  const { messages } = await desk.sidebar.context({ tab: 1 }, SIDEBAR);
  return messages[0];
}

describe('a captured mail on another page', () => {
  const CAPTURED = { messageId: '<1@halden.example>', text: TEXT };
  beforeEach(async () => {
    await desk.capture(await read(CAPTURED), 'whether the pallets can come before seven');
  });

  test('is sure by its Message-ID, whatever else is shown', async () => {
    const facts = { messageId: '1@halden.example', text: null, sentAt: null, subject: '' };
    expect(await marksOf(await read(facts))).toMatchObject([{ probably: false, earlier: null }]);
  });

  test('is probably it by its passages: a footer, a banner, no Message-ID, no time', async () => {
    const facts = {
      ...{ sentAt: null, subject: '[EXTERN] AW: Delivery' },
      text: `CAUTION: this came from outside.\n${TEXT}\n${FOOTER}`,
    };
    expect(await marksOf(await read(facts))).toMatchObject([{ probably: true }]);
    expect(await contextOf(facts)).toMatchObject({
      probably: true,
      interaction: expect.any(String),
    });
  });

  test('is probably it by a time rounded to the minute beside it', async () => {
    const facts = { sentAt: '2027-02-24T09:13:00.000Z', text: null };
    expect(await marksOf(await read(facts))).toMatchObject([{ probably: true }]);
  });

  test.each([
    ['another Message-ID', { messageId: '<2@halden.example>', sentAt: null, text: TEXT }],
    ['another time', { sentAt: '2027-03-24T09:12:00.000Z', text: TEXT }],
    [
      'another sender',
      { from: { name: '', address: 'b@halden.example' }, sentAt: null, text: TEXT },
    ],
  ])('is not the one with %s', async (_what, facts) => {
    expect((await marksOf(await read(facts))).filter(({ earlier }) => earlier === null)).toEqual(
      [],
    );
  });

  test('teaches a copy’s keys only when it is sure; what is only alike is filed apart', async () => {
    const { db } = await desk.world.current();
    const keys = async () =>
      [...(await recordsOfKind(db, 'interaction')).values()].map(
        ({ identifiers }) => identifiers.length,
      );
    const [before = 0] = await keys();
    await desk.capture(await read({ sentAt: '2027-02-24T09:13:00Z', text: TEXT }), 'papers');
    expect(await keys()).toEqual([before]);
    await desk.capture(await read({ ...CAPTURED, key: 'k' }), 'papers again');
    expect(await keys()).toEqual([before + 1]);
    await desk.capture(await read({ sentAt: null, text: `${TEXT}\n${FOOTER}` }), 'papers');
    expect(await keys()).toEqual([before + 1, expect.any(Number)]);
  });
});

test('a footer alone does not make one mail another, the first time either', async () => {
  const own = (word: string) =>
    `${`This ${word} is about ${word}s and nothing else, `.repeat(2)}you see.\n`;
  const text = (...words: string[]) => words.map(own).join('') + FOOTER;
  await desk.capture(
    await read({ sentAt: null, text: text('oven', 'door', 'pan', 'lid') }),
    'words',
  );
  const other = await read({ sentAt: null, text: text('lorry', 'wheel', 'road', 'key') });
  expect(await marksOf(other)).toEqual([]);
});

test('a footer that stands in many mails makes none of them another', async () => {
  for (const at of [1, 2, 3, 4]) {
    const facts = { messageId: `<${at}@halden.example>`, sentAt: null, text: `${at}.\n${FOOTER}` };
    await desk.capture(await read(facts), 'words');
  }
  expect(await marksOf(await read({ sentAt: null, text: `5.\n${FOOTER}` }))).toEqual([]);
});

test('notifications of one minute and subject are as many mails as they have Message-IDs', async () => {
  const { card: first } = await desk.capture(await read({ messageId: '<1@x>' }), 'words');
  expect(await marksOf(await read({ messageId: '<2@x>' }))).toEqual([]);
  const { card: second } = await desk.capture(await read({ messageId: '<2@x>' }), 'words');
  expect(second.fields.interaction).not.toBe(first.fields.interaction);
  const { card: third } = await desk.capture(await read({ messageId: '<2@x>' }), 'more words');
  expect(third.fields.interaction).toBe(second.fields.interaction);
  const ids = async (messageId: string) =>
    (await marksOf(await read({ messageId }))).map(({ id }) => id);
  expect(await ids('<1@x>')).toEqual([first.id]);
  expect((await ids('<2@x>')).sort()).toEqual([second.id, third.id].sort());
  // Where the page shows no Message-ID, sender, minute and subject are what there is.
  expect(await marksOf(await read({ messageId: null }))).not.toEqual([]);
});

test('what was captured without its Message-ID joins what has it, once a page shows both', async () => {
  await desk.capture(await read({ messageId: '<1@x>', sentAt: null }), 'words');
  await desk.capture(await read({ messageId: null }), 'other words');
  const whole = await read({ messageId: '<1@x>' });
  await desk.capture(whole, 'more');
  expect(await marksOf(await read({ messageId: '<1@x>', sentAt: null }))).toHaveLength(3);
});

describe('quotations', () => {
  const at = (day: number) => `2027-02-${day}T09:12:00.000Z`;
  const other = { name: 'Somebody', address: 'somebody@else.example' };

  test('an answer has the marks of what it may quote, with whose they are', async () => {
    await desk.capture(await read({ messageId: '<1@x>', sentAt: at(10) }), 'before seven');
    const answer = await read({
      ...{ messageId: '<2@x>', sentAt: at(11), subject: 'AW: Delivery' },
      from: { name: '', address: 'you@practice.example' },
      to: [{ name: '', address: 'buyer@halden.example' }],
    });
    expect(await marksOf(answer)).toMatchObject([
      {
        earlier: { sender: 'Sample Buyer', sentAt: at(10) },
        selectors: [{ exact: 'before seven' }, {}],
      },
    ]);
  });

  test('a colleague of the customer quotes it too', async () => {
    await desk.capture(await read({ messageId: '<1@x>', sentAt: at(10) }), 'before seven');
    const colleague = { name: '', address: 'chief@halden.example' };
    expect(await marksOf(await read({ from: colleague, sentAt: at(11) }))).toHaveLength(1);
  });

  test.each([
    ['another conversation', { subject: 'Invoice', sentAt: at(11) }],
    ['somebody else’s of the same subject', { from: other, sentAt: at(11) }],
    ['a mail from before', { messageId: '<0@x>', sentAt: at(9) }],
    ['a mail without a time', { messageId: '<0@x>', sentAt: null }],
    ['a mail without a subject', { subject: 'Re: ', sentAt: at(11) }],
  ])('not %s', async (_what, facts) => {
    await desk.capture(await read({ messageId: '<1@x>', sentAt: at(10) }), 'before seven');
    expect(await marksOf(await read(facts))).toEqual([]);
  });

  test('no more than a page can show', async () => {
    const first = await read({ messageId: '<1@x>', sentAt: at(10) });
    const { card } = await desk.capture(first, 'words 0');
    const one = card.evidence[0];
    if (!one) throw new Error('no evidence');
    const { key, ...evidence } = one;
    const copies = Array.from({ length: 250 }, (_, n) => [
      key.slice(0, -4) + n.toString(16).padStart(4, '0'),
      evidence,
    ]);
    const patch = { evidence: Object.fromEntries(copies) as never };
    await desk.sidebar.edit({ kind: 'note', id: card.id, patch }, SIDEBAR);
    const second = await read({ messageId: '<2@x>', sentAt: at(11) });
    expect(await marksOf(second)).toHaveLength(200);
    const many = Array.from({ length: 20 }, () => second);
    const { marks } = await desk.page.marks({ messages: many }, desk.senderOf());
    expect(marks).toHaveLength(20);
    expect(marks.flat().length).toBeLessThanOrEqual(2_000);
  });
});

test('a database of the first version finds its marks and conversations after the update', async () => {
  const first = { messageId: '<1@x>', sentAt: '2027-02-10T09:12:00.000Z' };
  await desk.capture(await read(first), 'before seven');
  const { db } = await desk.world.current();
  const rows = await db.getAll('records');
  const { name } = db;
  db.close();
  await new Promise((done) => {
    indexedDB.deleteDatabase(name).onsuccess = done;
  });
  const old = await new Promise<IDBDatabase>((done) => {
    const opening = indexedDB.open(name, 1);
    opening.onupgradeneeded = () => {
      const made = opening.result;
      made
        .createObjectStore('changes', { keyPath: 'id' })
        .createIndex('record', ['kind', 'record']);
      for (const kind of ['records', 'kept']) {
        const store = made.createObjectStore(kind, { keyPath: ['kind', 'id'] });
        store.createIndex('customer', 'customer');
        store.createIndex('interaction', 'interaction');
        store.createIndex('identifiers', 'identifiers', { multiEntry: true });
        store.createIndex('mergedInto', ['kind', 'mergedInto']);
        store.createIndex('kind', 'kind');
        if (kind !== 'records') continue;
        for (const { interactions, conversation: _no, ...row } of rows) {
          store.put(interactions === undefined ? row : { ...row, interaction: interactions[0] });
        }
      }
      made
        .createObjectStore('outbox', { keyPath: 'order' })
        .createIndex('record', ['kind', 'record']);
      made.createObjectStore('attention', { keyPath: 'id' });
      made.createObjectStore('drafts', { keyPath: 'id' });
      made.createObjectStore('meta');
    };
    opening.onsuccess = () => done(opening.result);
  });
  old.close();
  desk = await openDesk();
  expect(await marksOf(await read(first))).toHaveLength(1);
  expect(await marksOf(await read({ messageId: '<2@x>' }))).toMatchObject([
    { earlier: { sender: 'Sample Buyer' } },
  ]);
});
