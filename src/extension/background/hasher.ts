import { browserHasher, type Hasher, utf8 } from '../../ledger/index.ts';

/**
 * Synchronous, so that sealing can happen inside an IndexedDB transaction, which ends as soon as
 * one waits for anything else (WebCrypto only answers later).
 */
export const hasher: Hasher = browserHasher;

export function sha256Hex(text: string): string {
  return hasher.sha256Hex(utf8(text));
}
