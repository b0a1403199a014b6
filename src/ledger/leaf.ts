import type { Envelope, Leaf } from '../domain/index.ts';
import { canonicalTextOf, passingUtf8, toHex, utf8 } from './canonical.ts';
import type { Hasher } from './hasher.ts';

/** `prevHash` of a device's first change. */
export const NO_PREVIOUS = '0'.repeat(64);

/** Of an envelope and of a leaf, in canonical order. */
const MEMBERS = [
  ...['at', 'author', 'base', 'bodyHash', 'device', 'id', 'kind', 'n', 'prevHash', 'rank'],
  ...['received', 'record', 'v', 'workspace'],
];

/** The hash a device's next change carries as `prevHash` (SPEC 1.4). */
export function envelopeHash(hasher: Hasher, envelope: Envelope): string {
  return toHex(hasher.sha256(passingUtf8(canonicalTextOf(MEMBERS, envelope))));
}

/** The bytes the server stores and the log hashes: never rebuilt afterwards (SPEC 1.5). */
export function leafBytes(leaf: Leaf): Uint8Array {
  return utf8(canonicalTextOf(MEMBERS, leaf));
}
