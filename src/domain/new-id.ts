// Apart from the schema of ids: pages that only make them need no parser.
import { v7 } from 'uuid';
import type { Id } from './id.ts';

/** What makes ids: the time in ms since 1970 and 16 random bytes, both from outside. */
export type IdSource = { now(): number; random(bytes: number): Uint8Array };

/** A new id. Ids made in one millisecond have no order among each other; nothing relies on one. */
export function newId(source: IdSource): Id {
  return v7({ msecs: source.now(), random: source.random(16), seq: sequenceOf(source.random(4)) });
}

function sequenceOf(bytes: Uint8Array): number {
  return new DataView(bytes.buffer, bytes.byteOffset).getUint32(0) & 0x7fffffff;
}
