import { type Body, bodyProblem, isKind, json } from '../domain/index.ts';
import { bodyHash } from './body-hash.ts';
import { canonicalBytes } from './canonical.ts';
import type { Hasher } from './hasher.ts';
import type { PushedChange } from './protocol.ts';

/** Canonical bytes a body may have. A note of 100,000 characters fits several times over. */
export const LARGEST_BODY = 1_000_000;

export type Verdict = { fold: true; body: Body } | { fold: false; reason: string | null };

/**
 * Whether a pushed change with a well-formed envelope can be folded (SPEC 4.3). A reason means it
 * is stored but needs its author's attention; `null` means it is of a kind unknown here and is
 * stored and relayed until an update knows it.
 */
export function judge(hasher: Hasher, change: PushedChange): Verdict {
  const problem = (reason: string): Verdict => ({ fold: false, reason });
  if (!/^[0-9a-f]{32}$/.test(change.salt)) return problem('The salt is not 16 bytes in hex.');
  const body = change.body;
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    return problem('The body is no object.');
  }
  if (!json.safeParse(body).success) return problem('The body is no JSON value.');
  const fields = body as Body;
  try {
    if (canonicalBytes(fields).length > LARGEST_BODY) {
      return problem(`The text is larger than ${LARGEST_BODY / 1_000_000} MB.`);
    }
    if (bodyHash(hasher, change.salt, fields) !== change.envelope.bodyHash) {
      return problem('The contents do not match their hash.');
    }
  } catch {
    return problem('The body cannot be written as canonical JSON.');
  }
  if (!isKind(change.envelope.kind)) return { fold: false, reason: null };
  const words = bodyProblem(change.envelope.kind, fields);
  return words === null ? { fold: true, body: fields } : problem(words);
}
