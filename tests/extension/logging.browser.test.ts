import { beforeEach, describe, expect, test } from 'vitest';
import type { FrameReading, KnownMessage } from '../../src/extension/messages/index.ts';
import { type Desk, message, openDesk, SIDEBAR } from './desk.ts';
import { freshProfile, id } from './world.ts';

/** The tabs of the browser: which one is in front, and whether its window is minimised. */
const tabs = new Map<number, { active: boolean; state: string }>();
const alarms: string[] = [];
const browser = (globalThis as unknown as { browser: { tabs: object } }).browser;
Object.assign(browser.tabs, {
  get: async (tab: number) => {
    const known = tabs.get(tab);
    if (known === undefined) throw new Error('No tab with that id.');
    const { active } = known;
    return { active, windowId: tab };
  },
});
Object.assign(browser, {
  windows: { get: async (tab: number) => ({ state: tabs.get(tab)?.state }) },
  alarms: { create: (name: string) => void alarms.push(name) },
});

const opened = await import('../../src/extension/background/logging/opened.ts');
const { neverList } = await import('../../src/extension/background/never.ts');
const { commit, readFields, recordsOfKind } = await import('../../src/extension/store/index.ts');

const START = Date.parse('2027-06-01T09:00:00Z');
let now = START;
let desk: Desk;
let changes = 0;

beforeEach(async () => {
  await freshProfile();
  desk = await openDesk();
  now = START;
  changes = 0;
  alarms.length = 0;
  tabs.clear();
  tabs.set(1, { active: true, state: 'normal' });
  desk.world.source = { ...desk.world.source, now: () => now };
  await halden();
  await desk.sidebar.setLogging({ on: true }, SIDEBAR);
});

const halden = () =>
  desk.write('customer', { name: 'Halden', identifiers: { 'domain:halden.example': true } });
const deps = () => ({ world: desk.world, recordsChanged: () => void changes++ });
const pass = async (seconds: number, tab = 1) => {
  now += seconds * 1_000;
  await opened.lookAt(deps(), tab);
};
/** A page shows this; the background has heard of it. */
async function shows(reading: Partial<FrameReading>, tab = 1): Promise<KnownMessage[]> {
  const messages = await desk.shows({ page: 'message', ...reading }, { tab });
  await opened.tabTold(deps(), tab);
  return messages;
}
const open = (facts: Parameters<typeof message>[0] = {}, tab = 1) =>
  shows({ messages: [message(facts)] }, tab);
async function logged() {
  const { db } = await desk.world.current();
  const all = [...(await recordsOfKind(db, 'interaction')).values()];
  return all.map((record) => ({ id: record.id, ...readFields<'interaction'>(record) }));
}

describe('a mail of a followed customer that is opened', () => {
  test('logs itself after a few seconds: its header, and nothing of its words', async () => {
    const words = 'We take it for granted that the driver brings the papers. '.repeat(4);
    await open({
      messageId: '<1@halden.example>',
      text: words,
      cc: [{ name: 'C', address: 'c@x.example' }],
    });
    await pass(2);
    expect(await logged()).toEqual([]);
    await pass(2);
    const [mail, ...more] = await logged();
    expect(more).toEqual([]);
    expect(mail).toMatchObject({
      ...{ logged: true, byItself: true, channel: 'email', subject: 'Delivery' },
      ...{ direction: 'inbound', startedAt: '2027-02-24T09:12:00.000Z' },
      sender: { name: 'Sample Buyer', address: 'buyer@halden.example' },
      recipients: [
        { name: '', address: 'you@practice.example' },
        { name: 'C', address: 'c@x.example' },
      ],
    });
    expect(mail?.text).toBeUndefined();
    expect(JSON.stringify(mail)).not.toContain('granted');
    expect(changes).toBe(1);
  });

  test('is its customer’s in the story, with the contact that is known by the address', async () => {
    const { customers } = await desk.sidebar.following({}, SIDEBAR);
    expect(customers).toEqual([]);
    const contact = await desk.write('contact', {
      ...{ name: 'Buyer', identifiers: { 'address:buyer@halden.example': true } },
    });
    await open();
    await pass(5);
    const [mail] = await logged();
    const story = await desk.sidebar.story({ customer: mail?.customer ?? '' }, SIDEBAR);
    expect(story.customer.name).toBe('Halden');
    expect(story.cards.map(({ kind }) => kind)).toEqual(['interaction']);
    // A contact of nobody is not made Halden’s by that.
    expect(mail?.contact).toBeUndefined();
    await desk.write('contact', { customer: mail?.customer ?? '' }, contact);
    await open({ messageId: '<2@halden.example>', subject: 'Papers' });
    await pass(5);
    expect((await logged()).find(({ subject }) => subject === 'Papers')?.contact).toBe(contact);
  });

  test('is one’s own to the customer too, and goes out', async () => {
    await open({
      from: { name: 'You', address: 'you@practice.example' },
      to: [{ name: '', address: 'other@nobody.example' }],
      cc: [{ name: '', address: 'buyer@halden.example' }],
    });
    await pass(5);
    expect(await logged()).toMatchObject([{ direction: 'outbound' }]);
  });

  test('does not while nobody asked for it, and not after it was switched off', async () => {
    await desk.sidebar.setLogging({ on: false }, SIDEBAR);
    await open();
    await pass(5);
    await desk.sidebar.setLogging({ on: true }, SIDEBAR);
    await open({ subject: 'Another' });
    expect(await desk.sidebar.setLogging({ on: false }, SIDEBAR)).toEqual({
      ...{ on: false, follows: 'all' },
    });
    await pass(5);
    expect(await logged()).toEqual([]);
  });
});

describe('whose mails do not', () => {
  test.each([
    ['somebody unknown', { from: { name: '', address: 'a@unknown.example' } }],
    ['a colleague', { from: { name: '', address: 'b@practice.example' } }],
    ['nobody who can be told', { from: null }],
    ['a look-alike', { from: { name: 'Buyer', address: 'buyer@ha1den.example' } }],
    ['another address in the name', { from: { name: 'x@y.example', address: 'b@halden.example' } }],
    [
      'a name turned round',
      { from: { name: 'reyuB', address: 'buyer@halden.example', odd: true as const } },
    ],
    ['one that cannot be known again', { sentAt: null, key: null, messageId: null }],
    ['a line of a list', { shown: 'collapsed' as const }],
  ])('%s', async (_who, facts) => {
    await open(facts);
    await pass(5);
    expect(await logged()).toEqual([]);
  });

  test('at a free-mail provider the very address is needed', async () => {
    await desk.write('customer', {
      ...{ name: 'One Person', identifiers: { 'address:one@gmail.com': true } },
    });
    await open({ from: { name: '', address: 'two@gmail.com' } });
    await pass(5);
    expect(await logged()).toEqual([]);
    await open({ from: { name: '', address: 'One@gmail.com' } });
    await pass(5);
    expect(await logged()).toHaveLength(1);
  });

  test('a customer who is not followed', async () => {
    const other = await desk.write('customer', {
      ...{ name: 'Followed', identifiers: { 'domain:followed.example': true } },
    });
    await desk.sidebar.setFollowing({ mode: 'chosen' }, SIDEBAR);
    await desk.sidebar.follow({ customer: other, on: true }, SIDEBAR);
    await open();
    await pass(5);
    expect(await logged()).toEqual([]);
    await open({ from: { name: '', address: 'x@followed.example' } });
    await pass(5);
    expect(await logged()).toMatchObject([{ customer: other }]);
  });

  test.each([
    [
      'mine',
      async () => void (await desk.sidebar.setNeverLog({ lines: ['halden.example'] }, SIDEBAR)),
    ],
    [
      'the workspace’s',
      () => desk.write('setting', { name: 'never-log', value: 'subject: deliv' }),
    ],
  ])('mails on the never-log list, also on %s lines of a moment ago', async (_whose, list) => {
    await open();
    await list();
    expect((await neverList(desk.world)).lines).toHaveLength(1);
    await pass(5);
    expect(await logged()).toEqual([]);
  });

  test.each(['list', 'record', 'other', 'meeting'] as const)('what a %s shows', async (page) => {
    await shows({ page, messages: [message()] });
    await pass(5);
    expect(await logged()).toEqual([]);
  });
});

describe('really opened', () => {
  test('a tab behind another waits until it comes to the front, and is looked at from then', async () => {
    tabs.set(1, { active: false, state: 'normal' });
    await open();
    await pass(60);
    expect(await logged()).toEqual([]);
    tabs.set(1, { active: true, state: 'normal' });
    await opened.tabInFront(deps(), 1);
    await pass(2);
    expect(await logged()).toEqual([]);
    await pass(2);
    expect(await logged()).toHaveLength(1);
  });

  test('not in a minimised window, nor when the tab is gone or shows another mail by then', async () => {
    tabs.set(1, { active: true, state: 'minimized' });
    await open();
    await pass(5);
    tabs.delete(1);
    await pass(5);
    tabs.set(1, { active: true, state: 'normal' });
    await open({ subject: 'Next', from: { name: '', address: 'a@unknown.example' } });
    await pass(5);
    expect(await logged()).toEqual([]);
  });

  test('a mail that is shown on is not looked at twice, however often the page tells', async () => {
    await open();
    await pass(2);
    await open(); // a change somewhere on the page begins no new time
    await pass(2);
    expect(await logged()).toHaveLength(1);
    await open();
    await pass(5);
    expect([(await logged()).length, changes]).toEqual([1, 1]);
  });

  test('each open mail of a conversation does; those that are folded up do not', async () => {
    const facts = ['<1@h>', '<2@h>', '<3@h>'].map((messageId, at) =>
      message({
        ...{ messageId, sentAt: `2027-02-24T09:1${at}:00.000Z` },
        shown: at === 1 ? 'collapsed' : 'whole',
      }),
    );
    await shows({ page: 'thread', messages: facts });
    await pass(5);
    expect((await logged()).map(({ startedAt }) => startedAt?.slice(14, 16)).sort()).toEqual([
      ...['10', '12'],
    ]);
  });
});

describe('never twice', () => {
  const MAIL = { messageId: '<1@halden.example>' };

  test('a colleague logged it: nothing is written', async () => {
    const theirs = id();
    await desk.world.write(({ db }) =>
      commit(
        db,
        desk.world.source,
        [
          {
            ...{ id: id(), kind: 'interaction', record: theirs },
            body: { logged: true, identifiers: { 'mid:1@halden.example': true } },
          },
        ],
        { author: id() },
      ),
    );
    const { db } = await desk.world.current();
    const before = await db.count('outbox');
    await open(MAIL);
    await pass(5);
    expect((await logged()).map((one) => one.id)).toEqual([theirs]);
    expect(await db.count('outbox')).toBe(before);
    // It is theirs: no undo is offered here.
    const { messages } = await desk.sidebar.context({ tab: 1 }, SIDEBAR);
    expect(messages[0]).toMatchObject({ logged: true });
    expect(messages[0]?.itself).toBeUndefined();
  });

  test('two tabs show it at once', async () => {
    tabs.set(2, { active: true, state: 'normal' });
    for (const tab of [1, 2]) await open(MAIL, tab);
    now += 5_000;
    await Promise.all([1, 2, 1, 2].map((tab) => opened.lookAt(deps(), tab)));
    expect(await logged()).toHaveLength(1);
  });

  test('in a colleague’s mailbox that shows neither Message-ID nor time: known by its words', async () => {
    const text = `We take it for granted that the driver brings the papers in two copies, as always.
Please tell the people of the warehouse before noon, so that the gate is open when he comes.
The pallets of last week are still in the yard, and nobody here knows whose they are.`;
    const theirs = { sentAt: null, key: 'their-own-key', text };
    await open({ ...MAIL, text });
    await pass(5);
    await open(theirs);
    await pass(5);
    expect(await logged()).toHaveLength(1);
  });

  test('in another program, a minute off and without its Message-ID', async () => {
    await open({ ...MAIL, sentAt: '2027-02-24T09:12:00.000Z' });
    await pass(5);
    await open({ sentAt: '2027-02-24T09:13:00.000Z' });
    await pass(5);
    expect(await logged()).toHaveLength(1);
  });

  test('a mail in which a card was made before is logged as the same one', async () => {
    const [known] = await open(MAIL);
    await desk.capture(known ?? null, 'the papers');
    await pass(5);
    const { messages } = await desk.sidebar.context({ tab: 1 }, SIDEBAR);
    expect(messages[0]).toMatchObject({ logged: true, itself: { words: false } });
    const cards = await desk.sidebar.cards({ messages: known ? [known] : [] }, SIDEBAR);
    expect(cards.cards.map(({ kind }) => kind)).toContain('note');
    const { db } = await desk.world.current();
    const story = await desk.sidebar.story(
      { customer: [...(await recordsOfKind(db, 'customer')).keys()][0] ?? '' },
      SIDEBAR,
    );
    expect(story.cards.filter(({ kind }) => kind === 'interaction')).toHaveLength(1);
  });

  test('the worker dies while a mail is looked at: the next one finds what was waited for', async () => {
    await open(MAIL);
    expect(alarms).toContain(opened.LOGGING_ALARM);
    // Another worker: what this one held is gone, what is on disk and in the session is not.
    const again = await import('./world.ts').then(({ newWorld }) => newWorld());
    again.source = { ...again.source, now: () => now };
    now += 30_000;
    await opened.lookAtAll({ world: again, recordsChanged: () => undefined });
    await opened.lookAtAll({ world: again, recordsChanged: () => undefined });
    expect(await logged()).toHaveLength(1);
  });

  test('the worker dies after one of two was logged: only the other one is still to be', async () => {
    const two = [message(MAIL), message({ messageId: '<2@h>', sentAt: '2027-02-24T09:20:00Z' })];
    await shows({ page: 'thread', messages: two });
    now += 5_000;
    // The first write is done, and nothing after it.
    const killed = {
      world: {
        ...desk.world,
        write: (() => {
          let writes = 0;
          return (work: never) =>
            writes++ === 0 ? desk.world.write(work) : Promise.reject(new Error('killed'));
        })(),
      } as typeof desk.world,
      recordsChanged: () => undefined,
    };
    await expect(opened.lookAt(killed, 1)).rejects.toThrow('killed');
    expect(await logged()).toHaveLength(1);
    await opened.lookAtAll(deps());
    expect(await logged()).toHaveLength(2);
  });
});

describe('not this one', () => {
  const itself = async () => {
    const { messages } = await desk.sidebar.context({ tab: 1 }, SIDEBAR);
    return messages[0]?.itself?.interaction ?? null;
  };

  test('takes it back, and it does not log itself again, in no tab and on no other day', async () => {
    await open();
    await pass(5);
    const mail = (await itself()) ?? '';
    await desk.sidebar.notThisOne({ interaction: mail, on: true }, SIDEBAR);
    expect(await logged()).toEqual([]);
    expect(await itself()).toBeNull();
    await opened.tabGone(1);
    await open();
    await pass(5);
    expect(await logged()).toEqual([]);

    await desk.sidebar.notThisOne({ interaction: mail, on: false }, SIDEBAR);
    expect(await logged()).toMatchObject([{ id: mail, logged: true, subject: 'Delivery' }]);
    expect(await itself()).toBe(mail);
  });

  test('a card made in it keeps its place', async () => {
    const [known] = await open();
    await pass(5);
    await desk.capture(known ?? null, 'the papers');
    const mail = (await itself()) ?? '';
    await desk.sidebar.notThisOne({ interaction: mail, on: true }, SIDEBAR);
    const [place] = await logged();
    expect(place).toMatchObject({ id: mail, logged: false });
    const { cards } = await desk.sidebar.cards({ messages: known ? [known] : [] }, SIDEBAR);
    expect(cards.some(({ kind }) => kind === 'note')).toBe(true);
    await opened.tabGone(1);
    await open();
    await pass(5);
    expect((await logged())[0]?.logged).toBe(false);
  });

  test('it can still be logged by hand', async () => {
    const [known = null] = await open();
    await pass(5);
    await desk.sidebar.notThisOne({ interaction: (await itself()) ?? '', on: true }, SIDEBAR);
    const { draft } = await desk.sidebar.newDraft(
      { kind: 'mail', tab: 1, message: known },
      SIDEBAR,
    );
    await desk.sidebar.save({ draft }, SIDEBAR);
    expect(await logged()).toMatchObject([{ logged: true }]);
    expect(await itself()).toBeNull();
  });

  test('what a colleague logged is not for this', async () => {
    const mail = await desk.write('interaction', { logged: true, subject: 'Theirs' });
    await expect(
      desk.sidebar.notThisOne({ interaction: mail, on: true }, SIDEBAR),
    ).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('its words', () => {
  const TEXT = 'We take it for granted that the driver brings the papers in two copies, as always.';
  const mail = async () => (await logged())[0];

  test('are kept when they are asked for, of what the page shows then', async () => {
    await open({ text: null });
    await pass(5);
    const interaction = (await mail())?.id ?? '';
    const asked = desk.sidebar.keepWords({ tab: 1, interaction }, SIDEBAR);
    while (!desk.told().some(({ event }) => event === 'announce')) {
      await new Promise((done) => setTimeout(done, 10));
    }
    await shows({ messages: [message({ text: TEXT, subject: 'Other' }), message({ text: TEXT })] });
    await asked;
    expect(await mail()).toMatchObject({ text: TEXT, subject: 'Delivery' });
    const { messages } = await desk.sidebar.context({ tab: 1 }, SIDEBAR);
    expect(messages[1]?.itself).toEqual({ interaction, words: true });
  });

  test('of a page that does not show them: said in words, and nothing is kept', async () => {
    await open({ text: null });
    await pass(5);
    const interaction = (await mail())?.id ?? '';
    await expect(desk.sidebar.keepWords({ tab: 1, interaction }, SIDEBAR)).rejects.toMatchObject({
      code: 'not-found',
      message: expect.stringContaining('does not show the words'),
    });
    expect((await mail())?.text).toBeUndefined();
  });

  test('are not kept of a mail that came on the list meanwhile', async () => {
    await open({ text: null });
    await pass(5);
    const interaction = (await mail())?.id ?? '';
    const asked = desk.sidebar.keepWords({ tab: 1, interaction }, SIDEBAR);
    const refused = expect(asked).rejects.toMatchObject({ code: 'not-found' });
    await desk.sidebar.setNeverLog({ lines: ['halden.example'] }, SIDEBAR);
    await shows({ messages: [message({ text: TEXT })] });
    await refused;
    expect((await mail())?.text).toBeUndefined();
  });
});

describe('the choice', () => {
  test('is each member’s own, and off until it is made', async () => {
    expect((await desk.sidebar.logging({}, SIDEBAR)).on).toBe(true);
    const local = await openDesk({ isConnected: false });
    await freshProfile();
    expect((await local.sidebar.logging({}, SIDEBAR)).on).toBe(false);
  });

  test('works before connecting, and goes to nobody', async () => {
    await freshProfile();
    desk = await openDesk({ isConnected: false });
    desk.world.source = { ...desk.world.source, now: () => now };
    await halden();
    await desk.sidebar.setLogging({ on: true }, SIDEBAR);
    await open();
    await pass(5);
    expect(await logged()).toHaveLength(1);
  });
});

describe('the blind spot of the page’s customer', () => {
  const spot = async (customer: string) =>
    (await desk.sidebar.blindSpot({ customer }, SIDEBAR)).spot;

  test('is the most urgent reason, from what is here', async () => {
    await freshProfile();
    desk = await openDesk({ isConnected: false });
    desk.world.source = { ...desk.world.source, now: () => now };
    const customer = await halden();
    const day = 86_400_000;
    now = Date.now() + 94 * day;
    const lastAsked = new Date(Date.now()).toISOString();
    await desk.write('probe', { customer, askedAt: lastAsked });
    expect(await spot(customer)).toMatchObject({ kind: 'not-asked', days: 94, asked: 1 });
    await desk.write('note', { customer, label: 'grievance', text: 'late' });
    expect(await spot(customer)).toMatchObject({ kind: 'unanswered', count: 1 });
    await desk.write('setting', { name: 'blind-spots', value: 'grievance: 200\nnot asked: 95' });
    expect(await spot(customer)).toBeNull();
  });

  test('nothing is said while a customer’s past is not here', async () => {
    const customer = await halden();
    now = Date.now() + 400 * 86_400_000;
    // Connected, and never synced.
    expect(await spot(customer)).toBeNull();
    const { db } = await desk.world.current();
    await db.put('meta', { lastSuccess: 1, epoch: null, cursor: 0 } as never, 'sync');
    expect(await spot(customer)).toMatchObject({ kind: 'not-asked' });
    await desk.sidebar.setFollowing({ mode: 'chosen' }, SIDEBAR);
    expect(await spot(customer)).toBeNull();
  });
});
