// Controls, and characters that change the direction of what stands beside them. Joiners
// (U+200C, U+200D) stay: names in Persian or Hindi are written with them.
const HIDDEN = /[\p{Cc}\u00AD\u061C\u180E\u200B\u200E\u200F\u2028-\u202E\u2060-\u2069\uFEFF]/gu;

/** Without characters that cannot be seen. */
export function plain(text: string): string {
  return text.replace(HIDDEN, (character) => (/\s/.test(character) ? ' ' : ''));
}
