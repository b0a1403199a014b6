import { deepActive, isEditable } from './focus.ts';
import { page } from './page-document.ts';
import { onTrusted } from './trusted.ts';

export type SelectingHandlers = {
  /** Words begin to be selected: what deals with them will be needed soon. */
  begins: () => void;
  /** The person may have finished, in these open shadow roots. */
  look: (roots: readonly ShadowRoot[]) => void;
};

export type Selecting = {
  /** Looks now, when a look is due in the next turn. */
  now: () => void;
  /** Whether words are selected that a key may keep. */
  words: () => boolean;
};

/** Hears the selection. Until the first words are selected in a page, this is all that is there. */
export function hearSelection(handlers: SelectingHandlers, signal: AbortSignal): Selecting {
  let pending: ReturnType<typeof setTimeout> | undefined;
  let roots: readonly ShadowRoot[] = [];
  let begun = false;

  function now(): void {
    if (pending === undefined) return;
    clearTimeout(pending);
    pending = undefined;
    if (!signal.aborted && (words() || begun)) handlers.look(roots);
  }

  function words(): boolean {
    if (!isSelected(roots) || isEditable(deepActive())) return false;
    if (!begun) handlers.begins();
    begun = true;
    return true;
  }

  // The browser changes the selection after a press on it, hence the turn of the event loop.
  const soon = (event: Event) => {
    roots = event.composedPath().filter((at) => at instanceof ShadowRoot);
    clearTimeout(pending);
    pending = setTimeout(now, 0);
  };
  onTrusted(window, 'mouseup', signal, soon, { capture: true });
  onTrusted(window, 'keyup', signal, soon, { capture: true });
  onTrusted(window, 'touchend', signal, soon, { capture: true, passive: true });
  onTrusted(page, 'selectionchange', signal, () => begun || words());
  return { now, words };
}

// Inside a shadow root the plain selection is collapsed, at the root's host.
function isSelected(roots: readonly ShadowRoot[]): boolean {
  const selection = page.getSelection();
  if (selection === null || selection.rangeCount === 0) return false;
  if (!selection.isCollapsed) return true;
  if (roots.length === 0 || !('getComposedRanges' in selection)) return false;
  return selection.getComposedRanges({ shadowRoots: [...roots] }).some((range) => !range.collapsed);
}
