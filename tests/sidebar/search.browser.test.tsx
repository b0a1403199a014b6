// Searching everything on the device from the sidebar.
import { beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { SearchHit } from '../../src/extension/messages/search-calls.ts';
import { saySearch as say } from '../../src/extension/sidebar/search/words.ts';
import { expectAccessible, one, soon } from '../ui/draw.ts';
import { FakeBackground } from './fake-background.ts';
import { open } from './open.tsx';
import { sampleId, status } from './samples.ts';

function hit(n: number, patch: Partial<SearchHit> = {}): SearchHit {
  return {
    ...{ kind: 'note', look: n % 2 === 0 ? 'grievance' : 'praise', id: sampleId(0xb00 + n) },
    text: {
      ...{ field: 'text', text: `The certificates, time ${n}`, marks: [[4, 16]] },
      cut: { before: false, behind: false },
    },
    customer: { id: sampleId(0xc1), name: 'Halden Foods' },
    author: { id: sampleId(2), name: 'Sample Member', me: true },
    ...{ owner: null, stage: '', outcome: '', at: Date.UTC(2027, 1, 24), keptHere: false },
    ...{ deleted: false, opens: { kind: 'note', id: sampleId(0xb00 + n) } },
    ...patch,
  };
}

let background: FakeBackground;
let hits: SearchHit[];
let left: number;
beforeEach(() => {
  background = new FakeBackground();
  hits = Array.from({ length: 45 }, (_, n) => hit(n));
  left = 0;
  Object.assign(background.answers, {
    savedSearches: () => ({ searches: [] }),
    search: ({ words, count }: { words: string; count: number }) => {
      const found = hits.filter(({ text }) => words === '' || text?.text.includes(words));
      return { hits: found.slice(0, count), total: found.length, left };
    },
  });
});

const texts = (place: HTMLElement) =>
  [...place.querySelectorAll('.s-search .s-cut')].map((each) => each.textContent);

test('the slash opens the field; words find, marked as text; a card opens and leads back', async () => {
  hits[7] = hit(7, {
    text: {
      ...{ field: 'text', text: '<b>late</b> again', marks: [[3, 7]] },
      cut: { before: true, behind: false },
    },
  });
  const { place } = await open(background);
  await userEvent.keyboard('/');
  await soon(() => expect(document.activeElement).toBe(one(place, 'input[type="search"]')));
  await userEvent.keyboard('late');
  await soon(() => expect(texts(place)).toEqual(['… <b>late</b> again']));
  expect(one(place, '.s-search mark').textContent).toBe('late');
  expect(place.querySelector('.s-search b')).toBeNull();
  await expectAccessible(place);
  await userEvent.keyboard('{ArrowDown}{Enter}');
  await soon(() =>
    expect(background.calls('card')).toEqual([{ kind: 'note', id: sampleId(0xb07) }]),
  );
  await soon(() => expect(place.querySelector('.s-search')).toBeNull());
  await userEvent.keyboard('{Escape}');
  await soon(() => expect(texts(place)).toHaveLength(1));
  expect(one<HTMLInputElement>(place, 'input[type="search"]').value).toBe('late');
  await userEvent.keyboard('{Escape}');
  await soon(() => one(place, '.s-search-entry'));
});

test('nothing found, nothing there yet, and what is still being read are said', async () => {
  const { place } = await open(background);
  await userEvent.click(page.getByRole('button', { name: say.entry }));
  await soon(() => expect(place.textContent).toContain(say.found(45)));
  await userEvent.fill(page.getByLabelText(say.entry), 'nowhere');
  await soon(() => expect(place.textContent).toContain(say.none('nowhere')));
  hits = [];
  left = 12_000;
  await userEvent.fill(page.getByLabelText(say.entry), '');
  await soon(() => expect(place.textContent).toContain(say.left(12_000)));
  left = 0;
  await userEvent.fill(page.getByLabelText(say.entry), ' ');
  await soon(() => expect(place.textContent).toContain(say.noneAtAll));
});

test('kinds, this customer only, more, and the notebook', async () => {
  const { place } = await open(background);
  await userEvent.click(page.getByRole('button', { name: say.entry }));
  await soon(() => expect(texts(place)).toHaveLength(20));
  await userEvent.click(page.getByRole('button', { name: say.more(25) }));
  await soon(() => expect(texts(place)).toHaveLength(45));
  await userEvent.selectOptions(page.getByLabelText(say.kind), 'praise');
  await userEvent.click(page.getByRole('button', { name: say.only('Halden Foods') }));
  await soon(() =>
    expect(background.calls('search').at(-1)?.filters).toEqual({
      looks: ['praise'],
      customer: expect.any(String),
    }),
  );
  await userEvent.click(page.getByRole('button', { name: say.notebook }));
  expect(background.calls('openNotebook')).toEqual([{ words: '' }]);
});

test('a customer that was found narrows to what is about them', async () => {
  hits = [hit(0, { kind: 'customer', look: 'customer', opens: null })];
  const { place } = await open(background);
  await userEvent.click(page.getByRole('button', { name: say.entry }));
  await soon(() => expect(texts(place)).toHaveLength(1));
  await userEvent.click(one(place, '.s-search .s-row'));
  await soon(() =>
    expect(background.calls('search').at(-1)?.filters).toEqual({ customer: sampleId(0xc1) }),
  );
});

test('what waits for a week is told at the foot, and not again for a while', async () => {
  background.status = { ...status, unsavedSince: Date.UTC(2027, 1, 10) };
  const { place } = await open(background);
  expect(place.textContent).toContain(say.backup('10 Feb 2027'));
  await userEvent.click(page.getByRole('button', { name: say.backupLater }));
  expect(background.calls('backupLater')).toEqual([{}]);
  await userEvent.click(page.getByRole('button', { name: say.backupKeep }));
  expect(background.calls('openNotebook')).toEqual([{ words: '' }]);
});

test.each([280, 360])('long words at %i px, dark', async (width) => {
  document.documentElement.style.colorScheme = 'dark';
  const long = 'Donaudampfschifffahrtsgesellschaftskapitänskajütenschlüssel'.repeat(3);
  hits = [
    hit(0, {
      text: { field: 'text', text: long, marks: [[0, 20]], cut: { before: false, behind: true } },
      customer: { id: sampleId(0xc1), name: long },
    }),
  ];
  const { place } = await open(background, width);
  await userEvent.click(page.getByRole('button', { name: say.entry }));
  await soon(() => expect(texts(place)).toHaveLength(1));
  expect(one(place, '.s-main').scrollWidth).toBeLessThanOrEqual(width);
  await expectAccessible(place);
});
