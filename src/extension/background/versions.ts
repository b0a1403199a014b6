// Values written at the same time (SPEC 15): what a card shows of them, and what a new value goes by.
import {
  type Base,
  type Body,
  conflictsOf,
  headsOf,
  type Id,
  type Json,
  paths,
} from '../../domain/index.ts';
import { msOf } from '../../ledger/index.ts';
import type { Version } from '../messages/index.ts';
import { getChange, type StoredRecord } from '../store/index.ts';
import type { Here } from './world.ts';

/** Fields that a card shows, and so the ones whose other values can be taken there. */
const SHOWN = new Set([
  ...['statement', 'text', 'class', 'impliedBy', 'unstatedBecause', 'by', 'stage'],
  ...['customer', 'contact', 'project', 'due', 'decision', 'decisionReason'],
  ...['value', 'effort', 'likelihood', 'reviewOn', 'outcome', 'outcomeText', 'outcomeValue'],
  ...['currency', 'dimension', 'gap', 'adequate', 'desired', 'perceived', 'unit'],
]);
const REFERENCES = ['customer', 'contact', 'project'] as const;

type Names = {
  name(kind: (typeof REFERENCES)[number], id: Id): Promise<string>;
  member(id: Id): Promise<string>;
};

/** The fields of a card that were written at the same time, or null: most have none. */
export async function versionsIn(
  here: Here,
  record: StoredRecord,
  names: Names,
): Promise<{ [field: string]: Version[] } | null> {
  const versions: { [field: string]: Version[] } = {};
  for (const [path, values] of conflictsOf(record.state)) {
    if (!SHOWN.has(path)) continue;
    const told: Version[] = [];
    for (const { value, rank, change } of values) {
      const stored = await getChange(here.db, record, change);
      const author = stored?.author ?? record.state.origin.author;
      told.push({
        ...{ change, value, said: await inWords(path, value, names) },
        author: { name: await names.member(author), me: author === here.me },
        at: msOf(rank),
      });
    }
    versions[path] = told;
  }
  return Object.keys(versions).length === 0 ? null : versions;
}

async function inWords(field: string, value: Json, names: Names): Promise<string> {
  const kind = REFERENCES.find((each) => each === field);
  if (typeof value !== 'string') return value === null ? '' : JSON.stringify(value);
  return kind === undefined ? value : names.name(kind, value);
}

/** The changes whose values a record has now, by register. */
export function seenIn({ state }: StoredRecord): Base {
  return Object.fromEntries(
    Object.entries(state.registers).map(([path, register]) => [path, headsOf(register)]),
  );
}

/**
 * What a change with this body names as its base: what the person saw (or without that, the values
 * as they are now) and what this device has written since, which its person has seen as well.
 */
export async function baseOf(
  here: Here,
  record: StoredRecord,
  body: Body,
  seen: Base | undefined,
): Promise<Base> {
  const { state } = record;
  const base: Base = {};
  for (const [path] of paths(body)) {
    const register = Object.hasOwn(state.registers, path) ? state.registers[path] : undefined;
    if (register === undefined) continue;
    if (seen === undefined) {
      base[path] = register.change;
      continue;
    }
    const named = Object.hasOwn(seen, path) ? [seen[path] ?? []].flat() : [];
    for (const head of [headsOf(register)].flat()) {
      if (!named.includes(head) && (await isOwn(here, record, head))) named.push(head);
    }
    base[path] = named.length === 1 ? (named[0] ?? []) : named;
  }
  return base;
}

async function isOwn(here: Here, record: StoredRecord, change: Id): Promise<boolean> {
  const stored = await getChange(here.db, record, change);
  if (stored === undefined) return false;
  return stored.envelope === null || stored.envelope.device === here.connection?.device;
}
