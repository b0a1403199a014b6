// Nobody becomes the author of a record that is hidden from them (SPEC 13.10). The author is who made the
// earliest change, and a device says itself when it made one: who came to know a hidden record's id,
// as by having seen it before it was hidden, could else date a change back and read all of it.
import { isBefore, readsAll } from '../../domain/index.ts';
import type { Assessed } from './assess.ts';
import { type Folding, isHidden } from './folding.ts';

/** Why this change is not taken, in words; null when nothing is wrong. */
export function hiddenProblem(
  { envelope, writer }: Assessed,
  rank: string,
  fold: Folding,
): string | null {
  if (writer === null || readsAll(writer.role)) return null;
  const { id, kind, record } = envelope;
  const state = fold.stateOf(kind, record);
  if (state === undefined || !isHidden(state) || state.origin.author === writer.id) return null;
  return isBefore({ rank, change: id }, state.origin) ? WORDS : null;
}

const WORDS =
  'This record is for managers, and this change is dated before its first one. Ask a manager to show you the record, or write a new one.';
