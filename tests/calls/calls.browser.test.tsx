// The page of calls: the list, one call with its tags, what waits.
import { beforeEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { say } from '../../src/extension/calls/words.ts';
import { sampleId } from '../sidebar/samples.ts';
import { expectAccessible, one, soon } from '../ui/draw.ts';
import { FakeCalls } from './fake-calls.ts';
import { open } from './open.tsx';
import { BEGAN, sampleCall, sampleTag } from './samples.ts';

let background: FakeCalls;

beforeEach(async () => {
  await page.viewport(1024, 900);
  background = new FakeCalls();
  background.list = [0, 1, 2].map((n) => sampleCall(n));
});

const call = sampleCall(0);
const href = `#/call/${call.id}`;
const tagged = (count: number) => {
  background.tags = Array.from({ length: count }, (_, n) => sampleTag(call, n));
};
const field = (name: string | RegExp) => page.getByLabelText(name, { exact: true });
const press = (name: string) => userEvent.click(page.getByRole('button', { name, exact: true }));
const list = () => page.getByRole('listbox', { name: 'Tags' }).element() as HTMLElement;
const times = (root: Element) =>
  [...root.querySelectorAll<HTMLElement>('.k-tag')]
    .sort((a, b) => Number(a.ariaPosInSet) - Number(b.ariaPosInSet))
    .map((it) => one(it, '.k-tag-time').textContent);
const undo = (root: Element) => soon(() => one<HTMLButtonElement>(root, '.u-undo button'));

describe('the list', () => {
  test('says of each call whose it was, when, how long, and what waits', async () => {
    tagged(4);
    const { root } = await open(background);
    const [first] = root.querySelectorAll('.k-calls li');
    expect(first?.textContent).toContain('Halden Foods');
    expect(first?.textContent).toContain('Moss: what comes after phase 1');
    expect(first?.textContent).toContain('31:00 · 4 tags · 4 wait');
    expect(one<HTMLAnchorElement>(root, '.k-calls a').getAttribute('href')).toBe(href);
    expect(one(root, 'nav').textContent).toContain('Waiting · 4');
    await expectAccessible(root);
  });

  test('before the first call it says how to start, and what else there is', async () => {
    background.list = [];
    const { root } = await open(background);
    expect(root.textContent).toContain('No call yet. Start one in the sidebar');
    expect(root.querySelector('input[type=search]')).toBeNull();
    await expectAccessible(root);
  });

  test('search looks through all calls, those that are not loaded yet too', async () => {
    background.page = 5;
    background.list = Array.from({ length: 23 }, (_, n) => sampleCall(n));
    const { root } = await open(background);
    expect(root.querySelectorAll('.k-calls li')).toHaveLength(5);
    await press(say.more);
    await soon(() => expect(root.querySelectorAll('.k-calls li')).toHaveLength(10));
    await userEvent.fill(field(say.search), 'PHASE 22');
    await soon(() => expect(root.querySelectorAll('.k-calls li')).toHaveLength(1));
    expect(one(root, '.k-calls li').textContent).toContain('phase 22');
    await userEvent.fill(field(say.search), 'nobody at all');
    await soon(() => expect(root.textContent).toContain('No call fits “nobody at all”.'));
  });

  test('what goes wrong is said, and asked again', async () => {
    background.failures.set('callList', { code: 'storage', message: 'The database is closed.' });
    const { root } = await open(background);
    await soon(() => expect(root.textContent).toContain('The database is closed.'));
    background.failures.clear();
    await press(say.again);
    await soon(() => expect(root.querySelectorAll('.k-calls li')).toHaveLength(3));
  });

  test('a call that begins elsewhere comes in by itself', async () => {
    const { root } = await open(background);
    background.list = [sampleCall(0, { id: sampleId(7), subject: 'Just now' }), ...background.list];
    background.tell();
    await soon(() => expect(root.textContent).toContain('Just now'));
  });
});

describe('one call', () => {
  test('is opened by its address, also by its bare id; one that is gone says so', async () => {
    const { root, go } = await open(background, `#${call.id}`);
    await soon(() => expect(one(root, 'h1').textContent).toBe(call.subject));
    go('#/call/0195a000-0000-7000-8000-00000000dead');
    await soon(() => expect(root.textContent).toContain(say.gone));
    go('#/');
    await soon(() => expect(one(root, 'h1').textContent).toBe('Calls'));
    expect(document.activeElement?.tagName).toBe('MAIN');
  });

  test('what it was is saved field by field, and taken back in its place', async () => {
    const { root } = await open(background, href);
    await userEvent.fill(field('Subject'), 'Alarms at weekends');
    await userEvent.keyboard('{Enter}');
    await soon(() => expect(background.callOf(call.id).subject).toBe('Alarms at weekends'));
    await userEvent.click(await undo(root));
    await soon(() => expect(background.callOf(call.id).subject).toBe(call.subject));

    await userEvent.fill(field(/^Who took part/), 'Sample Lee <lee@halden.example>\nSample Kim');
    await userEvent.keyboard('{Tab}');
    await soon(() =>
      expect(background.callOf(call.id).participants).toEqual([
        { name: 'Sample Lee', address: 'lee@halden.example' },
        { name: 'Sample Kim', address: '' },
      ]),
    );
    await userEvent.fill(field('Customer'), 'Sample Log');
    await userEvent.click(page.getByRole('option', { name: 'Sample Logistics' }));
    await soon(() => expect(background.callOf(call.id).customer?.name).toBe('Sample Logistics'));
    await userEvent.selectOptions(field('How satisfied they seemed'), '4 of 5');
    await soon(() => expect(background.callOf(call.id).seemed).toBe(4));
    await expectAccessible(root);
  });

  test('a call without a customer gets one a day later', async () => {
    background.change(call.id, { customer: null });
    const { root } = await open(background, href);
    await userEvent.fill(field('Customer'), 'Sample Bakery');
    await userEvent.keyboard('{Enter}');
    await soon(() => expect(background.callOf(call.id).customer?.name).toBe('Sample Bakery'));
    expect(root.textContent).toContain('Changed.');
  });

  test('its times are mended to the second', async () => {
    await open(background, href);
    const began = one<HTMLInputElement>(document.body, 'input[type=datetime-local]');
    const local = began.value;
    await userEvent.fill(began, `${local.slice(0, 16)}:30`);
    await userEvent.click(field('Subject'));
    await soon(() => expect(background.callOf(call.id).clock.startedAt).toBe(BEGAN + 30_000));
  });

  test('what could not be saved is said, and stays in the field', async () => {
    const { root } = await open(background, href);
    background.failures.set('callChange', { code: 'disk-full', message: '' });
    await userEvent.fill(field('Subject'), 'Alarms');
    await userEvent.keyboard('{Enter}');
    await soon(() => expect(root.textContent).toContain('Could not save: the disk is full.'));
    await expect.element(field('Subject')).toHaveValue('Alarms');
    await expectAccessible(root);
    background.failures.clear();
    await userEvent.keyboard('{Enter}');
    await soon(() => expect(background.callOf(call.id).subject).toBe('Alarms'));
  });

  test('what is being typed when the page is closed is saved', async () => {
    await open(background, href);
    await userEvent.fill(field('Subject'), 'Alarms');
    dispatchEvent(new PageTransitionEvent('pagehide'));
    await soon(() => expect(background.callOf(call.id).subject).toBe('Alarms'));
  });

  test('what is typed on while the first words are being saved goes on from them', async () => {
    await open(background, href);
    let go = () => {};
    const { call: ask } = background.client;
    const slow = new Promise<void>((done) => {
      go = done;
    });
    background.client.call = (async (...asked: Parameters<typeof ask>) => {
      if (asked[0] === 'callChange') await slow;
      return ask(...asked);
    }) as typeof ask;
    await userEvent.fill(field('Subject'), 'Alarms');
    await userEvent.keyboard('{Enter} at night');
    go();
    await expect.element(field('Subject')).toHaveValue('Alarms at night');
    await userEvent.keyboard('{Enter}');
    await soon(() => expect(background.callOf(call.id).subject).toBe('Alarms at night'));
  });

  test('the whole call is taken back and brought back', async () => {
    const { root } = await open(background, href);
    await press(say.remove);
    await soon(() => expect(background.list).toHaveLength(2));
    await userEvent.click(await undo(root));
    await soon(() => expect(background.list).toHaveLength(3));
  });

  test('one that runs has a clock that goes, and is hung up', async () => {
    const clock = { startedAt: background.time - 61_000, pauses: [], endedAt: null };
    background.change(call.id, { state: 'running', clock });
    const { root } = await open(background, href);
    expect(one(root, '[role=timer]').textContent).toBe('1:01');
    background.time += 5_000;
    await soon(() => expect(one(root, '[role=timer]').textContent).toBe('1:06'));
    await press(say.hangUp);
    await soon(() => expect(background.callOf(call.id).state).toBe('ended'));
  });
});

describe('tags', () => {
  test('by keyboard alone: choose, go to the time, move it, take back, undo', async () => {
    tagged(5);
    const { root } = await open(background, href);
    list().focus();
    await userEvent.keyboard('{ArrowDown}{Enter}');
    expect((document.activeElement as HTMLInputElement).value).toBe('0:10');
    await userEvent.keyboard('{ArrowUp}');
    await soon(() => expect(background.tagOf(sampleId(0x70001)).offset).toBe(11_000));
    await userEvent.keyboard('{Shift>}{ArrowUp}{/Shift}');
    await soon(() => expect(background.tagOf(sampleId(0x70001)).offset).toBe(21_000));
    await userEvent.keyboard('{Alt>}{ArrowDown}{/Alt}');
    await soon(() => expect(background.tagOf(sampleId(0x70001)).offset).toBe(20_900));
    // It has its new place in the list, and is still the chosen one.
    expect(times(root)).toEqual(['0:05', '0:15', '0:20', '0:20', '0:25']);
    expect(one(root, '[aria-selected=true]').id).toBe(`k-tag-${sampleId(0x70001)}`);
    await userEvent.keyboard('{Escape}');
    expect(document.activeElement).toBe(list());
    await userEvent.keyboard('{Delete}');
    await soon(() => expect(background.tagOf(sampleId(0x70001)).deleted).toBe(true));
    await soon(() => expect(times(root)).toHaveLength(4));
    expect(document.activeElement).toBe(list());
    await userEvent.click(await undo(root));
    await soon(() => expect(times(root)).toHaveLength(5));
  });

  test('a typed time is taken with Enter; what is no time stays and is said', async () => {
    tagged(3);
    const { root } = await open(background, href);
    await userEvent.click(one(root, '.k-tag'));
    await userEvent.fill(field('Time'), '1:02:03,5');
    await userEvent.keyboard('{Enter}');
    await soon(() => expect(background.tagOf(sampleId(0x70000)).offset).toBe(3_723_500));
    expect(root.textContent).toContain('Now at 1:02:03.5.');
    await userEvent.click(await undo(root));
    await soon(() => expect(background.tagOf(sampleId(0x70000)).offset).toBe(5_000));
    await userEvent.fill(field('Time'), 'noon');
    await userEvent.keyboard('{Enter}');
    expect((field('Time').element() as HTMLInputElement).value).toBe('noon');
    expect(root.textContent).toContain('Write minutes and seconds, like 12:04.');
    expect(background.tagOf(sampleId(0x70000)).offset).toBe(5_000);
    await expectAccessible(root);
  });

  test('while it runs a tag is set to now', async () => {
    tagged(2);
    const clock = { startedAt: background.time - 600_000, pauses: [], endedAt: null };
    background.change(call.id, { state: 'running', clock, correction: 2_000 });
    const { root } = await open(background, href);
    await userEvent.click(one(root, '.k-tag'));
    await press(say.toNow);
    await soon(() => expect(background.tagOf(sampleId(0x70000)).offset).toBe(602_000));
  });

  test('its tag, its words and how long it was held are changed', async () => {
    tagged(2);
    const { root } = await open(background, href);
    await userEvent.click(one(root, '.k-tag'));
    await userEvent.selectOptions(field('Tag'), 'Risk');
    await soon(() => expect(background.tagOf(sampleId(0x70000)).tag).toBe('risk'));
    await userEvent.fill(field('Words'), '<b>may move away</b>');
    await userEvent.keyboard('{Enter}');
    await soon(() => expect(background.tagOf(sampleId(0x70000)).text).toContain('may move'));
    expect(root.querySelector('b')).toBeNull();
    await userEvent.fill(field('Held for'), '0:08');
    await userEvent.keyboard('{Enter}');
    await soon(() => expect(background.tagOf(sampleId(0x70000)).span).toBe(8_000));
    await userEvent.fill(field('Held for'), 'long');
    await userEvent.keyboard('{Enter}');
    await soon(() => expect(root.textContent).toContain(say.badLength));
    expect(background.tagOf(sampleId(0x70000)).span).toBe(8_000);
  });

  test('all are moved together, after a look at what would come of it', async () => {
    tagged(3);
    const { root } = await open(background, href);
    await userEvent.fill(field(say.shiftBy), '-0:07');
    expect(root.textContent).toContain('0:05 → −0:02');
    expect(root.textContent).toContain('0:15 → 0:08');
    expect(root.textContent).toContain('One tag would come before the beginning.');
    await expectAccessible(root);
    await press(say.apply);
    await soon(() => expect(background.callOf(call.id).shift).toBe(-7_000));
    await soon(() => expect(times(root)).toEqual(['−0:02', '0:03', '0:08']));
    await userEvent.click(await undo(root));
    await soon(() => expect(times(root)).toEqual(['0:05', '0:10', '0:15']));
  });

  test('all are lined up by one whose moment in the recording is known', async () => {
    tagged(3);
    const { root } = await open(background, href);
    await userEvent.click(one(root, '.k-tag:nth-child(2)'));
    await userEvent.fill(field('Time'), '1:10');
    await press(say.shiftSo);
    await soon(() => expect(background.callOf(call.id).shift).toBe(60_000));
    expect(times(root)).toEqual(['1:05', '1:10', '1:15']);
    expect(background.calls('callTagEdit')).toEqual([]);
  });

  test('2,000 tags: only those in sight are drawn, and the keys reach all', async () => {
    tagged(2_000);
    const { root } = await open(background, href);
    expect(root.querySelectorAll('.k-tag').length).toBeLessThan(60);
    list().focus();
    await userEvent.keyboard('{End}');
    await soon(() => expect(one(root, '[aria-selected=true]').ariaPosInSet).toBe('2000'));
    expect(one(root, '[aria-selected=true] .k-tag-time').textContent).toBe('2:46:40');
    const { bottom } = list().getBoundingClientRect();
    expect(one(root, '[aria-selected=true]').getBoundingClientRect().bottom).toBeLessThanOrEqual(
      bottom + 1,
    );
    await userEvent.keyboard('{PageUp}{Home}');
    await soon(() => expect(one(root, '[aria-selected=true]').ariaPosInSet).toBe('1'));
    expect(list().scrollTop).toBe(0);
    expect(root.querySelectorAll('.k-tag').length).toBeLessThan(60);
    await expectAccessible(root);
  });
});

describe('what waits', () => {
  /** The row of a tag, by what it is called. */
  const row = (name: string) =>
    page.getByRole('button', { name, exact: false }).first().element() as HTMLElement;
  const rows = (root: Element) => root.querySelectorAll('.k-waiting .w-tag');

  test('becomes a promise with its date, or is ticked off, and both can be undone', async () => {
    background.tags = [
      sampleTag(call, 0, { tag: 'promise-ours', text: 'send the certificates' }),
      sampleTag(call, 1, { tag: 'praise', text: '' }),
      sampleTag(call, 2, { handled: true }),
    ];
    const { root } = await open(background, '#/waiting');
    expect(rows(root)).toHaveLength(2);
    // Nothing is open before somebody goes there.
    expect(root.querySelector('.w-work')).toBeNull();
    row('0:05').focus();
    await userEvent.keyboard('p');
    await userEvent.click(page.getByText('Another day'));
    await userEvent.fill(page.getByRole('textbox', { name: 'Another day' }), '2027-03-12');
    await expectAccessible(root);
    await userEvent.click(page.getByRole('button', { name: 'Keep the promise' }));
    await soon(() =>
      expect(background.calls('wrapTag')).toEqual([
        expect.objectContaining({
          ...{ becomes: 'promise', text: 'send the certificates', due: '2027-03-12', by: 'us' },
        }),
      ]),
    );
    await soon(() => expect(root.textContent).toContain('Now a promise'));
    await press('Undo: Our promise at 0:05');
    await soon(() => expect(background.tagOf(sampleId(0x70000)).handled).toBe(false));
    row('0:10').focus();
    await userEvent.keyboard('x');
    await soon(() => expect(background.tagOf(sampleId(0x70001)).handled).toBe(true));
    await soon(() => expect(one(root, 'nav').textContent).toContain('Waiting'));
  });

  test('confirms what was only supposed about the customer, with C', async () => {
    const [supposed, probe] = [sampleId(0x81), sampleId(0x82)];
    background.open = [
      {
        ...{ expectation: supposed, statement: 'Papers on Mondays', stage: 'asked' },
        probe: { id: probe, question: 'Which day suits you?' },
      },
    ];
    background.tags = [sampleTag(call, 0, { text: 'Mondays, always' })];
    const { root } = await open(background, '#/waiting');
    row('0:05').focus();
    await soon(() => expect(background.calls('wrapUp')).toHaveLength(1));
    await userEvent.keyboard('c');
    await soon(() => expect(root.textContent).toContain('Papers on Mondays'));
    await expectAccessible(root);
    await userEvent.keyboard('n1');
    await soon(() =>
      expect(background.calls('wrapTag')).toEqual([
        expect.objectContaining({
          becomes: 'confirms',
          confirms: { expectation: supposed, probe, says: 'refuted' },
        }),
      ]),
    );
    await soon(() => expect(root.textContent).toContain('Refuted'));
  });

  test('letters do nothing where single keys are switched off; the buttons do', async () => {
    background.view = { ...background.view };
    background.view.settings = { ...background.view.settings, keys: false };
    background.tags = [sampleTag(call, 0, { tag: 'praise', text: 'quick' })];
    const { root } = await open(background, '#/waiting');
    row('0:05').focus();
    await userEvent.keyboard('x');
    expect(background.calls('wrapTag')).toEqual([]);
    expect(root.querySelector('.k-waiting .u-key')).toBeNull();
    await press('Done');
    await soon(() => expect(background.calls('wrapTag')).toHaveLength(1));
  });

  test('what is refused waits again, and says why', async () => {
    background.tags = [sampleTag(call, 0, { tag: 'praise', text: 'quick' })];
    background.failures.set('wrapTag', { code: 'storage', message: 'The disk is full.' });
    const { root } = await open(background, '#/waiting');
    row('0:05').focus();
    await userEvent.keyboard('x');
    await soon(() => expect(root.textContent).toContain('The disk is full.'));
    expect(one(root, '.w-tag').dataset.handled).toBe('false');
  });

  test('stands with its call, too, and can be undone there after it was dealt with', async () => {
    tagged(85);
    background.list = background.list.slice(0, 1);
    const { root } = await open(background, href);
    expect(rows(root)).toHaveLength(60);
    await press('Show 25 more');
    expect(rows(root)).toHaveLength(85);
    const third = one(root, '.k-waiting .w-tag:nth-child(3) .w-line');
    third.focus();
    await userEvent.keyboard('x');
    await soon(() => expect(background.tagOf(sampleId(0x70002)).handled).toBe(true));
    background.tell();
    await soon(() => expect(one(root, 'nav').textContent).toContain('84'));
    expect(rows(root)).toHaveLength(85);
    await press('Undo: Praise at 0:15');
    await soon(() => expect(background.tagOf(sampleId(0x70002)).handled).toBe(false));
    await expectAccessible(root);
  });

  test('a tag without words asks for some, and words that are typed are stored', async () => {
    background.tags = [sampleTag(call, 0, { text: '' })];
    const { root } = await open(background, '#/waiting');
    row('0:05').focus();
    await userEvent.keyboard('e');
    await soon(() => expect(root.textContent).toContain('Write a few words first'));
    expect(background.calls('wrapTag')).toEqual([]);
    await userEvent.keyboard('call on Mondays{Enter}');
    await soon(() =>
      expect(background.calls('wrapTag')).toEqual([
        expect.objectContaining({ becomes: 'expectation', text: 'call on Mondays' }),
      ]),
    );
    expect(background.calls('callTagEdit')).toEqual([
      { id: background.tags[0]?.id, patch: { text: 'call on Mondays' } },
    ]);
  });

  test('nothing: says how something would come here', async () => {
    const { root } = await open(background, '#/waiting');
    expect(root.textContent).toContain(say.nothingWaits);
    await expectAccessible(root);
  });
});
