// Writing a review by keyboard: scored twice, with findings pinned to the story, kept whatever happens.
import { render } from 'preact';
import { beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import '../../src/console/console.css';
import { App } from '../../src/console/app.tsx';
import { createClient } from '../../src/console/client.ts';
import { draw, expectAccessible, one, soon } from '../ui/draw.ts';
import { placeAt } from './place.ts';
import { DRAW, SampleDesk, STANDARDS, SUBJECT } from './sample-desk.ts';

beforeEach(async () => {
  document.documentElement.dataset.page = 'console';
  localStorage.clear();
  await page.viewport(1440, 900);
});

const AT = `#/review/${DRAW}/${SUBJECT}`;

async function open(server: SampleDesk, at = AT) {
  const { place, visited } = placeAt(at);
  const root = draw(<App client={createClient(server.ask)} ask={server.ask} place={place} />);
  root.style.blockSize = '900px';
  await soon(() => expect(root.querySelector('.c-main h1')).not.toBeNull());
  return { root, visited };
}

/** The desk, with the story read and the keyboard on the first standard. */
async function desk(server: SampleDesk) {
  const opened = await open(server);
  await soon(() => expect(opened.root.textContent).toContain('Asked for certificates'));
  one(opened.root, '.c-score-head').focus();
  return opened;
}

/** As closing the tab does. */
function close(root: HTMLElement) {
  render(null, root);
  root.remove();
}

const keys = (text: string) => userEvent.keyboard(text);
const scoreOf = (server: SampleDesk, at: number) => server.content.scores[STANDARDS[at]?.id ?? ''];
const press = (name: string) => userEvent.click(page.getByRole('button', { name, exact: true }));
const soFar = (root: HTMLElement) => one(root, '.c-so-far').textContent;

/** Yes and no, six hours, kind. */
const ALL = 'yn' + 'j6{Enter}' + 'j4';

test('every standard is scored by keyboard, twice, and the scores run along', async () => {
  const server = new SampleDesk();
  const { root } = await desk(server);
  expect(soFar(root)).toContain('0 of 3');
  await keys('y');
  expect(soFar(root)).toContain('100 of 100');
  expect(one(root, '.c-card, .c-review-card [role="status"]').textContent).toContain(
    'Certificates in time, Against ours: yes',
  );
  await keys('nj6{Enter}j4');
  await soon(() => expect(soFar(root)).toContain('3 of 3'));
  await soon(() => expect(scoreOf(server, 2)).toMatchObject({ ours: 4 }));
  expect(scoreOf(server, 0)).toMatchObject({ ours: 1, theirs: 0 });
  expect(scoreOf(server, 1)).toMatchObject({ ours: 6, theirs: 6 });
  expect(scoreOf(server, 2)).toMatchObject({ ours: 4, theirs: null });
  // (1 + 2 × 0.5 + 0.75) of 4; theirs is 0 since a critical one was missed.
  expect(soFar(root)).toContain('Ours69 of 100');
  expect(soFar(root)).toContain('A critical standard was missed: the customer’s score is 0.');
  await expectAccessible(root);
});

test('keys that come faster than anything is painted go where they were meant', async () => {
  const server = new SampleDesk();
  const { root } = await desk(server);
  async function type(text: string) {
    for (const key of text) {
      const to = document.activeElement ?? document.body;
      to.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
      // As between two keys: what was put off until then is done, and nothing is painted.
      await new Promise((resolve) => setTimeout(resolve));
    }
  }
  await type('yjk');
  await type('n');
  await soon(() => expect(scoreOf(server, 0)).toMatchObject({ ours: 0, theirs: null }));
  await type('f');
  expect(document.activeElement?.tagName).toBe('TEXTAREA');
  expect(root.querySelectorAll('[data-finding]')).toHaveLength(1);
});

test('what does not apply, and what nobody asked for, is left out by a key', async () => {
  const server = new SampleDesk();
  const { root } = await desk(server);
  await keys('yu');
  await soon(() =>
    expect(scoreOf(server, 0)).toMatchObject({ ours: 1, theirs: null, asked: false }),
  );
  expect(soFar(root)).toContain('1 of 3');
  await keys('x');
  await soon(() => expect(scoreOf(server, 0)).toMatchObject({ applies: false, ours: null }));
  expect(one(root, '.c-score').textContent).toContain('n/a');
  await keys('xn');
  await soon(() => expect(scoreOf(server, 0)).toMatchObject({ applies: true, ours: 0 }));
});

test('remark and root cause by key; letters typed there judge nothing', async () => {
  const server = new SampleDesk();
  const { root } = await desk(server);
  await keys('r');
  await keys('yn j k x');
  await soon(() => expect(scoreOf(server, 0)).toMatchObject({ text: 'yn j k x', ours: null }));
  await keys('{Escape}c');
  await soon(() => expect(document.activeElement?.tagName).toBe('SELECT'));
  await userEvent.selectOptions(page.getByRole('combobox', { name: 'Root cause' }), 'Not known');
  await soon(() => expect(scoreOf(server, 0)?.cause).toBe('Not known'));
  expect(root.querySelectorAll('[data-open]')).toHaveLength(1);
});

test('a finding is pinned to a moment of the story, and the story says so', async () => {
  const server = new SampleDesk();
  const { root } = await desk(server);
  await keys('f');
  await keys('Nobody answered');
  expect(root.textContent).toContain('Not pinned to a moment.');
  const [first] = page.getByRole('button', { name: /Finding here/ }).elements();
  await userEvent.click(first as Element);
  await soon(() => expect(server.content.findings[0]?.subject?.kind).toBe('note'));
  expect(server.content.findings).toMatchObject([
    { text: 'Nobody answered', type: 'nonconformity', at: '2027-01-04T08:12:00.000Z' },
  ]);
  expect(one(root, '.c-st-pinned').textContent).toContain('1');
  // The next one goes to a finding of its own.
  await userEvent.click(first as Element);
  await soon(() => expect(root.querySelectorAll('[data-finding]')).toHaveLength(2));
  await expectAccessible(root);
  await press('Remove finding 2');
  await userEvent.click(page.getByText('Observation', { exact: true }));
  await soon(() => expect(server.content.findings).toMatchObject([{ type: 'observation' }]));
});

test('finished, it is shown whose it is and how they saw it; before, it is not', async () => {
  const server = new SampleDesk();
  const { root } = await desk(server);
  expect(root.textContent).toContain('Whose it is and how satisfied they are is shown when you');
  expect(root.textContent).not.toContain('Sample Owner');
  await press('Finish');
  expect(server.finished).toBeNull();
  expect(root.textContent).toContain('3 standards are not scored yet.');
  const focused = () => document.activeElement?.textContent;
  await soon(() => expect(focused()).toContain('Certificates in time'));
  await keys(ALL);
  await press('Finish');
  await soon(() => expect(root.textContent).toContain('Sample Owner'));
  expect(root.textContent).toContain('9 on a scale of 0 to 10');
  expect(root.textContent).toContain('Smooth');
  await soon(() => expect(document.activeElement?.tagName).toBe('H1'));
  // Nothing of it stays in the browser.
  expect(Object.keys(localStorage).filter((key) => key.startsWith('unsaid-review'))).toEqual([]);
  await expectAccessible(root);
});

test('while it is being finished nothing is written that would not be in it', async () => {
  const server = new SampleDesk();
  const { root } = await desk(server);
  await keys(ALL);
  await soon(() => expect(scoreOf(server, 2)).toMatchObject({ ours: 4 }));
  let answer = () => {};
  const answered = new Promise<void>((resolve) => {
    answer = resolve;
  });
  let isAsked = false;
  server.on = async (line) => {
    if (!line.endsWith('/finish')) return;
    isAsked = true;
    await answered;
  };
  await userEvent.fill(page.getByRole('textbox', { name: 'In short', exact: false }), 'In time.');
  const field = [...root.querySelectorAll('textarea')].find(({ value }) => value === 'In time.');
  if (field === undefined) throw new Error('no field');
  await press('Finish');
  await soon(() => expect(isAsked).toBe(true));
  field.focus();
  await keys(' And one more thing.');
  const shown = field.value;
  answer();
  await soon(() => expect(root.querySelector('.c-review-after')).not.toBeNull());
  expect(server.content.text).toBe(shown);
});

test('where finishing fails, the keyboard is where it was and writing goes on', async () => {
  const server = new SampleDesk();
  const { root } = await desk(server);
  await keys(ALL);
  await soon(() => expect(scoreOf(server, 2)).toMatchObject({ ours: 4 }));
  server.on = async (line) => {
    if (line.endsWith('/finish')) throw new TypeError('Failed to fetch');
  };
  const button = page.getByRole('button', { name: 'Finish', exact: true }).element();
  (button as HTMLElement).focus();
  await keys('{Enter}');
  await soon(() => expect(root.textContent).toContain('cannot be reached'));
  expect(document.activeElement).toBe(button);
  await userEvent.fill(page.getByRole('textbox', { name: 'In short', exact: false }), 'In time.');
  await soon(() => expect(server.content.text).toBe('In time.'));
});

test('without a network nothing is lost, over a reload too', async () => {
  const server = new SampleDesk();
  const { root } = await desk(server);
  server.away = true;
  await keys('y');
  await userEvent.fill(page.getByRole('textbox', { name: /In short/ }), 'Half a page');
  await soon(() => expect(root.textContent).toContain('Kept in this browser.'));
  expect(server.content.text).toBe('');
  close(root);
  server.away = false;
  const { root: again } = await desk(server);
  expect(
    (
      page
        .getByRole('textbox', { name: /In short/ })
        .elements()
        .at(-1) as HTMLTextAreaElement
    ).value,
  ).toBe('Half a page');
  expect(one(again, '.c-score').textContent).toContain('yes');
  await soon(() => expect(server.content.text).toBe('Half a page'));
});

test('what was written on another machine is taken up, and both is kept', async () => {
  const server = new SampleDesk();
  const { root } = await desk(server);
  server.write({ text: 'at the office' });
  await keys('y');
  await soon(() => expect(scoreOf(server, 0)).toMatchObject({ ours: 1 }));
  expect(server.content.text).toBe('at the office');
  const area = page.getByRole('textbox', { name: /In short/ }).element() as HTMLTextAreaElement;
  expect(area.value).toBe('at the office');
  await soon(() => expect(one(root, '[data-state]').textContent).toBe('Kept'));
});

test('what has changed since the draw, who else is at it and a newer standard are said', async () => {
  const server = new SampleDesk();
  const [first, ...rest] = STANDARDS;
  if (first === undefined) throw new Error('no standard');
  server.sheet = {
    ...server.sheet,
    standards: [{ ...first, newer: 2, weight: 0 }, ...rest],
    changes: ['It has a new owner since it was drawn.'],
    others: [{ name: 'Sample Tom', state: 'writing', at: '2027-02-01T08:00:00Z', draft: null }],
  };
  const { root } = await desk(server);
  expect(root.textContent).toContain('It has a new owner since it was drawn.');
  expect(root.textContent).toContain(
    'Sample Tom is reviewing this as well. Both reviews will stand.',
  );
  expect(root.textContent).toContain('There is a newer version (2). This review keeps the one');
  expect(root.textContent).toContain('Counts for nothing: it is judged and shown only.');
  await expectAccessible(root);
});

test('of what was erased in the middle, everything that was written can still be read', async () => {
  const server = new SampleDesk();
  const { root: before } = await desk(server);
  await keys('y');
  await soon(() => expect(scoreOf(server, 0)).toMatchObject({ ours: 1 }));
  close(before);
  const changes = ['This project was erased after it was drawn.'];
  server.sheet = { ...server.sheet, title: '', gone: 'erased', changes };
  const { root } = await open(server);
  await soon(() => expect(root.textContent).toContain('This cannot be reviewed any more'));
  expect(root.textContent).toContain('This project was erased after it was drawn.');
  expect(root.textContent).toContain('Copy what I wrote');
  expect(one(root, '.c-score').textContent).toContain('yes');
  await press('Throw this draft away');
  await press('Throw away');
  await soon(() => expect(server.discarded).toBe(1));
});

test('what cannot be begun is said, with where to go', async () => {
  const server = new SampleDesk();
  server.refuses = 'Nobody reviews their own work. You own this project.';
  const { root } = await open(server);
  expect(root.textContent).toContain('You own this project.');
  expect(page.getByRole('link', { name: 'Back to the draw' }).element().getAttribute('href')).toBe(
    `#/draws/${DRAW}`,
  );
  await expectAccessible(root);
});

test('times are neither shown nor kept where figures about one person are off', async () => {
  const server = new SampleDesk();
  const { root } = await desk(server);
  expect(root.textContent).toContain('0 min');
  close(root);
  server.sheet = { ...server.sheet, times: false };
  const { root: without } = await open(server);
  await soon(() => expect(without.querySelector('.c-score')).not.toBeNull());
  expect(without.textContent).not.toContain('0 min');
});

test('what one has begun is listed; who reviews nothing is told whom to ask', async () => {
  const server = new SampleDesk();
  const { root } = await open(server, '#/review');
  await soon(() => expect(root.textContent).toContain('Cold store, phase 2'));
  expect(root.textContent).toContain('1 of 3 scored');
  await expectAccessible(root);
  close(root);
  server.server.role = 'annotator';
  const { root: other } = await open(server, AT);
  expect(other.textContent).toContain('for managers, admins and auditors');
});

test('at 375 px one pane at a time, and nothing is wider than the page', async () => {
  const server = new SampleDesk();
  await page.viewport(375, 800);
  const { root } = await desk(server);
  expect(root.scrollWidth).toBeLessThanOrEqual(375);
  const story = one(root, '.c-review-story');
  expect(getComputedStyle(story).display).toBe('none');
  await userEvent.click(page.getByRole('main').getByText('Story', { exact: true }));
  expect(getComputedStyle(story).display).not.toBe('none');
  expect(getComputedStyle(one(root, '.c-review-card')).display).toBe('none');
  expect(root.scrollWidth).toBeLessThanOrEqual(375);
  await expectAccessible(root);
});
