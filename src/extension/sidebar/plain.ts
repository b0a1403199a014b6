// Names and addresses of others as they can be shown: a forged one cannot turn the words round.

// Controls, and characters that change the direction of what stands beside them. Joiners
// (U+200C, U+200D) stay: names in Persian or Hindi are written with them.
const HIDDEN = /[\p{Cc}\u00AD\u061C\u180E\u200B\u200E\u200F\u2028-\u202E\u2060-\u2069\uFEFF]/gu;

/** Without characters that cannot be seen. */
export function plain(text: string): string {
  return text.replace(HIDDEN, (character) => (/\s/.test(character) ? ' ' : ''));
}

/** The same, set apart from the direction of the sentence round it. */
export function isolated(text: string): string {
  return `\u2068${plain(text)}\u2069`;
}

/**
 * The domain of an address in the letters a-z that the network uses ("xn--…"), or null where it
 * is written in them already.
 */
export function plainDomain(address: string): string | null {
  const domain = plain(address).slice(address.lastIndexOf('@') + 1);
  if (/^[\x20-\x7e]*$/.test(domain) || /[\s/?#:%\\]/.test(domain)) return null;
  if (!URL.canParse(`http://${domain}`)) return null;
  return new URL(`http://${domain}`).hostname;
}
