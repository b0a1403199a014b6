import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { type Hasher, toHex, utf8 } from '../../ledger/index.ts';

/**
 * Synchronous, so that sealing can happen inside an IndexedDB transaction, which ends as soon as
 * one waits for anything else (WebCrypto only answers later).
 */
export const hasher: Hasher = {
  sha256: (bytes) => sha256(bytes),
  hmac: (key, bytes) => hmac(sha256, key, bytes),
};

export function sha256Hex(text: string): string {
  return toHex(sha256(utf8(text)));
}
