import type { CaptureKind } from '../messages/shapes.ts';
import { deepActive, isEditable } from './focus.ts';
import { kindOfKey } from './kind-keys.ts';

export type KeyHandlers = {
  /** Whether the toolbar is there; without it no key is ours. */
  open: () => boolean;
  choose: (kind: CaptureKind) => void;
  /** Enter: true when it was taken. */
  confirm: () => boolean;
  close: () => void;
  /** True when the key is of what is typed for a card that is on its way. */
  ahead: (event: KeyboardEvent) => boolean;
  signal: AbortSignal;
};

type KeyListener = (event: KeyboardEvent) => void;

// Who hears the keys now; nobody until the page is read.
let onDown: KeyListener | null = null;
let onUp: KeyListener | null = null;
const hearDown: KeyListener = (event) => onDown?.(event);
const hearUp: KeyListener = (event) => onUp?.(event);

/**
 * Takes the first place among window's listeners. On sites where the script runs by itself this is
 * called before any script of the page, so that not even a listener on window sees a caught key.
 */
export function holdKeys(): void {
  // Adding the same listener again does nothing, and keeps its place.
  window.addEventListener('keydown', hearDown, { capture: true });
  window.addEventListener('keyup', hearUp, { capture: true });
}

/**
 * While the toolbar is shown, one key keeps the words. It is caught on window in the capture phase,
 * before the page's own single-key shortcuts ("e" archives in many mail pages), and its keyup too.
 * Any other key, Tab among them, passes untouched, but for what is typed on for the card that comes.
 */
export function catchKeys({ open, choose, confirm, close, ahead, signal }: KeyHandlers): void {
  const caught = new Set<string>();

  function onKeyDown(event: KeyboardEvent): void {
    if (!event.isTrusted) return;
    if (ahead(event)) {
      catchIt(event);
      return;
    }
    if (!open()) return;
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (event.isComposing || isEditable(deepActive())) return;
    const kind = kindOfKey(event.key, event.code);
    const entered = event.key === 'Enter' && !event.repeat && confirm();
    if (kind === null && event.key !== 'Escape' && !entered) return;
    catchIt(event);
    if (event.repeat || entered) return;
    if (kind === null) close();
    else choose(kind);
  }

  function catchIt(event: KeyboardEvent): void {
    event.preventDefault();
    event.stopImmediatePropagation();
    caught.add(event.code);
  }

  function onKeyUp(event: KeyboardEvent): void {
    if (!event.isTrusted || !caught.delete(event.code)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  holdKeys();
  onDown = onKeyDown;
  onUp = onKeyUp;
  signal.addEventListener(
    'abort',
    () => {
      window.removeEventListener('keydown', hearDown, { capture: true });
      window.removeEventListener('keyup', hearUp, { capture: true });
    },
    { once: true },
  );
}
