// Keys as they are printed and as they are pressed: "Mod+Enter" is ⌘ on Apple keyboards, Ctrl elsewhere.

const apple = /Mac|iP(hone|ad|od)/.test(globalThis.navigator?.platform ?? '');

const NAMES: Readonly<Record<string, string>> = {
  Enter: '⏎',
  Escape: 'Esc',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Space: '␣',
  Backspace: '⌫',
};

/** "Mod+Enter" → "⌘ ⏎" or "Ctrl ⏎". */
export function keyLabel(keys: string, mac: boolean = apple): string {
  const parts = keys.split('+').map((part) => {
    if (part === 'Mod') return mac ? '⌘' : 'Ctrl';
    if (part === 'Alt') return mac ? '⌥' : 'Alt';
    if (part === 'Shift') return mac ? '⇧' : 'Shift';
    return NAMES[part] ?? part;
  });
  return parts.join(' ');
}

/** For `aria-keyshortcuts`: "Mod+Enter" → "Meta+Enter" or "Control+Enter". */
export function ariaKeys(keys: string, mac: boolean = apple): string {
  return keys.replace('Mod', mac ? 'Meta' : 'Control');
}

/** Whether the event is exactly these keys; letters compare without case. */
export function isKeys(event: KeyboardEvent, keys: string, mac: boolean = apple): boolean {
  const parts = keys.split('+');
  const key = parts.pop() ?? '';
  const mod = parts.includes('Mod');
  return (
    !event.isComposing &&
    event.key.toLowerCase() === (key === 'Space' ? ' ' : key.toLowerCase()) &&
    event.metaKey === (mac && mod) &&
    event.ctrlKey === ((!mac && mod) || parts.includes('Ctrl')) &&
    event.altKey === parts.includes('Alt') &&
    // "?" needs Shift on most keyboards and the key's name says so already.
    (key.length === 1 && !/[a-z]/i.test(key) ? true : event.shiftKey === parts.includes('Shift'))
  );
}

/** Whether a key press at this place is typing, so a single letter there is no command. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement) return true;
  if (target instanceof HTMLSelectElement) return true;
  return (
    target instanceof HTMLInputElement && !/^(button|checkbox|radio|submit)$/.test(target.type)
  );
}

/** A printed key cap, read aloud: for keys that a sentence names. */
export function KeyCap({ keys }: { readonly keys: string }) {
  return <kbd class="u-key">{keyLabel(keys)}</kbd>;
}
