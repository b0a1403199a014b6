import type { SubjectTold } from './answer.ts';
import { say } from './words.ts';

export function nameOf({ name }: Pick<SubjectTold, 'name'>): string {
  return name || say.unnamed;
}

/** So many at a time; `from` is counted from 1. */
export function piecesOf<T>(all: readonly T[], size: number): { from: number; some: T[] }[] {
  const pieces: { from: number; some: T[] }[] = [];
  for (let at = 0; at < all.length; at += size) {
    pieces.push({ from: at + 1, some: all.slice(at, at + size) });
  }
  return pieces;
}
