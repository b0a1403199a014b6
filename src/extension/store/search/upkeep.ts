// Keeps the index: what was written lately becomes a segment, segments become larger ones. Each step
// is whole or did not happen: rows of a segment that no state names are nobody's, and are removed.
import { quiet } from '../errors.ts';
import type { WorkspaceDb, WorkspaceTx } from '../schema.ts';
import { turn } from '../turn.ts';
import { RECENT } from './find.ts';
import { mergedLeaves, movedInto } from './merge.ts';
import { readNamed } from './named.ts';
import {
  EMPTY_STATE,
  FORMAT,
  heldSegments,
  nameOf,
  noteWritten,
  ofSegment,
  readState,
  type Segment,
  type SegmentFacts,
  STATE,
  type SearchState as State,
  type Unindexed,
} from './rows.ts';
import {
  byTime,
  type Entry,
  entryOf,
  GONE,
  isGone,
  type Leaf,
  leavesOf,
  PAPERS,
  type Papers,
  papersOf,
  placesIn,
  setGone,
} from './segment.ts';
import { isSearched } from './texts.ts';

/** Fewer than these wait to be looked at: a search reads them itself. */
export const FLUSH = RECENT / 2;
/** Records of one segment at first. */
const BATCH = 4_096;
/** Records read at once: as many as come in a page, which lie in few blocks. */
const READ = 500;
/** Rows of names looked at for it; each may hold hundreds. */
const ROWS = 512;
/** So many segments of a size become one of the next, this many times as large. */
const FAN = 4;

export type UpkeepOptions = {
  /** Waited for between parts of the work, so that captures get their turn. */
  rest?: () => Promise<void>;
  /** Also what a search would read by itself. */
  wholly?: boolean;
  /** Asked in the midst of a step: it is given up, and is as if it had not begun. */
  isStopped?: () => boolean;
};

class Stopped extends Error {}

/** One step. False when nothing is left to be done, or it was stopped. */
export async function indexStep(db: WorkspaceDb, options: UpkeepOptions = {}): Promise<boolean> {
  const { rest: breathe = breather(), wholly = false, isStopped = () => false } = options;
  const rest = async () => {
    if (isStopped()) throw new Stopped();
    await breathe();
  };
  try {
    return await step(db, rest, wholly);
  } catch (error) {
    if (error instanceof Stopped) return false;
    throw error;
  }
}

async function step(db: WorkspaceDb, rest: () => Promise<void>, wholly: boolean): Promise<boolean> {
  const state = await begin(db);
  if (state.all) {
    await spread(db, state);
    return true;
  }
  const batch = await batchOf(db, wholly);
  if (batch !== null) {
    await addSegment(db, state, batch, rest);
    return true;
  }
  const due = dueOf(state);
  if (due.length === 0) return false;
  await merge(db, state, due, rest);
  return true;
}

/** Everything, now. */
export async function indexAll(db: WorkspaceDb, options: UpkeepOptions = {}): Promise<void> {
  while (await indexStep(db, options)) {
    // Until nothing is left.
  }
}

/** Work for so long at a time (ms); then whoever waits has a turn. */
const TURN_MS = 8;

function breather(): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < TURN_MS) return;
    await turn();
    since = performance.now();
  };
}

/** The state; rows that a crash left behind are removed, and an index of another form. */
async function begin(db: WorkspaceDb): Promise<State> {
  const tx = db.transaction('search', 'readwrite', { durability: 'relaxed' });
  const stored = (await tx.store.get(STATE)) as State | undefined;
  if (stored?.format === FORMAT) {
    const stray = IDBKeyRange.lowerBound([stored.next, PAPERS]);
    if ((await tx.store.getKey(stray)) !== undefined) await tx.store.delete(stray);
    await tx.done;
    return stored;
  }
  const fresh: State = stored === undefined ? EMPTY_STATE : { ...EMPTY_STATE, all: true };
  await tx.store.clear();
  await tx.store.put(fresh, STATE);
  await tx.done;
  return fresh;
}

/** Names of all that is here are put to what is to be looked at. */
async function spread(db: WorkspaceDb, { all: _all, ...state }: State): Promise<void> {
  const stores = ['records', 'kept', 'blocks', 'search', 'unindexed'] as const;
  const tx = db.transaction([...stores], 'readwrite', {
    durability: 'relaxed',
  }) as unknown as WorkspaceTx;
  const names: string[] = [];
  for (const store of ['records', 'kept'] as const) {
    for (const [kind, id] of await tx.objectStore(store).getAllKeys()) names.push(nameOf(kind, id));
  }
  for (let from = 0; ; ) {
    const blocks = await tx.objectStore('blocks').getAll(IDBKeyRange.lowerBound(from, true), 50);
    for (const { keys } of blocks) {
      for (const key of keys) if (key.startsWith('=')) names.push(key.slice(1));
    }
    const last = blocks.at(-1)?.n;
    if (last === undefined) break;
    from = last;
  }
  const searched = names.filter((name) => isSearched(name.slice(0, name.indexOf('/'))));
  noteWritten(tx, searched);
  await tx.objectStore('search').put(state, STATE);
  await tx.done;
}

async function rowsOf(db: WorkspaceDb, most: number): Promise<[number[], Unindexed[]]> {
  const tx = db.transaction('unindexed');
  return Promise.all([tx.store.getAllKeys(null, most), tx.store.getAll(null, most)]);
}

/** What the next segment is about. `upTo`: the last row that it covers. */
type Batch = { names: Set<string>; gone: Set<string>; upTo: number };

async function batchOf(db: WorkspaceDb, wholly: boolean): Promise<Batch | null> {
  const [keys, rows] = await rowsOf(db, ROWS);
  const batch: Batch = { names: new Set(), gone: new Set(), upTo: 0 };
  for (const [at, row] of rows.entries()) {
    if (batch.names.size > 0 && batch.names.size + row.names.length > BATCH) break;
    for (const name of row.names) {
      batch.names.add(name);
      if (row.gone === true) batch.gone.add(name);
    }
    batch.upTo = keys[at] ?? 0;
  }
  const isDue = batch.names.size >= FLUSH || batch.gone.size > 0 || (wholly && rows.length > 0);
  return isDue ? batch : null;
}

async function addSegment(
  db: WorkspaceDb,
  state: State,
  { names, gone, upTo }: Batch,
  rest: () => Promise<void>,
): Promise<void> {
  const entries: Entry[] = [];
  const all = [...names];
  for (let from = 0; from < all.length; from += READ) {
    const tx = db.transaction(['records', 'blocks', 'kept']) as unknown as WorkspaceTx<'readonly'>;
    for (const placed of await readNamed(tx, all.slice(from, from + READ))) {
      if (placed !== null && isSearched(placed.record.kind)) {
        entries.push(entryOf(placed.record.state));
      }
      await rest();
    }
  }
  entries.sort((a, b) => byTime(a.facts, b.facts));
  const papers = papersOf(entries);
  await writeLeaves(db, state.next, papers, leavesOf(entries, rest));
  await replace(db, state, { papers, moved: [], names, gone, upTo });
}

async function merge(
  db: WorkspaceDb,
  state: State,
  due: readonly number[],
  rest: () => Promise<void>,
): Promise<void> {
  const stores = ['search'] as const;
  const tx = db.transaction([...stores]) as unknown as WorkspaceTx<'readonly'>;
  const { segments } = await heldSegments(db, tx);
  const chosen = segments.filter(({ facts }) => due.includes(facts.n));
  // What goes meanwhile is seen when they are replaced.
  const inputs = chosen.map((segment) => ({ ...segment, gone: segment.gone.slice() }));
  const moved = await movedInto(inputs, rest);
  await writeLeaves(db, state.next, moved.papers, mergedLeaves(db, inputs, moved, rest));
  await replace(db, state, {
    papers: moved.papers,
    moved: inputs.map((segment, at) => ({ segment, places: moved.places[at] ?? new Int32Array() })),
    ...{ names: new Set(), gone: new Set(), upTo: 0 },
  });
}

/** Leaves written in one go. */
const LEAVES = 64;

/** `papers.first` is filled in. */
async function writeLeaves(
  db: WorkspaceDb,
  n: number,
  papers: Papers,
  leaves: AsyncGenerator<Leaf>,
): Promise<void> {
  let waiting: Leaf[] = [];
  const write = async () => {
    const tx = db.transaction('search', 'readwrite', { durability: 'relaxed' });
    for (const leaf of waiting) {
      void quiet(tx.store.put(leaf, [n, papers.first.length]));
      papers.first.push(leaf.words.slice(0, `${leaf.words}\n`.indexOf('\n')));
    }
    waiting = [];
    await tx.done;
  };
  for await (const leaf of leaves) {
    waiting.push(leaf);
    if (waiting.length >= LEAVES) await write();
  }
  if (waiting.length > 0) await write();
}

type Replacing = Batch & {
  papers: Papers;
  /** The segments that are in it now, and where each of their records went. */
  moved: { segment: Segment; places: Int32Array }[];
};

/**
 * The new segment counts from here on, and what it replaces does not. Nothing happens when another
 * index stands there by now; what was written is removed at the next beginning.
 */
async function replace(db: WorkspaceDb, before: State, what: Replacing): Promise<void> {
  const { papers, moved, names, gone: erased, upTo } = what;
  const tx = db.transaction(['search', 'unindexed'], 'readwrite', {
    durability: 'relaxed',
  }) as unknown as WorkspaceTx;
  const store = tx.objectStore('search');
  const state = await readState(tx);
  const isThere = upTo === 0 || (await tx.objectStore('unindexed').getKey(upTo)) !== undefined;
  if (!isThere || state.version !== before.version || state.next !== before.next) {
    await tx.done;
    return;
  }
  const n = state.next;
  const old = new Set(moved.map(({ segment }) => segment.facts.n));
  const gone = new Uint8Array(Math.ceil(papers.count / 8));
  for (const { segment, places } of moved) {
    const now = (await store.get([segment.facts.n, GONE])) as Uint8Array | undefined;
    for (let record = 0; now !== undefined && record < segment.papers.count; record += 1) {
      const place = places[record] ?? -1;
      if (place >= 0 && isGone(now, record)) setGone(gone, place);
    }
    await store.delete(ofSegment(segment.facts.n));
  }
  const { segments } = await heldSegments(db, tx as unknown as WorkspaceTx<'readonly'>);
  const stays: SegmentFacts[] = [];
  for (const { facts, papers: own } of segments) {
    if (old.has(facts.n)) continue;
    const next = await withoutThese(store, facts, own, names, erased);
    // Of a segment in which nothing is left, nothing is kept.
    if (next.gone < next.count) stays.push(next);
    else await store.delete(ofSegment(facts.n));
  }
  if (papers.count > 0) {
    void quiet(store.put(papers, [n, PAPERS]));
    void quiet(store.put(gone, [n, GONE]));
    const words = papers.lengths.reduce((sum, length) => sum + length, 0);
    const left = countGone(gone, papers.count);
    stays.push({ n, count: papers.count, gone: left, words, purge: false });
  }
  const next: State = { format: FORMAT, version: state.version + 1, next: n + 1, segments: stays };
  void quiet(store.put(next, STATE));
  if (upTo > 0) await tx.objectStore('unindexed').delete(IDBKeyRange.upperBound(upTo));
  await tx.done;
}

const searchStore = (tx: WorkspaceTx) => tx.objectStore('search');

/** These records stand elsewhere from now on, or nowhere. */
async function withoutThese(
  store: ReturnType<typeof searchStore>,
  facts: SegmentFacts,
  papers: Papers,
  names: ReadonlySet<string>,
  erased: ReadonlySet<string>,
): Promise<SegmentFacts> {
  if (names.size === 0) return facts;
  const here = placesIn(papers, names);
  if (here.length === 0) return facts;
  const purge = facts.purge || (erased.size > 0 && placesIn(papers, erased).length > 0);
  const stored = (await store.get([facts.n, GONE])) as Uint8Array | undefined;
  const gone = stored ?? new Uint8Array(Math.ceil(papers.count / 8));
  for (const record of here) setGone(gone, record);
  void quiet(store.put(gone, [facts.n, GONE]));
  return { ...facts, gone: countGone(gone, papers.count), purge };
}

function countGone(gone: Uint8Array, count: number): number {
  let all = 0;
  for (let record = 0; record < count; record += 1) if (isGone(gone, record)) all += 1;
  return all;
}

/** The segments to be written as one next; none: all is as it should be. */
function dueOf({ segments }: State): number[] {
  const purged = segments.filter(({ purge }) => purge).map(({ n }) => n);
  if (purged.length > 0) return purged;
  const sizes = new Map<number, number[]>();
  for (const { n, count } of segments) {
    const size = Math.floor(Math.log(Math.max(count, FLUSH) / FLUSH) / Math.log(FAN));
    const same = [...(sizes.get(size) ?? []), n];
    if (same.length >= FAN) return same;
    sizes.set(size, same);
  }
  const emptied = segments.find(({ count, gone }) => gone > count / 2);
  return emptied === undefined ? [] : [emptied.n];
}
