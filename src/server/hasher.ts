import { createHash, createHmac } from 'node:crypto';
import type { Hasher } from '../ledger/index.ts';

export const nodeHasher: Hasher = {
  sha256: (bytes) => createHash('sha256').update(bytes).digest(),
  hmac: (key, bytes) => createHmac('sha256', key).update(bytes).digest(),
};
