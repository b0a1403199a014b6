// One request pushes and pulls. POST /v1/sync, JSON both ways (SPEC 5).
import * as z from 'zod/mini';
import { envelope, id, leaf, timestamp } from '../domain/index.ts';
import { toHex, utf8 } from './canonical.ts';
import type { Hasher } from './hasher.ts';

export const MOST_PUSHED = 500;
export const MOST_PULLED = 1_000;

const base64Text = z.string().check(z.maxLength(100), z.regex(/^[A-Za-z0-9+/]+={0,2}$/));

/** What a device signs for a batch: the chain covers the changes before (SPEC 10.2). */
export function batchText(lastEnvelopeHash: string): string {
  return `unsaid batch\n${lastEnvelopeHash}\n`;
}

/** The envelope must be well-formed; the body is judged one by one, so that none blocks others. */
export const pushedChange = z.object({
  envelope,
  salt: z.string().check(z.maxLength(64)),
  body: z.unknown(),
});
export type PushedChange = z.infer<typeof pushedChange>;

/** A cursor that no log gets to: with what is pushed nothing is pulled (SPEC 12.8). */
export const PAST_THE_END = Number.MAX_SAFE_INTEGER;

export const syncRequest = z.object({
  v: z.literal(1),
  /** The epoch of the server's last answer; null at the first sync. */
  epoch: z.nullable(id),
  /** Number of leaves already seen: the next one wanted. PAST_THE_END: none is, for now. */
  cursor: z.int().check(z.gte(0)),
  push: z.array(pushedChange).check(z.maxLength(MOST_PUSHED)),
  limit: z.int().check(z.gte(1), z.lte(MOST_PULLED)),
  /** Ed25519 over `batchText` of the last envelope of `push`, base64; absent without a key. */
  signature: z.optional(base64Text),
  /** Leaves of the pinned checkpoint: a proof from there is wanted. Absent: nothing is pinned. */
  pinned: z.optional(z.int().check(z.gte(0))),
  /** `followingName` of the choice that this device holds records by, to be told of another one. */
  follows: z.optional(z.string().check(z.maxLength(64))),
});
export type SyncRequest = z.infer<typeof syncRequest>;

export const pushResult = z.object({
  id,
  /**
   * `number-taken`: the device used this number for another change, so a copy of its profile is in
   * use; the change is not stored and goes out again under a new device. `erased`: its record was
   * erased; the envelope is stored, the body is not.
   */
  result: z.enum(['accepted', 'duplicate', 'needs-attention', 'number-taken', 'erased']),
  rank: z.optional(timestamp),
  /** Of a duplicate that the log has under another device's name: this device's chain ends here. */
  elsewhere: z.optional(z.literal(true)),
  /** In words, for the author. */
  reason: z.optional(z.string()),
});
export type PushResult = z.infer<typeof pushResult>;

export const pulledChange = z.object({
  seq: z.int().check(z.gte(0)),
  /** Later versions and their fields are kept and not folded. */
  leaf: z.looseObject({ ...leaf.shape, v: z.int() }),
  salt: z.nullable(z.string()),
  /** null when erased */
  body: z.nullable(z.record(z.string(), z.unknown())),
  /** Why the server did not fold it; then nobody does. */
  problem: z.optional(z.string()),
});
export type PulledChange = z.infer<typeof pulledChange>;

/**
 * GET and PUT /v1/following: which customers' records this member's devices get beside what is
 * theirs, the workspace's and addressed to them. Known to the server, never in the log.
 */
export const following = z.object({
  mode: z.enum(['all', 'chosen']),
  customers: z.array(id).check(z.maxLength(10_000)),
});
export type Following = z.infer<typeof following>;

/** The same for the same choice, in whatever order it is told: 16 hex digits (SPEC 12.7). */
export function followingName(hasher: Hasher, { mode, customers }: Following): string {
  const said = [mode, ...[...new Set(customers)].sort()].join('\n');
  return toHex(hasher.sha256(utf8(said)).subarray(0, 8));
}

export const syncResponse = z.object({
  v: z.literal(1),
  epoch: id,
  results: z.array(pushResult),
  changes: z.array(pulledChange),
  cursor: z.int().check(z.gte(0)),
  more: z.boolean(),
  /** Signed note (SPEC 9); covers all that this answer acknowledges and brings. */
  checkpoint: z.optional(z.string().check(z.maxLength(10_000))),
  /** RFC 6962 consistency proof from `pinned` to the checkpoint, base64; empty when none is needed. */
  consistency: z.optional(z.array(base64Text).check(z.maxLength(128))),
  /** Instead of a checkpoint: why the server signs none, in words (SPEC 9). Nothing is pinned then. */
  unsigned: z.optional(z.string()),
  /** The member's choice, where it is another than the request says this device goes by. */
  following: z.optional(following),
});
export type SyncResponse = z.infer<typeof syncResponse>;

/** Every refusal: what happened and what to do, in words. */
export const refusal = z.object({ error: z.string(), message: z.string() });
export type Refusal = z.infer<typeof refusal>;

/** A device that finds its profile copied goes on as another one: POST /v1/device/renew. */
export const renewRequest = z.object({
  device: z.object({ id, name: z.string().check(z.minLength(1), z.maxLength(100)) }),
});
export const renewResponse = z.object({ access_token: z.string(), device: z.object({ id }) });

/** POST /v1/backfill: a customer's earlier leaves, page by page, after it was followed. */
export const backfillRequest = z.object({
  customer: id,
  cursor: z.int().check(z.gte(0)),
  limit: z.int().check(z.gte(1), z.lte(MOST_PULLED)),
});
export const backfillResponse = z.object({
  epoch: id,
  changes: z.array(pulledChange),
  cursor: z.int().check(z.gte(0)),
  more: z.boolean(),
});

/** POST /v1/log/report: what a device found when it stopped pinning (SPEC 11). */
export const logReport = z.object({
  found: z.enum(['fork', 'rollback', 'edited-row', 'missing-body', 'bad-signature', 'unknown-key']),
  /** The pinned checkpoint and the one that does not go with it, as signed notes. */
  pinned: z.nullable(z.string().check(z.maxLength(10_000))),
  told: z.nullable(z.string().check(z.maxLength(10_000))),
  /** The leaf that does not fit. */
  seq: z.optional(z.int().check(z.gte(0))),
});
export type LogReport = z.infer<typeof logReport>;
