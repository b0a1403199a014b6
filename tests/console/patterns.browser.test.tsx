import { beforeEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import '../../src/console/console.css';
import { App } from '../../src/console/app.tsx';
import { createClient } from '../../src/console/client.ts';
import { PATTERNS } from '../../src/domain/patterns.ts';
import { draw, expectAccessible, one, soon } from '../ui/draw.ts';
import { placeAt } from './place.ts';
import { type SampleServer, sampleServer } from './sample-server.ts';

beforeEach(async () => {
  document.documentElement.dataset.page = 'console';
  await page.viewport(1280, 1000);
});

async function open(server: SampleServer, at = '#/questions') {
  const { place, go } = placeAt(at);
  const root = draw(<App client={createClient(server.ask)} ask={server.ask} place={place} />);
  await soon(() => expect(root.querySelectorAll('.c-patterns > li')).not.toHaveLength(0));
  return { root, go };
}

const press = (name: string) => userEvent.click(page.getByRole('button', { name, exact: true }));
const texts = (root: Element) =>
  [...root.querySelectorAll('ol.c-patterns > li > span[dir]')].map((it) => it.textContent);
const [first, second] = PATTERNS.map(({ text }) => text) as [string, string];

describe('a manager', () => {
  test('sees them by what they are for, and changes one by keyboard', async () => {
    const server = sampleServer(0);
    const { root } = await open(server);
    expect(texts(root)).toEqual(PATTERNS.map(({ text }) => text));
    const titles = [...root.querySelectorAll('h2')].map((it) => it.textContent);
    expect(titles).toHaveLength(8);
    expect(titles[0]).toBe('The customer cannot put it into words');
    one(root, `[aria-label="Change: ${CSS.escape(first)}"], [data-row] [aria-expanded]`).focus();
    await userEvent.keyboard('{Enter}');
    const field = page.getByRole('textbox', { name: 'The question' });
    await userEvent.fill(field, 'Tell me of “{words}”.');
    // A button that has just come alive is still taking its colour.
    await soon(() => expectAccessible(root));
    await press('Save');
    await soon(() => expect(root.textContent).toContain('Saved.'));
    expect(server.patterns.patterns[0]?.text).toBe('Tell me of “{words}”.');
    await press('Undo');
    await soon(() => expect(server.patterns.patterns).toEqual(PATTERNS));
  });

  test('adds one for a reason; retires one and uses it again; moves one within its kind', async () => {
    const server = sampleServer(0);
    const { root } = await open(server);
    await press(`Move down: ${first}`);
    expect(texts(root).slice(0, 2)).toEqual([second, first]);
    await press(`Retire: ${second}`);
    await soon(() => expect(root.textContent).toContain('1 retired'));
    await press('Add a question');
    await soon(() =>
      expect(document.activeElement).toBe(
        page.getByRole('textbox', { name: 'The question' }).element(),
      ),
    );
    expect(root.textContent).toContain('Write the question.');
    await userEvent.keyboard('Who signs it in the end?');
    await userEvent.selectOptions(
      page.getByLabelText('Why it was not said'),
      'takes it for granted',
    );
    await press('Save');
    await soon(() => expect(root.textContent).toContain('Saved.'));
    expect(server.patterns.patterns.at(-1)).toMatchObject({
      ...{ text: 'Who signs it in the end?', reason: 'assumes', dimension: null },
    });
    expect(server.patterns.patterns[0]).toMatchObject({ text: second, retired: true });
    await userEvent.click(page.getByText('1 retired'));
    await press(`Use again: ${second}`);
    await press('Save');
    await soon(() => expect(server.patterns.patterns[0]?.retired).toBe(false));
  });

  test('two alike are not saved, and it is said why', async () => {
    const { root } = await open(sampleServer(0));
    await press(`Change: ${second}`);
    await userEvent.fill(page.getByRole('textbox', { name: 'The question' }), first);
    await soon(() => expect(root.textContent).toContain('This question is there already.'));
    expect(one(root, '.c-tags-save button').getAttribute('aria-disabled')).toBe('true');
  });

  test('what a colleague saved meanwhile is merged, and nothing is lost on another page', async () => {
    const server = sampleServer(0);
    const { root, go } = await open(server);
    await press(`Change: ${first}`);
    await userEvent.fill(page.getByRole('textbox', { name: 'The question' }), 'Mine?');
    go('#/tags');
    go('#/questions');
    await soon(() => expect(texts(root)[0]).toBe('Mine?'));
    const theirs = server.patterns.patterns.map((pattern) =>
      pattern.text === second ? { ...pattern, text: 'Theirs?' } : pattern,
    );
    server.patterns = { patterns: theirs, seen: 'theirs' };
    await press('Save');
    await soon(() => expect(root.textContent).toContain('Both changes are here now'));
    expect(texts(root).slice(0, 2)).toEqual(['Mine?', 'Theirs?']);
    await press('Save');
    await soon(() => expect(server.patterns.patterns[0]?.text).toBe('Mine?'));
  });
});

test('an annotator reads them, and is told who may change them', async () => {
  const server = sampleServer(0);
  server.role = 'annotator';
  const { root } = await open(server);
  expect(root.textContent).toContain('Managers and admins can change the questions.');
  expect(root.querySelector('.c-tags-save')).toBeNull();
  await expectAccessible(root);
});

test.each([1280, 600, 320])('at %i px nothing is cut', async (width) => {
  await page.viewport(width, 900);
  const server = sampleServer(0);
  const word = 'Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverordnung';
  server.patterns = {
    ...server.patterns,
    patterns: server.patterns.patterns.map((one, at) => (at === 0 ? { ...one, text: word } : one)),
  };
  const { root } = await open(server);
  await press(`Change: ${word}`);
  for (const each of root.querySelectorAll('.c-patterns *')) {
    expect(each.getBoundingClientRect().right).toBeLessThanOrEqual(width);
  }
});

test('the page of an expectation has its ladder, and what was asked in its history', async () => {
  const server = sampleServer(12);
  const row = server.rows.find(({ kind }) => kind === 'expectation');
  const { place } = placeAt(`#/record/expectation/${row?.id}`);
  const root = draw(<App client={createClient(server.ask)} ask={server.ask} place={place} />);
  const panel = await soon(() => one(root, '.c-ladder'));
  expect(panel.querySelectorAll('.u-rungs > li')).toHaveLength(4);
  const text = panel.textContent ?? '';
  expect(text).toMatch(/Confirmed: How is that done at your place today\?/);
  expect(text).toMatch(/They said: They lie on the desk the week before\./);
  expect(text).toMatch(/Sample Mira · .* · at 12:04 of the call/);
  const history = one(root, '.c-history').textContent ?? '';
  // By their numbers in the log: 57, 41, 39 (the answer).
  expect(history.indexOf('no. 39')).toBeGreaterThan(history.indexOf('no. 41'));
  expect(history).toMatch(/Question: How is that done at your place today\?.*Confirmed/);
  await expectAccessible(one(root, '.c-panel'));
});
