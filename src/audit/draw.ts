// A draw that nobody can shop for and anybody can replay (docs/drawing.md has it in words):
//
//   first   method, hash of the population, SHA-256 of a nonce   go into the ledger
//   seed    SHA-256(checkpoint ‖ nonce)                          the first checkpoint after that
//   ticket  SHA-256(seed ‖ id)                                   one for each member
//
// Who has the least tickets is drawn. A ticket depends on nothing but seed and member: neither the
// order of the list nor how many are drawn moves it, a stratum is drawn by its own members' tickets,
// and who replaces somebody is known beforehand: the next one (R. L. Rivest's consistent sampling).
import type { Id } from '../domain/index.ts';
import { allocate } from './allocate.ts';
import { AuditError, wholeNumber } from './normal.ts';

/** 32 bytes from any bytes. */
export type Sha256 = (bytes: Uint8Array) => Uint8Array;

/** One that may be drawn; `stratum` is '' where there are none. */
export type Member = { readonly id: Id; readonly stratum: string };

export type Method =
  | { readonly kind: 'simple'; readonly size: number }
  | { readonly kind: 'stratified'; readonly size: number; readonly least: number }
  /** As simple, its size planned so that one of `among` is found with `confidence`. */
  | {
      readonly kind: 'discovery';
      readonly size: number;
      readonly among: number;
      readonly confidence: number;
    };

export type Drawn = { readonly id: Id; readonly stratum: string; readonly ticket: string };

// Every platform has it, in different typings.
declare const TextEncoder: new () => { encode(text: string): Uint8Array };
const utf8 = new TextEncoder();

/**
 * The population as it is hashed: a line for each member, `id TAB stratum LF`, by id.
 * @throws AuditError where one stands in it twice, or a stratum's name could be taken for two lines.
 */
export function populationText(members: readonly Member[]): string {
  const lines = members.map(({ id, stratum }) => {
    if (/[\t\n\r]/.test(stratum)) {
      throw new AuditError(`“${stratum}” is no name of a stratum: it has a tab or a line end.`);
    }
    return `${id}\t${stratum}\n`;
  });
  lines.sort();
  for (const [at, line] of lines.entries()) {
    if (at > 0 && idOf(line) === idOf(lines[at - 1] ?? '')) {
      throw new AuditError(`${idOf(line)} stands in the population twice.`);
    }
  }
  return lines.join('');
}

function idOf(line: string): string {
  return line.slice(0, line.indexOf('\t'));
}

/** Lower case hex. */
export function populationHash(sha256: Sha256, members: readonly Member[]): string {
  return hex(sha256(utf8.encode(populationText(members))));
}

/**
 * @param checkpoint the signed note, whole, as the log published it first after the commitment
 * @param nonce 32 bytes, whose hash is in the commitment
 */
export function seedOf(sha256: Sha256, checkpoint: string, nonce: Uint8Array): Uint8Array {
  if (nonce.length !== 32) throw new AuditError('The nonce has to have 32 bytes.');
  return sha256(joined(utf8.encode(checkpoint), nonce));
}

/** All members in the order in which they would be drawn. */
export function order(sha256: Sha256, seed: Uint8Array, members: readonly Member[]): Drawn[] {
  return members
    .map(({ id, stratum }) => ({
      ...{ id, stratum },
      ticket: hex(sha256(joined(seed, utf8.encode(id)))),
    }))
    .sort((a, b) => (a.ticket < b.ticket ? -1 : a.ticket > b.ticket ? 1 : 0));
}

/**
 * The sample, in the order of tickets.
 * @throws AuditError where the method asks for more than there are.
 */
export function draw(
  sha256: Sha256,
  seed: Uint8Array,
  members: readonly Member[],
  method: Method,
): Drawn[] {
  wholeNumber(method.size, 'The sample', 1);
  if (method.size > members.length) {
    throw new AuditError(`${method.size} cannot be drawn from ${members.length}.`);
  }
  const all = order(sha256, seed, members);
  if (method.kind !== 'stratified') return all.slice(0, method.size);
  const left = allocate(strataOf(members), method.size, method.least);
  return all.filter(({ stratum }) => {
    const more = left.get(stratum) ?? 0;
    if (more > 0) left.set(stratum, more - 1);
    return more > 0;
  });
}

/** Stratum → how many, by name. */
export function strataOf(members: readonly Member[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { stratum } of members) counts.set(stratum, (counts.get(stratum) ?? 0) + 1);
  return new Map([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * Who comes in for one that was drawn: the next ticket of the same stratum that is neither drawn nor
 * was put out before; null where nobody is left.
 * @param out everybody who was drawn or put out so far
 */
export function replacement(
  sha256: Sha256,
  seed: Uint8Array,
  members: readonly Member[],
  method: Method,
  replaced: Id,
  out: ReadonlySet<Id>,
): Drawn | null {
  const all = order(sha256, seed, members);
  const gone = all.find(({ id }) => id === replaced);
  if (gone === undefined) throw new AuditError(`${replaced} is not of this population.`);
  const isSame = (stratum: string) => method.kind !== 'stratified' || stratum === gone.stratum;
  return all.find(({ id, stratum }) => !out.has(id) && id !== replaced && isSame(stratum)) ?? null;
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(a.length + b.length);
  bytes.set(a);
  bytes.set(b, a.length);
  return bytes;
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

function hex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += HEX[byte];
  return text;
}
