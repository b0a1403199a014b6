import { createPublicKey, type KeyObject, verify } from 'node:crypto';

/** Devices push again and again: to read a key takes as long as a third of a signature's check. */
const keys = new Map<string, KeyObject>();
const MOST_KEYS = 1_000;

/** Ed25519 (RFC 8032); false for a key that is none. */
export function verifyEd25519(
  publicKey: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): boolean {
  try {
    return verify(null, message, keyOf(publicKey), signature);
  } catch {
    return false;
  }
}

function keyOf(publicKey: Uint8Array): KeyObject {
  const x = Buffer.from(publicKey).toString('base64url');
  const known = keys.get(x);
  if (known) return known;
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  const oldest = keys.size >= MOST_KEYS ? keys.keys().next().value : undefined;
  if (oldest !== undefined) keys.delete(oldest);
  keys.set(x, key);
  return key;
}
