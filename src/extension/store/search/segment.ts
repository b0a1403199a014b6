// A segment: words of up to some hundred thousand records, written once, read by a few rows of it.
//
//     [n, PAPERS]   which records, by time, and what they are filtered by (Papers)
//     [n, GONE]     a bit for each that is not read here any more
//     [n, 0 …]      the words in order, some kilobytes in a row, with where each occurs (Leaf)
//
// Where a word occurs, for each record with it: how many records further than the last one (×2, and
// 1 when the word is there several times), how many times if several, and its places, each as the
// distance from the one before. Between two fields one place stays empty.
import type { Id } from '../../../domain/index.ts';
import { Bytes } from './bytes.ts';
import { type Facts, factsOf, textsOf } from './texts.ts';
import { bareWordsOf } from './words.ts';

export const PAPERS = -2;
export const GONE = -1;

/** What is told of each record, as numbers in `names`. */
export const COLUMNS = [
  ...(['kind', 'look', 'stage', 'outcome'] as const),
  ...(['customer', 'author', 'owner'] as const),
] as const;
export type Column = (typeof COLUMNS)[number];

/** One place in every array for each record, the oldest first. */
export type Papers = {
  count: number;
  /** 16 bytes for each. */
  ids: Uint8Array;
  /** ms since 1970 */
  at: Float64Array;
  /** Words in it. */
  lengths: Uint32Array;
  deleted: Uint8Array;
  names: string[];
  columns: { [column in Column]: Uint32Array };
  /** The first word of each leaf. */
  first: string[];
};

/** `ends`: where each word's places end in `bytes`; `records`: how many have it. */
export type Leaf = { words: string; ends: Uint32Array; records: Uint32Array; bytes: Uint8Array };

/** Big enough to be few, small enough to be read quickly. */
const LEAF_BYTES = 16_384;
const LEAF_WORDS = 512;

/** A record to be put into a segment: its words in their order, '' between two fields. */
export type Entry = { facts: Facts; words: number; tokens: string[] };

export function entryOf(state: Parameters<typeof factsOf>[0]): Entry {
  const tokens: string[] = [];
  let words = 0;
  for (const { text } of textsOf(state)) {
    const found = bareWordsOf(text);
    for (const word of found) tokens.push(word);
    tokens.push('');
    words += found.length;
  }
  return { facts: factsOf(state), words, tokens };
}

/** The order of records in a segment: by time, and always the same. */
export function byTime(a: Facts, b: Facts): number {
  return a.at - b.at || compare(a.id, b.id) || compare(a.kind, b.kind);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The work is done a part at a time; `rest` is waited for between. */
export async function* leavesOf(
  entries: readonly Entry[],
  rest: () => Promise<void>,
): AsyncGenerator<Leaf> {
  const { words, ends, records, places } = await occurrencesIn(entries, rest);
  const writer = new LeafWriter();
  for (const word of [...words.keys()].sort()) {
    const number = words.get(word) ?? 0;
    const end = ends[number] ?? 0;
    let last = -1;
    for (let at = ends[number - 1] ?? 0; at < end; ) {
      const record = records[at] ?? 0;
      let next = at + 1;
      while (next < end && records[next] === record) next += 1;
      writer.record(record - last, next - at);
      last = record;
      for (let place = 0; at < next; at += 1) {
        writer.bytes.number((places[at] ?? 0) - place);
        place = places[at] ?? 0;
      }
    }
    const leaf = writer.end(word);
    if (leaf === null) continue;
    yield leaf;
    await rest();
  }
  const leaf = writer.finish();
  if (leaf !== null) yield leaf;
}

/** Where each word occurs: word n from `ends[n - 1]` to `ends[n]`, by record and place. */
type Occurrences = {
  words: Map<string, number>;
  ends: Uint32Array;
  records: Uint32Array;
  places: Uint32Array;
};

/** Counted first, then put where they belong: lists that grow would be copied again and again. */
async function occurrencesIn(
  entries: readonly Entry[],
  rest: () => Promise<void>,
): Promise<Occurrences> {
  const words = new Map<string, number>();
  const counts: number[] = [];
  const all = entries.reduce((sum, { tokens }) => sum + tokens.length, 0);
  const numbers = new Uint32Array(all);
  let at = 0;
  for (const [record, { tokens }] of entries.entries()) {
    for (const word of tokens) {
      if (word !== '') {
        let number = words.get(word);
        if (number === undefined) {
          number = words.size;
          words.set(word, number);
          counts.push(0);
        }
        numbers[at] = number;
        counts[number] = (counts[number] ?? 0) + 1;
      }
      at += 1;
    }
    if (record % 200 === 199) await rest();
  }
  const ends = new Uint32Array(counts.length);
  let sum = 0;
  for (const [number, count] of counts.entries()) {
    ends[number] = sum;
    sum += count;
  }
  const records = new Uint32Array(sum);
  const places = new Uint32Array(sum);
  at = 0;
  for (const [record, { tokens }] of entries.entries()) {
    for (let place = 0; place < tokens.length; place += 1, at += 1) {
      if (tokens[place] === '') continue;
      const number = numbers[at] ?? 0;
      const to = ends[number] ?? 0;
      records[to] = record;
      places[to] = place;
      // What was its beginning becomes its end.
      ends[number] = to + 1;
    }
    if (record % 1_000 === 999) await rest();
  }
  return { words, ends, records, places };
}

/** Words in their order become leaves. */
export class LeafWriter {
  readonly bytes = new Bytes();
  #words: string[] = [];
  #ends: number[] = [];
  #records: number[] = [];
  #count = 0;

  /** The next record of this word; its places are put behind it. */
  record(further: number, times: number): void {
    this.#count += 1;
    this.bytes.number(further * 2 + (times > 1 ? 1 : 0));
    if (times > 1) this.bytes.number(times);
  }

  /** The word's records are all there; a leaf when it is full by that. */
  end(word: string): Leaf | null {
    if (this.#count === 0) return null;
    this.#words.push(word);
    this.#ends.push(this.bytes.length);
    this.#records.push(this.#count);
    this.#count = 0;
    const isFull = this.bytes.length >= LEAF_BYTES || this.#words.length >= LEAF_WORDS;
    return isFull ? this.finish() : null;
  }

  finish(): Leaf | null {
    if (this.#words.length === 0) return null;
    const leaf: Leaf = {
      words: this.#words.join('\n'),
      ends: Uint32Array.from(this.#ends),
      records: Uint32Array.from(this.#records),
      bytes: this.bytes.take(),
    };
    this.#words = [];
    this.#ends = [];
    this.#records = [];
    return leaf;
  }
}

/** Room for so many; `first` is filled in as leaves are written. */
export function emptyPapers(count: number): Papers {
  const column = () => new Uint32Array(count);
  return {
    ...{ count, names: [''], first: [] },
    ids: new Uint8Array(count * 16),
    at: new Float64Array(count),
    lengths: column(),
    deleted: new Uint8Array(count),
    columns: Object.fromEntries(COLUMNS.map((of) => [of, column()])) as Papers['columns'],
  };
}

export function papersOf(entries: readonly Pick<Entry, 'facts' | 'words'>[]): Papers {
  const papers = emptyPapers(entries.length);
  const numbers = new Map<string, number>([['', 0]]);
  const numberOf = (name: string) => {
    const known = numbers.get(name);
    if (known !== undefined) return known;
    papers.names.push(name);
    numbers.set(name, papers.names.length - 1);
    return papers.names.length - 1;
  };
  for (const [at, { facts, words }] of entries.entries()) {
    putId(facts.id, papers.ids, at * 16);
    papers.at[at] = facts.at;
    papers.lengths[at] = words;
    papers.deleted[at] = facts.deleted ? 1 : 0;
    for (const of of COLUMNS) papers.columns[of][at] = numberOf(facts[of]);
  }
  return papers;
}

export function factsAt(papers: Papers, record: number): Facts {
  const name = (column: Column) => papers.names[papers.columns[column][record] ?? 0] ?? '';
  return {
    ...{ kind: name('kind'), id: idAt(papers, record), look: name('look') },
    ...{ stage: name('stage'), outcome: name('outcome'), customer: name('customer') },
    ...{ author: name('author'), owner: name('owner'), at: papers.at[record] ?? 0 },
    deleted: papers.deleted[record] === 1,
  };
}

export function idAt({ ids }: Papers, record: number): Id {
  let hex = '';
  for (let at = record * 16; at < record * 16 + 16; at += 1) {
    hex += (ids[at] ?? 0).toString(16).padStart(2, '0');
  }
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** Its 32 digits are written to the 16 bytes from here on. */
function putId(id: Id, to: Uint8Array, at: number): void {
  let byte = at;
  let high = -1;
  for (let digit = 0; digit < id.length; digit += 1) {
    const code = id.charCodeAt(digit);
    // A hyphen is none.
    if (code === 45) continue;
    const value = code < 58 ? code - 48 : (code | 32) - 87;
    if (high < 0) {
      high = value;
      continue;
    }
    to[byte] = high * 16 + value;
    byte += 1;
    high = -1;
  }
}

/** The end of an id is random: four bytes of it tell nearly all apart. */
export function tailOf(id: Id): number {
  return Number.parseInt(id.slice(-8), 16);
}

/** Where these records ("kind/id") stand in a segment. */
export function placesIn(papers: Papers, names: ReadonlySet<string>): number[] {
  const tails = new Set([...names].map(tailOf));
  const view = new DataView(papers.ids.buffer, papers.ids.byteOffset, papers.ids.byteLength);
  const found: number[] = [];
  for (let record = 0; record < papers.count; record += 1) {
    if (!tails.has(view.getUint32(record * 16 + 12))) continue;
    const kind = papers.names[papers.columns.kind[record] ?? 0] ?? '';
    if (names.has(`${kind}/${idAt(papers, record)}`)) found.push(record);
  }
  return found;
}

export function isGone(gone: Uint8Array, record: number): boolean {
  return ((gone[record >> 3] ?? 0) & (1 << (record & 7))) !== 0;
}

export function setGone(gone: Uint8Array, record: number): void {
  gone[record >> 3] = (gone[record >> 3] ?? 0) | (1 << (record & 7));
}
