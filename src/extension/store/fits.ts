// Whether a change's body is the one it was sealed with, and whether this version understands it.
import { bodyProblem, isKind } from '../../domain/index.ts';
import { bodyHash, type Hasher } from '../../ledger/index.ts';
import type { StoredChange } from './schema.ts';

export function bodyFits(hasher: Hasher, { envelope: sealed, salt, body }: StoredChange): boolean {
  if (sealed === null || body === null || !/^[0-9a-f]{32}$/.test(salt ?? '')) return false;
  try {
    return bodyHash(hasher, salt ?? '', body) === sealed.bodyHash;
  } catch {
    return false;
  }
}

/** Whether this version knows the kind, and what its fields may be. */
export function isUnderstood({ kind, body }: StoredChange): boolean {
  return body !== null && isKind(kind) && bodyProblem(kind, body) === null;
}
