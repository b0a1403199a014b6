// Arrays as PostgreSQL takes them in its binary format (array_recv and the types' own receive
// functions): rows handed over column by column cost both sides half of what a parameter for each
// value does.
import { type RawBuilder, sql } from 'kysely';

/** Types whose elements can be put into an array here, by PostgreSQL's names. */
export type ElementType = 'bigint' | 'boolean' | 'bytea' | 'jsonb' | 'text' | 'uuid';

/** Element types' object ids (pg_type.dat). */
const OIDS: Record<ElementType, number> = {
  ...{ boolean: 16, bytea: 17, bigint: 20 },
  ...{ text: 25, uuid: 2950, jsonb: 3802 },
};

/** Dimensions, whether there are nulls, the elements' type; the dimension's length and lower bound. */
const HEAD_BYTES = 20;
const NULL = -1;
const JSONB_VERSION = 1;
const UUID_BYTES = 16;

/** Ids, texts, JSON, and bytes that are UTF-8, as text; other bytes; integers; flags; or null. */
export type Element = string | number | boolean | Uint8Array | null;

/**
 * A parameter of type `type`[]. Throws a TypeError on what is no element of that type, a RangeError on
 * a number that is no safe integer.
 */
export function binaryArray(type: ElementType, elements: readonly Element[]): Buffer {
  const array = Buffer.allocUnsafeSlow(HEAD_BYTES + most(type, elements));
  array.writeInt32BE(elements.length === 0 ? 0 : 1, 0);
  array.writeInt32BE(1, 4);
  array.writeInt32BE(OIDS[type], 8);
  array.writeInt32BE(elements.length, 12);
  array.writeInt32BE(1, 16);
  if (elements.length === 0) return array.subarray(0, 12);
  const write = WRITERS[type];
  let at = HEAD_BYTES;
  let before: Element = null;
  let from = at;
  for (const element of elements) {
    if (element === null) {
      array.writeInt32BE(NULL, at);
      at += 4;
    } else if (element === before && typeof element === 'string') {
      // Whole columns say one thing, as whose device it is.
      array.copyWithin(at, from, at);
      [from, at] = [at, at + at - from];
    } else {
      const end = write(array, at + 4, element);
      array.writeInt32BE(end - at - 4, at);
      from = at;
      at = end;
    }
    before = element;
  }
  return array.subarray(0, at);
}

/** `in ANY` of these ids, each once: an array of them costs PostgreSQL and this process half of a text. */
export function anyOf(ids: Iterable<string>): RawBuilder<string> {
  return sql<string>`any(${binaryArray('uuid', [...new Set(ids)])}::uuid[])`;
}

/** Bytes that the elements take at most, their lengths included. */
function most(type: ElementType, elements: readonly Element[]): number {
  // The longest of those whose length is their type's is 16 bytes.
  let bytes = elements.length * (4 + UUID_BYTES);
  if (type === 'bytea' || type === 'text' || type === 'jsonb') {
    for (const one of elements) {
      if (typeof one === 'string') bytes += Buffer.byteLength(one);
      else if (isBytes(one)) bytes += one.length;
    }
  }
  return bytes;
}

/** Writes an element and returns where it ends. */
type Writer = (into: Buffer, at: number, element: Exclude<Element, null>) => number;

const WRITERS: Record<ElementType, Writer> = {
  bigint(into, at, element) {
    if (!Number.isSafeInteger(element)) throw new RangeError('no integer');
    const value = element as number;
    into.writeInt32BE(Math.floor(value / 2 ** 32), at);
    into.writeUInt32BE(value >>> 0, at + 4);
    return at + 8;
  },
  boolean(into, at, element) {
    if (typeof element !== 'boolean') throw new TypeError('no flag');
    into[at] = element ? 1 : 0;
    return at + 1;
  },
  bytea(into, at, element) {
    if (!isBytes(element)) return textAt(into, at, element);
    into.set(element, at);
    return at + element.length;
  },
  jsonb(into, at, element) {
    into[at] = JSONB_VERSION;
    return textAt(into, at + 1, element);
  },
  text: textAt,
  uuid(into, at, element) {
    if (typeof element !== 'string' || element.length !== 36) throw new TypeError('no id');
    for (let place = 0, end = at; place < 36; place += 2) {
      if (element.charCodeAt(place) === HYPHEN) place += 1;
      const byte = (digitAt(element, place) << 4) | digitAt(element, place + 1);
      if (byte < 0) throw new TypeError('no id');
      into[end] = byte;
      end += 1;
    }
    return at + UUID_BYTES;
  },
};

function textAt(into: Buffer, at: number, element: Exclude<Element, null>): number {
  if (typeof element !== 'string') throw new TypeError('no text');
  return at + into.write(element, at, 'utf8');
}

function isBytes(element: Element): element is Uint8Array {
  return element instanceof Uint8Array;
}

const HYPHEN = 0x2d;

/** Of each character its value as a hexadecimal digit; negative: it is none. */
const DIGITS = Int8Array.from({ length: 128 }, (_, code) => {
  const digit = '0123456789abcdef'.indexOf(String.fromCharCode(code).toLowerCase());
  return digit;
});

/** Negative where there is none, whatever the other digit is. */
function digitAt(text: string, place: number): number {
  return DIGITS[text.charCodeAt(place)] ?? -1;
}
