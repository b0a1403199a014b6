// The bar in another window than the one it was loaded in. A frame stands in for that window: it has
// classes and a beginning of time of its own, as a window that stays on top has.
import { render } from 'preact';
import { afterEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import '../../src/extension/call/call.css';
import { App } from '../../src/extension/call/app.tsx';
import { expectAccessible, one, soon } from '../ui/draw.ts';
import { FakeBar } from './fake-bar.ts';
import { wait } from './open.tsx';

const made: HTMLElement[] = [];
afterEach(() => {
  for (const element of made.splice(0)) {
    render(null, element);
    element.remove();
  }
});

function add<E extends HTMLElement>(element: E): E {
  made.push(document.body.appendChild(element));
  return element;
}

async function onTop() {
  const background = new FakeBar();
  background.run();
  // Some time after the page's own beginning.
  await wait(300);
  const frame = add(document.createElement('iframe'));
  frame.style.cssText = 'inline-size: 400px; block-size: 400px';
  const top = frame.contentWindow as Window & typeof globalThis;
  top.document.documentElement.lang = 'en';
  const client = { ...background.client, onTop: () => Promise.resolve(top) };
  const holder = add(document.createElement('div'));
  const root = holder.appendChild(document.createElement('div'));
  render(<App client={client} place={window} root={root} />, root);
  await soon(() => one(root, '[role=timer]'));
  await userEvent.click(page.getByRole('button', { name: 'Keep on top' }));
  await soon(() => expect(root.ownerDocument).toBe(top.document));
  return { background, top, root, holder };
}

function press(top: Window & typeof globalThis, key: string, at: Element): void {
  const init = { key, code: `Digit${key}`, bubbles: true, cancelable: true, view: top };
  at.dispatchEvent(new top.KeyboardEvent('keydown', init));
  at.dispatchEvent(new top.KeyboardEvent('keyup', init));
}

test('its keys tag there, with the true moment', async () => {
  const { background, top } = await onTop();
  expect(Math.abs(top.performance.now() - performance.now())).toBeGreaterThan(200);
  const at = Date.now();
  press(top, '2', top.document.body);
  await soon(() => expect(background.of('callTag')).toHaveLength(1));
  expect(Math.abs(Number(background.of('callTag')[0]?.at) - at)).toBeLessThan(60);
});

test('typing there does not tag', async () => {
  const { background, top, root } = await onTop();
  press(top, '2', one(root, 'input'));
  await wait(50);
  expect(background.of('callTag')).toEqual([]);
});

test('it looks there as it does here, and axe finds nothing', async () => {
  const { top, root } = await onTop();
  await soon(() => expect(top.getComputedStyle(one(root, '.b-tags')).display).toBe('grid'));
  await expectAccessible(root);
});

test('closing that window brings it back, as it was', async () => {
  const { background, top, root, holder } = await onTop();
  press(top, '2', top.document.body);
  top.dispatchEvent(new top.Event('pagehide'));
  await soon(() => expect(root.parentElement).toBe(holder));
  expect(root.querySelectorAll('.b-latest li')).toHaveLength(1);
  document.body.dispatchEvent(new KeyboardEvent('keydown', { key: '3', code: '3', bubbles: true }));
  await soon(() => expect(background.of('callTag')).toHaveLength(2));
});
