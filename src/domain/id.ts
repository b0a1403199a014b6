import { v7 } from 'uuid';
import * as z from 'zod/mini';

/** A random UUIDv7 in lower case. Means nothing; made on the device (RFC 9562, 5.7). */
export type Id = string;

export const id = z
  .string()
  .check(z.regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/));

/** What makes ids: the time in ms since 1970 and 16 random bytes, both from outside. */
export type IdSource = { now(): number; random(bytes: number): Uint8Array };

/** A new id. Ids made in one millisecond have no order among each other; nothing relies on one. */
export function newId(source: IdSource): Id {
  return v7({ msecs: source.now(), random: source.random(16), seq: sequenceOf(source.random(4)) });
}

function sequenceOf(bytes: Uint8Array): number {
  return new DataView(bytes.buffer, bytes.byteOffset).getUint32(0) & 0x7fffffff;
}
