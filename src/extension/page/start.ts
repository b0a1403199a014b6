// The script in every frame of a page where Unsaid is on: reads the page by its site, draws marks,
// offers the toolbar at selected words, and carries the sidebar in the top frame. The page is
// hostile: what a person does counts, what the page fakes does not. May import sites, anchor,
// domain, and of messages only what is free of schemas (send.ts, hear.ts, types).
import { Capture } from './capture.ts';
import type { PageDeps } from './deps.ts';
import { removeLeftovers } from './layer.ts';
import { PageMarks } from './marks.ts';
import { Reader } from './reader.ts';
import { Sidebar } from './sidebar.ts';
import { watch } from './watch.ts';

export type Page = {
  /** Removes every listener, node and mark of ours. */
  end: () => void;
  signal: AbortSignal;
};

/** Starts in this document and tells what it shows; costs nothing while nothing happens. */
export function startPage(deps: PageDeps): Page {
  const abort = new AbortController();
  const { signal } = abort;
  removeLeftovers();

  const reader = new Reader(deps, () => void marks.ask(), signal);
  const marks = new PageMarks(deps.call, reader, signal);
  const capture = new Capture(deps.call, reader, fresh, signal);
  const sidebar = deps.top ? new Sidebar(deps.sidebar, signal) : null;
  const watched = watch(
    {
      touched: (place) => reader.forget(place),
      // A newer script clears the layers of this one away.
      layers: lives,
      settled: () => {
        if (lives()) update();
      },
    },
    signal,
  );

  // After an update of the extension the old script stays in the page, with nobody to talk to.
  function lives(): boolean {
    if (signal.aborted) return false;
    if (deps.alive()) return true;
    abort.abort();
    return false;
  }

  function fresh(): boolean {
    if (!lives()) return false;
    if (watched.dirty()) watched.flush();
    return true;
  }

  function update(): void {
    const stale = reader.read();
    if (stale) marks.draw();
    reader.tell(false);
  }

  const deaf = deps.hear({
    announce: () => {
      reader.read();
      reader.tell(true);
    },
    redraw: () => void marks.ask(),
    sidebar: ({ open }) => {
      if (open === null) sidebar?.toggle();
      else if (open) sidebar?.open();
      else sidebar?.close();
    },
    captureSelection: ({ kind }) => capture.command(kind),
    reveal: ({ id }) => void marks.reveal(id),
    settings: () => undefined,
    pickPlace: () => undefined,
    acceptPlace: () => undefined,
  });
  signal.addEventListener('abort', deaf, { once: true });

  reader.read();
  reader.tell(false);
  return { end: () => abort.abort(), signal };
}
