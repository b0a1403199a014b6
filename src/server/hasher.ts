import { createHash, hash } from 'node:crypto';
import { type Hasher, viewsOf } from '../ledger/index.ts';

const BLOCK = 64;
const HASH_BYTES = 32;
const INNER_PAD = 0x36;
const OUTER_PAD = 0x5c;

export const nodeHasher: Hasher = {
  sha256(bytes) {
    // Memory of its own: hashes are kept, and one of Buffer's would keep all that lies around it.
    const digest = new Uint8Array(HASH_BYTES);
    sha256Into(bytes, digest, 0);
    return digest;
  },
  sha256Hex: (bytes) => hash('sha256', bytes, 'hex'),
  sha256Into,
  hmac(key, bytes) {
    const mac = new Uint8Array(HASH_BYTES);
    hmacInto(key, bytes, mac, 0);
    return mac;
  },
  hmacInto,
};

/** By way of a string of bytes, which is twice as fast as an answer with memory of its own. */
function binary(bytes: Uint8Array): string {
  return hash('sha256', bytes, 'binary');
}

// Written anew for each hash, which keeps nothing of what it is given.
const passing = Buffer.alloc(HASH_BYTES);

function sha256Into(bytes: Uint8Array, into: Uint8Array, at: number): void {
  passing.write(binary(bytes), 'latin1');
  into.set(passing, at);
}

// Their first blocks are the padded key: one body's fields all share theirs.
const inner = Buffer.alloc(BLOCK + 256, INNER_PAD);
const outer = Buffer.alloc(BLOCK + HASH_BYTES, OUTER_PAD);
const innerUpTo = viewsOf(inner);
/** The key that they are of. */
let padded = new Uint8Array(0);

/**
 * HMAC-SHA-256 (RFC 2104). Sealing and judging take one for each field's name, and for messages that
 * short createHmac costs several times as much as these two hashes.
 */
function hmacInto(key: Uint8Array, bytes: Uint8Array, into: Uint8Array, at: number): void {
  if (!isPadded(key)) pad(key);
  const length = BLOCK + bytes.length;
  let message: Uint8Array;
  if (length <= inner.length) {
    inner.set(bytes, BLOCK);
    message = innerUpTo(length);
  } else message = Buffer.concat([inner.subarray(0, BLOCK), bytes]);
  outer.write(binary(message), BLOCK, 'latin1');
  sha256Into(outer, into, at);
}

function isPadded(key: Uint8Array): boolean {
  if (key.length !== padded.length) return false;
  for (let at = 0; at < key.length; at++) if (key[at] !== padded[at]) return false;
  return true;
}

function pad(key: Uint8Array): void {
  const short = key.length > BLOCK ? nodeHasher.sha256(key) : key;
  for (let at = 0; at < BLOCK; at++) {
    const byte = short[at] ?? 0;
    inner[at] = byte ^ INNER_PAD;
    outer[at] = byte ^ OUTER_PAD;
  }
  padded = Uint8Array.from(key);
}

/** SHA-256 of what comes in pieces. */
export function nodeHashing(): { update(bytes: Uint8Array): void; digest(): Uint8Array } {
  const pieces = createHash('sha256');
  return { update: (bytes) => void pieces.update(bytes), digest: () => pieces.digest() };
}
