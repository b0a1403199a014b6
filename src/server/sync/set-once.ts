// What is never changed once it is said (SPEC 13.9): the content of a standard's version. Past
// reviews name the version they were made by, and it has to say what it said then.
import type { Body } from '../../domain/index.ts';
import type { Assessed } from './assess.ts';
import type { Folding } from './folding.ts';

/** kind → fields that may change nevertheless. */
const SET_ONCE: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['standard', new Set(['retired', 'deleted'])],
]);

/** Why this change is not taken, in words; null when nothing is wrong. */
export function setOnceProblem({ envelope, body }: Assessed, fold: Folding): string | null {
  const free = SET_ONCE.get(envelope.kind);
  if (free === undefined) return null;
  const isContent = (field: string) => !free.has(field);
  if (!Object.keys(body as Body).some(isContent)) return null;
  return fold.fieldsOf(envelope.kind, envelope.record).some(isContent) ? NEVER_CHANGED : null;
}

const NEVER_CHANGED =
  'A version of a standard is never changed, because reviews were made by it. Write a new version.';
