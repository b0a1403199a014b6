import { beforeEach, describe, expect, test } from 'vitest';
import { type CallDesk, openCallDesk, pull, readsOf } from './call-desk.ts';
import { freshProfile, id } from './world.ts';

const T = Date.parse('2027-02-24T09:00:00.000Z');
const SECOND = 1_000;
const MINUTE = 60_000;

let desk: CallDesk;
beforeEach(async () => {
  await freshProfile();
  desk = await openCallDesk();
});

describe('starting', () => {
  test('a call runs from the moment it was started at', async () => {
    const call = await desk.start(T - 3 * MINUTE, { subject: 'Delivery' });
    const { running, parked } = await desk.view();
    expect(running).toMatchObject({
      ...{ id: call, state: 'running', channel: 'call', subject: 'Delivery', tags: 0 },
      clock: { startedAt: T - 3 * MINUTE, pauses: [], endedAt: null },
      author: { me: true },
    });
    expect(parked).toEqual([]);
    expect(desk.posted).toContainEqual({ event: 'calls' });
  });

  test('asked twice, because the answer was lost, it starts once', async () => {
    const call = id();
    const asked = { id: call, at: T, tab: null, channel: 'call' as const };
    await desk.ask('callStart', asked);
    await desk.ask('callStart', { ...asked, at: T + 900 });
    const { running, parked } = await desk.view();
    expect(running?.clock.startedAt).toBe(T);
    expect(parked).toEqual([]);
    const { db } = await desk.world.current();
    expect(await db.count('changes')).toBe(1);
  });

  test('parks the one that runs, whose clock stands until it is gone on with', async () => {
    const first = await desk.start(T);
    const second = await desk.start(T + MINUTE);
    let view = await desk.view();
    expect(view.running?.id).toBe(second);
    expect(view.parked).toMatchObject([
      { id: first, state: 'parked', clock: { pauses: [{ from: T + MINUTE, to: null }] } },
    ]);
    view = await desk.ask('callResume', { call: first, at: T + 5 * MINUTE });
    expect(view.running?.id).toBe(first);
    expect(view.parked).toMatchObject([{ id: second, state: 'parked' }]);
    const { offset } = await desk.tag(first, 'praise', T + 6 * MINUTE);
    // Four minutes it stood.
    expect(offset).toBe(2 * MINUTE);
  });

  test('takes customer and subject from the CRM record beside it', async () => {
    await desk.shows({
      ...{ site: 'sample-crm', page: 'record', url: 'https://crm.example/company/7' },
      record: {
        ...{ type: 'company', id: '7', name: 'Halden Works', company: '' },
        people: [{ name: 'Sample Buyer', address: 'buyer@halden.example' }],
      },
    });
    await desk.start(T, { tab: 1 });
    const { running } = await desk.view();
    expect(running).toMatchObject({
      ...{ subject: 'Halden Works', url: 'https://crm.example/company/7' },
      customer: { name: 'Halden Works' },
      participants: [{ name: 'Sample Buyer', address: 'buyer@halden.example' }],
    });
    await desk.ask('callEnd', { call: running?.id ?? '', at: T + MINUTE });
    // The next one from there is with the same customer.
    await desk.start(T + 2 * MINUTE, { tab: 1 });
    expect((await desk.view()).running?.customer?.id).toBe(running?.customer?.id);
  });

  test('takes the customer whose whole name stands in the meeting’s title, if it is only one', async () => {
    const halden = await desk.write('customer', { name: 'Halden' });
    const works = await desk.write('customer', { name: 'Halden Works' });
    await desk.write('customer', { name: 'Works' });
    const meet = (subject: string) =>
      desk.shows({
        ...{ site: 'meetings', page: 'meeting', subject },
        url: 'https://meet.google.com/abc-defg-hij',
      });
    await meet('Weekly: Halden');
    await desk.start(T, { tab: 1, channel: 'meeting' });
    expect((await desk.view()).running).toMatchObject({
      ...{ subject: 'Weekly: Halden', channel: 'meeting', customer: { id: halden } },
    });
    await meet('Halden Works / review');
    await desk.start(T + 1, { tab: 1 });
    expect((await desk.view()).running?.customer?.id).toBe(works);
    await desk.write('customer', { name: 'Nordvik' });
    await meet('Halden and Nordvik');
    await desk.start(T + 2, { tab: 1 });
    expect((await desk.view()).running?.customer).toBeNull();
  });

  test('takes nothing of a page that shows what must not be read', async () => {
    await desk.ask('setNeverLog', { lines: ['halden.example'] });
    await desk.shows({
      ...{ page: 'record', url: 'https://crm.example/company/7' },
      record: {
        ...{ type: 'company', id: '7', name: 'Halden Works', company: '' },
        people: [{ name: 'Sample Buyer', address: 'buyer@halden.example' }],
      },
    });
    await desk.start(T, { tab: 1 });
    expect((await desk.view()).running).toMatchObject({
      ...{ subject: '', url: '', customer: null, participants: [] },
    });
    const { db } = await desk.world.current();
    expect(JSON.stringify(await db.getAll('records'))).not.toContain('alden');
  });

  test('a mail beside it makes no customer that nobody has seen', async () => {
    await desk.shows({
      page: 'message',
      messages: [
        {
          ...{ key: null, shown: 'whole', sentBy: null, subject: 'Delivery', cc: [], to: [] },
          from: { name: 'Sample Buyer', address: 'buyer@halden.example' },
          ...{ sentAt: '2027-02-24T09:12:00.000Z', sentAtText: '', messageId: null, url: '' },
          text: null,
        },
      ],
    });
    await desk.start(T, { tab: 1 });
    expect((await desk.view()).running).toMatchObject({
      customer: null,
      participants: [{ address: 'buyer@halden.example' }],
    });
  });
});

describe('tagging', () => {
  test('the tag’s time is the key’s, and pauses are left out', async () => {
    const call = await desk.start(T);
    await desk.ask('callPause', { call, on: true, at: T + 10 * SECOND });
    await desk.ask('callPause', { call, on: true, at: T + 11 * SECOND });
    await desk.tag(call, 'risk', T + 15 * SECOND);
    await desk.ask('callPause', { call, on: false, at: T + 20 * SECOND });
    const tag = await desk.tag(call, 'expectation', T + 25 * SECOND + 0.25);
    expect(tag).toMatchObject({ offset: 15 * SECOND + 0.25, pressedAt: T + 25 * SECOND });
    expect(await desk.tagsOf(call)).toMatchObject([
      { tag: 'risk', offset: 10 * SECOND },
      { tag: 'expectation', offset: 15 * SECOND + 0.25 },
    ]);
  });

  test('“a moment ago” dates it before, and so does the person’s lead', async () => {
    const call = await desk.start(T);
    const early = await desk.tag(call, 'praise', T + 20 * SECOND, { before: 10 * SECOND });
    expect(early).toMatchObject({ offset: 10 * SECOND, pressedAt: T + 20 * SECOND });
    await desk.ask('callSettings', { patch: { lead: 1_500 } });
    expect((await desk.tag(call, 'risk', T + 30 * SECOND)).offset).toBe(28_500);
    const both = await desk.tag(call, 'risk', T + 50 * SECOND, { before: 10 * SECOND });
    expect(both.offset).toBe(38_500);
  });

  test('two windows that press one tag in one moment have one tag', async () => {
    const call = await desk.start(T);
    const [one, other] = await Promise.all([
      desk.tag(call, 'grievance', T + 5_000),
      desk.tag(call, 'grievance', T + 5_120),
    ]);
    expect(other.id).toBe(one.id);
    await Promise.all([
      desk.tag(call, 'praise', T + 5_010),
      desk.tag(call, 'grievance', T + 5_300 + SECOND),
    ]);
    expect((await desk.tagsOf(call)).map(({ tag }) => tag)).toEqual([
      ...['grievance', 'praise', 'grievance'],
    ]);
  });

  test('what was undone does not count: the same key at once makes another', async () => {
    const call = await desk.start(T);
    const first = await desk.tag(call, 'praise', T + 1_000);
    await desk.ask('callTagEdit', { id: first.id, patch: { deleted: true } });
    const second = await desk.tag(call, 'praise', T + 1_100);
    expect(second.id).not.toBe(first.id);
    expect((await desk.view()).latest.map((tag) => tag.id)).toEqual([second.id]);
    const back = await desk.ask('callTagEdit', { id: first.id, patch: { deleted: false } });
    expect(back.deleted).toBe(false);
    expect(await desk.tagsOf(call)).toHaveLength(2);
  });

  test('asked twice with one id it is there once, whatever the second one says', async () => {
    const call = await desk.start(T);
    const asked = { id: id(), call, tag: 'praise', at: T + 1_000 };
    const first = await desk.ask('callTag', asked);
    expect(await desk.ask('callTag', { ...asked, at: T + 9_000, text: 'other' })).toEqual(first);
    expect(await desk.tagsOf(call)).toHaveLength(1);
  });

  test('has words, a span, another tag; and is a note with the nearest label', async () => {
    const call = await desk.start(T);
    const { id: tag } = await desk.tag(call, 'expectation', T + 1_000, { text: 'certificates' });
    await desk.ask('callTagEdit', { id: tag, patch: { span: 900 } });
    const edited = await desk.ask('callTagEdit', {
      id: tag,
      patch: { tag: 'grievance', text: 'no certificates', offset: 800, span: null },
    });
    expect(edited).toMatchObject({
      ...{ tag: 'grievance', text: 'no certificates', offset: 800, span: null },
      // Never mended.
      pressedAt: T + 1_000,
    });
    const card = await desk.ask('card', { kind: 'note', id: tag });
    expect(card).toMatchObject({ look: 'grievance', fields: { text: 'no certificates' } });
  });

  test('follows the workspace’s own tags', async () => {
    const label = await desk.write('label', { name: 'Price', key: 'p', means: 'risk' });
    const call = await desk.start(T);
    const { id: tag } = await desk.tag(call, label, T + 1_000);
    expect(await desk.ask('card', { kind: 'note', id: tag })).toMatchObject({ look: 'risk' });
    expect((await desk.view()).codebook.find((one) => one.id === label)?.key).toBe('p');
  });

  test('a call that is not here is told in words', async () => {
    await expect(desk.tag(id(), 'praise', T)).rejects.toMatchObject({ code: 'not-found' });
    const note = await desk.write('note', { text: 'no tag' });
    await expect(
      desk.ask('callTagEdit', { id: note, patch: { deleted: true } }),
    ).rejects.toMatchObject({ code: 'not-found' });
  });

  test('two thousand tags: the newest are shown, all are there, the next costs as the first', async () => {
    const call = await desk.start(T);
    const tags = Array.from({ length: 2_000 }, (_, at) => ({
      ...{ id: id(), tag: 'risk', offset: at * SECOND, span: null, text: '' },
      pressedAt: T + at * SECOND,
    }));
    const file = { startedAt: T, endedAt: null, pauses: [], subject: '', shift: 0 };
    await desk.ask('callImport', { call: { ...file, id: call, channel: 'call' }, tags });
    const { running, latest } = await desk.view();
    expect(running?.tags).toBe(2_000);
    expect(latest).toHaveLength(20);
    expect(latest[0]?.offset).toBe(1_999 * SECOND);
    const many = await readsOf(() => desk.tag(call, 'praise', T + 3_000 * SECOND));
    const other = await desk.start(T + 4_000 * SECOND);
    const few = await readsOf(() => desk.tag(other, 'praise', T + 5_000 * SECOND));
    expect(many).toEqual(few);
    expect(few.rows).toBeLessThan(10);
    expect(await desk.tagsOf(call)).toHaveLength(2_001);
  });
});

describe('one running call', () => {
  test('goes on after the worker died or the browser was started again', async () => {
    const call = await desk.start(T);
    await desk.tag(call, 'praise', T + 1_000);
    const again = await openCallDesk();
    const view = await again.view();
    expect(view.running?.id).toBe(call);
    expect(view.latest).toHaveLength(1);
    await again.tag(call, 'risk', T + 2_000);
    expect((await desk.view()).latest).toHaveLength(2);
  });

  const CALL = { channel: 'call', callState: 'running', startedAt: new Date(T).toISOString() };

  test.each([1, 300])(
    'of a colleague is not one’s own; of one’s own other device it is (%i rows pulled)',
    async (rows) => {
      const theirs = id();
      const others = Array.from({ length: rows }, () => ({ kind: 'note', record: id(), body: {} }));
      await pull(desk.world, id(), [
        ...others,
        { kind: 'interaction', record: theirs, body: CALL },
      ]);
      expect((await desk.view()).running).toBeNull();
      const mine = id();
      const tag = { tag: 'risk', label: 'risk', interaction: mine, offset: 900 };
      const { me } = await desk.world.current();
      await pull(desk.world, me, [
        ...others.map((one) => ({ ...one, record: id() })),
        { kind: 'interaction', record: mine, body: CALL },
        { kind: 'note', record: id(), body: { ...tag, pressedAt: CALL.startedAt } },
      ]);
      const { running, latest } = await desk.view();
      expect(running).toMatchObject({ id: mine, tags: 1, unhandled: 1 });
      expect(latest).toMatchObject([{ tag: 'risk', offset: 900 }]);
      const { calls } = await desk.ask('callList', { before: null });
      expect(calls.map((call) => [call.id, call.author.me]).sort()).toEqual(
        [
          [theirs, false],
          [mine, true],
        ].sort(),
      );
      // Gone on with here, and ended here.
      await desk.tag(mine, 'praise', T + 2_000);
      expect((await desk.view()).latest.map(({ tag: name }) => name)).toEqual(['praise', 'risk']);
      await desk.ask('callEnd', { call: mine, at: T + MINUTE });
      expect(await desk.view()).toMatchObject({ running: null, waiting: 2 });
    },
  );

  test('of two devices that both began one, the last is running and the other can be taken', async () => {
    const here = await desk.start(T);
    const there = id();
    const { me } = await desk.world.current();
    await pull(desk.world, me, [{ kind: 'interaction', record: there, body: CALL }]);
    let view = await desk.view();
    expect([view.running?.id, view.parked[0]?.id]).toEqual([there, here]);
    view = await desk.ask('callResume', { call: here, at: T + MINUTE });
    expect([view.running?.id, view.parked[0]?.id]).toEqual([here, there]);
    expect(view.parked[0]?.state).toBe('parked');
    expect(view.running?.clock.pauses).toEqual([]);
  });

  test('that another device ends is over here', async () => {
    const call = await desk.start(T);
    const { me } = await desk.world.current();
    const body = { callState: 'ended', endedAt: new Date(T + MINUTE).toISOString() };
    await pull(desk.world, me, [{ kind: 'interaction', record: call, body }]);
    const { running, wrapUp } = await desk.view();
    expect([running, wrapUp]).toEqual([null, null]);
  });

  test('is not called up twice by those who ask again: parked, paused, ended stay as they are', async () => {
    const call = await desk.start(T);
    const { db } = await desk.world.current();
    const twice = async <C extends 'callPark' | 'callResume' | 'callEnd'>(name: C, at: number) => {
      await desk.ask(name, { call, at } as never);
      const changes = await db.count('changes');
      await desk.ask(name, { call, at: at + 5_000 } as never);
      expect(await db.count('changes')).toBe(changes);
    };
    await twice('callPark', T + 1_000);
    await twice('callResume', T + 2_000);
    await twice('callEnd', T + 3_000);
    const { call: ended } = await desk.ask('call', { id: call });
    expect(ended).toMatchObject({
      state: 'ended',
      clock: { endedAt: T + 3_000, pauses: [{ from: T + 1_000, to: T + 2_000 }] },
    });
  });

  test('goes on after it was hung up: the time between is a pause', async () => {
    const call = await desk.start(T);
    await desk.ask('callEnd', { call, at: T + MINUTE });
    const { running } = await desk.ask('callResume', { call, at: T + 3 * MINUTE });
    expect(running?.clock).toEqual({
      ...{ startedAt: T, endedAt: null },
      pauses: [{ from: T + MINUTE, to: T + 3 * MINUTE }],
    });
    expect((await desk.tag(call, 'risk', T + 4 * MINUTE)).offset).toBe(2 * MINUTE);
  });

  test('runs across midnight and the night of a changed clock by the time that passed', async () => {
    // 27 to 28 March 2027, when clocks in Berlin go from 2 to 3.
    const late = Date.parse('2027-03-27T23:50:00+01:00');
    const call = await desk.start(late);
    const morning = Date.parse('2027-03-28T03:10:00+02:00');
    expect((await desk.tag(call, 'risk', morning)).offset).toBe(140 * MINUTE);
  });
});
