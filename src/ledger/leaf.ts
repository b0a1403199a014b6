import type { Envelope, Leaf } from '../domain/index.ts';
import { canonicalText, canonicalTextOf, passingUtf8, utf8 } from './canonical.ts';
import type { Hasher } from './hasher.ts';

/** `prevHash` of a device's first change. */
export const NO_PREVIOUS = '0'.repeat(64);

/** Of an envelope and of a leaf, in canonical order. */
const MEMBERS = [
  ...['at', 'author', 'base', 'bodyHash', 'device', 'id', 'kind', 'n', 'prevHash', 'rank'],
  ...['received', 'record', 'v', 'workspace'],
];

/** An envelope in canonical form, as it is hashed. */
export function envelopeText(envelope: Envelope): string {
  return canonicalTextOf(MEMBERS, envelope);
}

/**
 * The same of one that the schema has taken: ids, times and hashes have nothing to be escaped. Written
 * out, since the server does it for each change that it gets.
 */
export function parsedEnvelopeText(envelope: Envelope): string {
  const { v, workspace, id, kind, record, author, device, n, at, base, prevHash, bodyHash } =
    envelope;
  if (base !== undefined) return envelopeText(envelope);
  return (
    `{"at":"${at}","author":"${author}","bodyHash":"${bodyHash}","device":"${device}",` +
    `"id":"${id}","kind":${canonicalText(kind)},"n":${n},"prevHash":"${prevHash}",` +
    `"record":"${record}","v":${v},"workspace":"${workspace}"}`
  );
}

/** The hash a device's next change carries as `prevHash` (SPEC 1.4). */
export function envelopeHash(hasher: Hasher, envelope: Envelope): string {
  return textHash(hasher, envelopeText(envelope));
}

/** The same of an envelope that is in canonical form. */
export function textHash(hasher: Hasher, envelopeText: string): string {
  return hasher.sha256Hex(passingUtf8(envelopeText));
}

/** The bytes the server stores and the log hashes: never rebuilt afterwards (SPEC 1.5). */
export function leafBytes(leaf: Leaf): Uint8Array {
  return utf8(leafText(leaf));
}

/** A leaf in canonical form. */
export function leafText(leaf: Leaf): string {
  return canonicalTextOf(MEMBERS, leaf);
}

/** The same of a leaf that the schema has taken, as `parsedEnvelopeText`. */
export function parsedLeafText(leaf: Leaf): string {
  const { v, workspace, id, kind, record, author, device, n, at, base, prevHash, bodyHash } = leaf;
  if (base !== undefined) return leafText(leaf);
  return (
    `{"at":"${at}","author":"${author}","bodyHash":"${bodyHash}","device":"${device}",` +
    `"id":"${id}","kind":${canonicalText(kind)},"n":${n},"prevHash":"${prevHash}",` +
    `"rank":"${leaf.rank}","received":"${leaf.received}","record":"${record}","v":${v},` +
    `"workspace":"${workspace}"}`
  );
}

/** The envelope in canonical form that is in a leaf's text; null when that is none of `leafText`. */
export function envelopeTextIn(text: string, { received, rank }: Leaf): string | null {
  const at = text.lastIndexOf(',"record":');
  const added = `,"rank":${JSON.stringify(rank)},"received":${JSON.stringify(received)}`;
  if (at < added.length || text.slice(at - added.length, at) !== added) return null;
  return text.slice(0, at - added.length) + text.slice(at);
}

/** A leaf's text of an envelope in canonical form: what the server adds comes before `record`. */
export function leafTextOf(envelopeText: string, received: string, rank: string): string {
  // The last one: `base` may name a field "record". Within a text quotes have backslashes.
  const at = envelopeText.lastIndexOf(',"record":');
  const added = `,"rank":"${rank}","received":"${received}"`;
  return envelopeText.slice(0, at) + added + envelopeText.slice(at);
}
