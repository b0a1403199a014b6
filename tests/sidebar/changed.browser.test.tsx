// Records changed: a colleague's words are read before everything that stands around them.
import { beforeEach, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import type { SidebarCall } from '../../src/extension/messages/calls.ts';
import { FakeBackground } from './fake-background.ts';
import { open, settled } from './open.tsx';
import { sampleCard } from './samples.ts';

let background: FakeBackground;
beforeEach(() => {
  background = new FakeBackground();
});

/** Calls wait until they are let go. */
function hold(call: SidebarCall): () => void {
  let go = () => {};
  background.held.set(
    call,
    new Promise((done) => {
      go = () => {
        background.held.delete(call);
        done();
      };
    }),
  );
  return go;
}

const asked = () => background.made.map(({ call }) => call);
const card = sampleCard(1, { fields: { statement: 'Spare parts at hand, always' } });

test('the list of the page is asked for first and drawn, whatever else takes its time', async () => {
  await open(background);
  background.made.length = 0;
  background.cards = [card];
  const letCards = hold('cards');
  const others = (['context', 'drafts', 'cues', 'story', 'brief'] as const).map(hold);
  await background.changed();
  expect(asked()).toEqual(['cards']);
  letCards();
  await expect.element(page.getByText('Spare parts at hand, always')).toBeVisible();
  await expect.poll(asked).toEqual(expect.arrayContaining(['context', 'drafts', 'cues', 'story']));
  for (const go of others) go();
});

test('of changes that come while the list is read the rest is asked for once', async () => {
  await open(background);
  background.made.length = 0;
  background.cards = [card];
  const letCards = hold('cards');
  for (let times = 0; times < 3; times += 1) await background.changed();
  expect(asked()).toEqual(['cards', 'cards', 'cards']);
  letCards();
  await expect.element(page.getByText('Spare parts at hand, always')).toBeVisible();
  await settled();
  for (const call of ['context', 'drafts', 'cues', 'story'] as const) {
    expect(background.calls(call), call).toHaveLength(1);
  }
});

test('a list that cannot be read holds nothing up', async () => {
  await open(background);
  background.made.length = 0;
  background.failures.set('cards', { code: 'storage', message: 'It cannot be read.' });
  await background.changed();
  await expect.poll(asked).toEqual(expect.arrayContaining(['context', 'drafts', 'cues', 'story']));
});

test('beside an open card nothing waits for the list, which is not in sight', async () => {
  background.cards = [card];
  const { sidebar } = await open(background);
  sidebar.show({ at: 'card', card });
  await settled();
  background.made.length = 0;
  const letCards = hold('cards');
  await background.changed();
  expect(asked()).toEqual(expect.arrayContaining(['card', 'context', 'drafts', 'cues']));
  letCards();
});

test('of a note the page’s context is not asked for; of anything that it tells of it is', async () => {
  await open(background);
  const asksContext = async (kinds?: string[]) => {
    background.made.length = 0;
    background.tell({ event: 'changed', ...(kinds === undefined ? {} : { kinds }) });
    await expect.poll(asked).toEqual(expect.arrayContaining(['cards', 'drafts', 'cues', 'story']));
    await settled();
    return background.calls('context').length;
  };
  expect(await asksContext(['note', 'expectation', 'commitment'])).toBe(0);
  for (const kind of ['customer', 'contact', 'project', 'interaction', 'setting', 'erasure', 'x']) {
    expect(await asksContext(['note', kind]), kind).toBe(1);
  }
  expect(await asksContext()).toBe(1);
});

test('a customer that changed just before a note is not forgotten over it', async () => {
  await open(background);
  background.made.length = 0;
  const letCards = hold('cards');
  background.tell({ event: 'changed', kinds: ['customer'] });
  background.tell({ event: 'changed', kinds: ['note'] });
  letCards();
  await expect.poll(asked).toContain('context');
});

test('answers that are as they were draw nothing anew; one that differs does', async () => {
  background.cards = [card];
  const { sidebar } = await open(background);
  await background.changed();
  await settled();
  const { state } = sidebar;
  let draws = 0;
  sidebar.subscribe(() => {
    draws += 1;
  });
  await background.changed();
  await settled();
  // The count of changes itself, which whoever shows more goes by.
  expect(draws).toBe(1);
  expect(sidebar.state.cards).toBe(state.cards);
  background.cards = [card, sampleCard(2)];
  await background.changed();
  await settled();
  expect(sidebar.state.cards.map(({ id }) => id)).toEqual(background.cards.map(({ id }) => id));
  expect(draws).toBeGreaterThan(2);
});
