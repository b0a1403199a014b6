// Where the person writes in the page (a reply, a comment), and putting words there when they ask for
// it in the sidebar.
import { deepActive, frameHasFocus } from './focus.ts';
import { page } from './page-document.ts';

/** Editors look through what came into them a moment later. */
const SETTLE_MS = 60;

/** A box for a text of several lines: no search field, no password. */
export function isBox(element: unknown): element is HTMLElement {
  if (element instanceof HTMLTextAreaElement) return !element.disabled && !element.readOnly;
  return element instanceof HTMLElement && element.isContentEditable;
}

function boxWithCaret(): HTMLElement | null {
  const node = page.getSelection()?.anchorNode ?? null;
  const element = node instanceof HTMLElement ? node : (node?.parentElement ?? null);
  return isBox(element) ? boxOf(element) : null;
}

/** The whole box that a place inside it belongs to. */
function boxOf(element: HTMLElement): HTMLElement {
  let box = element;
  while (!(box instanceof HTMLTextAreaElement) && box.parentElement?.isContentEditable) {
    box = box.parentElement;
  }
  return box;
}

export class Insert {
  #last: { box: HTMLElement; at: number; range: Range | null } | null = null;

  constructor(signal: AbortSignal, now: () => number = Date.now) {
    const remember = (element: unknown) => {
      if (!isBox(element)) return;
      this.#last = { box: boxOf(element), at: now(), range: null };
    };
    // Whoever opens the sidebar while writing is in the box still. A frame that was left has the caret
    // in its editor yet: older than any that is known by the minute.
    const left = boxWithCaret();
    if (left !== null) this.#last = { box: left, at: 0, range: null };
    if (frameHasFocus()) remember(deepActive());
    page.addEventListener('focusin', (event) => remember(event.composedPath()[0]), {
      ...{ capture: true, signal },
    });
    page.addEventListener('focusout', () => this.#keepPlace(), { capture: true, signal });
  }

  /** When the person wrote here last, ms since 1970; null where they did not, or the box is gone. */
  get at(): number | null {
    return this.#box()?.at ?? null;
  }

  /** Puts the words where the caret was; true when they stand there. */
  async put(text: string): Promise<boolean> {
    const last = this.#box();
    if (last === null) return false;
    const { box, range } = last;
    // A question is one line; a line's end would send a message in some chats.
    const words = text.replace(/\s+/g, ' ').trim();
    const before = textOf(box);
    box.focus({ preventScroll: true });
    if (!(box instanceof HTMLTextAreaElement)) placeCaret(box, range);
    // The one way that goes into an editor's own history, so that Ctrl+Z takes it back.
    const done = page.execCommand('insertText', false, spaced(words, box, before));
    if (!done && box instanceof HTMLTextAreaElement && textOf(box) === before) typeInto(box, words);
    await new Promise((settled) => setTimeout(settled, SETTLE_MS));
    const after = textOf(box);
    return after !== before && flat(after).includes(flat(words));
  }

  #box() {
    const last = this.#last;
    if (last === null || !last.box.isConnected || !isBox(last.box)) return null;
    return last.box.getClientRects().length > 0 ? last : null;
  }

  #keepPlace(): void {
    const last = this.#last;
    const selection = page.getSelection();
    if (last === null || selection === null || selection.rangeCount === 0) return;
    const range = selection.getRangeAt(0);
    if (last.box.contains(range.commonAncestorContainer)) last.range = range.cloneRange();
  }
}

function textOf(box: HTMLElement): string {
  return box instanceof HTMLTextAreaElement ? box.value : (box.textContent ?? '');
}

/** Editors write spaces as they like. */
function flat(text: string): string {
  return text.replace(/[\s\u200b\ufeff]+/g, ' ').trim();
}

/** With a space before, where a word stands right before the caret. */
function spaced(words: string, box: HTMLElement, before: string): string {
  const left =
    box instanceof HTMLTextAreaElement ? before.slice(0, box.selectionStart) : leftOfCaret(box);
  return left === '' || /\s$/.test(left) ? words : ` ${words}`;
}

function leftOfCaret(box: HTMLElement): string {
  const selection = page.getSelection();
  if (selection === null || selection.rangeCount === 0) return '';
  const { startContainer, startOffset } = selection.getRangeAt(0);
  if (!box.contains(startContainer) || startContainer.nodeType !== Node.TEXT_NODE) return '';
  return (startContainer.textContent ?? '').slice(0, startOffset);
}

function placeCaret(box: HTMLElement, range: Range | null): void {
  const selection = page.getSelection();
  if (selection === null) return;
  const at = page.createRange();
  const isThere = range !== null && box.contains(range.commonAncestorContainer);
  if (isThere) at.setStart(range.endContainer, range.endOffset);
  else at.selectNodeContents(box);
  // What was selected stays: it is added to, not replaced.
  at.collapse(isThere);
  selection.removeAllRanges();
  selection.addRange(at);
}

function typeInto(area: HTMLTextAreaElement, words: string): void {
  area.setRangeText(words, area.selectionStart, area.selectionEnd, 'end');
  area.dispatchEvent(
    new InputEvent('input', { bubbles: true, inputType: 'insertText', data: words }),
  );
}
