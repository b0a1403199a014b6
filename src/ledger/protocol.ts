// One request pushes and pulls. POST /v1/sync, JSON both ways (SPEC 5).
import * as z from 'zod/mini';
import { envelope, id, leaf, timestamp } from '../domain/index.ts';

export const MOST_PUSHED = 500;
export const MOST_PULLED = 1_000;

/** The envelope must be well-formed; the body is judged one by one, so that none blocks others. */
export const pushedChange = z.object({
  envelope,
  salt: z.string().check(z.maxLength(64)),
  body: z.unknown(),
});
export type PushedChange = z.infer<typeof pushedChange>;

export const syncRequest = z.object({
  v: z.literal(1),
  /** The epoch of the server's last answer; null at the first sync. */
  epoch: z.nullable(id),
  /** Number of leaves already seen: the next one wanted. */
  cursor: z.int().check(z.gte(0)),
  push: z.array(pushedChange).check(z.maxLength(MOST_PUSHED)),
  limit: z.int().check(z.gte(1), z.lte(MOST_PULLED)),
});
export type SyncRequest = z.infer<typeof syncRequest>;

export const pushResult = z.object({
  id,
  result: z.enum(['accepted', 'duplicate', 'needs-attention', 'erased']),
  rank: z.optional(timestamp),
  /** In words, for the author. */
  reason: z.optional(z.string()),
});
export type PushResult = z.infer<typeof pushResult>;

export const pulledChange = z.object({
  seq: z.int().check(z.gte(0)),
  /** Later versions and their fields are kept and not folded. */
  leaf: z.looseObject({ ...leaf.shape, v: z.int() }),
  salt: z.nullable(z.string()),
  /** null when erased or of no use to this member */
  body: z.nullable(z.record(z.string(), z.unknown())),
});
export type PulledChange = z.infer<typeof pulledChange>;

export const syncResponse = z.object({
  v: z.literal(1),
  epoch: id,
  results: z.array(pushResult),
  changes: z.array(pulledChange),
  cursor: z.int().check(z.gte(0)),
  more: z.boolean(),
});
export type SyncResponse = z.infer<typeof syncResponse>;

/** Every refusal: what happened and what to do, in words. */
export const refusal = z.object({ error: z.string(), message: z.string() });
export type Refusal = z.infer<typeof refusal>;
