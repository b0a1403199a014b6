// The service story in the console: thousands of moments, filters, words, silences, comments, keys,
// paper, and what is said where there is nothing.
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import '../../src/console/console.css';
import { App } from '../../src/console/app.tsx';
import { createClient } from '../../src/console/client.ts';
import type { Ask } from '../../src/console/pokes.ts';
import { draw, expectAccessible, one, soon } from '../ui/draw.ts';
import { placeAt } from './place.ts';
import { MEMBERS, type SampleServer, sampleServer } from './sample-server.ts';
import { idAt, PROJECT, SampleStory, sampleMoment } from './sample-story.ts';

const DAY = 86_400_000;

beforeEach(async () => {
  document.documentElement.dataset.page = 'console';
  localStorage.clear();
  await page.viewport(1280, 900);
});

async function open(
  sample: SampleStory,
  at = `#/story/project/${PROJECT}`,
  role = 'manager',
  who: { id: string; name: string } | null = null,
) {
  const server: SampleServer = sampleServer(3);
  server.role = role;
  if (who !== null) {
    const member = { ...who, email: 'tom@brightwater.example', role };
    const me = { member, workspace: { id: 'w', name: 'Brightwater Sample' } };
    server.instead = (path) => (path === '/v1/me' ? Response.json(me) : null);
  }
  const asked: string[] = [];
  const ask: Ask = async (path, init) => {
    const url = new URL(path, 'http://console.example');
    const line = `${init?.method ?? 'GET'} ${url.pathname}`;
    const body: unknown = typeof init?.body === 'string' ? JSON.parse(init.body) : null;
    const answer = sample.answer(line, url.searchParams, body);
    if (answer === null) return server.ask(path, init);
    asked.push(line);
    return answer;
  };
  const { place, go } = placeAt(at);
  const now = () => new Date(Date.UTC(2026, 0, 6));
  const root = draw(<App client={createClient(ask)} ask={ask} place={place} now={now} />);
  await soon(() => expect(root.querySelector('h1')).not.toBeNull());
  return { root, go, place, server, asked };
}

const rowsIn = (root: HTMLElement) => [...root.querySelectorAll<HTMLElement>('.u-long > li')];
const inSight = async (root: HTMLElement) => {
  await soon(() => expect(rowsIn(root).length).toBeGreaterThan(0));
  return rowsIn(root);
};
const wordsOf = (root: HTMLElement) => rowsIn(root).map(({ textContent }) => textContent);
const press = (name: string) => userEvent.click(page.getByRole('button', { name, exact: true }));
const status = (root: HTMLElement) => one(root, '.c-st-count').textContent;
const main = (row: Element | undefined) => row?.querySelector<HTMLElement>('[data-main]');

describe('five thousand moments', () => {
  test('only those in sight are in the document, from end to end, by scrolling and by keyboard', async () => {
    const { root } = await open(new SampleStory(5_000));
    await inSight(root);
    expect(status(root)).toBe('5,000 moments');
    expect(rowsIn(root).length).toBeLessThan(60);
    const scroller = one(root, '.c-story');
    for (const part of [0.2, 0.6, 1]) {
      scroller.scrollTop = scroller.scrollHeight * part;
      await soon(() => {
        const top = scroller.getBoundingClientRect().top;
        const seen = rowsIn(root).some((row) => {
          const box = row.getBoundingClientRect();
          return box.top < top + 300 && box.bottom > top + 300;
        });
        expect(seen).toBe(true);
      });
      expect(rowsIn(root).length).toBeLessThan(60);
    }
    scroller.scrollTop = 0;
    await soon(() => expect(wordsOf(root)[0]).toContain('Delivery 0'));
    main(rowsIn(root)[0])?.focus();
    await userEvent.keyboard('{ArrowDown}{ArrowDown}');
    await soon(() => expect(document.activeElement?.textContent).toContain('number 2.'));
    await userEvent.keyboard('{End}');
    await soon(() => expect(document.activeElement?.textContent).toContain('number 4999.'));
    const last = document.activeElement?.closest('li');
    expect(last?.getAttribute('aria-posinset')).toBe('5000');
    expect(last?.getAttribute('aria-setsize')).toBe('5000');
    await userEvent.keyboard('{Home}');
    await soon(() => expect(document.activeElement?.textContent).toContain('Delivery 0'));
    await expectAccessible(root);
  });

  test('all of them are on the paper, in one table whose head comes again, and nothing stays behind', async () => {
    const sample = new SampleStory(5_000);
    const { root } = await open(sample);
    await inSight(root);
    window.dispatchEvent(new Event('beforeprint'));
    const paper = one(document, '.c-st-paper');
    expect(paper.querySelectorAll('tbody tr')).toHaveLength(5_000);
    expect(one(paper, 'thead').textContent).toBe('WhenWhatWords');
    expect(one(paper, 'caption').textContent).toContain('Service story: Cold store');
    expect(one(paper, 'caption').textContent).toContain('Customer: Sample Works Zürich');
    expect(paper.textContent).toContain('What was noted as number 4999.');
    const print = [...document.styleSheets]
      .flatMap((sheet) => [...sheet.cssRules])
      .filter((rule) => rule instanceof CSSMediaRule && rule.conditionText === 'print')
      .map((rule) => rule.cssText)
      .join('\n');
    expect(print).toMatch(/\btr\b[^{]*{[^}]*break-inside: avoid/);
    expect(print).toContain('table-header-group');
    // Its title and the number of each sheet, in the margins.
    expect(print).toMatch(/@top-left {[^}]*var\(--paper-title/);
    expect(print).toContain('counter(page)');
    window.dispatchEvent(new Event('afterprint'));
    expect(document.querySelector('.c-st-paper')).toBeNull();
    expect(document.documentElement.dataset.printing).toBeUndefined();
  });
});

test('the button prints all texts whole', async () => {
  const sample = new SampleStory(3);
  const id = idAt(2);
  sample.story.moments[2] = sampleMoment(2, { ours: 'The beginning…', cut: true });
  sample.whole.set(id, 'The beginning and the very end of it.');
  const { root } = await open(sample);
  await inSight(root);
  let printed = '';
  const print = vi.spyOn(window, 'print').mockImplementation(() => {
    window.dispatchEvent(new Event('beforeprint'));
    printed = document.querySelector('.c-st-paper')?.textContent ?? '';
    window.dispatchEvent(new Event('afterprint'));
  });
  await press('Print');
  await soon(() => expect(print).toHaveBeenCalledOnce());
  expect(printed).toContain('the very end of it.');
  expect(printed).not.toContain('Long texts are shortened');
  print.mockRestore();
});

test('silences stand where they lie, also the one that goes on, in either order', async () => {
  const sample = new SampleStory(0);
  const start = Date.UTC(2025, 0, 6, 8);
  const at = [start, start + 41 * DAY, start + 42 * DAY];
  sample.story.moments = at.map((time, n) => sampleMoment(n * 10, { at: time }));
  const [first = 0, second = 0, third = 0] = at;
  const today = Date.UTC(2026, 0, 6);
  sample.story.gaps = [
    { from: first, to: second, days: 41 },
    { from: third, to: today, days: 323 },
  ];
  const { root } = await open(sample);
  await inSight(root);
  const text = () => one(root, '.c-story').textContent ?? '';
  const order = () =>
    ['Delivery 0', '41 days without a word', 'Delivery 10', 'Delivery 20', '323 days without'].map(
      (words) => text().indexOf(words),
    );
  expect(order()).toEqual(order().toSorted((a, b) => a - b));
  expect(order()).not.toContain(-1);
  expect(text()).toContain('323 days without a word until today');
  await press('Newest first');
  await soon(() => expect(order()).toEqual(order().toSorted((a, b) => b - a)));
  expect(order()).not.toContain(-1);
  // Between what is left of it no silence is one.
  await userEvent.fill(page.getByRole('searchbox'), 'Delivery');
  await soon(() => expect(text()).not.toContain('days without a word'));
});

test('is narrowed by kinds and words, also words beyond what is shown, and says how many fit', async () => {
  const sample = new SampleStory(30);
  sample.story.moments[7] = sampleMoment(7, { cut: true });
  sample.found = { walrus: [idAt(7)] };
  const { root } = await open(sample);
  await inSight(root);
  await press('Filters');
  await userEvent.click(page.getByRole('checkbox', { name: 'Standard not met 3' }));
  await soon(() => expect(status(root)).toBe('3 moments fit'));
  expect(wordsOf(root)[0]).toContain('Standard not met: Answered in a day');
  await userEvent.click(page.getByRole('checkbox', { name: 'Standard not met 3' }));
  await userEvent.fill(page.getByRole('searchbox'), 'NUMBER 12.');
  await soon(() => expect(status(root)).toBe('1 moment fits'));
  await userEvent.fill(page.getByRole('searchbox'), 'walrus');
  await soon(() => expect(wordsOf(root)[0]).toContain('number 7.'));
  expect(status(root)).toBe('1 moment fits');
  await userEvent.fill(page.getByRole('searchbox'), 'nothing of the kind');
  await soon(() => expect(root.textContent).toContain('Nothing fits.'));
  await expectAccessible(root);
  await press('Show all');
  await soon(() => expect(status(root)).toBe('30 moments'));
});

test('a moment that is named in the address has the keyboard; another one after it', async () => {
  const { go } = await open(
    new SampleStory(800),
    `#/story/project/${PROJECT}?at=${encodeURIComponent(`${idAt(512)}/note`)}`,
  );
  await soon(() => expect(document.activeElement?.textContent).toContain('number 512.'));
  // Where only the record is known; and one that is not there leads nowhere.
  go(`#/story/project/${PROJECT}?at=${encodeURIComponent(`note/${idAt(22)}`)}`);
  await soon(() => expect(document.activeElement?.textContent).toContain('number 22.'));
  go(`#/story/project/${PROJECT}?at=note/nobody`);
  await soon(() => expect(document.activeElement?.textContent).toContain('number 22.'));
});

test('a comment is written by keyboard, settled and taken back; what is typed is kept', async () => {
  const sample = new SampleStory(12);
  const { root } = await open(sample);
  const [, , third] = await inSight(root);
  main(third)?.focus();
  await userEvent.keyboard('c');
  await soon(() => expect(document.activeElement?.tagName).toBe('TEXTAREA'));
  await expectAccessible(root);
  // Arrows are the text's, not the list's.
  await userEvent.keyboard('Why so late{ArrowLeft}{ArrowDown}{End}?{Escape}');
  await soon(() => expect(root.querySelector('textarea')).toBeNull());
  expect(document.activeElement).toBe(main(rowsIn(root)[2]));
  await userEvent.keyboard('c');
  await soon(() => expect(root.querySelector('textarea')?.value).toBe('Why so late?'));
  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  await soon(() => expect(sample.story.comments).toHaveLength(1));
  expect(sample.story.comments[0]).toMatchObject({
    ...{ text: 'Why so late?', visibility: 'managers', at: sampleMoment(2).at },
    record: { kind: 'note', id: idAt(2) },
  });
  await soon(() => expect(status(root)).toBe('Your comment is saved.'));
  expect(one(root, '.c-st-comments').textContent).toContain('Sample Mira');
  await press('Settle');
  await soon(() => expect(one(root, '.c-st-comments').textContent).toContain('settled'));
  await press('Take back');
  await soon(() => expect(root.querySelector('.c-st-comments')).toBeNull());
});

test('a comment that is being written is nobody else’s who signs in at this browser', async () => {
  const sample = new SampleStory(12);
  const { root } = await open(sample);
  const [, , third] = await inSight(root);
  main(third)?.focus();
  await userEvent.keyboard('c');
  await soon(() => expect(document.activeElement?.tagName).toBe('TEXTAREA'));
  await userEvent.keyboard('Mine alone{Escape}');
  root.remove();
  const other = await open(sample, undefined, undefined, MEMBERS[1]);
  const [, , same] = await inSight(other.root);
  main(same)?.focus();
  await userEvent.keyboard('c');
  await soon(() => expect(document.activeElement?.tagName).toBe('TEXTAREA'));
  expect(one<HTMLTextAreaElement>(other.root, 'textarea').value).toBe('');
});

test('a comment whose answer was lost is written once', async () => {
  const sample = new SampleStory(12);
  const { answer } = sample;
  let isLost = true;
  sample.answer = (line, query, body) => {
    const given = answer.call(sample, line, query, body);
    if (line !== 'POST /v1/story/comments' || !isLost) return given;
    isLost = false;
    throw new TypeError('Failed to fetch');
  };
  const { root } = await open(sample);
  const [first] = await inSight(root);
  main(first)?.focus();
  await userEvent.keyboard('c');
  await soon(() => expect(document.activeElement?.tagName).toBe('TEXTAREA'));
  await userEvent.keyboard('Why?{Control>}{Enter}{/Control}');
  await soon(() => expect(root.textContent).toContain('cannot be reached'));
  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  await soon(() => expect(status(root)).toBe('Your comment is saved.'));
  expect(sample.story.comments).toHaveLength(1);
});

test('rows below a form that grows are not covered by it', async () => {
  const { root } = await open(new SampleStory(12));
  const [first] = await inSight(root);
  main(first)?.focus();
  await userEvent.keyboard('c');
  await soon(() => expect(document.activeElement?.tagName).toBe('TEXTAREA'));
  await userEvent.keyboard('one{Enter}two{Enter}three{Enter}four{Enter}five{Enter}six');
  await soon(() => {
    const boxes = rowsIn(root).map((row) => row.getBoundingClientRect());
    for (const [at, box] of boxes.entries()) {
      const before = boxes[at - 1];
      if (before) expect(box.top).toBeGreaterThanOrEqual(before.bottom - 1);
    }
  });
});

test('comments on what is gone are not lost', async () => {
  const sample = new SampleStory(3);
  sample.story.comments = [
    {
      ...{ id: idAt(900), record: { kind: 'note', id: idAt(901) }, at: null, text: 'Of something' },
      ...{ by: null, written: Date.UTC(2025, 1, 1), settled: false, visibility: 'managers' },
      mine: false,
    },
  ];
  const { root } = await open(sample);
  await inSight(root);
  expect(one(root, '.c-st-elsewhere').textContent).toContain('Of something');
});

test('long texts are read whole and folded again; an address that is no page is no link', async () => {
  const sample = new SampleStory(2);
  sample.story.moments[1] = sampleMoment(1, { ours: 'The beginning…', cut: true });
  sample.whole.set(idAt(1), 'The beginning and the very end of it.');
  const { root } = await open(sample);
  await inSight(root);
  await press('Read all of it');
  await soon(() => expect(root.textContent).toContain('the very end of it.'));
  await press('Show less');
  await soon(() => expect(root.textContent).not.toContain('the very end of it.'));
  const links = [...root.querySelectorAll<HTMLAnchorElement>('.c-st-ways a')];
  expect(links.map((link) => link.getAttribute('href'))).toEqual([
    'https://mail.example/?uid=0',
    `#/record/interaction/${idAt(0)}`,
    `#/record/expectation/${idAt(1)}`,
  ]);
  expect(links[0]?.rel).toContain('noopener');
});

test('blind, nothing leads to where names are, and it says what is left out', async () => {
  const sample = new SampleStory(2);
  const moments = sample.story.moments.map((moment) => ({ ...moment, by: null, url: null }));
  sample.story = { ...sample.story, blind: true, hidden: 4, owner: null, moments };
  const { root } = await open(sample);
  await inSight(root);
  expect(root.textContent).toContain('4 moments are left out');
  expect(root.textContent).toContain('by a colleague');
  expect(one(root, '.c-story').textContent).not.toContain('Sample Mira');
  expect(root.querySelectorAll('.c-st-ways a')).toHaveLength(0);
});

describe('whose story', () => {
  test('is found by name; the latest without one', async () => {
    const { root, place } = await open(new SampleStory(3), '#/story');
    await soon(() => expect(root.querySelectorAll('.c-st-subjects li')).toHaveLength(2));
    expect(root.textContent).toContain('Where something happened last');
    await expectAccessible(root);
    await userEvent.fill(page.getByRole('searchbox'), 'cold');
    await soon(() => expect(root.textContent).toContain('1 found.'));
    expect(root.querySelector('.c-st-subjects a')?.getAttribute('href')).toBe(
      `#/story/project/${PROJECT}`,
    );
    await userEvent.fill(page.getByRole('searchbox'), 'nobody');
    await soon(() => expect(root.textContent).toContain('No customer and no project'));
    place.location.hash = `#/story/project/${PROJECT}`;
    await soon(() => expect(one(root, 'h1').textContent).toBe('Cold store'));
  });

  test('annotators are told whose page it is, and nothing is asked', async () => {
    const { root, asked } = await open(new SampleStory(3), '#/story', 'annotator');
    await soon(() => expect(root.textContent).toContain('This page is for'));
    expect(asked).toEqual([]);
  });

  test('an entry of the register leads to where it stands in the stories', async () => {
    const { root, server } = await open(new SampleStory(3), '#/');
    const row = server.rows.find(({ project, customer }) => project && customer);
    if (!row) throw new Error('no row has both');
    location.hash = '';
    const { root: panel } = await open(new SampleStory(3), `#/record/${row.kind}/${row.id}`);
    await soon(() => expect(panel.querySelectorAll('.c-story-links a')).toHaveLength(2));
    const links = [...panel.querySelectorAll('.c-story-links a')];
    expect(links.map((link) => link.getAttribute('href'))).toEqual([
      `#/story/project/${row.project?.id}?at=${encodeURIComponent(`${row.kind}/${row.id}`)}`,
      `#/story/customer/${row.customer?.id}?at=${encodeURIComponent(`${row.kind}/${row.id}`)}`,
    ]);
    expect(root.querySelector('.c-story-links')).toBeNull();
  });
});

test('an empty story, an erased one and one that cannot be read are said in words', async () => {
  const { root } = await open(new SampleStory(0));
  await soon(() => expect(root.textContent).toContain('Nothing has happened yet'));
  await expectAccessible(root);

  const gone = new SampleStory(0);
  gone.answer = (line) =>
    line === 'GET /v1/story'
      ? Response.json({ error: 'erased', message: 'This project was erased.' }, { status: 410 })
      : null;
  const server = sampleServer(0);
  const ask: Ask = async (path, init) =>
    gone.answer(`GET ${path.split('?')[0]}`, new URLSearchParams(), null) ?? server.ask(path, init);
  const { place } = placeAt(`#/story/project/${PROJECT}`);
  const other = draw(<App client={createClient(ask)} ask={ask} place={place} />);
  await soon(() => expect(other.textContent).toContain('This project was erased.'));
  expect(other.textContent).toContain('Try again');
});

describe.each([
  ['light', 375],
  ['dark', 375],
  ['light', 1440],
  ['dark', 1440],
] as const)('%s, %i px wide', (scheme, width) => {
  test('long words are not cut, nothing is wider than the page, axe finds nothing', async () => {
    document.documentElement.style.colorScheme = scheme;
    await page.viewport(width, 900);
    const sample = new SampleStory(20);
    const long = 'Kälteanlagenwartungsvertragsverlängerungsbestätigungsschreiben';
    sample.story.subject.name = `${long} für Halle 3`;
    sample.story.moments[0] = sampleMoment(0, { title: `${long}${long}`, from: long });
    sample.story.moments[2] = sampleMoment(2, { ours: `${long} ${long}`, theirs: long });
    sample.story.comments = [
      {
        ...{ id: idAt(900), record: { kind: 'note', id: idAt(2) }, at: null, text: long },
        ...{ by: null, written: Date.UTC(2025, 1, 1), settled: false, visibility: 'workspace' },
        mine: true,
      },
    ];
    const { root } = await open(sample);
    await inSight(root);
    await press('Filters');
    await expectAccessible(root);
    const scroller = one(root, '.c-story');
    const wide = [...scroller.querySelectorAll('*')].filter(
      (element) => element.getBoundingClientRect().right > scroller.getBoundingClientRect().right,
    );
    expect(wide.map((element) => element.outerHTML.slice(0, 200))).toEqual([]);
    expect(scroller.scrollWidth).toBeLessThanOrEqual(scroller.clientWidth);
    for (const element of root.querySelectorAll<HTMLElement>('.c-story *')) {
      if (element.closest('.u-hidden, svg, select, input, textarea')) continue;
      if (element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0) {
        const { overflowX, display } = getComputedStyle(element);
        if (display !== 'inline') expect(`${element.className} ${overflowX}`).toBe('cut');
      }
    }
  });
});
