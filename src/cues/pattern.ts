// Patterns of words. They are not regular expressions, so that no text can make one slow: every
// pattern has few words, every gap a bound, and each word of a text is looked at a bounded number
// of times.
import type { Token } from './tokens.ts';

/**
 * How a pattern is written, words parted by spaces:
 *
 *     word    that word            a|b     one of them         stem*   words beginning so
 *     @set    one of a named set   word?   may be missing      ~3      up to three words between
 *     !a|b    the next is none of these (nothing is taken)     ^       the sentence begins here
 *     $       the sentence ends here
 */
export type Sets = { readonly [name: string]: string };

type Step =
  | { is: 'word'; test: Test; optional: boolean }
  | { is: 'not'; test: Test }
  | { is: 'gap'; most: number }
  | { is: 'end' };
type Test = { words: Set<string>; stems: string[] };

/** `first`: keys of the words it may begin with. */
export type Pattern = { atBegin: boolean; steps: Step[]; first: string[] };

const KEY = 3;

/** Throws a TypeError for a pattern that is not written as above: a mistake of ours, not of a text. */
export function pattern(written: string, sets: Sets): Pattern {
  const parts = written.split(' ');
  const atBegin = parts[0] === '^';
  const steps = (atBegin ? parts.slice(1) : parts).map((part) => step(part, sets));
  const first: string[] = [];
  for (const one of steps) {
    if (one.is !== 'word') throw new TypeError(`“${written}” begins with no word`);
    first.push(...[...one.test.words].map(keyOfWord), ...one.test.stems.map(keyOfStem));
    if (!one.optional) break;
  }
  return { atBegin, steps, first: [...new Set(first)] };
}

function step(part: string, sets: Sets): Step {
  if (part === '$') return { is: 'end' };
  if (part.startsWith('~')) return { is: 'gap', most: Number(part.slice(1)) };
  if (part.startsWith('!')) return { is: 'not', test: test(part.slice(1), sets) };
  const optional = part.endsWith('?');
  return { is: 'word', test: test(optional ? part.slice(0, -1) : part, sets), optional };
}

function test(part: string, sets: Sets): Test {
  const words = new Set<string>();
  const stems: string[] = [];
  for (const one of part.split('|')) {
    if (one.startsWith('@')) {
      const set = sets[one.slice(1)];
      if (set === undefined) throw new TypeError(`there is no set ${one}`);
      const inner = test(set.trim().split(/\s+/).join('|'), sets);
      for (const word of inner.words) words.add(word);
      stems.push(...inner.stems);
    } else if (one.endsWith('*')) {
      stems.push(one.slice(0, -1));
    } else {
      words.add(one);
    }
  }
  if (stems.some((stem) => stem.length < KEY))
    throw new TypeError(`“${part}”: a stem is too short`);
  return { words, stems };
}

/** The keys under which an index has the patterns that may begin with a word. */
export function keys(word: string): [string, string] {
  return [keyOfWord(word), keyOfStem(word)];
}

function keyOfWord(word: string): string {
  return `=${word}`;
}

function keyOfStem(stem: string): string {
  return stem.slice(0, KEY);
}

/** Where the pattern ends if it begins with the token at `at`: the token after its last; or -1. */
export function matchAt({ steps, atBegin }: Pattern, tokens: readonly Token[], at: number): number {
  return atBegin && at > 0 ? -1 : go(steps, 0, tokens, at);
}

function go(steps: Step[], index: number, tokens: readonly Token[], at: number): number {
  const one = steps[index];
  if (one === undefined) return at;
  switch (one.is) {
    case 'end':
      return at === tokens.length ? go(steps, index + 1, tokens, at) : -1;
    case 'not': {
      const token = tokens[at];
      const stands = token !== undefined && passes(one.test, token.word);
      return stands ? -1 : go(steps, index + 1, tokens, at);
    }
    case 'gap':
      for (let skipped = 0; skipped <= one.most && at + skipped <= tokens.length; skipped += 1) {
        const end = go(steps, index + 1, tokens, at + skipped);
        if (end !== -1) return end;
      }
      return -1;
    case 'word': {
      const token = tokens[at];
      if (token !== undefined && passes(one.test, token.word)) {
        const end = go(steps, index + 1, tokens, at + 1);
        if (end !== -1) return end;
      }
      return one.optional ? go(steps, index + 1, tokens, at) : -1;
    }
  }
}

function passes({ words, stems }: Test, word: string): boolean {
  return words.has(word) || stems.some((stem) => word.startsWith(stem));
}
