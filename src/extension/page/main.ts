// Entry of the script in every frame: wires the real browser and makes sure that one script runs in
// a frame. Everything that most pages never need is in more.ts, and comes when it is called for.
import { browser } from '../browser.ts';
import { hearEvents } from '../messages/hear.ts';
import { callFromPage } from '../messages/send.ts';
import { holdKeys } from './keys.ts';
import { page } from './page-document.ts';
import { shared } from './shared-names.ts';
import { startPage } from './start.ts';

function alive(): boolean {
  try {
    return browser.runtime?.id !== undefined;
  } catch {
    return false;
  }
}

function start(): void {
  // Pages that are no HTML have no words of a mail. Not asked of the root element: to touch it for
  // the first time costs sixty KB of a page's memory.
  if (!/^(text\/html|application\/xhtml\+xml)$/.test(page.contentType)) return;
  shared.running = startPage({
    call: callFromPage,
    hear: hearEvents,
    alive,
    top: window === window.top,
    sidebar: browser.runtime.getURL('src/extension/sidebar/index.html'),
    sites: shared.sites,
    async unpack(pack) {
      const put = await callFromPage('more', { part: 'sites', pack });
      return put.ok ? shared.sites : [];
    },
    async never() {
      const put = shared.never !== null || (await callFromPage('more', { part: 'never' })).ok;
      return put ? shared.never : null;
    },
    async load() {
      const put = shared.more !== null || (await callFromPage('more', { part: 'more' })).ok;
      return put ? shared.more : null;
    },
  });
}

// Injected again by a click on our button: the first one goes on.
if (shared.running?.signal.aborted !== false) {
  holdKeys();
  if (document.readyState === 'loading') {
    window.addEventListener('DOMContentLoaded', start, { once: true });
  } else start();
}
