import { page } from './page-document.ts';

/** The focused element, looked for through open shadow roots. */
export function deepActive(): Element | null {
  let { activeElement: active } = page;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active;
}

// Inputs that take no text: a letter typed on them is a shortcut as anywhere else.
const PRESSED = /^(?:button|checkbox|color|file|hidden|image|radio|range|reset|submit)$/;

/** Whether typing on this element writes text. */
export function isEditable(element: Element | null): boolean {
  if (element instanceof HTMLInputElement) return !PRESSED.test(element.type);
  if (element instanceof HTMLTextAreaElement || element instanceof HTMLSelectElement) return true;
  return (
    element instanceof HTMLElement && (element.isContentEditable || element.role === 'textbox')
  );
}

/** Whether this frame itself has the focus, not a frame inside it. */
export function frameHasFocus(): boolean {
  const { activeElement: active } = page;
  const inner =
    active instanceof HTMLIFrameElement ||
    active?.localName === 'frame' ||
    active?.localName === 'object';
  return page.hasFocus() && !inner;
}
