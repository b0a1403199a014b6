import { english } from './english.ts';
import { french } from './french.ts';
import { german } from './german.ts';
import type { Language } from './rules.ts';

const LANGUAGES: readonly Language[] = [english, german, french];

export type Code = Language['code'];

/** Whether a language's rules were measured on labelled mail: only English could be. */
export const measured: Readonly<Record<Code, boolean>> = { en: true, de: false, fr: false };

// So many words are enough to tell, and so few are not.
const LOOKED_AT = 400;
const FEWEST = 4;
// Of a text in another language, a word here and there is ours by chance.
const LEAST = 0.12;

/** The language of a text by its most frequent words; null when it is none of ours, or too short. */
export function languageOf(text: string): Code | null {
  const words =
    text
      .slice(0, 10 * LOOKED_AT)
      .toLowerCase()
      .match(/[\p{L}]+/gu) ?? [];
  const some = words.slice(0, LOOKED_AT);
  if (some.length < FEWEST) return null;
  let [best, most]: [Code | null, number] = [null, LEAST * some.length];
  for (const { code, frequent } of LANGUAGES) {
    const set = new Set(frequent.split(' '));
    const many = some.filter((word) => set.has(word)).length;
    if (many > most) [best, most] = [code, many];
  }
  return best;
}

export function languageBy(code: Code): Language {
  return LANGUAGES.find((one) => one.code === code) ?? english;
}
