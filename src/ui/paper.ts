// What stands in the margins of a printed page (paper.css): its title and the day, as they are when
// it is printed.
import { cssString } from '../domain/css-string.ts';
import { sayInstant } from './time.ts';

/** Call once a page. */
export function keepPaper(place: Window, lang: string, now: () => Date): void {
  place.addEventListener('beforeprint', () => {
    const { style } = place.document.documentElement;
    style.setProperty('--paper-title', cssString(place.document.title));
    style.setProperty('--paper-day', cssString(sayInstant(now().toISOString(), lang)));
  });
}
