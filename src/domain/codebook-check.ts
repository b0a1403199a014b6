// A workspace's tags as they are written: what is wrong with them. One check for the console, where
// they are written, and the server, which takes them. Not in index.ts: no page of a call needs it.
import { BAR_KEYS, BUILT_IN_TAGS, type Meaning, type TagLook } from './codebook.ts';

/** A tag as it is to be; its place in the list is its order. */
export type TagWish = {
  /** null: a new one. */
  id: string | null;
  /** null: the built-in words, of built-in tags only. */
  name: string | null;
  /** One character, or '' for none. */
  key: string;
  colour: TagLook;
  icon: TagLook;
  means: Meaning;
  retired: boolean;
};

export const MOST_TAGS = 200;
export const LONGEST_NAME = 60;
/** `tag` is a place in the list; null where it is about the whole list. */
export type TagProblem =
  | { tag: number; problem: 'no-name' | 'long-name' | 'bad-key' | 'bar-key' }
  /** Two that are in use have one key: this one and an earlier one. */
  | { tag: number; problem: 'key-taken'; by: number }
  | { tag: null; problem: 'too-many' | 'none-left' | 'left-out' };

/** What is wrong, in the order of the list. `left-out`: a built-in one is missing. */
export function tagProblems(tags: readonly TagWish[]): TagProblem[] {
  const found: TagProblem[] = [];
  const isThere = new Set(tags.map(({ id }) => id));
  if (tags.length > MOST_TAGS) found.push({ tag: null, problem: 'too-many' });
  if (BUILT_IN_TAGS.some(({ id }) => !isThere.has(id))) {
    found.push({ tag: null, problem: 'left-out' });
  } else if (tags.every(({ retired }) => retired)) found.push({ tag: null, problem: 'none-left' });
  const keys = new Map<string, number>();
  for (const [tag, { id, name, key: written, retired }] of tags.entries()) {
    const words = name?.trim();
    if (words === '' || (words === undefined && !isBuiltIn(id))) {
      found.push({ tag, problem: 'no-name' });
    }
    if ((words?.length ?? 0) > LONGEST_NAME) found.push({ tag, problem: 'long-name' });
    const key = written.toLowerCase();
    if (retired || key === '') continue;
    const by = keys.get(key);
    if ([...key].length > 1 || /[\s\p{C}]/u.test(key)) found.push({ tag, problem: 'bad-key' });
    else if (BAR_KEYS.includes(key)) found.push({ tag, problem: 'bar-key' });
    else if (by !== undefined) found.push({ tag, problem: 'key-taken', by });
    else keys.set(key, tag);
  }
  return found;
}

export function isBuiltIn(id: string | null): boolean {
  return BUILT_IN_TAGS.some((tag) => tag.id === id);
}
