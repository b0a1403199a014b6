// A record of a file against the one that is here: new, as it is here, or otherwise here.
import {
  type Base,
  type Body,
  fieldsOf,
  headsOf,
  type Json,
  paths,
  type RecordState,
  sameJson,
} from '../../domain/index.ts';
import type { Draft } from '../../ledger/index.ts';
import { freshId } from '../ids.ts';
import type { Said } from './incoming.ts';

export type Held =
  | { is: 'created' | 'differs'; draft: Draft }
  | { is: 'same' }
  | { is: 'wrong'; words: string };

const SAID_ONCE =
  'This version of a standard is otherwise here. A version is never changed, because reviews were made by it; it stays as it is here.';

/** Who wrote it, and when, is no difference: what was imported before says it in words. */
const WRITING = new Set(['writtenAt', 'writtenBy']);

/** `differs` has what would make the one that is here like the one in the file. */
export function holdAgainst({ kind, id, body, writing }: Said, here: RecordState | null): Held {
  if (here === null) {
    const draft = { id: freshId(), kind, record: id, body: { ...body, ...writing } };
    return { is: 'created', draft };
  }
  const patch = patchOf(fieldsOf(here) as Body, body);
  const changed = [...patch.keys()];
  if (changed.length === 0) return { is: 'same' };
  if (kind === 'standard' && changed.some((path) => path !== 'retired' && path !== 'deleted')) {
    return { is: 'wrong', words: SAID_ONCE };
  }
  // What everybody may read is said so; absent would be the same, and no change of it.
  if (patch.get('visibility') === null) patch.set('visibility', 'workspace');
  return { is: 'differs', draft: changeOf(here, patch) };
}

/** A change that writes these registers over what they are. */
export function changeOf(here: RecordState, patch: ReadonlyMap<string, Json>): Draft {
  const base: Base = {};
  for (const path of patch.keys()) {
    const register = here.registers[path];
    if (register !== undefined) base[path] = headsOf(register);
  }
  return { id: freshId(), kind: here.kind, record: here.id, base, body: bodyOf(patch) };
}

/** register path → the file's value, null where the file has none; only those that are not alike. */
function patchOf(here: Body, file: Body): Map<string, Json> {
  const [ours, theirs] = [registersOf(here), registersOf(file)];
  const patch = new Map<string, Json>();
  for (const [path, value] of theirs) if (!sameJson(value, ours.get(path))) patch.set(path, value);
  for (const path of ours.keys()) if (!theirs.has(path)) patch.set(path, null);
  return patch;
}

/** Without those that say the same as none would. */
function registersOf(fields: Body): Map<string, Json> {
  const isUsual = (path: string, value: Json) =>
    value === null || WRITING.has(path) || value === USUAL[path];
  return new Map([...paths(fields)].filter(([path, value]) => !isUsual(path, value)));
}

const USUAL: { [field: string]: Json } = { visibility: 'workspace', deleted: false };

/** Registers as a body: "identifiers/domain:x" goes into the set. */
function bodyOf(patch: ReadonlyMap<string, Json>): Body {
  const body: Body = {};
  for (const [path, value] of patch) {
    const slash = path.indexOf('/');
    if (slash < 0) {
      body[path] = value;
      continue;
    }
    const field = path.slice(0, slash);
    body[field] ??= {};
    // A key can be any text, "__proto__" too.
    Object.defineProperty(body[field], path.slice(slash + 1), {
      ...{ value, enumerable: true, configurable: true, writable: true },
    });
  }
  return body;
}
