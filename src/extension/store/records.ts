import {
  type Evidence,
  type Fields,
  fieldsOf,
  type Kind,
  type Ranked,
  type RecordState,
  subjectKey,
} from '../../domain/index.ts';
import { callKeysOf } from './call-keys.ts';
import type { StoredChange, StoredRecord } from './schema.ts';
import { waitKeysOf } from './wait-keys.ts';

/** A folded state with the keys it is looked up by. */
export function storedRecord(state: RecordState): StoredRecord {
  const value = (path: string) => state.registers[path]?.value;
  const text = (path: string) => {
    const found = value(path);
    return typeof found === 'string' ? found : undefined;
  };
  const identifiers = Object.entries(state.registers)
    .filter(([path, register]) => path.startsWith('identifiers/') && register.value === true)
    .map(([path]) => `${state.kind}|${path.slice('identifiers/'.length)}`);
  const stored: StoredRecord = { kind: state.kind, id: state.id, state, identifiers };
  const customer = text('customer');
  const interactions = interactionsIn(state);
  const conversation = state.kind === 'interaction' ? subjectKey(text('subject') ?? '') : '';
  const mergedInto = text('mergedInto');
  if (customer !== undefined) stored.customer = customer;
  if (interactions.length > 0) stored.interactions = interactions;
  if (conversation !== '') stored.conversation = conversation;
  if (mergedInto !== undefined) stored.mergedInto = mergedInto;
  const calls = callKeysOf(state);
  if (calls.length > 0) stored.calls = calls;
  const waits = waitKeysOf(state);
  if (waits.length > 0) stored.waits = waits;
  return stored;
}

/** The interactions a record refers to: its own, and those that its evidence stands in. */
function interactionsIn(state: RecordState): string[] {
  const found = new Set<string>();
  for (const [path, { value }] of Object.entries(state.registers)) {
    const place = path.startsWith('evidence/') ? (value as Partial<Evidence> | null) : null;
    const id = path === 'interaction' ? value : place?.interaction;
    if (typeof id === 'string') found.add(id);
  }
  return [...found];
}

/** What the fold sees of a stored change, or null when it is not folded here. */
export function rankedOf(change: StoredChange): Ranked | null {
  if (!change.folded || change.body === null) return null;
  const { id, kind, record, author, rank, base, body } = change;
  return { id, kind, record, author, rank, base, body };
}

export function readFields<K extends Kind>(record: StoredRecord): Fields<K> {
  return fieldsOf<K>(record.state);
}
