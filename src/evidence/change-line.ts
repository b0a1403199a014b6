// One change in a bundle: its leaf as it is stored, and its contents as far as they are shown. A field
// that is left out stands in by its hash, so that the rest still proves (SPEC 1.3). The salt is told
// only of contents that are shown whole: with it, a short value could be guessed from its hash; of
// others each field that is shown has the hash of its name under the salt (SPEC 16.4).
import type { Body, Json } from '../domain/index.ts';
import {
  canonicalMembers,
  canonicalText,
  fromHex,
  type Hasher,
  membersHash,
  toHex,
  utf8,
} from '../ledger/index.ts';
import { joined, jsonOf } from './bytes.ts';

type Hex = string;
export type Field =
  | { name: string; named: Hex; value: unknown }
  /** Left out. */
  | { name: string; digest: Hex };

export type ChangeLine = { seq: number; leaf: string } & (
  | { salt: Hex; body: { [field: string]: unknown } }
  | { fields: Field[] }
  /** `erasure`: number of the change that erased it. */
  | { missing: 'erased'; erasure: number }
  | { missing: 'left-out' | 'not-kept' }
);

const LONGEST_LEAF = 100_000;
const HASH = /^[0-9a-f]{64}$/;
const SALT = /^[0-9a-f]{32}$/;

/**
 * A line as bundles have them; null for every other. By hand: a schema takes as long for each line as
 * all of its hashes.
 */
export function readChangeLine(text: string): ChangeLine | null {
  const line = objectOf(jsonOf(text));
  return line !== null && isChangeLine(line) ? line : null;
}

type Members = { [name: string]: unknown };

function isChangeLine(line: Members): line is ChangeLine {
  const { seq, leaf, missing, fields } = line;
  if (!isCount(seq) || typeof leaf !== 'string') return false;
  if (leaf.length < 2 || leaf.length > LONGEST_LEAF) return false;
  const members = Object.keys(line).length;
  if (members === 4 && missing === undefined) {
    return matches(SALT, line.salt) && objectOf(line.body) !== null;
  }
  if (members === 4) return missing === 'erased' && isCount(line.erasure);
  if (members !== 3) return false;
  if (Array.isArray(fields)) return fields.every(isField);
  return missing === 'left-out' || missing === 'not-kept';
}

function isField(value: unknown): value is Field {
  const field = objectOf(value);
  if (field === null || typeof field.name !== 'string') return false;
  const members = Object.keys(field).length;
  if (members === 2) return matches(HASH, field.digest);
  return members === 3 && matches(HASH, field.named) && Object.hasOwn(field, 'value');
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function matches(pattern: RegExp, value: unknown): boolean {
  return typeof value === 'string' && pattern.test(value);
}

function objectOf(value: unknown): Members | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Members)
    : null;
}

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
export function contentsHash(hasher: Hasher, line: ChangeLine): Hex | null {
  if ('missing' in line) return null;
  try {
    if ('fields' in line) return fieldsHash(hasher, line.fields);
    return membersHash(hasher, line.salt, canonicalMembers(line.body));
  } catch {
    // What has no canonical form, or is nested too deeply for one, has no hash either.
    return null;
  }
}

function fieldsHash(hasher: Hasher, fields: readonly Field[]): Hex | null {
  const hashes: Uint8Array[] = [];
  let before: string | null = null;
  for (const field of fields) {
    if (before !== null && field.name <= before) return null;
    before = field.name;
    hashes.push(
      'digest' in field
        ? fromHex(field.digest)
        : fieldHash(hasher, fromHex(field.named), canonicalText(field.value)),
    );
  }
  return hasher.sha256Hex(joined(hashes));
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
