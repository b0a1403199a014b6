import { parentNode } from '../../anchor/dom.ts';
import { page } from './page-document.ts';

export type Box = { left: number; top: number; right: number; bottom: number };

/** The elements around this one that scroll or cut what is in them, innermost first. */
export function clippers(element: Element): Element[] {
  const found: Element[] = [];
  let at = parentOf(element);
  while (at !== null && at !== page.documentElement) {
    // <body> hands its overflow to the viewport unless <html> has one of its own.
    const viewport =
      at === page.body && getComputedStyle(page.documentElement).overflowY === 'visible';
    const { overflowX, overflowY } = getComputedStyle(at);
    if (!viewport && (overflowX !== 'visible' || overflowY !== 'visible')) found.push(at);
    at = parentOf(at);
  }
  return found;
}

/** Whether a point is in sight of all of them, in viewport pixels. Only up and down count. */
export function inSight(y: number, around: readonly Element[]): boolean {
  return around.every((element) => {
    const box = element.getBoundingClientRect();
    return y >= box.top && y <= box.bottom;
  });
}

/** Scrolls the inner scrollers so that a box given by `boxOf` is in their middle. */
export function scrollWithin(around: readonly Element[], boxOf: () => Box): void {
  for (const element of around) {
    if (element.scrollHeight <= element.clientHeight) continue;
    const box = boxOf();
    const frame = element.getBoundingClientRect();
    if (box.top >= frame.top && box.bottom <= frame.bottom) continue;
    const off = (box.top + box.bottom) / 2 - (frame.top + frame.bottom) / 2;
    element.scrollBy({ top: off, behavior: 'instant' });
  }
}

// A form answers with its inputs, <input name="assignedSlot"> too: a walk over it would never end.
const slotOf = Object.getOwnPropertyDescriptor(Element.prototype, 'assignedSlot')?.get;

function parentOf(element: Element): Element | null {
  const slot: Element | null = slotOf?.call(element) ?? null;
  if (slot !== null) return slot;
  const parent = parentNode.call(element);
  if (parent instanceof ShadowRoot) return parent.host;
  return parent instanceof Element ? parent : null;
}
