// Words from the sidebar go where the person was writing in the page.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { Insert } from '../../src/extension/page/insert.ts';

let abort: AbortController;
let time = 0;
beforeEach(() => {
  abort = new AbortController();
});
afterEach(() => {
  abort.abort();
  document.body.replaceChildren();
});

const listen = () => new Insert(abort.signal, () => ++time);

function add<K extends keyof HTMLElementTagNameMap>(name: K, html = ''): HTMLElementTagNameMap[K] {
  const element = document.body.appendChild(document.createElement(name));
  element.textContent = html;
  return element;
}

/** The focus goes elsewhere, as into the sidebar's frame. */
async function elsewhere() {
  const frame = document.body.appendChild(document.createElement('iframe'));
  frame.srcdoc = '<button>Sidebar</button>';
  await new Promise((done) => frame.addEventListener('load', done, { once: true }));
  frame.focus();
  return frame;
}

describe('a text area', () => {
  test('has them at its caret, and hears of it as of typing', async () => {
    const insert = listen();
    const area = add('textarea');
    let heard = '';
    area.addEventListener('input', () => {
      heard = area.value;
    });
    await userEvent.type(area, 'Dear all, regards');
    area.setSelectionRange(9, 9);
    await elsewhere();
    expect(await insert.put('How is that\n done today?')).toBe(true);
    expect(area.value).toBe('Dear all, How is that done today? regards');
    expect(heard).toBe(area.value);
    expect(document.activeElement).toBe(area);
  });

  test('it is one step for Ctrl+Z', async () => {
    const insert = listen();
    const area = add('textarea');
    await userEvent.type(area, 'Hello');
    await elsewhere();
    await insert.put('Why?');
    expect(area.value).toBe('Hello Why?');
    document.execCommand('undo');
    expect(area.value).toBe('Hello');
  });
});

describe('an editor', () => {
  test('has them where its caret was before the focus left', async () => {
    const insert = listen();
    const editor = add('div', 'One three');
    editor.contentEditable = 'true';
    await userEvent.click(editor);
    const caret = document.createRange();
    caret.setStart(editor.firstChild ?? editor, 3);
    document.getSelection()?.removeAllRanges();
    document.getSelection()?.addRange(caret);
    await elsewhere();
    expect(await insert.put('two')).toBe(true);
    expect(editor.textContent?.replace(/\u00a0/g, ' ')).toBe('One two three');
  });

  test('markup stays text', async () => {
    const insert = listen();
    const editor = add('div');
    editor.contentEditable = 'true';
    await userEvent.click(editor);
    await insert.put('<img src=x onerror="document.title=1">');
    expect(editor.querySelector('img')).toBeNull();
    expect(editor.textContent).toContain('<img');
  });
});

describe('no box', () => {
  test('where nobody wrote, in a search field, in one that is gone or hidden', async () => {
    const insert = listen();
    const input = add('input');
    await userEvent.click(input);
    const password = add('input');
    password.type = 'password';
    await userEvent.click(password);
    expect(insert.at).toBeNull();
    expect(await insert.put('x')).toBe(false);
    expect(input.value + password.value).toBe('');

    const area = add('textarea');
    await userEvent.click(area);
    expect(insert.at).not.toBeNull();
    area.style.display = 'none';
    expect(insert.at).toBeNull();
    area.remove();
    expect(await insert.put('x')).toBe(false);
  });

  test('an editor that takes nothing is told as it is: the words do not stand there', async () => {
    const insert = listen();
    const editor = add('div');
    editor.contentEditable = 'true';
    editor.addEventListener('input', () => editor.replaceChildren());
    await userEvent.click(editor);
    expect(await insert.put('Why?')).toBe(false);
  });
});

test('who is writing when it comes to the page is known; the newest box counts', async () => {
  const first = add('textarea');
  await userEvent.click(first);
  const insert = listen();
  const before = insert.at;
  expect(before).not.toBeNull();
  const second = add('textarea');
  await userEvent.click(second);
  expect(insert.at).toBeGreaterThan(before ?? 0);
  await insert.put('here');
  expect([first.value, second.value]).toEqual(['', 'here']);
});

test('a frame that was left still knows the box that has its caret; one never touched does not count', async () => {
  const editor = add('div', 'Hello');
  editor.contentEditable = 'true';
  await userEvent.click(editor);
  await elsewhere();
  expect(listen().at).toBe(0);
  document.getSelection()?.removeAllRanges();
  expect(listen().at).toBeNull();
});
