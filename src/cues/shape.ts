import type { Language } from './rules.ts';
import type { Sentence } from './sentences.ts';
import type { Token } from './tokens.ts';

/** What the form of a sentence says, by name: who is in it, how long it is, how it ends. */
export function shapesOf(
  text: string,
  { start, end }: Sentence,
  tokens: readonly Token[],
  { writer, reader }: Pick<Language, 'writer' | 'reader'>,
): string[] {
  const names = (words: string) => {
    const some = new Set(words.split(' '));
    return tokens.some(({ word }) => some.has(word));
  };
  const [byWriter, byReader] = [names(writer), names(reader)];
  const isNumber = ({ word }: Token) => /^\d/.test(word);
  const isCapital = (token: Token) =>
    token.start > start && CAPITAL.test(text.slice(token.start, token.start + 2));
  const shapes = {
    writer: byWriter,
    reader: byReader,
    nobody: !byWriter && !byReader,
    question: text.slice(Math.max(start, end - 4), end).includes('?'),
    short: tokens.length < 6,
    long: tokens.length > 22,
    colon: text.charAt(end - 1) === ':',
    figures: share(tokens, isNumber) > 0.08,
    names: share(tokens, isCapital) > 0.25,
  };
  return Object.entries(shapes).flatMap(([name, is]) => (is ? [name] : []));
}

// A word that begins with a capital, as names do; "I" is none.
const CAPITAL = /^\p{Lu}[\p{L}\p{N}]/u;

function share(tokens: readonly Token[], is: (token: Token) => boolean): number {
  return tokens.filter(is).length / Math.max(1, tokens.length);
}
