import type { Token } from './tokens.ts';

const WRITER = new Set(['i', 'we', 'my', 'our', 'me', 'us', 'mine', 'ours']);
const READER = new Set(['you', 'your', 'yours']);

/**
 * What the form of an English sentence says, by name: who is in it, how long it is, how it ends.
 * `from`: where the sentence begins in the text that the tokens' offsets are of.
 */
export function shapesOf(sentence: string, from: number, tokens: readonly Token[]): string[] {
  const shapes: string[] = [];
  const writer = tokens.some(({ word }) => WRITER.has(word));
  const reader = tokens.some(({ word }) => READER.has(word));
  if (writer) shapes.push('writer');
  if (reader) shapes.push('reader');
  if (!writer && !reader) shapes.push('nobody');
  if (sentence.includes('?')) shapes.push('question');
  if (tokens.length < 6) shapes.push('short');
  if (tokens.length > 22) shapes.push('long');
  if (sentence.endsWith(':')) shapes.push('colon');
  if (share(tokens, ({ word }) => /^\d/.test(word)) > 0.08) shapes.push('figures');
  if (share(tokens, ({ start }) => isCapital(sentence, start - from)) > 0.25) shapes.push('names');
  return shapes;
}

function share(tokens: readonly Token[], is: (token: Token) => boolean): number {
  return tokens.filter(is).length / Math.max(1, tokens.length);
}

/** Whether a word within the sentence begins with a capital, as names do; "I" is none. */
function isCapital(sentence: string, at: number): boolean {
  return at > 0 && /^\p{Lu}[\p{L}\p{N}]/u.test(sentence.slice(at, at + 2));
}
