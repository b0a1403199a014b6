import { type Body, bodyProblem, isJson, isKind } from '../domain/index.ts';
import { membersHash } from './body-hash.ts';
import { canonicalMembers, canonicalObject, passingUtf8 } from './canonical.ts';
import type { Hasher } from './hasher.ts';
import type { PushedChange } from './protocol.ts';

/** Canonical bytes a body may have. A note of 100,000 characters fits several times over. */
export const LARGEST_BODY = 1_000_000;

/** `text`: the body in canonical form; null when it has none. */
export type Verdict = { text: string | null } & (
  | { fold: true; body: Body }
  | { fold: false; reason: string | null }
);

/**
 * Whether a pushed change with a well-formed envelope can be folded (SPEC 4.3). A reason means it
 * is stored but needs its author's attention; `null` means it is of a kind unknown here and is
 * stored and relayed until an update knows it.
 */
export function judge(hasher: Hasher, change: PushedChange): Verdict {
  let text: string | null = null;
  const problem = (reason: string): Verdict => ({ fold: false, reason, text });
  if (!/^[0-9a-f]{32}$/.test(change.salt)) return problem('The salt is not 16 bytes in hex.');
  const body = change.body;
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    return problem('The body is no object.');
  }
  if (!isJson(body)) return problem('The body is no JSON value.');
  const fields = body as Body;
  try {
    const members = canonicalMembers(fields);
    text = canonicalObject(members);
    if (isTooLarge(text)) {
      return problem(`The text is larger than ${LARGEST_BODY / 1_000_000} MB.`);
    }
    if (membersHash(hasher, change.salt, members) !== change.envelope.bodyHash) {
      return problem('The contents do not match their hash.');
    }
  } catch {
    return problem('The body cannot be written as canonical JSON.');
  }
  if (!isKind(change.envelope.kind)) return { fold: false, reason: null, text };
  const words = bodyProblem(change.envelope.kind, fields);
  return words === null ? { fold: true, body: fields, text } : problem(words);
}

function isTooLarge(text: string): boolean {
  // A UTF-16 unit has at most 3 bytes.
  return 3 * text.length > LARGEST_BODY && passingUtf8(text).length > LARGEST_BODY;
}
