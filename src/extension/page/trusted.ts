/**
 * Listens to what a person does. A page can make events of its own: those are not trusted by the
 * browser and are dropped here, so that no page can press our buttons or keys.
 */
export function onTrusted<K extends keyof GlobalEventHandlersEventMap>(
  target: EventTarget,
  type: K,
  signal: AbortSignal,
  handler: (event: GlobalEventHandlersEventMap[K]) => void,
  options: { capture?: boolean; passive?: boolean } = {},
): void {
  const listener = (event: Event) => {
    if (event.isTrusted) handler(event as GlobalEventHandlersEventMap[K]);
  };
  target.addEventListener(type, listener, { ...options, signal });
}

const KEPT_IN = [
  'keydown',
  'keyup',
  'keypress',
  'pointerdown',
  'pointerup',
  'mousedown',
  'mouseup',
  'click',
  'dblclick',
  'contextmenu',
] as const;

/** What is done in our own pieces is no business of the page's listeners. */
export function keepEventsIn(root: ShadowRoot, signal: AbortSignal): void {
  for (const type of KEPT_IN) {
    root.addEventListener(type, (event) => event.stopPropagation(), { signal });
  }
}
