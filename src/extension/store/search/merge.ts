// Segments → one segment: fewer places to look, and without what is gone.
import type { WorkspaceDb } from '../schema.ts';
import { Reading } from './bytes.ts';
import { type Found, foundAt } from './postings.ts';
import type { Segment } from './rows.ts';
import {
  byTime,
  COLUMNS,
  emptyPapers,
  factsAt,
  isGone,
  type Leaf,
  LeafWriter,
  type Papers,
} from './segment.ts';

/** Where the records of each segment stand in the new one; NONE: they are gone. */
export type Moved = { papers: Papers; places: Int32Array[] };
const NONE = -1;

/** Records compared at once, before others get their turn. */
const PART = 5_000;

export async function movedInto(
  segments: readonly Segment[],
  rest: () => Promise<void>,
): Promise<Moved> {
  const count = segments.reduce((sum, { papers, gone }) => sum + presentIn(papers, gone), 0);
  const papers = emptyPapers(count);
  const places = segments.map((one) => new Int32Array(one.papers.count).fill(NONE));
  const named = new Map<string, number>([['', 0]]);
  const names = segments.map((one) =>
    Uint32Array.from(one.papers.names, (name) => {
      const known = named.get(name);
      if (known !== undefined) return known;
      papers.names.push(name);
      named.set(name, papers.names.length - 1);
      return papers.names.length - 1;
    }),
  );
  // Each is in order: the least of what is next in them is the next.
  const next = segments.map((segment) => presentFrom(segment, 0));
  for (let at = 0; at < count; at += 1) {
    let least = NONE;
    for (const [one, record] of next.entries()) {
      if (record === NONE) continue;
      if (least === NONE || isBefore(segments, next, one, least)) least = one;
    }
    const segment = segments[least];
    const record = next[least];
    if (segment === undefined || record === undefined) break;
    copyRecord(segment.papers, record, names[least] ?? new Uint32Array(), papers, at);
    const own = places[least];
    if (own !== undefined) own[record] = at;
    next[least] = presentFrom(segment, record + 1);
    if (at % PART === PART - 1) await rest();
  }
  return { papers, places };
}

function presentIn({ count }: Papers, gone: Uint8Array): number {
  let present = 0;
  for (let record = 0; record < count; record += 1) if (!isGone(gone, record)) present += 1;
  return present;
}

function presentFrom({ papers, gone }: Segment, from: number): number {
  for (let record = from; record < papers.count; record += 1) {
    if (!isGone(gone, record)) return record;
  }
  return NONE;
}

/** As byTime() orders them. */
function isBefore(segments: readonly Segment[], next: readonly number[], a: number, b: number) {
  const [left, right] = [segments[a]?.papers, segments[b]?.papers];
  const [i, j] = [next[a] ?? 0, next[b] ?? 0];
  if (left === undefined || right === undefined) return false;
  const apart = (left.at[i] ?? 0) - (right.at[j] ?? 0);
  if (apart !== 0) return apart < 0;
  for (let byte = 0; byte < 16; byte += 1) {
    const differs = (left.ids[i * 16 + byte] ?? 0) - (right.ids[j * 16 + byte] ?? 0);
    if (differs !== 0) return differs < 0;
  }
  return byTime(factsAt(left, i), factsAt(right, j)) < 0;
}

function copyRecord(from: Papers, record: number, names: Uint32Array, to: Papers, at: number) {
  to.ids.set(from.ids.subarray(record * 16, record * 16 + 16), at * 16);
  to.at[at] = from.at[record] ?? 0;
  to.lengths[at] = from.lengths[record] ?? 0;
  to.deleted[at] = from.deleted[record] ?? 0;
  for (const column of COLUMNS) {
    to.columns[column][at] = names[from.columns[column][record] ?? 0] ?? 0;
  }
}

/** Leaves read at once from each segment. */
const AT_ONCE = 8;

export async function* mergedLeaves(
  db: WorkspaceDb,
  segments: readonly Segment[],
  { places }: Moved,
  rest: () => Promise<void>,
): AsyncGenerator<Leaf> {
  const inputs = await Promise.all(
    segments.map(async (segment, at) => {
      const input = new Input(db, segment, places[at] ?? new Int32Array());
      await input.fill();
      return input;
    }),
  );
  const writer = new LeafWriter();
  for (;;) {
    const word = inputs.reduce<string | null>((least, { next }) => {
      if (next === null) return least;
      return least === null || next.word < least ? next.word : least;
    }, null);
    if (word === null) break;
    const having = inputs.filter(({ next }) => next?.word === word);
    mergeWord(having, writer);
    for (const input of having) if (!input.step()) await input.fill();
    const leaf = writer.end(word);
    if (leaf === null) continue;
    yield leaf;
    await rest();
  }
  const leaf = writer.finish();
  if (leaf !== null) yield leaf;
}

/** The words of one segment, one after the other. */
class Input {
  next: Found | null = null;
  readonly places: Int32Array;
  readonly #db: WorkspaceDb;
  readonly #segment: Segment;
  #leaves: Leaf[] = [];
  #words: string[] = [];
  #leaf = 0;
  #at = 0;
  #read = 0;

  constructor(db: WorkspaceDb, segment: Segment, places: Int32Array) {
    this.#db = db;
    this.#segment = segment;
    this.places = places;
  }

  /** To the next word; false when more has to be read. */
  step(): boolean {
    this.#at += 1;
    if (this.#at >= this.#words.length) {
      this.#leaf += 1;
      this.#at = 0;
      this.#words = this.#leaves[this.#leaf]?.words.split('\n') ?? [];
    }
    return this.#take();
  }

  async fill(): Promise<void> {
    const { facts, papers } = this.#segment;
    this.#leaves = [];
    this.next = null;
    if (this.#read >= papers.first.length) return;
    const range = IDBKeyRange.bound([facts.n, this.#read], [facts.n, this.#read + AT_ONCE - 1]);
    this.#leaves = (await this.#db.getAll('search', range)) as Leaf[];
    this.#read += AT_ONCE;
    this.#leaf = 0;
    this.#at = 0;
    this.#words = this.#leaves[0]?.words.split('\n') ?? [];
    this.#take();
  }

  #take(): boolean {
    const leaf = this.#leaves[this.#leaf];
    const word = this.#words[this.#at];
    this.next = leaf === undefined || word === undefined ? null : foundAt(leaf, this.#at, word);
    return this.next !== null;
  }
}

/** A record with the word, in one of the segments; its places are bytes, moved as they are. */
class Cursor {
  place = NONE;
  times = 0;
  from = 0;
  readonly reading: Reading;
  readonly #end: number;
  readonly #places: Int32Array;
  #record = -1;

  constructor(found: Found, places: Int32Array) {
    this.reading = new Reading(found.bytes, found.start);
    this.#end = found.end;
    this.#places = places;
    this.step();
  }

  /** To the next record that is not gone; NONE behind the last. */
  step(): void {
    const { reading } = this;
    this.place = NONE;
    while (this.place === NONE && reading.at < this.#end) {
      const head = reading.number();
      this.#record += head >>> 1;
      this.times = (head & 1) === 1 ? reading.number() : 1;
      this.from = reading.at;
      reading.skip(this.times);
      this.place = this.#places[this.#record] ?? NONE;
    }
  }
}

function mergeWord(inputs: readonly Input[], writer: LeafWriter): void {
  const cursors = inputs.flatMap(({ next, places }) =>
    next === null ? [] : [new Cursor(next, places)],
  );
  let last = -1;
  for (;;) {
    let first: Cursor | null = null;
    for (const cursor of cursors) {
      if (cursor.place !== NONE && (first === null || cursor.place < first.place)) first = cursor;
    }
    if (first === null) return;
    writer.record(first.place - last, first.times);
    writer.bytes.copy(first.reading.bytes, first.from, first.reading.at);
    last = first.place;
    first.step();
  }
}
