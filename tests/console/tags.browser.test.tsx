import { beforeEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import '../../src/console/console.css';
import { App, Signed } from '../../src/console/app.tsx';
import { createClient } from '../../src/console/client.ts';
import { ConsoleWordsContext } from '../../src/console/words.ts';
import { BUILT_IN_TAGS } from '../../src/domain/codebook.ts';
import { WordsContext } from '../../src/ui/index.ts';
import { draw, expectAccessible, one, soon } from '../ui/draw.ts';
import * as german from './german.ts';
import { placeAt } from './place.ts';
import { type SampleServer, sampleServer } from './sample-server.ts';

beforeEach(async () => {
  document.documentElement.dataset.page = 'console';
  await page.viewport(1280, 1000);
});

async function open(server: SampleServer) {
  const { place, go } = placeAt('#/tags');
  const root = draw(<App client={createClient(server.ask)} ask={server.ask} place={place} />);
  await soon(() => expect(root.querySelectorAll('.c-tags > li')).not.toHaveLength(0));
  return { root, go };
}

const names = (root: Element) =>
  [...root.querySelectorAll('ol.c-tags .c-tag > span[dir]')].map((it) => it.textContent);
const press = (name: string) => userEvent.click(page.getByRole('button', { name, exact: true }));
const type = (label: string, text: string) =>
  userEvent.fill(page.getByRole('textbox', { name: label, exact: true }), text);
const sent = (server: SampleServer) =>
  server.requests.flatMap(({ line, body }) =>
    line === 'PUT /v1/labels' ? [body as { tags: { name: string | null; key: string }[] }] : [],
  );

describe('a manager', () => {
  test('sees the built-in tags as the bar shows them: icon, words, key', async () => {
    const { root } = await open(sampleServer(0));
    expect(names(root)).toEqual([
      ...['Expectation', 'Grievance', 'Praise', 'Our promise', 'Their promise', 'Question'],
      ...['Decision', 'Risk', 'Ask later'],
    ]);
    const first = one(root, 'ol.c-tags > li');
    expect(one(first, 'kbd').textContent).toBe('1');
    expect(one(first, '.c-tag').dataset.kind).toBe('expectation');
    expect(one(first, 'svg')).toBeTruthy();
    await expectAccessible(root);
  });

  test('renames, re-keys and recolours one, saves, and takes it all back in its place', async () => {
    const server = sampleServer(0);
    const { root } = await open(server);
    await press('Change: Risk');
    await type('Name', 'Danger');
    await type('Key', 'D');
    await userEvent.selectOptions(page.getByLabelText('Colour of'), 'grievance');
    await expectAccessible(root);
    await press('Save');
    await soon(() => expect(root.textContent).toContain('Saved.'));
    expect(server.labels.tags[7]).toMatchObject({ name: 'Danger', key: 'd', colour: 'grievance' });
    expect(names(root)[7]).toBe('Danger');
    await userEvent.click(one(root, '.u-undo button'));
    await soon(() => expect(server.labels.tags).toEqual(BUILT_IN_TAGS));
    await soon(() => expect(names(root)[7]).toBe('Risk'));
  });

  test('adds one of their own and moves it, by keyboard alone', async () => {
    const server = sampleServer(0);
    const { root } = await open(server);
    (page.getByRole('button', { name: 'Add a tag' }).element() as HTMLElement).focus();
    await userEvent.keyboard('{Enter}');
    await soon(() => expect(document.activeElement?.tagName).toBe('INPUT'));
    await userEvent.keyboard('Price{Tab}p');
    const up = page.getByRole('button', { name: 'Move up: Price' }).element() as HTMLElement;
    up.focus();
    await userEvent.keyboard('{Enter}{Enter}');
    // It goes on having the focus, wherever it is now.
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Move up: Price');
    expect(names(root).indexOf('Price')).toBe(7);
    expect(root.textContent).toContain('Price: 8 of 10.');
    await press('Save');
    await soon(() => expect(server.labels.tags[7]).toMatchObject({ name: 'Price', key: 'p' }));
  });

  test('two with one key, and keys of the bar, are said, and nothing is sent', async () => {
    const server = sampleServer(0);
    const { root } = await open(server);
    await press('Change: Risk');
    await type('Key', '1');
    expect(root.textContent).toContain('“Expectation” has the key 1 already.');
    await type('Key', 'h');
    expect(root.textContent).toContain('The call bar needs this key itself');
    const save = page.getByRole('button', { name: 'Save', exact: true }).element() as HTMLElement;
    expect(save.getAttribute('aria-disabled')).toBe('true');
    save.click();
    expect(sent(server)).toEqual([]);
    await press('Done');
    expect(root.textContent).toContain('It cannot be used like this yet.');
    await expectAccessible(root);
  });

  test('retires one, which gives its key free, and uses it again', async () => {
    const server = sampleServer(0);
    const { root } = await open(server);
    await press('Retire: Risk');
    expect(names(root)).not.toContain('Risk');
    expect(root.textContent).toContain('1 retired');
    await press('Change: Praise');
    await type('Key', '8');
    expect(root.textContent).not.toContain('has the key');
    await press('Save');
    await soon(() => expect(server.labels.tags[7]).toMatchObject({ id: 'risk', retired: true }));
    await userEvent.click(page.getByText('1 retired'));
    await press('Use again: Risk');
    expect(names(root)).toContain('Risk');
  });

  test('who was slower gets both changes to look at, and loses none', async () => {
    const server = sampleServer(0);
    const { root } = await open(server);
    await press('Change: Risk');
    await type('Name', 'Danger');
    const tags = server.labels.tags.map((tag) =>
      tag.id === 'praise' ? { ...tag, name: 'Thanks' } : tag,
    );
    server.labels = { tags, seen: 'theirs' };
    await press('Save');
    await soon(() => expect(root.textContent).toContain('Somebody changed the tags'));
    expect(names(root)).toEqual(expect.arrayContaining(['Thanks', 'Danger']));
    await press('Save');
    await soon(() => expect(server.labels.tags[7]?.name).toBe('Danger'));
    expect(server.labels.tags[2]?.name).toBe('Thanks');
  });

  /** A new tag, with the server's answers to saving as `answered` gives them on. */
  async function adding(answered: (answer: Response) => Promise<Response>) {
    const server = sampleServer(0);
    const { ask } = server;
    server.ask = async (path, init) => {
      const answer = await ask(path, init);
      return init?.method === 'PUT' ? answered(answer) : answer;
    };
    const { root } = await open(server);
    await press('Add a tag');
    await type('Name', 'Price');
    return { server, root };
  }
  const prices = ({ labels }: SampleServer) =>
    labels.tags.filter(({ name, retired }) => name?.startsWith('Price') && !retired);

  test('pressing twice saves once', async () => {
    const { server, root } = await adding(async (answer) => answer);
    const save = page.getByRole('button', { name: 'Save', exact: true }).element() as HTMLElement;
    save.click();
    save.click();
    await soon(() => expect(root.textContent).toContain('Saved.'));
    expect(sent(server)).toHaveLength(1);
    expect(names(root).filter((name) => name === 'Price')).toHaveLength(1);
    expect(root.textContent).not.toContain('Somebody changed the tags');
  });

  test('where the answer was lost, saving again makes no second one', async () => {
    let isLost = true;
    const { server, root } = await adding(async (answer) => {
      if (!isLost) return answer;
      isLost = false;
      throw new TypeError('Failed to fetch');
    });
    await press('Save');
    await soon(() => expect(root.textContent).toContain('cannot be reached'));
    // Saving gives the keyboard back to what was pressed.
    expect(document.activeElement?.textContent).toBe('Save');
    await press('Save');
    await soon(() => expect(root.textContent).not.toContain('cannot be reached'));
    expect(names(root).filter((name) => name === 'Price')).toHaveLength(1);
    expect(prices(server)).toHaveLength(1);
    expect(root.textContent).not.toContain('Somebody changed the tags');
  });

  test('nothing is written while it is being saved that would be gone then', async () => {
    let answer = () => {};
    const answered = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const { server, root } = await adding(async (response) => {
      await answered;
      return response;
    });
    await press('Save');
    await soon(() => expect(sent(server)).toHaveLength(1));
    const field = one<HTMLInputElement>(root, '.c-tags-editor input');
    field.focus();
    await userEvent.keyboard(' list');
    const shown = field.value;
    answer();
    await soon(() => expect(root.textContent).toContain('Saved.'));
    expect(names(root)).toContain(shown);
  });

  test('taking back leaves what a colleague has changed since', async () => {
    const server = sampleServer(0);
    const { root } = await open(server);
    await press('Change: Risk');
    await type('Name', 'Danger');
    await press('Add a tag');
    await userEvent.fill(one<HTMLInputElement>(root, '[data-row="new-1"] input'), 'Price');
    await press('Save');
    await soon(() => expect(root.textContent).toContain('Saved.'));
    const tags = server.labels.tags.map((tag) =>
      tag.id === 'praise' ? { ...tag, name: 'Thanks' } : tag,
    );
    server.labels = { tags, seen: 'theirs' };
    server.poke();
    await soon(() => expect(names(root)).toContain('Thanks'));
    await userEvent.click(one(root, '.u-undo button'));
    await soon(() => expect(names(root)).toContain('Risk'));
    expect(names(root)).toContain('Thanks');
    expect(prices(server)).toEqual([]);
  });

  test('what is not saved is still there after a look at another page, and after a failure', async () => {
    const server = sampleServer(0);
    const { root, go } = await open(server);
    await press('Change: Risk');
    await type('Name', 'Danger');
    go('#/people');
    await soon(() => expect(root.querySelector('.c-tags')).toBeNull());
    go('#/tags');
    await soon(() => expect(names(root)).toContain('Danger'));
    server.instead = (path) => (path === '/v1/labels' ? 'offline' : null);
    await press('Save');
    await soon(() => expect(root.textContent).toContain('Your changes are still here.'));
    expect(names(root)).toContain('Danger');
  });
});

test('an annotator reads the tags and is told who can change them', async () => {
  const server = sampleServer(0);
  server.role = 'annotator';
  const { root } = await open(server);
  expect(root.textContent).toContain('Managers and admins can change the tags.');
  expect(root.querySelector('.c-tags button')).toBeNull();
  expect(names(root)).toHaveLength(9);
  await expectAccessible(root);
});

test.each([1280, 375])('in a language a third longer nothing is cut at %i px', async (width) => {
  await page.viewport(width, 900);
  const server = sampleServer(0);
  const { place } = placeAt('#/tags');
  document.documentElement.style.colorScheme = 'dark';
  const root = draw(
    <WordsContext.Provider value={german.shared}>
      <ConsoleWordsContext.Provider value={german.console}>
        <Signed client={createClient(server.ask)} ask={server.ask} place={place} />
      </ConsoleWordsContext.Provider>
    </WordsContext.Provider>,
  );
  await soon(() => expect(root.querySelectorAll('.c-tags > li')).toHaveLength(9));
  await userEvent.click(page.getByRole('button', { name: /^Ändern/ }).nth(4));
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(width);
  const words = root.querySelectorAll<HTMLElement>('h1, .u-label, .u-button, .c-tag, .u-hint');
  const cut = [...words].filter((it) => it.scrollWidth > it.clientWidth + 1 && it.clientWidth > 1);
  expect(cut.map((it) => it.textContent)).toEqual([]);
  await expectAccessible(root);
});
