// Not in index.ts: pages that are printed need it, and nobody else.

/** Longer words in a margin would lie over the next ones. */
const LONGEST = 90;

/** As a style sheet takes it, whatever it holds; also inside of a style element. Cut where too long. */
export function cssString(text: string): string {
  const characters = [...text.replace(/\s+/gu, ' ').trim()];
  const cut = characters.length > LONGEST ? [...characters.slice(0, LONGEST - 1), '…'] : characters;
  const escaped = cut.map((character) =>
    /[\p{L}\p{N} .,:;()·–—…-]/u.test(character)
      ? character
      : `\\${character.codePointAt(0)?.toString(16) ?? ''} `,
  );
  return `"${escaped.join('')}"`;
}
