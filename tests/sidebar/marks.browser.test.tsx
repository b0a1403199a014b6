// Marks whose words have changed or gone: said at the card, and put right by hand.
import { beforeEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { MarkFate } from '../../src/extension/messages/shapes.ts';
import { FakeBackground } from './fake-background.ts';
import { open, settled } from './open.tsx';
import { context, message, QUOTE, sampleCard, sampleId } from './samples.ts';

let background: FakeBackground;
beforeEach(() => {
  background = new FakeBackground();
  background.cards = [sampleCard(1), sampleCard(2), sampleCard(3)];
});

const evidenceOf = (n: number) => sampleId(0x2000 + n);
const markOf = (n: number) => ({
  kind: 'expectation' as const,
  id: sampleCard(n).id,
  evidence: evidenceOf(n),
});

async function told(...fates: [n: number, match: MarkFate['match'], earlier?: boolean][]) {
  background.tell({
    event: 'fates',
    frame: 0,
    tab: 7,
    fates: fates.map(([n, match, earlier = false]) => ({ ...markOf(n), match, earlier })),
  });
  await settled();
}

async function replaced(n: number, before: unknown = { quote: QUOTE }) {
  background.tell({ event: 'replaced', tab: 7, ...markOf(n), before });
  await settled();
}

const button = (name: RegExp) => page.getByRole('button', { name });
const lost = (words: string) => page.getByRole('heading', { name: words });

describe('words that have changed', () => {
  test('Right keeps the place, and that can be undone', async () => {
    await open(background);
    await told([1, 'exact'], [2, 'approximate'], [3, 'normalised']);
    expect(page.getByText(/This is the nearest place/).elements()).toHaveLength(1);
    await userEvent.click(button(/^Right/));
    expect(background.calls('acceptPlace')).toEqual([{ tab: null, ...markOf(2) }]);
    await replaced(2);
    await expect.element(page.getByText('Kept as its place.').first()).toBeInTheDocument();
    expect(page.getByText(/This is the nearest place/).elements()).toHaveLength(0);
    await userEvent.click(button(/^Undo/));
    await settled();
    expect(background.calls('edit')).toEqual([
      {
        kind: 'expectation',
        id: sampleCard(2).id,
        patch: { evidence: { [evidenceOf(2)]: { quote: QUOTE } } },
      },
    ]);
  });

  test('by keys alone: the focus never falls out of the card', async () => {
    const { place } = await open(background);
    await told([2, 'approximate']);
    place.querySelector<HTMLElement>(`[data-record="${sampleCard(2).id}"]`)?.focus();
    await userEvent.tab();
    await expect.element(button(/^Right/)).toHaveFocus();
    await userEvent.tab();
    await userEvent.keyboard('{Enter}');
    await expect.element(button(/^Cancel$/)).toHaveFocus();
    await userEvent.keyboard('{Escape}');
    const focused = () => document.activeElement?.getAttribute('data-record');
    await expect.poll(focused).toBe(sampleCard(2).id);
    await userEvent.tab();
    await userEvent.keyboard('{Enter}');
    await replaced(2);
    expect(focused()).toBe(sampleCard(2).id);
    await userEvent.tab();
    await userEvent.keyboard('{Enter}');
    await settled();
    expect(background.calls('edit')).toHaveLength(1);
    expect(focused()).toBe(sampleCard(2).id);
  });

  test('another place is chosen in the page; the sidebar says what to do, and Escape ends it', async () => {
    await open(background);
    await told([2, 'approximate']);
    await userEvent.click(button(/^Choose another place/));
    expect(background.calls('pickPlace')).toEqual([{ tab: null, mark: markOf(2) }]);
    await expect.element(page.getByText(/^Now select the words in the page/)).toBeVisible();
    await userEvent.keyboard('{Escape}');
    expect(background.calls('pickPlace').at(-1)).toEqual({ tab: null, mark: null });
    await expect.element(button(/^Choose another place/)).toBeVisible();
    await userEvent.click(button(/^Choose another place/));
    await userEvent.click(button(/^Cancel$/));
    expect(background.calls('pickPlace').at(-1)).toEqual({ tab: null, mark: null });
  });

  test('a page that is left ends the choosing', async () => {
    await open(background);
    await told([2, 'approximate']);
    await userEvent.click(button(/^Choose another place/));
    const next = { ...context, url: 'https://mail.example/2' };
    background.context = next;
    background.tell({ event: 'context', tab: 7, context: next });
    await settled();
    expect(background.calls('pickPlace').at(-1)).toEqual({ tab: null, mark: null });
  });

  test('a page that cannot be asked is said, and nobody is left waiting', async () => {
    await open(background);
    await told([2, 'approximate']);
    background.failures.set('pickPlace', { code: 'ended', message: 'gone' });
    await userEvent.click(button(/^Choose another place/));
    await settled();
    await expect.element(page.getByRole('alert')).toBeVisible();
    expect(page.getByText(/^Now select the words/).elements()).toHaveLength(0);
  });
});

describe('words that are gone', () => {
  test('are listed together, and are put back by hand', async () => {
    const { place } = await open(background);
    await told([1, 'orphan'], [2, 'exact'], [3, 'orphan']);
    await expect.element(lost('2 marks of this mail have lost their words')).toBeVisible();
    const rows = [...place.querySelectorAll('[data-record]')].map((row) =>
      row.getAttribute('data-record'),
    );
    expect(rows).toEqual([2, 1, 3].map((n) => sampleCard(n).id));
    await userEvent.click(button(/^Choose the place/).first());
    expect(background.calls('pickPlace')).toEqual([{ tab: null, mark: markOf(1) }]);
    await replaced(1);
    await expect.element(page.getByText('Moved.').first()).toBeInTheDocument();
    await expect.element(lost('1 mark of this mail has lost its words')).toBeVisible();
    expect(page.getByText(/^Now select the words/).elements()).toHaveLength(0);
  });

  test('two moves of one mark are undone one after the other', async () => {
    await open(background);
    await told([1, 'exact']);
    await replaced(1, { quote: 'first' });
    await replaced(1, { quote: 'second' });
    await userEvent.click(button(/^Undo/));
    await settled();
    await userEvent.click(button(/^Undo/));
    await settled();
    const quotes = background
      .calls('edit')
      .map(({ patch }) => (patch as { evidence: object }).evidence);
    expect(quotes).toEqual([
      { [evidenceOf(1)]: { quote: 'second' } },
      { [evidenceOf(1)]: { quote: 'first' } },
    ]);
    expect(button(/^Undo/).elements()).toHaveLength(0);
  });

  test('the open card offers the same', async () => {
    await open(background);
    await told([1, 'orphan']);
    background.tell({ event: 'show', tab: 7, kind: 'expectation', id: sampleCard(1).id });
    await settled();
    await expect.element(page.getByText(/^These words are no longer here/)).toBeVisible();
    await userEvent.click(button(/^Choose the place/));
    expect(background.calls('pickPlace')).toEqual([{ tab: null, mark: markOf(1) }]);
    await replaced(1);
    await userEvent.click(button(/^Undo/));
    await settled();
    expect(background.calls('edit')).toHaveLength(1);
    await expect.element(page.getByRole('heading', { name: 'Expectation' })).toHaveFocus();
  });

  test('a mail that the page cuts off has lost nothing', async () => {
    const [shown] = context.messages;
    if (!shown) throw new Error('the sample has a message');
    background.context = { ...context, messages: [{ ...shown, shown: 'clipped' }] };
    await open(background);
    await told([1, 'orphan']);
    await expect.element(page.getByText(/These words may stand further down/)).toBeVisible();
    expect(page.getByText(/lost its words/).elements()).toHaveLength(0);
  });
});

describe('quotations', () => {
  test('what a later mail quotes is not the card’s own place', async () => {
    background.story = [sampleCard(8)];
    await open(background);
    await told([1, 'exact'], [1, 'orphan', true], [2, 'orphan', true], [8, 'exact', true]);
    expect(page.getByText(/no longer here/).elements()).toHaveLength(0);
    expect(page.getByText('quoted in this mail').elements()).toHaveLength(1);
    background.context = { ...context, url: 'https://mail.example/2' };
    background.tell({ event: 'context', tab: 7, context: background.context });
    await settled();
    expect(page.getByText('quoted in this mail').elements()).toHaveLength(0);
  });
});

describe('mails found by their text alone', () => {
  test('their cards say probably', async () => {
    background.cards = [1, 2].map((n) =>
      sampleCard(n, {
        evidence: [{ key: evidenceOf(n), quote: QUOTE, interaction: sampleId(0x700 + n) }],
      }),
    );
    const shown = (n: number, probably: boolean) => ({
      ...message,
      keys: [`mid:${n}`],
      warnings: [],
      interaction: sampleId(0x700 + n),
      logged: false,
      probably,
    });
    background.context = { ...context, messages: [shown(1, true), shown(2, false)] };
    const { place } = await open(background);
    const said = [1, 2].map(
      (n) => place.querySelector(`[data-record="${sampleCard(n).id}"]`)?.textContent ?? '',
    );
    expect(said.map((text) => text.includes('probably this mail'))).toEqual([true, false]);
  });
});
