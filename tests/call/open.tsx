import '../../src/extension/calls/calls.css';
import '../../src/extension/call/call.css';
import { App } from '../../src/extension/call/app.tsx';
import { draw, soon } from '../ui/draw.ts';
import type { FakeBar } from './fake-bar.ts';

/** The bar over this background, as wide as its window. */
export async function open(background: FakeBar, width = 360): Promise<HTMLElement> {
  const root = document.createElement('div');
  const place = draw(<App client={background.client} place={window} root={root} />);
  place.style.width = `${width}px`;
  await soon(() => {
    if (place.querySelector('.u-waiting') || !place.querySelector('h1')) throw new Error('waits');
  });
  return place;
}

const code = (key: string) => (/^\d$/.test(key) ? `Digit${key}` : key);

export function down(key: string, at: EventTarget = document.body, more: KeyboardEventInit = {}) {
  const init = { key, code: code(key), bubbles: true, cancelable: true, view: window, ...more };
  at.dispatchEvent(new KeyboardEvent('keydown', init));
}

export function up(key: string, at: EventTarget = document.body) {
  const init = { key, code: code(key), bubbles: true, view: window };
  at.dispatchEvent(new KeyboardEvent('keyup', init));
}

export function press(key: string, at: EventTarget = document.body, more: KeyboardEventInit = {}) {
  down(key, at, more);
  up(key, at);
}

export function wait(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}
