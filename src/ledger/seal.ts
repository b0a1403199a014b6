import {
  type Base,
  type Body,
  type Change,
  type Envelope,
  type Id,
  normaliseJson,
} from '../domain/index.ts';
import { bodyHash } from './body-hash.ts';
import { toHex } from './canonical.ts';
import { tick } from './clock.ts';
import type { Hasher } from './hasher.ts';
import { envelopeHash, NO_PREVIOUS } from './leaf.ts';

/** A change before it has its place in a device's chain. */
export type Draft = {
  id: Id;
  kind: string;
  record: Id;
  base?: Base;
  body: Body;
};

/** Where a device's chain stands; stored in the same transaction as the change it seals. */
export type Chain = {
  workspace: Id;
  device: Id;
  author: Id;
  /** number of the next change */
  n: number;
  prevHash: string;
  /** last timestamp given or rank seen */
  clock: string;
};

export function newChain(workspace: Id, device: Id, author: Id, clock: string): Chain {
  return { workspace, device, author, n: 0, prevHash: NO_PREVIOUS, clock };
}

export type SealSource = { now(): number; random(bytes: number): Uint8Array };

/** Seals a change: gives it number, time, salt and hashes, and the chain after it (SPEC 3). */
export function seal(
  hasher: Hasher,
  source: SealSource,
  chain: Chain,
  draft: Draft,
): { change: Change; chain: Chain } {
  const body = normaliseJson(draft.body);
  const salt = toHex(source.random(16));
  const at = tick(chain.clock, source.now());
  const envelope: Envelope = {
    v: 1,
    workspace: chain.workspace,
    id: draft.id,
    kind: draft.kind,
    record: draft.record,
    author: chain.author,
    device: chain.device,
    n: chain.n,
    at,
    ...(draft.base && Object.keys(draft.base).length > 0 ? { base: draft.base } : {}),
    prevHash: chain.prevHash,
    bodyHash: bodyHash(hasher, salt, body),
  };
  return {
    change: { envelope, salt, body },
    chain: { ...chain, n: chain.n + 1, prevHash: envelopeHash(hasher, envelope), clock: at },
  };
}
