// Whether text stands on a dark ground: what the page paints counts, not what the system prefers,
// since a dark system often shows a white mail.

import { hostOf, parentNode } from './dom.ts';

/** Judges by the nearest painted background; remembers every element it passes in `seen`. */
export function onDarkGround(element: Element | null, seen: Map<Element, boolean>): boolean {
  const passed: Element[] = [];
  let dark: boolean | undefined;
  for (let at = element; at !== null && dark === undefined; at = parentOf(at)) {
    dark = seen.get(at);
    if (dark !== undefined) break;
    passed.push(at);
    const style = getComputedStyle(at);
    dark = isDark(style.backgroundColor);
    if (dark === undefined && parentOf(at) === null) {
      // Nothing painted: the canvas, dark only where the page says that it supports it.
      const scheme = style.colorScheme;
      dark =
        scheme.includes('dark') &&
        (!scheme.includes('light') || matchMedia('(prefers-color-scheme: dark)').matches);
    }
  }
  for (const at of passed) seen.set(at, dark ?? false);
  return dark ?? false;
}

function parentOf(element: Element): Element | null {
  // By the prototype's getter: a form answers with an input of that name, which leads back to it.
  const parent = parentNode.call(element);
  if (parent instanceof Element) return parent;
  return parent === null ? null : hostOf(parent);
}

// undefined for a ground that is more than half transparent, or in a notation not known here.
function isDark(colour: string): boolean | undefined {
  const numbers = /^rgba?\(([^)]*)\)/
    .exec(colour)?.[1]
    ?.split(/[\s,/]+/)
    .map(Number);
  if (numbers === undefined) return undefined;
  const [red = 0, green = 0, blue = 0, alpha = 1] = numbers;
  if (alpha < 0.5) return undefined;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue < 110;
}
