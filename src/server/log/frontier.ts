// The tree's frontier as it stands in the workspace's row: the roots, largest first, end to end.
import { type Frontier, HASH_BYTES, hashAt } from '../../ledger/index.ts';

export function frontierOf(bytes: Uint8Array): Frontier {
  if (bytes.length % HASH_BYTES !== 0) throw new Error('a frontier is a row of hashes');
  return Array.from({ length: bytes.length / HASH_BYTES }, (_, at) => hashAt(bytes, at));
}

export function frontierBytes(frontier: Frontier): Buffer {
  return Buffer.concat(frontier);
}
