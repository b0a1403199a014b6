import * as z from 'zod/mini';
import { type Id, id } from './id.ts';
import type { Json } from './json.ts';

const hex64 = z.string().check(z.regex(/^[0-9a-f]{64}$/));
/** Hybrid logical clock: 48 bits of ms and 16 of counter, as 16 hex digits; compare as strings. */
export const timestamp = z.string().check(z.regex(/^[0-9a-f]{16}$/));
const name = z.string().check(z.minLength(1), z.maxLength(64));

/**
 * register path → id of the change whose value the writer saw; several ids where values written at
 * the same time stood beside each other and the writer saw them all (SPEC 15).
 */
export const base = z.record(
  z.string().check(z.maxLength(1_100)),
  z.union([id, z.array(id).check(z.minLength(1), z.maxLength(100))]),
);
export type Base = z.infer<typeof base>;

/** The part of a change that is never erased. Holds nothing personal. */
export const envelope = z.strictObject({
  v: z.literal(1),
  workspace: id,
  id,
  kind: name,
  record: id,
  author: id,
  device: id,
  /** Gapless per device, from 0. */
  n: z.int().check(z.gte(0)),
  at: timestamp,
  base: z.optional(base),
  prevHash: hex64,
  bodyHash: hex64,
});
export type Envelope = z.infer<typeof envelope>;

/** An envelope with what the server adds when it first accepts the change. */
export const leaf = z.extend(envelope, {
  /** ISO 8601, UTC, ms */
  received: z.iso.datetime(),
  rank: timestamp,
});
export type Leaf = z.infer<typeof leaf>;

export type Body = { [field: string]: Json };

/** A sealed change: what a device keeps and sends. */
export type Change = {
  envelope: Envelope;
  /** 16 random bytes as 32 hex digits */
  salt: string;
  body: Body;
};

/** The least the fold needs to know of a change. */
export type Ranked = {
  id: Id;
  kind: string;
  record: Id;
  author: Id;
  rank: string;
  base?: Base | null | undefined;
  body: Body;
};

/** A change as the fold sees it: with the server's rank, or provisionally its own time. */
export function ranked(change: Change, rank: string = change.envelope.at): Ranked {
  const { id, kind, record, author, base } = change.envelope;
  return { id, kind, record, author, rank, base, body: change.body };
}
