// What the sidebar says of each kind of page, of doubtful senders, and of what must not be read.
import { beforeEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { AddressWarning, ContextMessage } from '../../src/extension/messages/views.ts';
import { plain, plainDomain } from '../../src/extension/sidebar/plain.ts';
import { FakeBackground } from './fake-background.ts';
import { expectText, open, settled } from './open.tsx';
import { context, message, nobody, sampleDraft } from './samples.ts';

let background: FakeBackground;
beforeEach(() => {
  background = new FakeBackground();
});

const noGuess = { customer: nobody, contact: nobody, project: nobody };
const nothing = { ...context, messages: [], subject: '', guess: noGuess };
const region = () => page.getByRole('region', { name: 'This page' });

function shown(n: number, patch: Partial<ContextMessage> = {}): ContextMessage {
  return {
    ...message,
    from: { name: `Sample Sender ${n}`, address: `sender${n}@halden.example` },
    keys: [`mid:${n}@halden.example`],
    warnings: [],
    interaction: null,
    logged: false,
    probably: false,
    ...patch,
  };
}

describe('kinds of pages', () => {
  test('a record shows its name, type, company and people, and how the customer was found', async () => {
    background.context = {
      ...nothing,
      page: 'record',
      record: {
        type: 'Deal',
        id: '42',
        name: 'Cold store Moss, phase 2',
        company: 'Halden Foods',
        people: [{ name: 'Sample Person', address: 'sample.person@halden.example' }],
      },
      guess: { ...noGuess, customer: { ...context.guess.customer, reason: 'by the deal' } },
    };
    await open(background);
    await expect
      .element(page.getByRole('heading', { name: 'Cold store Moss, phase 2' }))
      .toBeVisible();
    await expectText(region(), /Deal · Halden Foods/);
    await expectText(region(), /People Sample Person/);
    await expectText(region(), /Customer Halden Foods by the deal/);
    expect(page.getByText(/shows no mail/).elements()).toHaveLength(0);
  });

  test.each([
    ['meeting', /^A meeting: Weekly sample\. What you hear goes into a note/],
    ['list', /^This is a list\. Open a mail to see its marks, or write a note/],
    ['message', /^No mail is open here\. Open one/],
    ['other', /^This page shows no mail\. You can still select words/],
  ] as const)('%s', async (kind, words) => {
    background.context = { ...nothing, page: kind, title: 'Weekly sample' };
    await open(background);
    await expectText(region(), words);
  });

  test('a collapsed message is listed, and nobody is offered to log what is not read', async () => {
    background.context = {
      ...context,
      page: 'thread',
      messages: [shown(1, { shown: 'collapsed' }), shown(2), shown(3, { shown: 'clipped' })],
    };
    const { place } = await open(background);
    const items = [...place.querySelectorAll('.s-thread > li')];
    expect(items.map((item) => /open it to read it/.test(item.textContent))).toEqual([
      true,
      false,
      false,
    ]);
    expect(items[2]?.textContent).toContain('The page shows only its beginning');
    await expect
      .element(page.getByRole('button', { name: 'Log the mail of Sample Sender 2' }))
      .toBeVisible();
    const ofFirst = page.getByRole('button', { name: 'Log the mail of Sample Sender 1' });
    expect(ofFirst.elements()).toHaveLength(0);
  });

  test('where all are collapsed, M logs nothing', async () => {
    background.context = { ...context, messages: [shown(1, { shown: 'collapsed' })] };
    await open(background);
    await userEvent.keyboard('m');
    await settled();
    expect(background.calls('newDraft')).toEqual([]);
  });

  test('a site that has changed its pages is said, in the list and in the card', async () => {
    background.context = { ...context, changed: 'Gmail' };
    await open(background);
    const words = page.getByText(
      'Gmail’s pages have changed: this page is read roughly until it is mended. Check what is filled in.',
    );
    await expect.element(words).toBeVisible();
    background.tell({ event: 'draft', tab: 7, draft: sampleDraft() });
    await settled();
    await expect.element(words).toBeVisible();
  });
});

describe('doubtful senders', () => {
  const address = 'invoice@brіghtwater.example';
  const cases: [string, AddressWarning, RegExp][] = [
    [
      'looks like another',
      { kind: 'look-alike', address, like: 'Brightwater (brightwater.example)' },
      /not that of \u2068Brightwater \(brightwater\.example\)\u2069\. It only looks like it: invoice@brіghtwater\.example \(in plain letters xn--/,
    ],
    [
      'mixes alphabets',
      { kind: 'mixed-scripts', address, domain: 'brіghtwater.example' },
      /mixes letters of several alphabets/,
    ],
    [
      'is turned round',
      { kind: 'turned-round', address: 'a@\u202Eelpmaxe.tuo' },
      /turn the letters of this sender round\. The address really is: a@elpmaxe\.tuo/,
    ],
    [
      'shows another',
      { kind: 'other-address', address: 'x@else.example', shown: 'boss@brightwater.example' },
      /The name shows \u2068boss@brightwater\.example\u2069, but the mail comes from: x@else\.example/,
    ],
  ];

  test.each(cases)('%s: said at the sender, and on the card', async (_, warning, words) => {
    background.context = { ...context, messages: [shown(1, { warnings: [warning] })] };
    const { place } = await open(background);
    const line = () => place.querySelector('.s-warning');
    await expect.poll(() => line()?.textContent).toMatch(words);
    expect(line()?.querySelector('svg')).not.toBeNull();
    const [shownHere] = background.context.messages;
    if (!shownHere) throw new Error('there is a message');
    background.tell({ event: 'draft', tab: 7, draft: sampleDraft({ message: shownHere }) });
    await settled();
    await expect.poll(() => line()?.textContent).toMatch(words);
  });

  test('one that looks like another by its letters is said once', async () => {
    const [alike, mixed, , other] = cases.map(([, warning]) => warning);
    if (!alike || !mixed || !other) throw new Error('there are cases');
    background.context = { ...context, messages: [shown(1, { warnings: [alike, mixed, other] })] };
    const { place } = await open(background);
    expect(place.querySelectorAll('.s-warning')).toHaveLength(2);
    expect(place.textContent).not.toContain('several alphabets');
  });

  test('in a thread it stands at the message it is about', async () => {
    const warning = cases[3]?.[1];
    if (!warning) throw new Error('there is a case');
    background.context = {
      ...context,
      messages: [shown(1), shown(2, { warnings: [warning] })],
    };
    const { place } = await open(background);
    const items = [...place.querySelectorAll('.s-thread > li')];
    expect(items.map((item) => item.querySelector('.s-warning') !== null)).toEqual([false, true]);
  });

  test('a name cannot turn what stands beside it round', async () => {
    const from = { name: 'Sample\u202E\u2067 nosreP', address: 'sample@halden.example' };
    background.context = { ...context, messages: [shown(1, { from })], subject: 'A\u202Eb' };
    const { place } = await open(background);
    expect(place.textContent).toContain('Sample nosreP');
    expect(place.textContent).not.toMatch(/[\u202A-\u202E\u2066-\u2067]/);
  });

  test('plain letters', () => {
    expect(plain('a\u0000b\tc\u202Ed\u200Be')).toBe('ab cde');
    expect(plain('\u0645\u06CC\u200C\u062E')).toBe('\u0645\u06CC\u200C\u062E');
    expect(plainDomain('x@brightwater.example')).toBeNull();
    expect(plainDomain('x@b\u0456g.example')).toBe('xn--bg-hoc.example');
    expect(plainDomain('x@ /?#é')).toBeNull();
  });
});

describe('the never-log list', () => {
  test('such a mail is said, and nothing is offered for it', async () => {
    background.context = { ...nothing, page: 'message', title: '', never: 1 };
    await open(background);
    await expectText(
      region(),
      /^This mail is on your never-log list\. Nothing is read or stored\./,
    );
    expect(page.getByRole('button', { name: 'Log this mail' }).elements()).toHaveLength(0);
    await userEvent.keyboard('m');
    await settled();
    expect(background.calls('newDraft')).toEqual([]);
    await userEvent.click(page.getByRole('button', { name: 'Show the list' }));
    expect(background.calls('openOptions')).toEqual([{ hash: 'never' }]);
  });

  test('other mails beside it go on as usual', async () => {
    background.context = { ...context, never: 2 };
    await open(background);
    await expectText(region(), /2 mails here are on your never-log list/);
    await expect.element(page.getByRole('button', { name: 'Log this mail' })).toBeVisible();
  });

  test('a sender or a domain is put on it by keys alone, and taken off again', async () => {
    background.never = ['payroll.*'];
    await open(background);
    const ask = page.getByRole('button', { name: 'Never log…' });
    (ask.element() as HTMLElement).focus();
    await userEvent.keyboard('{Enter}');
    await userEvent.tab();
    await expect
      .element(page.getByRole('button', { name: 'This address sample.person@halden.example' }))
      .toHaveFocus();
    await userEvent.tab();
    await userEvent.keyboard('{Enter}');
    await settled();
    expect(background.never).toEqual(['payroll.*', 'halden.example']);
    await expect.element(page.getByRole('button', { name: 'Undo' })).toHaveFocus();
    background.context = { ...nothing, page: 'message', title: '', never: 1 };
    background.tell({ event: 'context', tab: 7, context: background.context });
    await settled();
    await expect.element(page.getByText('Never logged: halden.example.').first()).toBeVisible();
    background.never = [...background.never, 'hr@sample.example'];
    await userEvent.click(page.getByRole('button', { name: 'Undo' }));
    await settled();
    expect(background.never).toEqual(['payroll.*', 'hr@sample.example']);
  });

  test('Escape closes the choice and goes back to its button', async () => {
    await open(background);
    const ask = page.getByRole('button', { name: 'Never log…' });
    await userEvent.click(ask);
    await userEvent.tab();
    await userEvent.keyboard('{Escape}');
    await expect.element(ask).toHaveFocus();
    await expect.element(ask).toHaveAttribute('aria-expanded', 'false');
    expect(background.calls('setNeverLog')).toEqual([]);
  });

  test('undone, the focus is where it was asked', async () => {
    await open(background);
    const ask = page.getByRole('button', { name: 'Never log…' });
    await userEvent.click(ask);
    await userEvent.click(page.getByRole('button', { name: /^This address/ }));
    await settled();
    await userEvent.keyboard('{Enter}');
    await expect.element(ask).toHaveFocus();
    expect(background.never).toEqual([]);
  });

  test('a whole provider of mailboxes is not offered; of our own mails, whom they went to is', async () => {
    const from = { name: 'Us', address: 'us@brightwater.example' };
    const to = [{ name: 'Sample', address: 'Sample.Private@Gmail.com' }];
    background.context = { ...context, messages: [shown(1, { sentBy: 'us', from, to })] };
    const { place } = await open(background);
    await userEvent.click(page.getByRole('button', { name: 'Never log…' }));
    const offered = [...place.querySelectorAll('.s-never-choices bdi')].map(
      (each) => each.textContent,
    );
    expect(offered).toEqual(['sample.private@gmail.com']);
  });

  test('a list that cannot be written is said', async () => {
    await open(background);
    background.failures.set('setNeverLog', { code: 'storage', message: 'The disk is full.' });
    await userEvent.click(page.getByRole('button', { name: 'Never log…' }));
    await userEvent.click(page.getByRole('button', { name: /^Everyone at/ }));
    await settled();
    await expect.element(page.getByRole('alert')).toBeVisible();
    expect(page.getByRole('button', { name: 'Undo' }).elements()).toHaveLength(0);
  });
});
