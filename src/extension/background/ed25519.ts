import type { Verify } from '../../ledger/index.ts';

/** Throws where the browser has no Ed25519 (Chromium before 137). */
export const verifyEd25519: Verify = async (publicKey, message, signature) => {
  // Copies: WebCrypto takes no view that might be of shared memory.
  const raw = Uint8Array.from(publicKey);
  const key = await crypto.subtle.importKey('raw', raw, 'Ed25519', false, ['verify']);
  return crypto.subtle.verify('Ed25519', key, Uint8Array.from(signature), Uint8Array.from(message));
};
