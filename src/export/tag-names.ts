import { comparableText, MEANINGS, PLAIN_NOTE, type Tag } from '../domain/index.ts';
import type { TagFileOptions } from './call-export.ts';

/** Which tag of the codebook a file means by a name; null: none. */
export type TagNames = (name: string) => string | null;

/**
 * Looks names up without regard to case and spaces: first what the workspace calls its tags, of
 * several the one in use; then the built-in words in every language given, then built-in ids.
 */
export function tagNames({
  codebook,
  names,
}: Pick<TagFileOptions, 'codebook' | 'names'>): TagNames {
  const known = new Map<string, string>();
  const learn = (name: string | null, id: string) => {
    const key = comparable(name ?? '');
    if (key !== '' && !known.has(key)) known.set(key, id);
  };
  const usedFirst = [...codebook].sort((a, b) => Number(a.retired) - Number(b.retired));
  for (const { id, name } of usedFirst) learn(name, id);
  for (const means of MEANINGS) {
    const id = builtIn(codebook, means);
    for (const words of names) learn(words[means], id);
    learn(means, id);
  }
  return (name) => known.get(comparable(name)) ?? null;
}

function builtIn(codebook: readonly Tag[], means: string): string {
  return codebook.some(({ id }) => id === means) ? means : PLAIN_NOTE;
}

/** Two names that are one have the same. */
export function comparable(name: string): string {
  return comparableText(name).toLowerCase();
}
