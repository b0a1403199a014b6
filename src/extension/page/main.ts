// Entry of the page's script: wires the real browser and makes sure that one script runs in a frame.
import { browser } from '../browser.ts';
import { hearEvents } from '../messages/hear.ts';
import { callFromPage } from '../messages/send.ts';
import { holdKeys } from './keys.ts';
import { type Page, startPage } from './start.ts';

const RUNNING = Symbol.for('unsaid.page');
const world = globalThis as { [RUNNING]?: Page };

function alive(): boolean {
  try {
    return browser.runtime?.id !== undefined;
  } catch {
    return false;
  }
}

function start(): void {
  // Pages that are no HTML have no words of a mail.
  if (!(document.documentElement instanceof HTMLHtmlElement)) return;
  world[RUNNING] = startPage({
    call: callFromPage,
    hear: hearEvents,
    alive,
    top: window === window.top,
    sidebar: browser.runtime.getURL('src/extension/sidebar/index.html'),
  });
}

// Injected again by a click on our button: the first one goes on.
if (world[RUNNING]?.signal.aborted !== false) {
  holdKeys();
  if (document.readyState === 'loading') {
    document.addEventListener('DOMContentLoaded', start, { once: true });
  } else start();
}
