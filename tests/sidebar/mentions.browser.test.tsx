// Naming colleagues and customers while a card is written, from the keyboard alone.
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { CompletedName } from '../../src/extension/messages/story-calls.ts';
import { expectAccessible, one, soon } from '../ui/draw.ts';
import { FakeBackground } from './fake-background.ts';
import { open, settled } from './open.tsx';
import { mixedCard, sampleDraft, sampleId } from './samples.ts';

const NAMES: CompletedName[] = [
  { id: sampleId(0x31), kind: 'member', name: 'Tom Sample', detail: 'manager' },
  { id: sampleId(0x32), kind: 'member', name: 'Tomoko Sample-Longname', detail: 'annotator' },
  { id: sampleId(0x33), kind: 'member', name: 'Zoë Sample', detail: 'annotator' },
];
const CUSTOMER: CompletedName = {
  ...{ id: sampleId(0xc1), kind: 'customer', name: 'Halden Foods', detail: 'halden.example' },
};

let background: FakeBackground;
beforeEach(() => {
  background = new FakeBackground();
  background.answers.complete = (({ sign, words }: { sign: '@' | '#'; words: string }) => {
    const all = sign === '@' ? NAMES : [CUSTOMER];
    return { names: all.filter(({ name }) => name.toLowerCase().startsWith(words.toLowerCase())) };
  }) as never;
});

const listbox = () => document.querySelector<HTMLElement>('[role="listbox"]');
const chosen = () => document.querySelector('[role="option"][aria-selected="true"]')?.textContent;
const listed = () => soon(() => expect(listbox()).not.toBeNull());

async function openDraft(width = 360) {
  await page.viewport(width, 640);
  const opened = await open(background, width);
  const draft = sampleDraft({ kind: 'note', quote: '', fields: {} });
  background.drafts.set(draft.id, draft);
  background.tell({ event: 'draft', tab: 7, draft });
  const text = await soon(() => one<HTMLTextAreaElement>(opened.place, 'textarea'));
  await soon(() => expect(document.activeElement).toBe(text));
  return { ...opened, text, draft };
}

describe('after @', () => {
  test('arrows choose, Enter takes, and the colleague hears of the card once it is saved', async () => {
    const { text, sidebar } = await openDraft();
    await userEvent.keyboard('Please ask @to');
    await listed();
    expect(chosen()).toBe('Tom Sample manager');
    const active = text.getAttribute('aria-activedescendant') ?? '';
    expect(document.getElementById(active)?.textContent).toContain('Tom Sample');
    expect(text.getAttribute('aria-controls')).toBe(listbox()?.id);
    await userEvent.keyboard('{ArrowDown}');
    expect(chosen()).toContain('Tomoko');
    await userEvent.keyboard('{ArrowDown}');
    expect(chosen()).toContain('Tom Sample');
    await userEvent.keyboard('{Enter}');
    // The card is still being written.
    expect(sidebar.state.view.at).toBe('draft');
    expect(text.value).toBe('Please ask @Tom Sample ');
    expect(listbox()).toBeNull();
    await userEvent.keyboard('why{Enter}');
    await soon(() => expect(background.calls('save')).toHaveLength(1));
    expect(background.calls('save')[0]).toMatchObject({
      draft: { fields: { text: 'Please ask @Tom Sample why' }, mentions: [NAMES[0]?.id] },
    });
  });

  test('Escape leaves the text as it is, and only then the card', async () => {
    const { text, sidebar } = await openDraft();
    await userEvent.keyboard('@to');
    await listed();
    await userEvent.keyboard('{Escape}');
    await soon(() => expect(listbox()).toBeNull());
    expect([text.value, sidebar.state.view.at]).toEqual(['@to', 'draft']);
    // It stays away while this word is typed.
    await userEvent.keyboard('m');
    await settled();
    expect(listbox()).toBeNull();
    await userEvent.keyboard(' @z');
    await listed();
    await userEvent.keyboard('{Tab}');
    expect(text.value).toBe('@tom @Zoë Sample ');
    await userEvent.keyboard('{Escape}');
    await soon(() => expect(sidebar.state.view.at).toBe('list'));
  });

  test('in the middle of a text, with the mouse', async () => {
    const { text } = await openDraft();
    await userEvent.fill(text, 'Ask  about it');
    text.setSelectionRange(4, 4);
    await userEvent.keyboard('@zo');
    await listed();
    await userEvent.click(page.getByRole('option', { name: /Zoë/ }));
    expect(text.value).toBe('Ask @Zoë Sample about it');
    expect(document.activeElement).toBe(text);
  });

  test('nothing is offered while a word is being composed, and its Enter is the word’s', async () => {
    const { text } = await openDraft();
    await userEvent.keyboard('@');
    await listed();
    text.dispatchEvent(new CompositionEvent('compositionstart', { bubbles: true }));
    const enter = { key: 'Enter', isComposing: true, bubbles: true, cancelable: true };
    const event = new KeyboardEvent('keydown', enter);
    text.dispatchEvent(event);
    expect([event.defaultPrevented, text.value]).toEqual([false, '@']);
    text.setRangeText('と', 1, 1, 'end');
    const asked = background.calls('complete').length;
    text.dispatchEvent(new InputEvent('input', { bubbles: true, isComposing: true }));
    await settled();
    expect(background.calls('complete')).toHaveLength(asked);
    text.dispatchEvent(new CompositionEvent('compositionend', { bubbles: true, data: 'と' }));
    await soon(() => expect(background.calls('complete').at(-1)).toMatchObject({ words: 'と' }));
  });

  test('a late answer does not open a list over other words', async () => {
    const { text } = await openDraft();
    let answer = () => {};
    background.held.set('complete', new Promise((done) => (answer = () => done())));
    await userEvent.keyboard('@to');
    text.setSelectionRange(0, 0);
    await userEvent.keyboard('{End}, so');
    answer();
    await settled();
    expect(listbox()).toBeNull();
  });
});

test('after # customers and projects, which are nobody to be told', async () => {
  const { text } = await openDraft();
  await userEvent.keyboard('like #hal');
  await listed();
  await userEvent.keyboard('{Enter}');
  expect(text.value).toBe('like #Halden Foods ');
  await userEvent.keyboard('{Enter}');
  await soon(() => expect(background.calls('save')).toHaveLength(1));
  expect(background.calls('save')[0]?.draft).not.toHaveProperty('mentions');
});

test('a saved card tells with the edit that names them, once', async () => {
  const { place } = await open(background);
  background.cards = [mixedCard(1)];
  await background.changed();
  await userEvent.click(one(place, '.s-row'));
  const text = await soon(() => one<HTMLTextAreaElement>(place, '.s-card textarea'));
  await userEvent.click(text);
  text.setSelectionRange(text.value.length, text.value.length);
  await userEvent.keyboard(' @tom s');
  await listed();
  await userEvent.keyboard('{Enter}');
  text.blur();
  await soon(() => expect(background.calls('edit')).toHaveLength(1));
  expect(background.calls('edit')[0]).toMatchObject({ mentions: [NAMES[0]?.id] });
  await userEvent.click(text);
  await userEvent.keyboard('!');
  text.blur();
  await soon(() => expect(background.calls('edit')).toHaveLength(2));
  expect(background.calls('edit')[1]).not.toHaveProperty('mentions');
});

test.each([
  [280, 'light'],
  [280, 'dark'],
])(
  '%i px wide, %s: the list lies within, is big enough to press, and axe finds nothing',
  async (width, scheme) => {
    document.documentElement.style.colorScheme = scheme;
    NAMES.push({
      ...{ id: sampleId(0x34), kind: 'member', detail: 'Verwaltungsfachangestellte' },
      name: 'Tomdonaudampfschifffahrtselektrizitätenhauptbetriebswerk Sample',
    });
    const { place } = await openDraft(width);
    await userEvent.keyboard('@to');
    await listed();
    NAMES.pop();
    const box = (listbox() as HTMLElement).getBoundingClientRect();
    expect(box.left).toBeGreaterThanOrEqual(0);
    expect(box.right).toBeLessThanOrEqual(width);
    expect((listbox() as HTMLElement).scrollWidth).toBeLessThanOrEqual(box.width);
    for (const option of place.querySelectorAll<HTMLElement>('[role="option"]')) {
      expect(option.offsetHeight).toBeGreaterThanOrEqual(24);
    }
    await vi.waitFor(() => expectAccessible(place));
  },
);
