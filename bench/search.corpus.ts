// Notes for the search bench: made-up words that are as often as words of a language are, so that
// there are some which stand in nearly every note and tens of thousands which hardly occur.
import { seeded } from './random.ts';

const SYLLABLES = 'ka lo mi ren tas vel dor in sho pra ul get bi zan fer cu mon tri ost ja'.split(
  ' ',
);
const VOCABULARY = 40_000;
/** As long as a note of 600 bytes of JSON is. */
const WORDS = 60;

/** The n-th most frequent word; the frequent ones are short. */
export function wordOf(n: number): string {
  let word = '';
  for (let rest = n; rest > 0 || word === ''; rest = Math.floor(rest / SYLLABLES.length)) {
    word += SYLLABLES[rest % SYLLABLES.length];
  }
  return word;
}

/** Texts of about 370 characters; a word's frequency is that of its rank (Zipf 1949). */
export function corpus(seed: number): (turn: number) => string {
  const random = seeded(seed);
  const top = Math.log(VOCABULARY);
  return (turn) => {
    const words = [`n${turn}`];
    while (words.length < WORDS) words.push(wordOf(Math.floor(Math.exp(random() * top)) - 1));
    // Some write without spaces.
    return `${words.join(' ')}.${turn % 10 === 0 ? ' 校正証明書がそこにあると思います。' : ''}`;
  };
}
