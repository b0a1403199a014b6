// The story of a customer: thousands of entries with a window's worth of elements, from the keyboard,
// filtered, with its silences, and back where one was.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { StoryEntry, StoryPage } from '../../src/extension/messages/story-calls.ts';
import { sayStory as say } from '../../src/extension/sidebar/story/words.ts';
import { say as words } from '../../src/extension/sidebar/words.ts';
import { expectAccessible, one, soon } from '../ui/draw.ts';
import { FakeBackground } from './fake-background.ts';
import { germanStory } from './german-story.ts';
import { open, settled } from './open.tsx';
import { sampleEntries, sampleEntry, storyPage } from './sample-story.ts';
import { context, nobody } from './samples.ts';

let background: FakeBackground;
let entries: StoryEntry[];
let facets: Partial<NonNullable<StoryPage['facets']>>;
const english = { ...say };
beforeEach(() => {
  background = new FakeBackground();
  entries = sampleEntries(40);
  facets = {};
  background.answers.timeline = ((asked: Parameters<typeof storyPage>[1]) =>
    storyPage(entries, asked, facets)) as never;
});
afterEach(() => {
  Object.assign(say, english);
});

/** `isTold`: entries are to be seen. The list that was shown before may be empty too. */
async function openStory(width = 360, isTold = entries.length > 0) {
  await page.viewport(width, 720);
  const opened = await open(background, width);
  opened.sidebar.show({ at: 'story' });
  const shown = isTold ? '.u-long > li .st-entry' : '.u-empty';
  await soon(() => expect(opened.place.querySelector(shown)).not.toBeNull());
  await settled();
  return { ...opened, scroller: one(opened.place, '.s-main') };
}

const rows = (place: ParentNode) => [...place.querySelectorAll<HTMLElement>('.u-long > li')];
const focused = () => document.activeElement?.closest<HTMLElement>('.u-long > li') ?? null;
const placeOf = (row: HTMLElement | null) => Number(row?.getAttribute('aria-posinset'));

/** No row lies over another, and none leaves a hole. */
function expectSeamless(place: ParentNode, scroller: HTMLElement) {
  const sight = scroller.getBoundingClientRect();
  const boxes = rows(place)
    .map((row) => row.getBoundingClientRect())
    .filter(({ bottom, top }) => bottom > sight.top && top < sight.bottom);
  expect(boxes.length).toBeGreaterThan(1);
  for (const [at, box] of boxes.entries()) {
    const next = boxes[at + 1];
    if (next) expect(Math.abs(next.top - box.bottom)).toBeLessThan(2);
  }
}

describe('thousands of entries', () => {
  beforeEach(() => {
    entries = sampleEntries(5_000);
  });

  test('scrolled from end to end, only those in sight are in the document', async () => {
    const { place, scroller } = await openStory();
    let most = 0;
    // To the end, with time for what comes meanwhile.
    const atEnd = () => rows(place).some((row) => placeOf(row) === 5_000);
    for (let step = 0; step < 2_000 && !atEnd(); step += 1) {
      scroller.scrollTop += 6_000;
      await new Promise((done) => requestAnimationFrame(() => done(null)));
      await new Promise((done) => setTimeout(done, 0));
      most = Math.max(most, rows(place).length);
      if (step % 40 === 0) {
        await soon(() => expectSeamless(place, scroller));
      }
    }
    expect(most).toBeLessThan(60);
    expect(place.querySelectorAll('*').length).toBeLessThan(2_000);
    // As much was asked for as was scrolled to, a page at a time.
    expect(background.calls('timeline')).toHaveLength(50);
    expect(atEnd()).toBe(true);
  }, 60_000);

  test('End goes to the very last, Home back to the first; each says its place among all', async () => {
    const { place, scroller } = await openStory();
    expect(rows(place)[0]?.getAttribute('aria-setsize')).toBe('5000');
    expect(background.calls('timeline')).toHaveLength(1);
    one<HTMLElement>(place, '[data-main]').focus();
    await userEvent.keyboard('{End}');
    await soon(() => expect(placeOf(focused())).toBe(5_000));
    expect(background.calls('timeline')).toHaveLength(50);
    await soon(() => expectSeamless(place, scroller));
    expect(rows(place).length).toBeLessThan(60);
    await userEvent.keyboard('{Home}');
    await soon(() => expect(placeOf(focused())).toBe(1));
  }, 60_000);

  test('the row that has the focus keeps it though it is scrolled away', async () => {
    const { place, scroller } = await openStory();
    one<HTMLElement>(place, '[data-main]').focus();
    scroller.scrollTop = 6_000;
    await settled();
    expect(placeOf(focused())).toBe(1);
    await userEvent.keyboard('{ArrowDown}');
    await soon(() => expect(placeOf(focused())).toBe(2));
    await settled();
    const box = (focused() as HTMLElement).getBoundingClientRect();
    expect(box.top).toBeGreaterThanOrEqual(scroller.getBoundingClientRect().top - 1);
  });
});

describe('from the keyboard', () => {
  test('one stop for Tab; arrows and page keys walk; Enter opens the card and Escape comes back there', async () => {
    const { place, sidebar, scroller } = await openStory();
    expect(place.querySelectorAll('[data-main][tabindex="0"]')).toHaveLength(1);
    one<HTMLElement>(place, '[data-main]').focus();
    await userEvent.keyboard('{ArrowDown}{ArrowDown}{ArrowUp}');
    expect(placeOf(focused())).toBe(2);
    await userEvent.keyboard('{PageDown}');
    await soon(() => expect(placeOf(focused())).toBeGreaterThan(4));
    await userEvent.keyboard('{PageDown}');
    await settled();
    const at = placeOf(focused());
    const { scrollTop } = scroller;
    expect(scrollTop).toBeGreaterThan(200);
    await userEvent.keyboard('{Enter}');
    await soon(() => expect(sidebar.state.view.at).toBe('card'));
    await userEvent.keyboard('{Escape}');
    await soon(() => expect(sidebar.state.view.at).toBe('story'));
    await soon(() => expect(placeOf(focused())).toBe(at));
    expect(Math.abs(scroller.scrollTop - scrollTop)).toBeLessThan(40);
    await userEvent.keyboard('{PageUp}{PageUp}{PageUp}{PageUp}');
    await soon(() => expect(placeOf(focused())).toBe(1));
  });

  test('what opens nothing is walked over as well, and read', async () => {
    entries = [sampleEntry(0), sampleEntry(8), sampleEntry(1)];
    const { place, sidebar } = await openStory();
    one<HTMLElement>(place, '[data-main]').focus();
    await userEvent.keyboard('{ArrowDown}');
    expect(document.activeElement?.textContent).toContain('Survey: 4 of 5');
    await userEvent.keyboard('{Enter}');
    await settled();
    expect(sidebar.state.view.at).toBe('story');
  });

  test('to the mail’s page, if it is the web’s, and to the call', async () => {
    entries = [
      sampleEntry(0),
      sampleEntry(1, { url: 'javascript:alert(1)' }),
      sampleEntry(7, { title: 'Weekly' }),
    ];
    const { place } = await openStory();
    const links = [...place.querySelectorAll('a')];
    expect(links.map(({ href, rel, target }) => [href, rel, target])).toEqual([
      ['https://mail.example/0', 'noopener noreferrer', '_blank'],
    ]);
    await userEvent.click(page.getByRole('button', { name: say.openCall }));
    expect(background.calls('callPage')).toMatchObject([{ call: entries[2]?.call }]);
  });
});

describe('a story', () => {
  test('is grouped by day and shows time without a word as room', async () => {
    const DAY = 86_400_000;
    const at = Date.UTC(2027, 1, 24, 12);
    const silence = { from: at - 46 * DAY, to: at - 5 * DAY, days: 41 };
    entries = [
      sampleEntry(0, { at }),
      sampleEntry(1, { at: at - 1_000 }),
      sampleEntry(2, { at: at - 5 * DAY, silence }),
      sampleEntry(3, { at: at - 46 * DAY, silence: { from: 0, to: 0, days: 14 } }),
    ];
    facets = { since: { from: at, to: at + 20 * DAY, days: 20 } };
    const { place } = await openStory();
    const days = [...place.querySelectorAll('h3')].map(({ textContent }) => textContent);
    expect(days).toEqual(['24 Feb 2027', '19 Feb 2027', '9 Jan 2027']);
    const silences = [...place.querySelectorAll<HTMLElement>('.st-silence')];
    expect(silences.map(({ textContent }) => textContent)).toEqual([
      '20 days without a word until today',
      '41 days without a word',
      '14 days without a word',
    ]);
    const [, long, short] = silences;
    expect(long?.offsetHeight).toBeGreaterThan(short?.offsetHeight ?? 0);
  });

  test('is narrowed by kind, person and words, which are kept while a card is open', async () => {
    const { place, sidebar } = await openStory();
    await userEvent.click(page.getByRole('button', { name: say.filters }));
    await userEvent.click(page.getByRole('checkbox', { name: /^Mail/ }));
    await soon(() => expect(page.getByRole('status').first().element().textContent).toMatch(/^4 /));
    expect(background.calls('timeline').at(-1)).toMatchObject({ kinds: ['mail'], person: null });
    await userEvent.selectOptions(page.getByLabelText(say.person), 'member/me');
    await soon(() =>
      expect(background.calls('timeline').at(-1)).toMatchObject({ person: 'member/me' }),
    );
    await userEvent.fill(page.getByRole('searchbox'), 'nowhere');
    await soon(() => expect(place.textContent).toContain(say.nothing));
    await userEvent.click(page.getByRole('button', { name: say.clear }));
    await soon(() => expect(page.getByRole('searchbox').element()).toHaveProperty('value', ''));
    await soon(() => expect(rows(place).length).toBeGreaterThan(4));
    await userEvent.fill(page.getByRole('searchbox'), 'moss');
    await soon(() =>
      expect(page.getByRole('status').first().element().textContent).toBe(say.count(4, true)),
    );
    await userEvent.click(one(place, '[data-main]'));
    await soon(() => expect(sidebar.state.view.at).toBe('card'));
    sidebar.backToList();
    await soon(() => expect(page.getByRole('searchbox').element()).toHaveProperty('value', 'moss'));
    // Escape takes the words, then the place.
    await userEvent.click(page.getByRole('searchbox'));
    await userEvent.keyboard('{Escape}');
    expect(sidebar.state.view.at).toBe('story');
  });

  test('takes in what is new and stays where one was', async () => {
    const { place } = await openStory();
    one<HTMLElement>(place, '[data-main]').focus();
    await userEvent.keyboard('{ArrowDown}{ArrowDown}');
    const key = focused()?.dataset.key;
    entries = [sampleEntry(900, { ours: 'Just now.', kind: 'note' }), ...entries];
    await background.changed();
    await soon(() => expect(place.textContent).toContain('Just now.'));
    expect(focused()?.dataset.key).toBe(key);
    expect(placeOf(focused())).toBe(4);
  });

  test('says what to do where there is no customer, nothing yet, or it cannot be read', async () => {
    background.context = { ...context, guess: { ...context.guess, customer: nobody } };
    const { place, sidebar } = await openStory(360, false);
    await soon(() => expect(place.textContent).toContain(say.noCustomer));
    entries = [];
    const told = { ...context, url: 'https://mail.example/2' };
    background.context = told;
    background.tell({ event: 'context', tab: 7, context: told });
    await soon(() => expect(place.textContent).toContain(say.empty));
    background.failures.set('timeline', { code: 'storage', message: 'The disk failed.' });
    await background.changed();
    await soon(() => expect(place.textContent).toContain('The disk failed.'));
    background.failures.clear();
    entries = sampleEntries(2);
    await userEvent.click(page.getByRole('button', { name: words.tryAgain }));
    await soon(() => expect(rows(place)).toHaveLength(2));
    expect(place.textContent).not.toContain('The disk failed.');
    expect(sidebar.state.view.at).toBe('story');
  });
});

test.each([
  ['English', 280, 'light'],
  ['English', 280, 'dark'],
  ['German', 280, 'light'],
  ['German', 360, 'dark'],
])(
  'in %s, %i px wide, %s: nothing is cut, all can be pressed, axe finds nothing',
  async (language, width, scheme) => {
    document.documentElement.style.colorScheme = scheme;
    if (language === 'German') Object.assign(say, germanStory);
    const rtl = 'אני מניח שהתעודות יהיו שם לפני הביקורת, כמו אצל הספק הקודם.';
    const silence = { from: 0, to: 0, days: 41 };
    entries = [
      sampleEntry(1, { theirs: rtl, ours: '' }),
      sampleEntry(0, {
        title: 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft',
      }),
      sampleEntry(6, { silence, keptHere: true }),
      ...sampleEntries(12),
    ].map((entry, n) => ({ ...entry, key: `${n}` }));
    facets = { since: { from: 0, to: 0, days: 20 } };
    const { place, scroller } = await openStory(width);
    await userEvent.click(page.getByRole('button', { name: say.filters }));
    await settled();
    expect(scroller.scrollWidth).toBeLessThanOrEqual(scroller.clientWidth);
    expect(place.scrollWidth).toBeLessThanOrEqual(width);
    for (const control of place.querySelectorAll<HTMLElement>('.st button, .st a, .st select')) {
      expect(control.offsetHeight, control.textContent ?? '').toBeGreaterThanOrEqual(24);
    }
    const theirs = one(place, '.s-theirs');
    expect(getComputedStyle(theirs).direction).toBe('rtl');
    await vi.waitFor(() => expectAccessible(place));
  },
);
