// What the sidebar shows without an open card: the page, the lists, the honest line.
import { beforeEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { expectAccessible } from '../ui/draw.ts';
import { FakeBackground } from './fake-background.ts';
import { expectText, open, settled } from './open.tsx';
import { context, mixedCard, nobody, sampleCard, sampleDraft, status } from './samples.ts';

let background: FakeBackground;
beforeEach(() => {
  background = new FakeBackground();
});

const noGuess = { customer: nobody, contact: nobody, project: nobody };

describe('the page', () => {
  test('says which mail, which customer and why', async () => {
    const { place } = await open(background);
    await expect
      .element(page.getByRole('heading', { name: 'Halden Foods', exact: true }))
      .toBeVisible();
    await expect.element(page.getByText('Moss: a few things before March')).toBeVisible();
    expect(place.textContent).toContain('Customer Halden Foods by mail domain');
  });

  test('without a mail it says what can be done', async () => {
    background.context = {
      ...context,
      page: 'other',
      messages: [],
      subject: '',
      guess: noGuess,
    };
    await open(background);
    await expectText(
      page.getByRole('region', { name: 'This page' }),
      'This page shows no mail. You can still select words, or write a note N',
    );
  });

  test('without access it says what to do', async () => {
    background.context = {
      ...context,
      site: null,
      messages: [],
      always: 'impossible',
      guess: noGuess,
    };
    await open(background);
    await expect.element(page.getByText(/Click its button in the browser’s toolbar/)).toBeVisible();
  });

  test('offers to return by itself, in a tab of its own', async () => {
    background.context = { ...context, always: 'off' };
    await open(background);
    await userEvent.click(page.getByRole('button', { name: 'Always here' }));
    expect(background.calls('openOptions')).toEqual([{ hash: 'allow=https%3A%2F%2Fmail.example' }]);
  });
});

describe('keys', () => {
  test('M logs the mail with Enter alone, N begins a note', async () => {
    await open(background);
    await userEvent.keyboard('m');
    await settled();
    expect(background.calls('newDraft')[0]).toMatchObject({
      kind: 'mail',
      message: { keys: ['mid:1@halden.example'] },
    });
    await userEvent.keyboard('{Enter}');
    await settled();
    expect(background.calls('save')[0]).toMatchObject({ draft: { kind: 'mail' } });
    await userEvent.keyboard('n');
    await settled();
    expect(background.calls('newDraft')[1]).toMatchObject({ kind: 'note', message: null });
  });

  test('letters in a field are text', async () => {
    await open(background);
    await userEvent.keyboard('n');
    await settled();
    await userEvent.type(page.getByLabelText('Note', { exact: true }), 'mn?');
    expect(background.calls('newDraft')).toHaveLength(1);
    expect([...background.drafts.values()][0]?.fields.text).toBe('mn?');
  });

  test('? shows the keys, Escape goes back', async () => {
    await open(background);
    await userEvent.keyboard('?');
    await expect.element(page.getByRole('heading', { name: 'Keys' })).toHaveFocus();
    await userEvent.keyboard('{Escape}');
    await expect.element(page.getByText('Moss: a few things before March')).toBeVisible();
  });
});

describe('lists', () => {
  test('a mark that is gone or has moved says so; one good place is enough', async () => {
    background.cards = [sampleCard(1), sampleCard(2), sampleCard(3)];
    await open(background);
    const fate = (n: number, match: 'exact' | 'approximate' | 'orphan', evidence = n) => ({
      kind: 'expectation' as const,
      id: sampleCard(n).id,
      evidence: sampleCard(evidence).id,
      earlier: false,
      match,
    });
    background.tell({
      event: 'fates',
      frame: 0,
      tab: 7,
      fates: [fate(1, 'orphan'), fate(2, 'approximate'), fate(3, 'orphan'), fate(3, 'exact', 9)],
    });
    await settled();
    const gone = page.getByText('These words are no longer here. The quote is kept.');
    expect(gone.elements()).toHaveLength(1);
    await expect
      .element(page.getByText('The words have changed. This is the nearest place.'))
      .toBeVisible();
  });

  test('a story of 1,000 cards draws as far as it is scrolled', async () => {
    background.story = Array.from({ length: 1_000 }, (_, n) => mixedCard(n));
    const { place } = await open(background);
    place.querySelector<HTMLElement>('.s-main')?.scrollTo(0, 0);
    const rows = () => place.querySelectorAll('.s-row').length;
    expect(rows()).toBeGreaterThan(20);
    expect(rows()).toBeLessThan(200);
    const before = rows();
    place.querySelector('.s-main')?.scrollTo(0, 1e6);
    await expect.poll(rows).toBeGreaterThan(before);
    // No more of them come than are near; the others are counted.
    const most = () => Math.max(...background.calls('story').map((asked) => Number(asked.most)));
    expect(background.calls('story')[0]).toMatchObject({ most: 100 });
    expect(most()).toBeLessThan(400);
    const left = () => page.getByRole('button', { name: /^Show/ }).last().element().textContent;
    await expect.poll(() => left()?.replace(/\D/g, '')).toBe(String(1_000 - rows()));
    await expect
      .poll(() => {
        place.querySelector('.s-main')?.scrollTo(0, 1e6);
        return rows();
      })
      .toBeGreaterThan(140);
    expect(most()).toBeGreaterThan(100);
  });

  test('a saved card opens, and a field that is left is changed', async () => {
    background.cards = [sampleCard(1)];
    const { place } = await open(background);
    (place.querySelector('[data-record]') as HTMLElement).focus();
    await userEvent.keyboard('{Enter}');
    await settled();
    const field = page.getByLabelText('What they expect, in our words');
    await userEvent.fill(field, 'Certificates a week before');
    expect(background.calls('edit')).toHaveLength(0);
    await userEvent.tab();
    await settled();
    expect(background.calls('edit')[0]).toMatchObject({
      kind: 'expectation',
      patch: { statement: 'Certificates a week before' },
    });
    await userEvent.click(page.getByText('Stated', { exact: true }));
    await settled();
    expect(background.calls('edit')[1]).toMatchObject({ patch: { class: 'stated' } });
    await userEvent.click(page.getByRole('button', { name: 'Show in the page' }));
    expect(background.calls('reveal')).toEqual([{ tab: null, id: sampleCard(1).id }]);
  });

  test('a change that fails keeps its text and is sent with the next one', async () => {
    background.cards = [sampleCard(1)];
    await open(background);
    background.tell({ event: 'show', tab: 7, kind: 'expectation', id: sampleCard(1).id });
    await settled();
    background.failures.set('edit', { code: 'disk-full', message: '' });
    const field = page.getByLabelText('What they expect, in our words');
    await userEvent.fill(field, 'Not lost');
    await userEvent.tab();
    await settled();
    await expect.element(page.getByRole('alert')).toBeVisible();
    await expect.element(field).toHaveValue('Not lost');
    background.failures.clear();
    await userEvent.click(page.getByText('Stated', { exact: true }));
    await settled();
    const sent = background
      .calls('edit')
      .slice(1)
      .map((each) => each.patch as object);
    expect(Object.assign({}, ...sent)).toEqual({ statement: 'Not lost', class: 'stated' });
  });

  test('what the page shows is asked for first, and the story once, whatever changes meanwhile', async () => {
    await open(background);
    const before = background.calls('story').length;
    let answer = () => {};
    background.held.set('cards', new Promise((done) => (answer = done)));
    await background.changed();
    await background.changed();
    expect(background.calls('story')).toHaveLength(before);
    background.cards = [sampleCard(7)];
    answer();
    await expect
      .element(page.getByText('Certificates are in their hands before audit 7.'))
      .toBeVisible();
    await expect.poll(() => background.calls('story').length).toBe(before + 1);
  });

  test('what another tab shows changes nothing here', async () => {
    await open(background);
    background.tell({
      event: 'context',
      tab: 8,
      context: { ...context, tab: 8, subject: 'Elsewhere' },
    });
    background.tell({ event: 'draft', tab: 8, draft: sampleDraft({ tab: 8 }) });
    await settled();
    await expect.element(page.getByText('Moss: a few things before March')).toBeVisible();
  });

  test('after the background was restarted everything is asked for again', async () => {
    await open(background);
    background.cards = [sampleCard(5)];
    background.restart();
    await expect
      .element(page.getByText('Certificates are in their hands before audit 5.'))
      .toBeVisible();
  });
});

describe('the line at the foot', () => {
  const foot = () => page.getByRole('contentinfo');

  test.each([
    ['All saved and synced', status],
    ['3 not yet synced · saved on this device', { ...status, unsynced: 3 }],
    ['Not connected · 12 saved on this device', { ...status, connection: null, unsynced: 12 }],
  ])('%s', async (words, is) => {
    background.status = is;
    await open(background);
    await expectText(foot(), words);
  });

  test('says since when the server is away', async () => {
    background.status = { ...status, unsynced: 12, offlineSince: Date.now() };
    await open(background);
    await expectText(foot(), /^Offline since \d\d:\d\d · 12 saved on this device/);
  });

  test('leads to connecting, and says what is wrong', async () => {
    background.status = { ...status, connection: null };
    await open(background);
    await userEvent.click(page.getByRole('button', { name: 'Connect' }));
    expect(background.calls('openOptions')).toEqual([{ hash: 'connect' }]);
    background.tell({
      event: 'status',
      status: { ...status, problem: 'The server answered with a page of its own.' },
    });
    await settled();
    await expect
      .element(page.getByText('Not synced: The server answered with a page of its own.'))
      .toBeVisible();
    background.tell({ event: 'status', status: { ...status, signedOut: true } });
    await settled();
    await expect.element(page.getByText(/This device was signed out/)).toBeVisible();
  });
});

describe.each([280, 360])('%i px wide', (width) => {
  test('lists and cards fit, and axe finds nothing', async () => {
    // High enough for a whole card: what is cut off by scrolling looks too small to axe.
    await page.viewport(width, 1_600);
    background.cards = [sampleCard(1), mixedCard(2), mixedCard(5)];
    background.story = [mixedCard(7), mixedCard(9), mixedCard(10)];
    background.status = { ...status, unsynced: 3, attention: 1 };
    background.context = { ...context, always: 'off' };
    const { place } = await open(background, width);
    const wide = () =>
      [place, ...place.querySelectorAll('.s-main, .s-row')].filter(
        (each) => each.scrollWidth > each.clientWidth + 1,
      );
    expect(wide()).toEqual([]);
    await expectAccessible(place);
    const draft = sampleDraft({ fields: { class: 'unstated', decision: 'exceed' } });
    background.tell({ event: 'draft', tab: 7, draft });
    await settled();
    expect(wide()).toEqual([]);
    await expectAccessible(place);
    await userEvent.keyboard('{Escape}');
    await userEvent.keyboard('?');
    await settled();
    await expectAccessible(place);
    background.tell({ event: 'show', tab: 7, kind: 'expectation', id: sampleCard(1).id });
    await settled();
    expect(wide()).toEqual([]);
    await expectAccessible(place);
  });
});
