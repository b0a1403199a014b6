// Changes → records. Order and repetition of the changes do not matter.
import type { Body, Ranked } from './change.ts';
import type { Fields } from './fields.ts';
import type { Id } from './id.ts';
import type { Json } from './json.ts';
import type { Kind } from './kinds.ts';

/** One field's winning value: the change with the greatest (rank, id). */
export type Register = { value: Json; rank: string; change: Id };

/**
 * A record as folded. `registers` is keyed by path: the field's name, or "field/key" for a field
 * that is a set (see SET_FIELDS). `origin` is its first change by (rank, id).
 */
export type RecordState = {
  kind: string;
  id: Id;
  registers: { [path: string]: Register };
  origin: { author: Id; rank: string; change: Id };
  /** The greatest rank folded in. */
  latest: string;
};

/** Sets are maps whose keys fold one by one, so that two people can add without losing either. */
const SET_FIELDS = new Set(['identifiers', 'evidence']);

/** Folds one change into its record; `state` is not changed. */
export function applyChange(state: RecordState | undefined, change: Ranked): RecordState {
  const origin = { author: change.author, rank: change.rank, change: change.id };
  const next: RecordState = state
    ? {
        ...state,
        registers: { ...state.registers },
        origin: before(origin, state.origin) ? origin : state.origin,
        latest: state.latest < change.rank ? change.rank : state.latest,
      }
    : { kind: change.kind, id: change.record, registers: {}, origin, latest: change.rank };
  for (const [path, value] of paths(change.body)) {
    const register = { value, rank: change.rank, change: change.id };
    const present = next.registers[path];
    if (present === undefined || before(present, register)) next.registers[path] = register;
  }
  return next;
}

/** `fold(changes)` gives the records, keyed by `recordKey`. */
export function fold(changes: Iterable<Ranked>): Map<string, RecordState> {
  const records = new Map<string, RecordState>();
  for (const change of changes) {
    const key = recordKey(change.kind, change.record);
    records.set(key, applyChange(records.get(key), change));
  }
  return records;
}

export function recordKey(kind: string, id: Id): string {
  return `${kind}/${id}`;
}

/** A body as registers: sets are taken apart, a set given as null or no map is one value. */
export function* paths(body: Body): Iterable<[path: string, value: Json]> {
  for (const [field, value] of Object.entries(body)) {
    if (
      SET_FIELDS.has(field) &&
      value !== null &&
      typeof value === 'object' &&
      !Array.isArray(value)
    ) {
      for (const [key, inner] of Object.entries(value)) yield [`${field}/${key}`, inner];
    } else if (!SET_FIELDS.has(field)) {
      yield [field, value];
    }
  }
}

/** The record's fields as they are read: cleared (null) ones and set members are left out. */
export function fieldsOf<K extends Kind>(state: RecordState): Fields<K> {
  const fields: { [field: string]: Json } = {};
  for (const path of Object.keys(state.registers).sort()) {
    const value = state.registers[path]?.value ?? null;
    if (value === null) continue;
    const slash = path.indexOf('/');
    if (slash < 0) {
      fields[path] = value;
      continue;
    }
    const field = path.slice(0, slash);
    fields[field] ??= {};
    const set = fields[field] as { [key: string]: Json };
    // A key can be any text, "__proto__" too.
    Object.defineProperty(set, path.slice(slash + 1), {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  // Bodies are checked against the kind's schemas before they are folded (bodyProblem).
  return fields as Fields<K>;
}

function before(a: { rank: string; change: Id }, b: { rank: string; change: Id }): boolean {
  return a.rank < b.rank || (a.rank === b.rank && a.change < b.change);
}
