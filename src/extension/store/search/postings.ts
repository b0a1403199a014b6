// Where words occur in a segment: finding their leaves, and reading them.
import type { WorkspaceTx } from '../schema.ts';
import { Reading } from './bytes.ts';
import type { Segment } from './rows.ts';
import type { Leaf } from './segment.ts';

/** A word that was asked for, or one that begins with it. */
export type Found = {
  word: string;
  records: number;
  bytes: Uint8Array;
  start: number;
  end: number;
};

/** The words of a segment that are this one, or begin with it; in their order. */
export async function lookUp(
  tx: WorkspaceTx<'readonly'>,
  { facts, papers }: Segment,
  wanted: string,
  prefix: boolean,
): Promise<Found[]> {
  const { first } = papers;
  // The last leaf that begins with no greater word.
  let from = 0;
  for (let to = first.length; from < to; ) {
    const middle = (from + to) >> 1;
    if ((first[middle] ?? '') <= wanted) from = middle + 1;
    else to = middle;
  }
  from = Math.max(0, from - 1);
  let last = from;
  while (prefix && (first[last + 1] ?? '').startsWith(wanted) && last + 1 < first.length) last += 1;
  if (first.length === 0) return [];
  const range = IDBKeyRange.bound([facts.n, from], [facts.n, last]);
  const leaves = (await tx.objectStore('search').getAll(range)) as Leaf[];
  const found: Found[] = [];
  for (const leaf of leaves) {
    for (const [at, word] of leaf.words.split('\n').entries()) {
      if (prefix ? word.startsWith(wanted) : word === wanted) found.push(foundAt(leaf, at, word));
    }
  }
  return found;
}

export function foundAt(leaf: Leaf, at: number, word: string): Found {
  return {
    word,
    records: leaf.records[at] ?? 0,
    bytes: leaf.bytes,
    start: at === 0 ? 0 : (leaf.ends[at - 1] ?? 0),
    end: leaf.ends[at] ?? 0,
  };
}

/** Calls with each record that has the word, and how many times. */
export function eachRecord(found: Found, visit: (record: number, times: number) => void): void {
  const reading = new Reading(found.bytes, found.start);
  let record = -1;
  while (reading.at < found.end) {
    const head = reading.number();
    record += head >>> 1;
    const times = (head & 1) === 1 ? reading.number() : 1;
    reading.skip(times);
    visit(record, times);
  }
}

/** Places of a word: `starts[i]` to `starts[i + 1]` are those in `records[i]`. */
export type Places = { records: number[]; starts: number[]; places: number[] };

/** The places of words in the records that are wanted; of several words, of all together. */
export function placesOf(all: readonly Found[], isWanted: (record: number) => boolean): Places {
  const each = all.map((found): Places => {
    const result: Places = { records: [], starts: [0], places: [] };
    const reading = new Reading(found.bytes, found.start);
    let record = -1;
    while (reading.at < found.end) {
      const head = reading.number();
      record += head >>> 1;
      const times = (head & 1) === 1 ? reading.number() : 1;
      if (!isWanted(record)) {
        reading.skip(times);
        continue;
      }
      let place = 0;
      for (let left = times; left > 0; left -= 1) {
        place += reading.number();
        result.places.push(place);
      }
      result.records.push(record);
      result.starts.push(result.places.length);
    }
    return result;
  });
  const [only] = each;
  return each.length === 1 && only !== undefined ? only : together(each);
}

function together(each: readonly Places[]): Places {
  const byRecord = new Map<number, number[]>();
  for (const { records, starts, places } of each) {
    for (const [at, record] of records.entries()) {
      const own = places.slice(starts[at], starts[at + 1]);
      byRecord.set(record, [...(byRecord.get(record) ?? []), ...own]);
    }
  }
  const result: Places = { records: [], starts: [0], places: [] };
  for (const record of [...byRecord.keys()].sort((a, b) => a - b)) {
    result.records.push(record);
    result.places.push(...(byRecord.get(record) ?? []).sort((a, b) => a - b));
    result.starts.push(result.places.length);
  }
  return result;
}

/** The places of `then` that follow one of `before` at once. */
export function following(before: Places, then: Places): Places {
  const result: Places = { records: [], starts: [0], places: [] };
  let a = 0;
  let b = 0;
  while (a < before.records.length && b < then.records.length) {
    const left = before.records[a] ?? 0;
    const right = then.records[b] ?? 0;
    if (left < right) a += 1;
    else if (left > right) b += 1;
    else {
      const found = result.places.length;
      let p = before.starts[a] ?? 0;
      let q = then.starts[b] ?? 0;
      const [pEnd, qEnd] = [before.starts[a + 1] ?? 0, then.starts[b + 1] ?? 0];
      while (p < pEnd && q < qEnd) {
        const next = (before.places[p] ?? 0) + 1;
        const place = then.places[q] ?? 0;
        if (next === place) result.places.push(place);
        if (next <= place) p += 1;
        if (next >= place) q += 1;
      }
      if (result.places.length > found) {
        result.records.push(left);
        result.starts.push(result.places.length);
      }
      a += 1;
      b += 1;
    }
  }
  return result;
}
