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

/** The worker may be starting, or the browser still be on its way to this page. */
const AGAIN_MS = [300, 1_000, 3_000];

/** Has one more part of the script put into this frame; asks again where it did not come. */
async function bring(
  wanted: Parameters<typeof callFromPage<'more'>>[1],
  isHere: () => boolean,
): Promise<void> {
  for (const wait of [...AGAIN_MS, null]) {
    if (isHere()) return;
    await callFromPage('more', wanted);
    if (isHere() || wait === null || !alive()) return;
    await new Promise((done) => setTimeout(done, wait));
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
      const before = shared.sites;
      await bring({ part: 'sites', pack }, () => shared.sites !== before);
      return shared.sites;
    },
    async never() {
      await bring({ part: 'never' }, () => shared.never !== null);
      return shared.never;
    },
    async load() {
      await bring({ part: 'more' }, () => shared.more !== null);
      return shared.more;
    },
  });
}

// Injected again by a click on our button: the first one goes on.
if (shared.running?.signal.aborted !== false) {
  holdKeys();
  // Where the script runs by itself, the readers come when the document is there: to be told of that
  // by an event would cost each page five KB of its memory.
  if (shared.sites.length === 0) shared.start = start;
  else if (document.readyState === 'loading') {
    window.addEventListener('DOMContentLoaded', start, { once: true });
  } else start();
}
