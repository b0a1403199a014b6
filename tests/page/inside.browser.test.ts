import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { clippers } from '../../src/extension/page/clip.ts';
import { isInside } from '../../src/extension/page/inside.ts';
import { LAYER, removeLeftovers } from '../../src/extension/page/layer-name.ts';
import { isShown } from '../../src/sites/reading.ts';
import { addMail, markOn, ours, select, start, textOf } from './sample.ts';

test('inside is inside, through shadow trees too', () => {
  const outer = document.createElement('div');
  const host = outer.appendChild(document.createElement('div'));
  const root = host.attachShadow({ mode: 'open' });
  const inner = root.appendChild(document.createElement('p'));
  const other = document.createElement('div');
  expect(isInside(inner, outer)).toBe(true);
  expect(isInside(inner, inner)).toBe(true);
  expect(isInside(outer, inner)).toBe(false);
  expect(isInside(inner, other)).toBe(false);
  expect(isInside(inner, null)).toBe(false);
});

describe('in a form whose inputs take the names of what is asked for', () => {
  const NAMES =
    'parentNode parentElement assignedSlot ownerDocument getRootNode contains shadowRoot hasAttribute';
  let form: HTMLFormElement;
  let inner: HTMLElement;
  beforeEach(() => {
    form = document.body.appendChild(document.createElement('form'));
    for (const name of NAMES.split(' ')) {
      const input = form.appendChild(document.createElement('input'));
      input.name = name;
      input.style.cssText = 'background: transparent';
    }
    inner = form.appendChild(document.createElement('p'));
  });
  afterEach(() => form.remove());

  test('the way outwards has an end', () => {
    expect(isInside(inner, document.createElement('div'))).toBe(false);
    expect(isInside(inner, form)).toBe(true);
    const box = document.createElement('div');
    box.style.overflow = 'auto';
    form.replaceWith(box);
    box.append(form);
    expect(clippers(inner)).toEqual([box]);
    form.style.display = 'contents';
    expect(isShown(form)).toBe(true);
    inner.style.display = 'none';
    expect(isShown(inner)).toBe(false);
    box.replaceWith(form);
  });

  test('what an older script left in the page is found beside it', () => {
    document.documentElement.append(form);
    const named = document.body.appendChild(document.createElement('img'));
    named.name = 'documentElement';
    const left = document.createElement('div');
    left.setAttribute(LAYER, '');
    Reflect.get(Document.prototype, 'documentElement', document)?.append(left);
    removeLeftovers();
    expect(left.isConnected).toBe(false);
    named.remove();
  });

  test('a message that is this form is marked in', async () => {
    addMail(1, 'We assume the certificates.');
    const mail = document.querySelector('article');
    mail?.querySelector('[data-body]')?.removeAttribute('data-body');
    mail?.append(form);
    form.setAttribute('data-body', '');
    inner.textContent = 'The training is free.';
    form.style.background = 'white';
    const { sent } = start({ marks: [markOn('The training')] });
    await expect.poll(() => sent('reading')).toHaveLength(1);
    await expect.poll(() => CSS.highlights.size).toBe(1);
    addMail(2, 'Another one.');
    await expect.poll(() => sent('reading').at(-1)?.messages).toHaveLength(2);
    select(textOf(inner), 0, textOf(inner), 8);
    await userEvent.keyboard('{Shift}');
    await expect.poll(() => ours('[role=toolbar]')).not.toBeNull();
  });
});
