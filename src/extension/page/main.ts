// Entry of the script in every frame: wires the real browser and makes sure that one script runs in
// a frame. Everything that most pages never need is in more.ts, and comes when it is called for.
import { browser } from '../browser.ts';
import { hearEvents } from '../messages/hear.ts';
import { callFromPage } from '../messages/send.ts';
import { bring } from './bring.ts';
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

/** Has one more part of the script put into this frame. */
function part(wanted: Parameters<typeof callFromPage<'more'>>[1], isHere: () => boolean) {
  return bring({ ask: () => callFromPage('more', wanted), isHere, alive });
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
      await part({ part: 'sites', pack }, () => shared.packs[pack] !== undefined);
      return shared.packs[pack] ?? [];
    },
    async never() {
      await part({ part: 'never' }, () => shared.never !== null);
      return shared.never;
    },
    async load() {
      await part({ part: 'more' }, () => shared.more !== null);
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
