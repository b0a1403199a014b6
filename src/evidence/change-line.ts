// One change in a bundle: its leaf as it is stored, and its contents as far as they are shown. A field
// that is left out stands in by its hash, so that the rest still proves (SPEC 1.3). The salt is told
// only of contents that are shown whole: with it, a short value could be guessed from its hash; of
// others each field that is shown has the hash of its name under the salt (SPEC 16.4).
import * as z from 'zod/mini';
import { type Body, isJson, type Json } from '../domain/index.ts';
import {
  canonicalMembers,
  canonicalText,
  fromHex,
  type Hasher,
  membersHash,
  toHex,
  utf8,
} from '../ledger/index.ts';

const hash = z.string().check(z.regex(/^[0-9a-f]{64}$/));
const leaf = z.string().check(z.minLength(2), z.maxLength(100_000));
const seq = z.int().check(z.gte(0));

const shownField = z.strictObject({ name: z.string(), named: hash, value: z.unknown() });
const hiddenField = z.strictObject({ name: z.string(), digest: hash });

export const changeLine = z.union([
  z.strictObject({
    seq,
    leaf,
    salt: z.string().check(z.regex(/^[0-9a-f]{32}$/)),
    body: z.record(z.string(), z.unknown()),
  }),
  z.strictObject({ seq, leaf, fields: z.array(z.union([shownField, hiddenField])) }),
  /** `erasure`: number of the change that erased it. */
  z.strictObject({ seq, leaf, missing: z.literal('erased'), erasure: seq }),
  z.strictObject({ seq, leaf, missing: z.enum(['left-out', 'not-kept']) }),
]);
export type ChangeLine = z.output<typeof changeLine>;

/** How much of a change's contents is shown. */
export type Shown = 'open' | 'partly' | 'leftOut' | 'erased';

export function shownOf(line: ChangeLine): Shown {
  if ('body' in line) return 'open';
  if ('fields' in line) return 'partly';
  return line.missing === 'erased' ? 'erased' : 'leftOut';
}

/** A line as it is written. */
export type WrittenLine = { shown: Shown; text: string };

export function writtenLine(line: ChangeLine): WrittenLine {
  return { shown: shownOf(line), text: JSON.stringify(line) };
}

/** Contents without these fields. */
export function redacted(
  hasher: Hasher,
  change: { seq: number; leaf: string; salt: string; body: Body },
  isHidden: (field: string) => boolean,
): ChangeLine {
  const members = canonicalMembers(change.body);
  if (!members.some(([name]) => isHidden(name))) return change;
  const key = fromHex(change.salt);
  const fields = members.map(([name, text]) => {
    const named = hasher.hmac(key, utf8(name));
    if (!isHidden(name)) return { name, named: toHex(named), value: change.body[name] };
    return { name, digest: toHex(fieldHash(hasher, named, text)) };
  });
  return { seq: change.seq, leaf: change.leaf, fields };
}

/** The hash of contents that are shown whole or in part, in hex; null when nothing can be hashed. */
export function contentsHash(hasher: Hasher, line: ChangeLine): string | null {
  if ('missing' in line) return null;
  if ('body' in line) {
    if (!isJson(line.body)) return null;
    return membersHash(hasher, line.salt, canonicalMembers(line.body));
  }
  const hashes: Uint8Array[] = [];
  let before: string | null = null;
  for (const field of line.fields) {
    if (before !== null && field.name <= before) return null;
    before = field.name;
    if ('digest' in field) hashes.push(fromHex(field.digest));
    else if (!isJson(field.value)) return null;
    else hashes.push(fieldHash(hasher, fromHex(field.named), canonicalText(field.value)));
  }
  return toHex(hasher.sha256(joined(hashes)));
}

/** The fields that are shown. */
export function shownFields(line: ChangeLine): { [field: string]: Json } {
  if ('body' in line) return line.body as { [field: string]: Json };
  if (!('fields' in line)) return {};
  return Object.fromEntries(
    line.fields.flatMap((field) => ('digest' in field ? [] : [[field.name, field.value as Json]])),
  );
}

function fieldHash(hasher: Hasher, named: Uint8Array, text: string): Uint8Array {
  return hasher.sha256(joined([named, utf8(text)]));
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((bytes, part) => bytes + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
