// What stands in the margins of a printed page (paper.css): its title and the day, as they are when
// it is printed.
import { sayInstant } from './time.ts';

/** Longer titles would lie over each other. */
const LONGEST = 90;

/** Call once a page. */
export function keepPaper(place: Window, lang: string, now: () => Date): void {
  place.addEventListener('beforeprint', () => {
    const { style } = place.document.documentElement;
    style.setProperty('--paper-title', cssString(place.document.title));
    style.setProperty('--paper-day', cssString(sayInstant(now().toISOString(), lang)));
  });
}

/** As CSS takes it, whatever it holds: titles are made of what customers are called. */
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
