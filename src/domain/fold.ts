// Changes → records. Order and repetition of the changes do not matter.
import type { Base, Body, Ranked } from './change.ts';
import type { Fields } from './fields.ts';
import type { Id } from './id.ts';
import { type Json, sameJson, sortedNames } from './json.ts';
import type { Kind } from './kinds.ts';

/** A value and the change that wrote it. */
export type Written = { value: Json; rank: string; change: Id };

/**
 * One field's winning value: the change with the greatest (rank, id).
 *
 *     others   values written at the same time that nobody has superseded, greatest first
 *     past     changes of this register that others name as their base, sorted; some of them may
 *              not have arrived yet, and none of them comes back when it arrives again
 *
 * Both are absent where they would be empty: a register that was written once has neither.
 */
export type Register = Written & { others?: Written[]; past?: Id[] };

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
const SET_FIELDS = new Set(['identifiers', 'evidence', 'scores']);

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
  eachPath(change.body, writeInto, { registers: next.registers, change });
  return next;
}

type Writing = { registers: RecordState['registers']; change: Ranked };

function writeInto(path: string, value: Json, { registers, change }: Writing): void {
  const written = { value, rank: change.rank, change: change.id };
  registers[path] = take(registers[path], written, basesIn(change.base, path));
}

/** A register with one more change in it, which names these as what its writer saw (SPEC 15). */
function take(present: Register | undefined, written: Written, bases: readonly Id[]): Register {
  const past = including(present?.past, bases);
  if (present === undefined) return past === undefined ? written : { ...written, past };
  const wins = before(present, written);
  // One value written over another: nearly always so.
  if (wins && bases.length === 1 && bases[0] === present.change && !present.others) {
    return { ...written, past: past ?? [] };
  }
  const { value, rank, change } = wins ? written : present;
  const heads = [present, ...(present.others ?? []), written].filter(
    (one, at, all) =>
      one.change !== change &&
      past?.includes(one.change) !== true &&
      all.findIndex((other) => other.change === one.change) === at,
  );
  const register: Register = { value, rank, change };
  if (heads.length > 0) {
    heads.sort((a, b) => (before(a, b) ? 1 : -1));
    register.others = heads.map(({ value, rank, change }) => ({ value, rank, change }));
  }
  if (past !== undefined) register.past = past;
  return register;
}

const NONE: readonly Id[] = [];

/** The changes that a base names for a register. */
function basesIn(base: Base | null | undefined, path: string): readonly Id[] {
  if (!base || !Object.hasOwn(base, path)) return NONE;
  const named = base[path] ?? [];
  return typeof named === 'string' ? [named] : named;
}

function including(past: Id[] | undefined, bases: readonly Id[]): Id[] | undefined {
  if (bases.length === 0) return past;
  const fresh = bases.filter((id, at) => bases.indexOf(id) === at && !past?.includes(id));
  return fresh.length === 0 ? past : [...(past ?? []), ...fresh].sort();
}

/**
 * The changes that stand in a register now, the winner first: what a writer who sees them all gives
 * as base, so that the conflict ends.
 */
export function headsOf({ change, others }: Register): Id | Id[] {
  return others === undefined ? change : [change, ...others.map((other) => other.change)];
}

/**
 * register path → the winner and the other values that were written at the same time, greatest
 * (rank, id) first. Whoever wrote the same value as another is no conflict and left out; so are
 * registers without one.
 */
export function conflictsOf(state: RecordState): Map<string, Written[]> {
  const conflicts = new Map<string, Written[]>();
  for (const [path, register] of Object.entries(state.registers)) {
    if (register.others === undefined) continue;
    const { value, rank, change } = register;
    const values: Written[] = [{ value, rank, change }];
    for (const other of register.others) {
      if (!values.some((one) => sameJson(one.value, other.value))) values.push(other);
    }
    if (values.length > 1) conflicts.set(path, values);
  }
  return conflicts;
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

/** A body as registers: sets are taken apart, a set given as null or no map is none. */
export function paths(body: Body): [path: string, value: Json][] {
  const all: [path: string, value: Json][] = [];
  eachPath(body, (path, value) => all.push([path, value]), undefined);
  return all;
}

/**
 * The same, for whoever has many: nothing is made of them. What `take` needs is handed to it, so that
 * it is one function for all bodies, which an engine compiles once.
 */
function eachPath<With>(
  body: Body,
  take: (path: string, value: Json, given: With) => void,
  given: With,
): void {
  for (const field of Object.keys(body)) {
    const value = body[field] as Json; // one of its own
    if (!SET_FIELDS.has(field)) take(field, value, given);
    else if (value !== null && typeof value === 'object' && !Array.isArray(value)) {
      for (const [key, inner] of Object.entries(value)) take(`${field}/${key}`, inner, given);
    }
  }
}

/** Whether a record that is this one change has these fields and no others: no sets, nothing cleared. */
export function isPlain(body: Body): boolean {
  for (const field of Object.keys(body)) {
    if (body[field] === null || SET_FIELDS.has(field)) return false;
    if (field.includes('/') || field === '__proto__') return false;
  }
  return true;
}

/** The record's fields as they are read: cleared (null) ones and set members are left out. */
export function fieldsOf<K extends Kind>(state: RecordState): Fields<K> {
  const fields: { [field: string]: Json } = {};
  for (const path of sortedNames(state.registers)) {
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
