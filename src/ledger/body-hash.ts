import type { Body } from '../domain/index.ts';
import { canonicalMembers, fromHex, passingUtf8, viewsOf } from './canonical.ts';
import type { Hasher } from './hasher.ts';

const HASH_BYTES = 32;

/**
 * SHA-256 over the sorted fields' SHA-256(HMAC-SHA-256(salt, field) ‖ canonical value) (SPEC 1.3):
 * a field left out of an export can stand in by its hash, and an erased body tells nothing.
 * Fields are sorted by UTF-16 code units, as RFC 8785 does.
 */
export function bodyHash(hasher: Hasher, salt: string, body: Body): string {
  return membersHash(hasher, salt, canonicalMembers(body));
}

/** The same of a body whose fields are canonical already. */
export function membersHash(
  hasher: Hasher,
  salt: string,
  members: readonly [field: string, text: string][],
): string {
  const key = fromHex(salt);
  const length = members.length * HASH_BYTES;
  const hashes = length <= few.length ? fewUpTo(length) : new Uint8Array(length);
  let at = 0;
  for (const [field, text] of members) {
    hasher.hmacInto(key, passingUtf8(field), named, 0);
    const part = passingUtf8(text, HASH_BYTES);
    part.set(named);
    hasher.sha256Into(part, hashes, at);
    at += HASH_BYTES;
  }
  return hasher.sha256Hex(hashes);
}

// Written anew for each body.
const named = new Uint8Array(HASH_BYTES);
const few = new Uint8Array(16 * HASH_BYTES);
const fewUpTo = viewsOf(few);
