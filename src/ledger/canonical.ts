import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { sortedNames } from '../domain/index.ts';

/** A JSON value as RFC 8785 canonical UTF-8 bytes (SPEC 1.1). */
export function canonicalBytes(value: unknown): Uint8Array {
  return utf8(canonicalText(value));
}

/**
 * The same as text: no white space, members in the order of their names by UTF-16 code units. JSON
 * itself writes texts and numbers as the RFC does. Throws a TypeError on what is no JSON value, half
 * characters included; members that are undefined are none.
 */
export function canonicalText(value: unknown): string {
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'number' && Number.isFinite(value)) return JSON.stringify(value);
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (value === null) return 'null';
  if (Array.isArray(value)) return `[${value.map(canonicalText).join()}]`;
  if (typeof value !== 'object') throw new TypeError('not a JSON value');
  return canonicalObject(canonicalMembers(value));
}

/** The same of an object that nearly always has no other members than these, given in their order. */
export function canonicalTextOf(names: readonly string[], value: object): string {
  const members = value as { [name: string]: unknown };
  let text = '{';
  let count = 0;
  for (const name of names) {
    const member = members[name];
    if (member === undefined) continue;
    text += `${count === 0 ? '' : ','}"${name}":${canonicalText(member)}`;
    count += 1;
  }
  return count === Object.keys(members).length ? `${text}}` : canonicalText(value);
}

/** Each member's name and canonical value, in their order. */
export function canonicalMembers(value: object): [name: string, text: string][] {
  const members = value as { [name: string]: unknown };
  const canonical: [name: string, text: string][] = [];
  for (const name of sortedNames(members)) {
    const member = members[name];
    if (member !== undefined) canonical.push([name, canonicalText(member)]);
  }
  return canonical;
}

/** The object that has these members. */
export function canonicalObject(members: readonly [name: string, text: string][]): string {
  let text = '{';
  for (const [name, value] of members) {
    text += `${text.length > 1 ? ',' : ''}${quoted(name)}:${value}`;
  }
  return `${text}}`;
}

function quoted(text: string): string {
  if (PLAIN.test(text)) return `"${text}"`;
  if (!text.isWellFormed()) throw new TypeError('half a character has no canonical form');
  return JSON.stringify(text);
}

/** Printable ASCII without quotes and backslashes: nothing to be escaped, and nearly all there is. */
const PLAIN = /^[ !#-[\]-~]*$/;

// Every platform has them; the types of this folder know of none.
declare const TextEncoder: new () => {
  encode(text: string): Uint8Array;
  encodeInto(text: string, into: Uint8Array): { written: number };
};
declare const TextDecoder: new (
  label: 'utf-8',
  options: { fatal: boolean; ignoreBOM: boolean },
) => { decode(bytes: Uint8Array): string };

const encoder = new TextEncoder();

export function utf8(text: string): Uint8Array {
  return encoder.encode(text);
}

/** What is longer takes much longer to hash than to make a view of. */
const MOST_VIEWS = 2_048;
const passing = new Uint8Array(8_192);
const passingUpTo = viewsOf(passing);
/** Up to here a text of ASCII is written sooner than an encoder is called; `from` is small. */
const SHORT = 64;

/**
 * The same for what is hashed at once: good until the next call. `from` bytes before the text are the
 * caller's to fill. Memory of its own costs more than hashing does.
 */
export function passingUtf8(text: string, from = 0): Uint8Array {
  if (text.length <= SHORT) {
    let at = 0;
    for (; at < text.length; at += 1) {
      const unit = text.charCodeAt(at);
      if (unit > 0x7f) break;
      passing[from + at] = unit;
    }
    if (at === text.length) return passingUpTo(from + at);
  }
  // A UTF-16 unit has at most 3 bytes.
  const most = from + 3 * text.length;
  const room = most <= passing.length ? passing : new Uint8Array(most);
  const { written } = encoder.encodeInto(text, from === 0 ? room : room.subarray(from));
  return room === passing ? passingUpTo(from + written) : room.subarray(0, from + written);
}

/** The first bytes of a piece of memory that is written again and again: one view for each length. */
export function viewsOf(bytes: Uint8Array): (length: number) => Uint8Array {
  const views: (Uint8Array | undefined)[] = new Array(MOST_VIEWS + 1);
  return (length) => {
    if (length > MOST_VIEWS) return bytes.subarray(0, length);
    const known = views[length];
    if (known) return known;
    const view = bytes.subarray(0, length);
    views[length] = view;
    return view;
  };
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Throws a TypeError on what is no UTF-8. */
export function fromUtf8(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}

export { bytesToHex as toHex, hexToBytes as fromHex };
