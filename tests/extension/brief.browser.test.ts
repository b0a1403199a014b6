// What to know before talking, what is due, handing over and reminders, on a real IndexedDB.
import { beforeEach, describe, expect, test } from 'vitest';
import { dayAfter } from '../../src/domain/due.ts';
import { type Desk, openDesk, SIDEBAR } from './desk.ts';
import { connection, freshProfile, id } from './world.ts';

const { remind, recount, openReminder, putOffReminder } = await import(
  '../../src/extension/background/brief/remind.ts'
);
const { dayOf } = await import('../../src/extension/background/calls/kept.ts');

const TODAY = dayOf(Date.now());
const day = (days: number) => dayAfter(TODAY, days);
const at = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();

type Shown = { id: string; title: string; message: string; buttons?: { title: string }[] };
let shown: Shown[];
let cleared: string[];
let badge: string;
let opened: string[];
let allowed: boolean;

let desk: Desk;
beforeEach(async () => {
  await freshProfile();
  desk = await openDesk();
  [shown, cleared, badge, opened, allowed] = [[], [], '', [], true];
  const { browser } = globalThis as unknown as { browser: Record<string, object> };
  Object.assign(browser, {
    action: {
      setBadgeText: async ({ text }: { text: string }) => {
        badge = text;
      },
      setTitle: async () => undefined,
    },
    notifications: {
      create: async (notification: string, { title, message, buttons }: Omit<Shown, 'id'>) =>
        void shown.push({
          ...{ id: notification, title, message },
          ...(buttons === undefined ? {} : { buttons }),
        }),
      clear: async (notification: string) => void cleared.push(notification),
    },
  });
  Object.assign(browser.permissions ?? {}, { contains: async () => allowed });
  Object.assign(browser.tabs ?? {}, {
    create: async ({ url }: { url: string }) => void opened.push(url),
  });
});

const customer = (name: string) => desk.write('customer', { name });
const briefOf = (of: string) => desk.sidebar.brief({ customer: of }, SIDEBAR);
const due = async () => (await desk.sidebar.due({}, SIDEBAR)).items;

describe('the brief', () => {
  test('gathers what is on this device about the customer, those read as one with it too', async () => {
    const halden = await customer('Halden Foods');
    const twin = await desk.write('customer', { name: 'HALDEN', mergedInto: halden });
    const other = await customer('Other');
    const hunch = await desk.write('expectation', {
      ...{ statement: 'Certificates are there', unstatedBecause: 'assumes', customer: twin },
      evidence: { [id()]: { quote: 'they will simply be there' } },
    });
    await desk.write('note', { label: 'grievance', text: 'Late twice', customer: halden });
    await desk.write('note', { label: 'praise', text: 'Quick', customer: other });
    await desk.write('commitment', { text: 'Call back', due: day(-1), customer: halden });
    await desk.write('probe', {
      ...{ expectation: hunch, question: 'How is it today?', askedAt: at(-10), customer: twin },
    });
    await desk.write('perception', {
      ...{ form: 'survey', score: 8, scaleMin: 0, scaleMax: 10, observedAt: at(-30) },
      customer: halden,
    });
    const { brief, customer: of, today } = await briefOf(twin);
    expect(today).toBe(TODAY);
    expect(of.name).toBe('Halden Foods');
    expect(brief.hunches).toMatchObject([{ id: hunch, asked: { question: 'How is it today?' } }]);
    expect(brief.hunches[0]?.next?.question).toContain('simply be there');
    expect(brief.grievances).toMatchObject([{ text: 'Late twice' }]);
    expect(brief.praises).toEqual([]);
    expect(brief.ours).toMatchObject([{ timing: 'late', days: -1 }]);
    expect(brief.lastAsked?.days).toBe(10);
    expect(brief.perception).toMatchObject({ share: 0.8, count: 1 });
  });

  test('a workspace’s own question patterns are the ones it proposes', async () => {
    const halden = await customer('Halden Foods');
    await desk.write('expectation', {
      statement: 'x',
      unstatedBecause: 'assumes',
      customer: halden,
    });
    const { brief: before } = await briefOf(halden);
    await desk.write('pattern', {
      ...{ replaces: before.hunches[0]?.next?.pattern ?? '', text: 'Ours: what of it?' },
    });
    const { brief } = await briefOf(halden);
    expect(brief.hunches[0]?.next?.question).toBe('Ours: what of it?');
  });

  test('of somebody who is not on this device it says so', async () => {
    await expect(briefOf(id())).rejects.toThrow('Nothing is known of this customer');
  });
});

describe('acts', () => {
  test('a grievance is answered with time and person, and taken back', async () => {
    const halden = await customer('Halden Foods');
    const note = await desk.write('note', { label: 'grievance', text: 'Late', customer: halden });
    await desk.sidebar.answerGrievance(
      { id: note, answer: 'Called them, sent a new one.' },
      SIDEBAR,
    );
    expect((await briefOf(halden)).brief.grievances).toEqual([]);
    const { fields } = await desk.sidebar.card({ kind: 'note', id: note }, SIDEBAR);
    expect(fields).toMatchObject({
      ...{ answer: 'Called them, sent a new one.', answeredBy: connection.member.id },
    });
    expect(Date.parse(fields.answeredAt ?? '')).toBeGreaterThan(Date.now() - 60_000);
    await desk.sidebar.answerGrievance({ id: note, answer: null }, SIDEBAR);
    expect((await briefOf(halden)).brief.grievances).toHaveLength(1);
  });

  test('what is handed over is the other’s to be reminded of, and comes back', async () => {
    const tom = await desk.write('member', { name: 'Tom Sample', role: 'annotator' });
    const gone = await desk.write('member', { name: 'Gone Sample', deactivated: true });
    await desk.write('member', { name: 'Sample Member' }, connection.member.id);
    const { members } = await desk.sidebar.colleagues({}, SIDEBAR);
    expect(members.map(({ name, me }) => [name, me])).toEqual([
      ...[
        ['Sample Member', true],
        ['Tom Sample', false],
      ],
    ]);
    const promise = await desk.write('commitment', { text: 'a', due: TODAY });
    const give = (to: string | null) =>
      desk.sidebar.handOver({ kind: 'commitment', id: promise, to }, SIDEBAR);
    expect(await due()).toHaveLength(1);
    expect(await give(tom)).toEqual({ before: null });
    expect(await due()).toEqual([]);
    expect(await give(null)).toEqual({ before: tom });
    expect(await due()).toHaveLength(1);
    await expect(give(gone)).rejects.toThrow('not in the workspace any more');
  });
});

describe('what is due', () => {
  test('is the person’s, until in a week; the oldest first', async () => {
    const halden = await customer('Halden Foods');
    const colleague = id();
    const write = (text: string, on: string, more: object = {}) =>
      desk.write('commitment', { text, due: on, customer: halden, ...more });
    await write('soon', day(6));
    await write('late', day(-3));
    await write('far', day(30));
    await write('a colleague’s', TODAY, { owner: colleague });
    await write('kept', TODAY, { state: 'kept' });
    await desk.write('probe', { question: 'Why?', due: TODAY });
    await desk.write('expectation', { statement: 'look again', reviewOn: TODAY, decision: 'meet' });
    expect((await due()).map(({ text, days, what }) => [text, days, what])).toEqual([
      ['late', -3, 'ours'],
      ['look again', 0, 'decision'],
      ['Why?', 0, 'question'],
      ['soon', 6, 'ours'],
    ]);
    expect((await due())[0]?.customer?.name).toBe('Halden Foods');
  });
});

describe('reminders', () => {
  test('are told once for a day, and again when the day was moved', async () => {
    const promise = await desk.write('commitment', { text: 'Secret', due: TODAY });
    await remind(desk.world);
    await Promise.all([remind(desk.world), remind(desk.world)]);
    expect(shown).toHaveLength(1);
    expect(badge).toBe('1');
    await desk.write('commitment', { due: day(-2) }, promise);
    await remind(desk.world);
    expect(shown.map(({ title }) => title)).toEqual([
      ...['A promise of ours is due today', 'A promise of ours was due 2 days ago'],
    ]);
    await desk.write('commitment', { state: 'kept' }, promise);
    await recount(desk.world);
    expect(badge).toBe('');
  });

  test('say nothing of whom and what, unless the person allows it', async () => {
    const halden = await customer('Halden Foods');
    await desk.write('commitment', { text: 'Secret words', due: TODAY, customer: halden });
    await remind(desk.world);
    expect(JSON.stringify(shown)).not.toMatch(/Secret|Halden/);
    await desk.sidebar.setReminders({ words: true }, SIDEBAR);
    await desk.write('commitment', { text: 'Second\nline', due: day(-1), customer: halden });
    await remind(desk.world);
    expect(shown.at(-1)?.message).toBe('Halden Foods: Second line');
  });

  test('without the permission there is the count, and nothing is lost once it is given', async () => {
    allowed = false;
    await desk.write('commitment', { text: 'a', due: TODAY });
    await remind(desk.world);
    expect([shown.length, badge]).toEqual([0, '1']);
    expect(await desk.sidebar.reminders({}, SIDEBAR)).toMatchObject({
      allowed: false,
      notify: true,
    });
    allowed = true;
    await remind(desk.world);
    expect(shown).toHaveLength(1);
  });

  test('switched off here they are silent; the count stays', async () => {
    await desk.sidebar.setReminders({ notify: false }, SIDEBAR);
    await desk.write('commitment', { text: 'a', due: TODAY });
    await remind(desk.world);
    expect([shown.length, badge]).toEqual([0, '1']);
  });

  test('many at once are one, and a click leads to them', async () => {
    for (let n = 0; n < 5; n++) await desk.write('commitment', { text: String(n), due: day(-n) });
    await remind(desk.world);
    expect(shown).toMatchObject([{ id: 'due', title: '5 things are due' }]);
    expect(badge).toBe('5');
    await openReminder('due');
    expect(opened).toEqual([expect.stringMatching(/sidebar\/index\.html\?at=inbox$/)]);
    expect(cleared).toEqual(['due']);
  });

  test('a click on one opens its card', async () => {
    const promise = await desk.write('commitment', { text: 'a', due: TODAY });
    await remind(desk.world);
    await openReminder(shown[0]?.id ?? '');
    expect(opened[0]).toContain(`?card=commitment/${promise}`);
    await openReminder('something else');
    expect(opened).toHaveLength(1);
  });

  test('the button puts one off until tomorrow; browsers without buttons are asked for none', async () => {
    const promise = await desk.write('commitment', { text: 'a', due: TODAY });
    await remind(desk.world);
    expect(shown[0]?.buttons).toBeUndefined();
    const { browser } = globalThis as unknown as { browser: { notifications: object } };
    Object.assign(browser.notifications, { onButtonClicked: {} });
    await desk.write('commitment', { due: day(-1) }, promise);
    await remind(desk.world);
    expect(shown[1]?.buttons).toEqual([{ title: 'Remind me tomorrow' }]);
    const one = shown[1]?.id ?? '';
    await putOffReminder(desk.world, one);
    expect(cleared).toEqual([one]);
    expect((await due())[0]?.snoozed).toBe(day(1));
    await remind(desk.world);
    expect([shown.length, badge]).toEqual([2, '']);
    await remind(desk.world, Date.now() + 86_400_000);
    expect(shown).toHaveLength(3);
  });

  test('what is put off is silent until its day, then told once more', async () => {
    const promise = await desk.write('commitment', { text: 'a', due: TODAY });
    await remind(desk.world);
    const put = { what: 'ours', id: promise } as const;
    expect(await desk.sidebar.snooze({ ...put, until: day(2) }, SIDEBAR)).toEqual({ before: null });
    await remind(desk.world);
    expect([shown.length, badge]).toEqual([1, '']);
    expect((await due())[0]?.snoozed).toBe(day(2));
    const later = Date.now() + 2 * 86_400_000;
    await remind(desk.world, later);
    await remind(desk.world, later);
    expect([shown.length, badge]).toEqual([2, '1']);
    expect(await desk.sidebar.snooze({ ...put, until: null }, SIDEBAR)).toEqual({ before: day(2) });
  });
});

describe('into the reply', () => {
  type Asked = { frame: number | undefined; call: string; payload: unknown };
  let asked: Asked[];
  let writing: { [frame: number]: number | null };
  beforeEach(async () => {
    asked = [];
    writing = {};
    const { browser } = globalThis as unknown as { browser: Record<string, object> };
    Object.assign(browser.tabs ?? {}, {
      sendMessage: async (
        _tab: number,
        { call, payload }: { call: string; payload: unknown },
        { frameId }: { frameId?: number },
      ) => {
        asked.push({ frame: frameId, call, payload });
        if (call === 'writing') return frameId === undefined ? undefined : writing[frameId];
        return call === 'insert' ? true : undefined;
      },
    });
    for (const frame of [0, 3]) await desk.shows({}, { tab: 7, frame });
  });
  const put = () => desk.sidebar.putIntoReply({ tab: 7, text: 'Why?' }, SIDEBAR);

  test('goes to the frame in which the person wrote last, and to no other', async () => {
    writing = { 0: 10, 3: 20 };
    expect(await put()).toEqual({ put: true });
    const inserts = asked.filter(({ call }) => call === 'insert');
    expect(inserts).toEqual([{ frame: 3, call: 'insert', payload: { text: 'Why?' } }]);
  });

  test('where nobody writes, every frame is asked once more, and then it is said', async () => {
    writing = { 0: null };
    expect(await put()).toEqual({ put: false });
    expect(asked.some(({ call }) => call === 'announce')).toBe(true);
    expect(asked.some(({ call }) => call === 'insert')).toBe(false);
    expect(await desk.sidebar.putIntoReply({ tab: null, text: 'x' }, SIDEBAR)).toEqual({
      put: false,
    });
  });
});
