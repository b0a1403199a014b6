import { page } from './page-document.ts';

/** By this attribute a script finds what an older version of itself left behind. */
export const LAYER = 'data-unsaid-layer';

export function removeLeftovers(): void {
  for (const layer of page.querySelectorAll(`:root > [${LAYER}]`)) {
    if (isLayer(layer)) layer.remove();
  }
}

/** By the prototype's method: a form that a page puts there answers with its inputs. */
export function isLayer(node: Node): boolean {
  return node instanceof Element && Element.prototype.hasAttribute.call(node, LAYER);
}
