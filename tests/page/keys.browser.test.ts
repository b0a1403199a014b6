import { describe, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { kindOfKey } from '../../src/extension/page/kind-keys.ts';
import { CAPTURES } from '../../src/extension/page/kinds.ts';
import { addMail, ours, select, start, textOf } from './sample.ts';

const toolbar = () => ours('[role=toolbar]');

async function offer(words: HTMLElement): Promise<void> {
  await userEvent.tripleClick(words);
  await expect.poll(toolbar).not.toBeNull();
}

/** Everything a page can listen to, on every place it can listen at. */
function eavesdrop(): { heard: string[]; stop: () => void } {
  const heard: string[] = [];
  const abort = new AbortController();
  for (const target of [window, document, document.documentElement, document.body]) {
    for (const type of ['keydown', 'keypress', 'keyup', 'beforeinput', 'input']) {
      for (const capture of [true, false]) {
        const hear = (event: Event) => heard.push(`${type} ${(event as KeyboardEvent).key}`);
        target.addEventListener(type, hear, { capture, signal: abort.signal });
      }
    }
  }
  return { heard, stop: () => abort.abort() };
}

describe('one key keeps the words', () => {
  test('the page hears nothing of it: not down, not press, not up', async () => {
    const [words] = addMail(1, 'We assume the certificates are there.');
    const { sent } = start();
    await offer(words as HTMLElement);
    const { heard, stop } = eavesdrop();
    await userEvent.keyboard('e');
    await expect.poll(() => sent('capture')).toHaveLength(1);
    stop();
    expect(heard).toEqual([]);
  });

  test('every other key, Tab among them, passes to the page', async () => {
    const [words] = addMail(1, 'We assume the certificates are there.');
    const { sent } = start();
    await offer(words as HTMLElement);
    const { heard, stop } = eavesdrop();
    await userEvent.keyboard('j{Tab}');
    stop();
    expect(heard).toContain('keydown j');
    expect(heard).toContain('keydown Tab');
    expect(sent('capture')).toEqual([]);
  });

  test.for(['{Control>}e{/Control}', '{Shift>}E{/Shift}', '{Alt>}e{/Alt}'])(
    'a key with a modifier is the page’s: %s',
    async (keys) => {
      const [words] = addMail(1, 'We assume the certificates are there.');
      const { sent } = start();
      await offer(words as HTMLElement);
      await userEvent.keyboard(keys);
      expect(sent('capture')).toEqual([]);
    },
  );

  test('without the toolbar the key is the page’s', async () => {
    addMail(1, 'We assume the certificates are there.');
    const { sent } = start();
    const { heard, stop } = eavesdrop();
    await userEvent.keyboard('e');
    stop();
    expect(heard).toContain('keydown e');
    expect(sent('capture')).toEqual([]);
  });

  test('in a field a letter is text', async () => {
    const [words] = addMail(1, 'We assume the certificates are there.');
    const field = document.body.appendChild(document.createElement('input'));
    const { sent } = start();
    await offer(words as HTMLElement);
    field.focus({ preventScroll: true });
    await userEvent.keyboard('e');
    expect(field.value).toBe('e');
    expect(sent('capture')).toEqual([]);
  });

  test('the page has its keys where ours can come to nothing', async () => {
    const [words] = addMail(1, 'We assume the certificates are there.');
    const { page } = start({ deps: { load: async () => null } });
    const { heard, stop } = eavesdrop();
    await userEvent.tripleClick(words as HTMLElement);
    await userEvent.keyboard('e');
    expect(heard).not.toEqual([]);
    page.end();
    heard.length = 0;
    // An old script, whose extension was updated under the page.
    start({ deps: { alive: () => false, load: () => new Promise(() => {}) } });
    await userEvent.keyboard('e');
    expect(heard).not.toEqual([]);
    stop();
  });

  test('a page that fakes keys, presses and clicks reaches nothing', async () => {
    const [words] = addMail(1, 'We assume the certificates are there.');
    const { sent } = start();
    select(textOf(words as HTMLElement), 0, textOf(words as HTMLElement), 9);
    document.body.dispatchEvent(new MouseEvent('mouseup', { bubbles: true }));
    document.body.dispatchEvent(new KeyboardEvent('keyup', { bubbles: true, key: 'Shift' }));
    await new Promise((done) => setTimeout(done, 50));
    expect(toolbar()).toBeNull();

    await offer(words as HTMLElement);
    const fake = new KeyboardEvent('keydown', { key: 'e', code: 'KeyE', bubbles: true });
    document.body.dispatchEvent(fake);
    toolbar()?.querySelector('button')?.click();
    await new Promise((done) => setTimeout(done, 50));
    expect(sent('capture')).toEqual([]);
  });
});

describe('the letter of a key', () => {
  test('is the letter typed, whatever its place', () => {
    expect(kindOfKey('q', 'KeyA')).toBe('question');
    expect(kindOfKey('a', 'KeyQ')).toBeNull();
    expect(kindOfKey('E', 'KeyE')).toBe('expectation');
  });

  test('is its place where the layout has no Latin letters', () => {
    expect(kindOfKey('у', 'KeyE')).toBe('expectation');
    expect(kindOfKey('ε', 'KeyE')).toBe('expectation');
    expect(kindOfKey('é', 'Digit2')).toBeNull();
    expect(kindOfKey('Enter', 'Enter')).toBeNull();
  });
});

test('each kind of the toolbar has the key that is printed on it', () => {
  expect(CAPTURES.map(({ key }) => kindOfKey(key, ''))).toEqual(CAPTURES.map(({ kind }) => kind));
});
