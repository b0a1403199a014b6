// Words that are looked for in the register.
import type { Id } from '../../domain/index.ts';
import { foldWords } from '../sync/words.ts';
import type { Directory } from './directory.ts';
import type { Filters } from './filters.ts';

/** All of these are looked for. */
export function wordsIn({ words }: Filters): string[] {
  return [...new Set(foldWords(words ?? '').split(' '))].filter(Boolean);
}

export function patternOf(word: string): string {
  return `%${word.replace(/[\\%_]/g, '\\$&')}%`;
}

/** Customers and projects whose names a word stands in. */
export function namedWith(word: string, { customers, projects }: Directory) {
  return { customers: named(customers, word), projects: named(projects, word) };
}

function named(identity: Directory['customers'], word: string): Id[] {
  return foldedNames(identity)
    .filter(([, name]) => name.includes(word))
    .flatMap(([id]) => identity.setOf(id));
}

type Names = readonly (readonly [id: Id, name: string])[];
const folded = new WeakMap<Directory['customers'], Names>();

/** Folded once, as long as nobody is renamed. */
function foldedNames(identity: Directory['customers']): Names {
  const present = folded.get(identity);
  if (present !== undefined) return present;
  const names = [...identity.all()].map(([id, { name }]) => [id, foldWords(name ?? '')] as const);
  folded.set(identity, names);
  return names;
}
