// What a person asks:   two words   "a phrase"   -without   -"without this"   begin*
//
// All that is named must be there, in one record; the word being typed (the last, with nothing
// behind it) may go on, and so may one with a star. Words of a phrase stand side by side in one field.
import { isUnspaced, type Word, wordsOf } from './words.ts';

/** Words side by side; `prefix`: the last of them may go on. */
export type Clause = { words: string[]; prefix: boolean; without: boolean };

const QUOTES = /[“”„‟«»「」『』＂]/g;
const PART = /([-−–]?)"([^"]*)("?)(\*?)|(\S+)/g;
/** More than anybody means; a mail pasted into the field must not take seconds. */
const MOST = 24;

export function parseQuery(text: string): Clause[] {
  const clauses: Clause[] = [];
  const typed = text.replace(QUOTES, '"');
  for (const match of typed.matchAll(PART)) {
    const [whole, minus = '', phrase, closing, , bare] = match;
    const isLast = match.index + whole.length === typed.length;
    if (phrase !== undefined) {
      add(clauses, phrase, minus !== '', whole.endsWith('*') || (closing === '' && isOpen(phrase)));
    } else if (bare !== undefined) {
      const without = /^[-−–]./u.test(bare);
      const star = bare.endsWith('*');
      add(clauses, without ? bare.slice(1) : bare, without, star || (isLast && !without));
    }
  }
  return clauses;
}

/** The last word of a phrase that is not closed is still being typed. */
function isOpen(phrase: string): boolean {
  return !/\s$/.test(phrase);
}

function add(clauses: Clause[], text: string, without: boolean, typing: boolean): void {
  const found = wordsOf(text);
  const words = found.map(({ word }) => word);
  // What comes after the last letter is not known: its pair is, from the letter before it.
  const single = isSingle(found.at(-1));
  if (single && words.length > 1 && isAfter(found.at(-2), found.at(-1))) words.pop();
  const lone = single && words.length === found.length;
  if (words.length === 0 || clauses.length >= MOST) return;
  clauses.push({ words: words.slice(0, MOST), prefix: typing || lone, without });
}

/** The last letter of a run. */
function isSingle(word: Word | undefined): boolean {
  return word !== undefined && isUnspaced(word.word);
}

function isAfter(before: Word | undefined, word: Word | undefined): boolean {
  return before !== undefined && word !== undefined && before.end === word.end;
}

/** A stretch of words, from the first up to and with the last. */
export type Span = { first: number; last: number };

/** Everywhere that these words of one field have what the clause asks for. */
export function spansOf(clause: Clause, words: readonly Word[]): Span[] {
  const { words: asked, prefix } = clause;
  const spans: Span[] = [];
  const end = asked.length - 1;
  for (let first = 0; first + end < words.length; first += 1) {
    let fits = true;
    for (let at = 0; fits && at <= end; at += 1) {
      const word = words[first + at]?.word ?? '';
      const wanted = asked[at] ?? '';
      fits = at === end && prefix ? word.startsWith(wanted) : word === wanted;
    }
    if (fits) spans.push({ first, last: first + end });
  }
  return spans;
}

/** Whether a record with these fields is one that is asked for. */
export function isAsked(clauses: readonly Clause[], fields: readonly (readonly Word[])[]): boolean {
  return clauses.every((clause) => {
    const found = fields.some((words) => spansOf(clause, words).length > 0);
    return found !== clause.without;
  });
}
