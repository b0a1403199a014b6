/** By this attribute a script finds what an older version of itself left behind. */
export const LAYER = 'data-unsaid-layer';

export function removeLeftovers(): void {
  const { documentElement } = document;
  // Without querySelector: a page's own names must not keep an old layer in place.
  for (const child of [...(documentElement?.children ?? [])]) {
    if (child.hasAttribute(LAYER)) child.remove();
  }
}
