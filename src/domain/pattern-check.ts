// A workspace's questions as they are written: what is wrong with them. One check for the console,
// where they are written, and the server, which takes them.
import { PATTERNS, type UnstatedBecause } from './patterns.ts';
import type { Dimension } from './servqual.ts';

/** A question as it is to be; its place in the list is its order. */
export type PatternWish = {
  /** null: a new one. */
  id: string | null;
  text: string;
  /** Of a built-in one both are as they are. */
  reason: UnstatedBecause | null;
  dimension: Dimension | null;
  retired: boolean;
};

export const MOST_PATTERNS = 300;
export const LONGEST_PATTERN = 400;
/** `pattern` is a place in the list; null where it is about the whole list. */
export type PatternProblem =
  | { pattern: number; problem: 'no-text' | 'long-text' | 'same-text' }
  | { pattern: null; problem: 'too-many' | 'left-out' };

/** What is wrong, in the order of the list. `left-out`: a built-in one is missing. */
export function patternProblems(patterns: readonly PatternWish[]): PatternProblem[] {
  const found: PatternProblem[] = [];
  const isThere = new Set(patterns.map(({ id }) => id));
  if (patterns.length > MOST_PATTERNS) found.push({ pattern: null, problem: 'too-many' });
  if (PATTERNS.some(({ id }) => !isThere.has(id))) {
    found.push({ pattern: null, problem: 'left-out' });
  }
  const texts = new Set<string>();
  for (const [pattern, { text, retired }] of patterns.entries()) {
    const words = text.replace(/\s+/g, ' ').trim().toLowerCase();
    if (words === '') found.push({ pattern, problem: 'no-text' });
    if (text.trim().length > LONGEST_PATTERN) found.push({ pattern, problem: 'long-text' });
    if (retired || words === '') continue;
    if (texts.has(words)) found.push({ pattern, problem: 'same-text' });
    texts.add(words);
  }
  return found;
}

/** The words of a built-in question; undefined for a question of the workspace's own. */
export function builtInText(id: string | null): string | undefined {
  return PATTERNS.find((pattern) => pattern.id === id)?.text;
}
