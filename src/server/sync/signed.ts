// A device that has registered a key signs what it pushes (SPEC 10.2): the signature is over the last
// envelope, and each envelope names the one before it by its hash.
import * as z from 'zod/mini';
import { batchText, canonicalBytes, fromBase64, utf8 } from '../../ledger/index.ts';
import { nodeHasher } from '../hasher.ts';
import { verifyEd25519 } from '../log/verify-ed25519.ts';
import type { BatchSignature } from './append.ts';
import type { Assessed, Sender } from './assess.ts';

const SIGNATURE_BYTES = 64;

/** A device's key as the log has it. */
export type DeviceKey = { publicKey: string | null; revoked: boolean };

export type Signing =
  | { ok: true; signature: BatchSignature | null }
  /** In words, for the member whose device it is. */
  | { ok: false; words: string };

/** The least that a link of the chain needs, of an envelope that may be of a later version. */
const link = z.looseObject({ n: z.int(), prevHash: z.string() });

/**
 * Whether the batch is signed as it must be. `registered` is the key before the batch; a device's
 * first key is registered by a change of the very batch that it signs first.
 */
export function checkBatch(
  sender: Sender,
  registered: string | null,
  push: unknown[],
  storable: Assessed[],
  signature: string | undefined,
): Signing {
  const key = registered ?? keyWithin(sender, storable);
  if (key === null || push.length === 0) return { ok: true, signature: null };
  if (signature === undefined) return { ok: false, words: NOT_SIGNED };
  const chain = chained(push, storable);
  if (chain === null) return { ok: false, words: NOT_CHAINED };
  const bytes = fromBase64(signature);
  if (bytes?.length !== SIGNATURE_BYTES || !isSigned(key, batchText(chain.hash), bytes)) {
    return { ok: false, words: WRONGLY_SIGNED };
  }
  const { from, n } = chain;
  return { ok: true, signature: { device: sender.device, from, n, signature: bytes } };
}

/** The key that the device registers for itself with these changes. */
function keyWithin(sender: Sender, changes: Assessed[]): string | null {
  for (const { envelope, verdict } of changes) {
    if (envelope.kind !== 'device' || envelope.record !== sender.device || !verdict.fold) continue;
    if (typeof verdict.body.publicKey === 'string') return verdict.body.publicKey;
  }
  return null;
}

/**
 * The changes at the end of which each names the one before it: the number of the first and of the
 * last, and the last one's hash. null when there is no last one.
 */
function chained(
  push: unknown[],
  storable: Assessed[],
): { from: number; n: number; hash: string } | null {
  let next = 0;
  let chain: { from: number; n: number; hash: string } | null = null;
  for (const one of push) {
    const envelope = (one as { envelope?: unknown } | null)?.envelope;
    // In the same order, but for those that cannot be stored.
    const known = storable[next];
    if (known?.envelope.id === (envelope as { id?: unknown } | null | undefined)?.id) next += 1;
    const here = known && known.envelope === envelope ? linkIn(known) : linkOf(envelope);
    if (here === null) {
      chain = null;
      continue;
    }
    const { n, prevHash, hash } = here;
    const follows: boolean = chain !== null && n === chain.n + 1 && prevHash === chain.hash;
    chain = { from: follows && chain ? chain.from : n, n, hash };
  }
  return chain;
}

function linkIn({ envelope: { n, prevHash }, hash }: Assessed) {
  return { n, prevHash, hash };
}

/** A link that is not stored under this device's name, or not as it came. */
function linkOf(envelope: unknown): { n: number; prevHash: string; hash: string } | null {
  const parsed = link.safeParse(envelope);
  const hash = hashOf(envelope);
  return parsed.success && hash !== null ? { ...parsed.data, hash } : null;
}

function hashOf(envelope: unknown): string | null {
  try {
    return nodeHasher.sha256Hex(canonicalBytes(envelope));
  } catch {
    return null;
  }
}

function isSigned(publicKey: string, text: string, signature: Uint8Array): boolean {
  const raw = fromBase64(publicKey);
  return raw !== null && verifyEd25519(raw, utf8(text), signature);
}

const NOT_SIGNED =
  'This browser has registered a key, and what it sent is not signed with it. Nothing was stored. Connect the browser again in the options.';
const WRONGLY_SIGNED =
  'What this browser sent is not signed with the key it has registered. Nothing was stored. Connect the browser again in the options.';
export const NOT_CHAINED =
  'The changes this browser sent do not follow each other, so its signature does not cover them. Nothing was stored.';
