// Ed25519 keys made of a seed, as a server's log key is.
import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { type NoteSigner, noteKey, type Verify } from '../../src/ledger/index.ts';
import { nodeHasher } from '../../src/server/hasher.ts';

/** PKCS #8 of an Ed25519 key up to its seed (RFC 8410, 7). */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

export function signerOf(name: string, seed: Uint8Array): NoteSigner {
  const key = createPrivateKey({
    key: Buffer.concat([PKCS8, seed]),
    ...{ format: 'der', type: 'pkcs8' },
  });
  const { x = '' } = createPublicKey(key).export({ format: 'jwk' });
  const publicKey = Buffer.from(x, 'base64url');
  return { ...noteKey(nodeHasher, name, publicKey), sign: (message) => sign(null, message, key) };
}

export const verifyEd25519: Verify = (publicKey, message, signature) => {
  const x = Buffer.from(publicKey).toString('base64url');
  return verify(
    null,
    message,
    { key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' },
    signature,
  );
};
