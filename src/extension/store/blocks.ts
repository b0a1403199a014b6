// Many records in one row. A browser spends more on the writing of a row than on its bytes, so a
// long pull writes records thirty at a time, with everything they are looked up by beside them.
//
//     text   JSON of [[keys, change, change…]], one for each record (packed-change.ts)
//     names  what their changes say alike
//     keys   all keys of all of them, each once: the index finds the row, `keys` within the record
//     starts where each entry lies in `text`: one is read without the others
//
// Rows of earlier versions have [{ keys, changes }] with changes as they are stored, and no names.
import { applyChange, type Id, type RecordState } from '../../domain/index.ts';
import { Names, type PackedChange, packChange, unpackChange } from './packed-change.ts';
import { rankedOf, storedRecord } from './records.ts';
import type { Block, StoredChange, StoredRecord, WorkspaceTx } from './schema.ts';

/** One record in a block. */
export type Entry = { keys: string[]; changes: StoredChange[] };

/** Records in a block: enough to save on rows, few enough to read one of them quickly. */
export const BLOCK_RECORDS = 64;

/** What a lookup goes by, as a key of blocks. */
export const keyOf = {
  record: (kind: string, id: Id) => `=${kind}/${id}`,
  kind: (kind: string) => `t${kind}`,
  customer: (id: Id) => `c${id}`,
  interaction: (id: Id) => `i${id}`,
  conversation: (subject: string) => `s${subject}`,
  /** "kind|identifier", as records have it */
  identifier: (identifier: string) => `k${identifier}`,
  mergedInto: (kind: string, id: Id) => `m${kind}/${id}`,
  /** As call-keys.ts has it. */
  call: (key: string) => `l${key}`,
  /** As wait-keys.ts has it. */
  wait: (key: string) => `w${key}`,
  /** Something of it waits for an update to be understood. */
  unfolded: '!',
};

/** The folded record of these changes, or null when none of them is folded. */
export function recordFrom(changes: Iterable<StoredChange>): StoredRecord | null {
  let state: RecordState | undefined;
  for (const change of changes) {
    const ranked = rankedOf(change);
    if (ranked !== null) state = applyChange(state, ranked);
  }
  return state === undefined ? null : storedRecord(state);
}

/** A record's changes with what the record is looked up by. */
export function entryOf(changes: StoredChange[]): Entry {
  const [first] = changes;
  if (first === undefined) throw new RangeError('a record has a change');
  const keys = [keyOf.record(first.kind, first.record)];
  const record = recordFrom(changes);
  if (record !== null) {
    keys.push(keyOf.kind(record.kind));
    if (record.customer !== undefined) keys.push(keyOf.customer(record.customer));
    for (const id of record.interactions ?? []) keys.push(keyOf.interaction(id));
    if (record.conversation !== undefined) keys.push(keyOf.conversation(record.conversation));
    for (const identifier of record.identifiers) keys.push(keyOf.identifier(identifier));
    if (record.mergedInto !== undefined) {
      keys.push(keyOf.mergedInto(record.kind, record.mergedInto));
    }
    for (const key of record.calls ?? []) keys.push(keyOf.call(key));
    for (const key of record.waits ?? []) keys.push(keyOf.wait(key));
  }
  if (changes.some(({ unfolded }) => unfolded === 1)) keys.push(keyOf.unfolded);
  return { keys, changes };
}

export function blockOf(entries: Entry[]): Block {
  const keys = new Set<string>();
  const texts: string[] = [];
  const starts: number[] = [1];
  const names = new Names();
  for (const { keys: own, changes } of entries) {
    for (const key of own) keys.add(key);
    const packed: PackedEntry = [own, ...changes.map((change) => packChange(change, names))];
    const text = JSON.stringify(packed);
    texts.push(text);
    // A comma lies between two.
    starts.push((starts.at(-1) ?? 0) + text.length + 1);
  }
  return { keys: [...keys], text: `[${texts.join(',')}]`, starts, names: names.all };
}

type PackedEntry = [keys: string[], ...changes: PackedChange[]];

/** All entries, or only those whose keys are asked for. */
export function entriesOf(
  { text, names }: Block,
  isAsked: (keys: string[]) => boolean = () => true,
): Entry[] {
  // Written by blockOf(), or that of an earlier version, so of one of their forms.
  const entries = JSON.parse(text) as (PackedEntry | Entry)[];
  const asked = entries.filter((entry) => isAsked(keysOf(entry)));
  return asked.map((entry) => unpacked(entry, names));
}

function keysOf(entry: PackedEntry | Entry): string[] {
  return Array.isArray(entry) ? entry[0] : entry.keys;
}

function unpacked(entry: PackedEntry | Entry, names: string[] = []): Entry {
  if (!Array.isArray(entry)) return entry;
  const [keys, ...changes] = entry;
  const { kind, record } = namedBy(keys[0] ?? '');
  return { keys, changes: changes.map((change) => unpackChange(change, kind, record, names)) };
}

/** What keyOf.record() was made of: a kind may hold what an id may not. */
function namedBy(key: string): { kind: string; record: Id } {
  const end = key.lastIndexOf('/');
  return { kind: key.slice(1, end), record: key.slice(end + 1) };
}

type Reading = Pick<WorkspaceTx<'readonly'>, 'objectStore'> | WorkspaceTx;

/** The block that holds a record, or undefined. */
export function blockWith(tx: Reading, kind: string, id: Id): Promise<Block | undefined> {
  return (tx as WorkspaceTx).objectStore('blocks').index('keys').get(keyOf.record(kind, id));
}

/** The changes of a record that is in a block, or undefined. */
export async function packedChanges(
  tx: Reading,
  kind: string,
  id: Id,
): Promise<StoredChange[] | undefined> {
  const block = await blockWith(tx, kind, id);
  return block === undefined ? undefined : inBlock(block, kind, id);
}

export function inBlock(block: Block, kind: string, id: Id): StoredChange[] | undefined {
  const key = keyOf.record(kind, id);
  const at = recordKeys(block).indexOf(key);
  return at < 0 ? undefined : entryAt(block, at).changes;
}

/** The keys of the block's records themselves, in the order of its entries. */
export function recordKeys({ keys }: Block): string[] {
  return keys.filter((key) => key.startsWith('='));
}

/** One entry of the block, by its place. */
function entryAt(block: Block, at: number): Entry {
  const [start, next] = [block.starts?.[at], block.starts?.[at + 1]];
  if (start !== undefined && next !== undefined) {
    const text = block.text.slice(start, next - 1);
    return unpacked(JSON.parse(text) as PackedEntry | Entry, block.names);
  }
  const entry = entriesOf(block)[at];
  if (entry === undefined) throw new RangeError('a block has an entry for each record');
  return entry;
}

/** Records in blocks that have this key. At most so many blocks are read. */
export async function packedRecords(
  tx: Reading,
  key: string,
  most?: number,
): Promise<StoredRecord[]> {
  const index = (tx as WorkspaceTx).objectStore('blocks').index('keys');
  const found: StoredRecord[] = [];
  for (const block of await index.getAll(key, most)) {
    for (const { changes } of entriesOf(block, (keys) => keys.includes(key))) {
      const record = recordFrom(changes);
      if (record !== null) found.push(record);
    }
  }
  return found;
}

/** A record's changes in its block give way to others; none: the record leaves the block. */
export function rewriteBlock(
  tx: WorkspaceTx,
  block: Block,
  kind: string,
  id: Id,
  changes: StoredChange[],
): Promise<unknown> {
  const key = keyOf.record(kind, id);
  const entries = entriesOf(block).flatMap((entry) => {
    if (entry.keys[0] !== key) return [entry];
    return changes.length === 0 ? [] : [entryOf(changes)];
  });
  const blocks = tx.objectStore('blocks');
  if (entries.length > 0 || block.n === undefined) {
    return blocks.put(
      block.n === undefined ? blockOf(entries) : { ...blockOf(entries), n: block.n },
    );
  }
  return blocks.delete(block.n);
}
