import type { Body } from '../domain/index.ts';
import { canonicalBytes, fromHex, toHex, utf8 } from './canonical.ts';
import type { Hasher } from './hasher.ts';

/**
 * SHA-256 over the sorted fields' SHA-256(HMAC-SHA-256(salt, field) ‖ canonical value) (SPEC 1.3):
 * a field left out of an export can stand in by its hash, and an erased body tells nothing.
 * Fields are sorted by UTF-16 code units, as RFC 8785 does.
 */
export function bodyHash(hasher: Hasher, salt: string, body: Body): string {
  const key = fromHex(salt);
  const fields = Object.keys(body).sort();
  const parts = fields.map((field) =>
    hasher.sha256(concat(hasher.hmac(key, utf8(field)), canonicalBytes(body[field]))),
  );
  return toHex(hasher.sha256(concat(...parts)));
}

function concat(...parts: Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
