// Calls in the sidebar: starting one, tagging it by key, what is proposed and what waits.
import { beforeEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { say } from '../../src/extension/sidebar/words.ts';
import { callsView, sampleCall } from '../calls/samples.ts';
import { expectAccessible, one, soon } from '../ui/draw.ts';
import { FakeBackground } from './fake-background.ts';
import { expectText, open, settled } from './open.tsx';
import { context, halden } from './samples.ts';

let background: FakeBackground;
const NOW = Date.UTC(2027, 1, 24, 9, 30, 0);

beforeEach(() => {
  background = new FakeBackground();
  background.time = NOW;
});

const running = (patch = {}) =>
  sampleCall(0, {
    state: 'running',
    clock: { startedAt: NOW - 61_000, pauses: [], endedAt: null },
    ...patch,
  });
const status = () => page.getByRole('status').last();
const press = (name: string) => userEvent.click(page.getByRole('button', { name, exact: true }));

describe('starting', () => {
  test('with C, from the page that is open, and told', async () => {
    await open(background);
    await userEvent.keyboard('c');
    await expectText(status(), 'The call has begun.');
    expect(background.calls('callStart')).toEqual([
      expect.objectContaining({ at: NOW, tab: null, channel: 'call' }),
    ]);
    await expect.element(page.getByRole('timer')).toBeVisible();
    // There is one already: C starts no second one.
    await userEvent.keyboard('c');
    expect(background.calls('callStart')).toHaveLength(1);
  });

  test('on a page of a meeting it is one', async () => {
    background.context = { ...context, page: 'meeting', messages: [] };
    await open(background);
    await press('Call');
    await soon(() => expect(background.calls('callStart')[0]?.channel).toBe('meeting'));
  });

  test('what the page offers is proposed, taken with C or waved away', async () => {
    const proposal = {
      ...{ channel: 'meeting' as const, subject: 'Weekly with Moss', number: '', tab: 9 },
      ...{ url: 'https://meet.example/abc', customer: halden },
    };
    background.calling = callsView({ proposal });
    const { place } = await open(background);
    const offer = page.getByRole('region', { name: 'Call', exact: true });
    await expectText(offer, 'You seem to be in a meeting: Weekly with Moss. Halden Foods');
    await expectAccessible(place);
    await press('Not now');
    await expect.poll(() => background.calls('callProposalAway').length).toBe(1);
    await expect.poll(() => offer.elements().length).toBe(0);

    background.calling = callsView({
      proposal: { ...proposal, channel: 'call', subject: '', number: '+41 44 000 00 00' },
    });
    background.tell({ event: 'calls' });
    await expectText(offer, 'You seem to be calling +41 44 000 00 00.');
    await userEvent.keyboard('c');
    await soon(() =>
      expect(background.calls('callStart')[0]).toMatchObject({
        ...{ proposed: true, tab: 9, channel: 'call' },
      }),
    );
  });

  test('what could not be started is said', async () => {
    background.failures.set('callStart', { code: 'disk-full', message: '' });
    const { place } = await open(background);
    await userEvent.keyboard('c');
    await soon(() => expect(place.textContent).toContain('Could not save: the disk is full.'));
  });
});

describe('while a call runs', () => {
  test('a key is a tag at the key’s moment, spoken with its time', async () => {
    background.calling = callsView({ running: running() });
    // It is dealt with half a minute after the press.
    background.steady = performance.now() + 30_000;
    const { place } = await open(background);
    expect(one(place, '[role=timer]').textContent).toBe('1:01');
    await userEvent.keyboard('8');
    await expectText(status(), /Risk at 0:3\d\./);
    const [asked] = background.calls('callTag');
    expect(asked).toMatchObject({ tag: 'risk', call: sampleCall(0).id });
    expect(asked?.at).toBeGreaterThan(NOW - 30_000);
    expect(asked?.at).toBeLessThan(NOW - 20_000);
    expect(place.textContent).toContain('Risk');
    await expectAccessible(place);
  });

  test('0 dates the next one back, Backspace takes the last back', async () => {
    background.calling = callsView({ running: running() });
    await open(background);
    await userEvent.keyboard('0');
    await expectText(status(), 'The next tag is 10 seconds ago.');
    await userEvent.keyboard('2');
    await expect.poll(() => background.calls('callTag')[0]?.before).toBe(10_000);
    await userEvent.keyboard('3');
    await expect.poll(() => background.calls('callTag')[1]?.tag).toBe('praise');
    expect(background.calls('callTag')[1]?.before).toBeUndefined();
    await settled();
    await userEvent.keyboard('{Backspace}');
    await expectText(status(), /Taken back: Praise at/);
    expect(background.calls('callTagEdit')).toEqual([
      { id: expect.any(String), patch: { deleted: true } },
    ]);
  });

  test('nothing is tagged while somebody types, nor where keys are switched off', async () => {
    background.calling = callsView({ running: running() });
    await open(background);
    await userEvent.keyboard('n');
    await soon(() => expect(document.activeElement?.tagName).toBe('TEXTAREA'));
    await userEvent.keyboard('2 pallets');
    expect(background.calls('callTag')).toEqual([]);
    await userEvent.keyboard('{Escape}');
    const { settings } = background.calling;
    background.calling = { ...background.calling, settings: { ...settings, keys: false } };
    background.tell({ event: 'calls' });
    await settled();
    await userEvent.keyboard('2');
    await settled();
    expect(background.calls('callTag')).toEqual([]);
    await press('Risk');
    await expect.poll(() => background.calls('callTag').length).toBe(1);
  });

  test('remapped keys count, and stand in the list of keys', async () => {
    const base = callsView({ running: running() });
    const remapped = { risk: 'x' };
    background.calling = { ...base, settings: { ...base.settings, remapped } };
    const { place } = await open(background);
    await userEvent.keyboard('8');
    await userEvent.keyboard('x');
    await expect.poll(() => background.calls('callTag').map(({ tag }) => tag)).toEqual(['risk']);
    await userEvent.keyboard('?');
    await soon(() => expect(place.textContent).toContain('While a call runs'));
    expect(place.textContent).toContain('Start a call, to tag it while you talk');
    const rows = [...place.querySelectorAll('.s-keys > div')].map((row) => row.textContent);
    expect(rows.some((text) => text?.startsWith('X') && text.includes('Risk'))).toBe(true);
  });

  test('paused, gone on with, hung up; then it can be wrapped up', async () => {
    background.calling = callsView({ running: running() });
    const { place } = await open(background);
    await press('Pause');
    await expectText(status(), 'The call’s clock stands.');
    await press('Go on');
    await expectText(status(), 'The call goes on.');
    await press('Bar');
    expect(background.calls('callWindow')).toEqual([{}]);
    await press('Hang up');
    await soon(() => expect(place.textContent).toContain('The call is over.'));
    await press('Wrap it up');
    expect(background.calls('callWindow')).toHaveLength(2);
    await expectAccessible(place);
  });

  test('a clock that is set back is told at once; one that jumps forward is asked about', async () => {
    background.calling = callsView({ running: running() });
    background.steady = 1_000;
    const { place } = await open(background);
    await settled();
    background.time = NOW - 3_600_000;
    await expect
      .poll(() => background.calls('callClockSet'), { timeout: 5_000 })
      .toEqual([{ call: sampleCall(0).id, at: NOW, by: -3_600_000 }]);
    await expect.poll(() => one(place, '[role=timer]').textContent).toBe('1:01');
    background.time = NOW - 3_600_000 + 42 * 60_000;
    await soon(() => expect(place.textContent).toContain('slept or its clock was set: 42:00.'));
    expect(background.calls('callClockSet')).toHaveLength(1);
    await expectAccessible(place);
    await press('It was the clock');
    await expect.poll(() => background.calls('callClockSet')[1]?.by).toBe(42 * 60_000);
    await expect.poll(() => place.textContent).not.toContain('slept');
  });
});

test('tags that wait are a line that opens them', async () => {
  background.calling = callsView({ waiting: 3 });
  await open(background);
  await expect.element(page.getByText('3 tags of calls wait')).toBeVisible();
  await press('Show');
  expect(background.calls('callPage')).toEqual([{ call: null, waiting: true }]);
});

test.each([
  [280, 'light'],
  [280, 'dark'],
  [360, 'light'],
])('at %i px, %s, nothing stands out and axe finds nothing', async (width, scheme) => {
  document.documentElement.style.colorScheme = scheme;
  background.calling = callsView({
    running: running({ subject: 'Donaudampfschifffahrtsgesellschaftskapitän', customer: null }),
  });
  const { place } = await open(background, width);
  await userEvent.keyboard('5');
  await soon(() => expect(place.textContent).toContain(say.undo));
  await expectAccessible(place);
  const edge = place.getBoundingClientRect().right + 1;
  const out = [...place.querySelectorAll('.s-call *')].filter(
    (each) => each.getBoundingClientRect().right > edge,
  );
  expect(out.map((each) => `${each.className} ${each.textContent}`)).toEqual([]);
  const small = [...place.querySelectorAll('.s-call button')].filter((each) => {
    const { width: wide, height } = each.getBoundingClientRect();
    return wide < 24 || height < 24;
  });
  expect(small).toEqual([]);
});
