/**
 * Hears that a person clicks a telephone number: tagging the call may be proposed. Nothing is read
 * but the link itself, and the click goes its way.
 */
export function hearNumbers(
  clicked: (link: { number: string; text: string }) => void,
  signal: AbortSignal,
): void {
  const listener = (event: MouseEvent) => {
    if (!event.isTrusted) return;
    for (const at of event.composedPath()) {
      if (!(at instanceof HTMLAnchorElement)) continue;
      if (!/^(tel|callto|sips?):$/.test(at.protocol)) return;
      const text = (at.textContent ?? '').replace(/\s+/g, ' ').trim();
      clicked({ number: at.href.slice(0, 100), text: text.slice(0, 300) });
      return;
    }
  };
  window.addEventListener('click', listener, { capture: true, passive: true, signal });
}
