import { isKeys } from '../../ui/keys.tsx';

/**
 * Whether this key press, heard by the form round the fields, means "save": Mod+Enter anywhere,
 * Enter in a line, a choice or the card's main text. An open list has taken its Enter before.
 */
export function savesCard(event: KeyboardEvent, main: HTMLTextAreaElement | null): boolean {
  // 229: Enter that ends the composition of a word (Japanese, Chinese, Korean).
  if (event.defaultPrevented || event.isComposing || event.keyCode === 229) return false;
  if (isKeys(event, 'Mod+Enter') || isKeys(event, 'Ctrl+Enter')) return true;
  if (!isKeys(event, 'Enter')) return false;
  return event.target === main || event.target instanceof HTMLInputElement;
}
