// Segments → one segment: fewer places to look, and without what is gone.
import type { WorkspaceDb } from '../schema.ts';
import { Reading } from './bytes.ts';
import { type Found, foundAt } from './postings.ts';
import type { Segment } from './rows.ts';
import {
  byTime,
  factsAt,
  isGone,
  type Leaf,
  LeafWriter,
  type Papers,
  papersOf,
} from './segment.ts';

/** Where the records of each segment stand in the new one; NONE: they are gone. */
export type Moved = { papers: Papers; places: Int32Array[] };
const NONE = -1;

export function movedInto(segments: readonly Segment[]): Moved {
  const all = segments.flatMap(({ papers, gone }, from) => {
    const records = Array.from({ length: papers.count }, (_, record) => record);
    return records
      .filter((record) => !isGone(gone, record))
      .map((record) => ({
        ...{ from, record, facts: factsAt(papers, record) },
        words: papers.lengths[record] ?? 0,
      }));
  });
  all.sort((a, b) => byTime(a.facts, b.facts));
  const places = segments.map(({ papers }) => new Int32Array(papers.count).fill(NONE));
  for (const [at, { from, record }] of all.entries()) {
    const own = places[from];
    if (own !== undefined) own[record] = at;
  }
  return { papers: papersOf(all), places };
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
