// What stands around calls: proposals of pages, commands of the browser, windows.
import { beforeEach, describe, expect, test } from 'vitest';
import { type CallDesk, openCallDesk } from './call-desk.ts';
import { freshProfile, id } from './world.ts';

const { callCommand, isCallCommand } = await import(
  '../../src/extension/background/calls/commands.ts'
);

const T = Date.parse('2027-02-24T09:00:00.000Z');
const MEET = 'https://meet.google.com/abc-defg-hij';

let desk: CallDesk;
beforeEach(async () => {
  await freshProfile();
  desk = await openCallDesk();
});

const meets = (subject = 'Weekly call', url = MEET, tab = 1) =>
  desk.shows({ site: 'meetings', page: 'meeting', subject, url }, { tab });
const leaves = () => desk.shows({ page: 'other', url: 'https://mail.example/' });
const proposal = async () => (await desk.view()).proposal;
const clicks = (number: string, text = '') =>
  desk.page.telephoned({ number, text }, desk.senderOf());

describe('a meeting', () => {
  test('proposes itself with its title and the customer named in it, and starts nothing', async () => {
    const customer = await desk.write('customer', { name: 'Halden Works' });
    await meets('Halden Works weekly');
    await expect.poll(proposal).toEqual({
      ...{ channel: 'meeting', subject: 'Halden Works weekly', number: '', url: MEET, tab: 1 },
      customer: { id: customer, name: 'Halden Works', reason: 'by name in the title' },
    });
    expect(desk.posted).toContainEqual({ event: 'calls' });
    expect((await desk.view()).running).toBeNull();
  });

  test('is not proposed any more once its page is gone, or a call runs', async () => {
    await meets();
    await expect.poll(proposal).not.toBeNull();
    await leaves();
    await expect.poll(proposal).toBeNull();
    await meets();
    await expect.poll(proposal).not.toBeNull();
    await desk.start(T);
    expect(await proposal()).toBeNull();
  });

  test('that was waved away stays away today; another one does not', async () => {
    await meets();
    await expect.poll(proposal).not.toBeNull();
    expect((await desk.ask('callProposalAway', {})).proposal).toBeNull();
    await leaves();
    await meets();
    expect(await proposal()).toBeNull();
    await meets('Other', 'https://meet.google.com/xyz-defg-hij');
    await expect.poll(proposal).toMatchObject({ subject: 'Other' });
  });

  test('that was started from is proposed once', async () => {
    await meets();
    await expect.poll(proposal).not.toBeNull();
    const call = await desk.start(T, { tab: 1, channel: 'meeting', proposed: true });
    expect((await desk.view()).running).toMatchObject({ id: call, subject: 'Weekly call' });
    await desk.ask('callEnd', { call, at: T + 60_000 });
    await meets('Weekly call (1)');
    expect(await proposal()).toBeNull();
  });

  test('is not proposed where that is switched off, or its title must not be read', async () => {
    await desk.ask('setNeverLog', { lines: ['subject: payroll'] });
    await meets('Payroll round');
    await new Promise((done) => setTimeout(done, 50));
    expect(await proposal()).toBeNull();
    await meets('Other', 'https://meet.google.com/xyz-defg-hij');
    await expect.poll(proposal).toMatchObject({ subject: 'Other' });
    const { proposal: off } = await desk
      .ask('callSettings', { patch: { propose: false } })
      .then(desk.view);
    expect(off).toBeNull();
  });
});

describe('a number that was clicked', () => {
  test.each([
    ['tel:+49-30-1234;ext=5', 'Sample Buyer', '+49301234', 'Sample Buyer'],
    ['callto:0301234', '030 1234', '0301234', ''],
    ['sip:4711@phone.example', '', '4711', ''],
    ['sip:buyer@phone.example', 'Sample Buyer', '', 'Sample Buyer'],
  ])('%s “%s” is proposed', async (link, text, number, subject) => {
    await clicks(link, text);
    expect(await proposal()).toMatchObject({ channel: 'call', number, subject, tab: 1 });
  });

  test('with the customer of the page, whose call it then is', async () => {
    await desk.shows({
      ...{ page: 'record', site: 'sample-crm', url: 'https://crm.example/company/7' },
      record: { type: 'company', id: '7', name: 'Halden', company: '', people: [] },
    });
    await clicks('tel:+49301234', '+49 30 1234');
    const asked = { tab: 1, channel: 'call' as const, proposed: true };
    await desk.start(T, asked);
    const { running, proposal: left } = await desk.view();
    expect(left).toBeNull();
    expect(running).toMatchObject({
      ...{ subject: 'Halden', customer: { name: 'Halden' } },
      participants: [{ name: '+49301234' }],
    });
    // The same number an hour later.
    await clicks('tel:+49301234');
    expect(await proposal()).toMatchObject({ number: '+49301234' });
    await desk.ask('callProposalAway', {});
    await clicks('tel:+49301234');
    expect(await proposal()).toBeNull();
  });

  test.each(['tel:', 'tel:1', 'javascript:alert(1)'])('%s is none', async (link) => {
    await clicks(link);
    expect(await proposal()).toBeNull();
  });

  test('of somebody on the never-log list is none', async () => {
    await desk.ask('setNeverLog', { lines: ['phone.example'] });
    await clicks('sip:buyer@phone.example');
    expect(await proposal()).toBeNull();
    await desk.shows({ never: 1, messages: [] });
    await clicks('tel:+49301234');
    expect(await proposal()).toBeNull();
  });
});

describe('the browser’s commands', () => {
  const command = (name: string, at: number, tab: number | null = 1) =>
    callCommand({ world: desk.world, callsChanged: () => undefined }, name, tab, at);

  test('start and hang up, at the moment of their arrival; a held key does not hang up', async () => {
    await meets();
    await command('call-start', T);
    const { running } = await desk.view();
    expect(running).toMatchObject({
      ...{ channel: 'meeting', subject: 'Weekly call' },
      clock: { startedAt: T },
    });
    await command('call-start', T + 400);
    expect((await desk.view()).running?.id).toBe(running?.id);
    await command('call-start', T + 60_000);
    const after = await desk.view();
    expect(after).toMatchObject({ running: null, wrapUp: running?.id });
    const { call } = await desk.ask('call', { id: running?.id ?? '' });
    expect(call.clock.endedAt).toBe(T + 60_000);
  });

  test('tag by the codebook’s keys and the person’s own, or by place', async () => {
    const call = await desk.start(T);
    await command('call-tag-2', T + 1_000);
    await desk.ask('callSettings', { patch: { remapped: { risk: '2', grievance: 'g' } } });
    await command('call-tag-2', T + 3_000);
    expect((await desk.tagsOf(call)).map(({ tag }) => tag)).toEqual(['grievance', 'risk']);
    await desk.write('label', { replaces: 'praise', key: 'x' });
    await command('call-tag-3', T + 5_000);
    expect((await desk.tagsOf(call)).at(-1)).toMatchObject({ tag: 'praise', offset: 5_000 });
  });

  test('“a moment ago” is for the next tag only, and not for long', async () => {
    const call = await desk.start(T);
    await command('call-moment-ago', T + 30_000);
    await command('call-tag-1', T + 31_000);
    await command('call-tag-1', T + 33_000);
    await command('call-moment-ago', T + 40_000);
    await command('call-tag-1', T + 60_000);
    expect((await desk.tagsOf(call)).map(({ offset }) => offset)).toEqual([
      ...[21_000, 33_000, 60_000],
    ]);
  });

  test('by the call’s own clock, where the computer’s was set', async () => {
    const call = await desk.start(T);
    await desk.ask('callClockSet', { call, at: T + 10_000, by: -3_600_000 });
    await command('call-tag-1', T + 20_000 - 3_600_000);
    expect(await desk.tagsOf(call)).toMatchObject([{ offset: 20_000 }]);
  });

  test('without a running call a tag opens the bar and does nothing else', async () => {
    await command('call-tag-1', T);
    expect(desk.opened.windows).toHaveLength(1);
    const { db } = await desk.world.current();
    expect(await db.count('changes')).toBe(0);
    await command('call-bar', T);
    expect(desk.opened).toMatchObject({ windows: [{}], focused: [1] });
    expect(isCallCommand('capture-note')).toBe(false);
  });
});

describe('windows', () => {
  test('the bar is a small window of its own, where it lay the last time; one only', async () => {
    await Promise.all([desk.ask('callWindow', {}), desk.ask('callWindow', {})]);
    expect(desk.opened.windows).toEqual([
      {
        ...{ type: 'popup', width: 420, height: 360 },
        url: expect.stringMatching(/\/src\/extension\/call\/index\.html$/),
      },
    ]);
    const url = new URL('/src/extension/call/index.html', location.href).href;
    await desk.sidebar.calls({}, { tab: 7, url });
    desk.opened.windows.length = 0; // closed
    await expect
      .poll(async () => {
        desk.opened.windows.length = 0;
        await desk.ask('callWindow', {});
        return desk.opened.windows[0];
      })
      .toMatchObject({ width: 500, height: 300, left: 20, top: 40 });
  });

  test('a start from the bar is about the tab that was in front before', async () => {
    await meets();
    const url = new URL('/src/extension/call/index.html', location.href).href;
    const asked = { id: id(), at: T, tab: null, channel: 'meeting' as const };
    await desk.sidebar.callStart(asked, { tab: 99, url });
    expect((await desk.view()).running?.subject).toBe('Weekly call');
  });

  test('the page of calls opens at one of them', async () => {
    const call = id();
    await desk.ask('callPage', { call });
    expect(desk.opened.tabs[0]).toMatch(new RegExp(`/src/extension/calls/index\\.html#${call}$`));
  });
});

test('settings that an earlier version kept are read, with the usual keys for what is new', async () => {
  await desk.ask('callSettings', { patch: { lead: 2_000 } });
  const profile = await desk.world.profile();
  const kept = (await profile.get('settings', 'calls')) as { settings: { acts?: object } };
  delete kept.settings.acts;
  await profile.put('settings', kept, 'calls');
  expect((await desk.view()).settings).toMatchObject({ lead: 2_000, acts: {} });
});
