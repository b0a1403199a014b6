/**
 * Whether a page shows this element now, and not only keeps it for when a tab is opened again. A
 * document without a window has no styles; there only the markup counts.
 */
export function isShown(element: Element): boolean {
  if (
    element.closest(
      '[hidden], [aria-hidden="true"], [style*="display:none"], [style*="display: none"]',
    )
  )
    return false;
  return element.ownerDocument.defaultView === null || element.checkVisibility();
}
