import * as z from 'zod/mini';

/** A random UUIDv7 in lower case. Means nothing; made on the device (RFC 9562, 5.7). */
export type Id = string;

const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

export const id = z.string().check(z.regex(ID));

/** What `id` says, without a parser's cost. */
export function isId(value: unknown): value is Id {
  return typeof value === 'string' && ID.test(value);
}
