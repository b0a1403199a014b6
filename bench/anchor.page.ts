// Runs in the browser for anchor.bench.ts: one finder on one fresh page.

import {
  describe,
  find,
  findAll,
  indexText,
  type Selectors,
  type TextIndex,
} from '../src/anchor/index.ts';
import {
  apart,
  type Case,
  closingPlaces,
  editedFor,
  type Place,
  randomPlaces,
  SHIFT,
  SLACK,
} from './anchor.cases.ts';
import { words } from './anchor.mail.ts';
import { PEERS } from './anchor.peers.ts';
import { seeded } from './random.ts';

export type Result = {
  /** ms of one quote, the mean over all. */
  took: number;
  quotes: number;
  found: number;
  right: number;
};
/** ms on the clock of a page's first index, and of one after some others. */
export type Built = { cold: number; warm: number };
export type Measured = {
  /** ms of the longest stretch without a pause while many quotes are found; null for peers. */
  longest: number | null;
  cases: Record<Case, Result>;
};

type Work = { root: Element; index: TextIndex | null };
type Quote = { selectors: Selectors; place: Place };

/** All cases for one finder: 'ours' or a peer's name. */
async function measure(name: string, quotes: number, seed: number): Promise<Measured> {
  // Not the numbers the page was made with: its banner would repeat a paragraph.
  const random = seeded(seed + 1_000_003);
  const root = document.querySelector('main') ?? document.body;
  const first = name === 'ours' ? indexText(root) : null;
  const work: Work = { root, index: first };
  const search = finder(name, work);
  const take = (places: Place[]) => places.map((place) => quoteAt(work, place));

  const text = root.textContent ?? '';
  const anywhere = take(randomPlaces(text, quotes, random));
  const closings = take(closingPlaces(text, quotes, random));
  const asked: Selectors[] = [];
  const run = async (kind: Case, from: Quote[], shift: number): Promise<Result> => {
    const moved = from.map(({ selectors, place }) => ({
      selectors: editedFor(kind, selectors, random),
      place: { start: place.start + shift, end: place.end + shift },
    }));
    asked.push(...moved.map(({ selectors }) => selectors));
    return timed(work.root, moved, SLACK[kind], search);
  };
  const a = await run('a', anywhere, 0);
  const banner = document.createElement('p');
  banner.textContent = words(SHIFT, random).slice(0, SHIFT);
  work.root.prepend(banner);
  renew(work);
  const cases = {
    a,
    b: await run('b', anywhere, SHIFT),
    c: await run('c', anywhere, SHIFT),
    e: await run('e', anywhere, SHIFT),
    d: await run('d', closings, SHIFT),
  };
  const longest = first === null ? null : await longestStretch(work.root, asked);
  const gone = await deleted(work, quotes, random, search);
  return { longest, cases: { ...cases, deleted: gone } };
}

// All quotes of a page at once, as the page script asks for them: the longest time in ms between
// two pauses, indexing and normalising included.
async function longestStretch(root: Element, asked: Selectors[]): Promise<number> {
  let longest = 0;
  let began = performance.now();
  const pause = async () => {
    longest = Math.max(longest, performance.now() - began);
    await new Promise((done) => setTimeout(done));
    began = performance.now();
  };
  const index = indexText(root);
  await pause();
  await findAll(index, asked, { pause });
  await pause();
  return longest;
}

// Quotes whose words are taken out of the page; as many at once as leave most of it standing.
async function deleted(
  work: Work,
  quotes: number,
  random: () => number,
  search: (selectors: Selectors) => Range | null | Promise<Range | null>,
): Promise<Result> {
  const whole = work.root.cloneNode(true);
  const sum: Result = { took: 0, quotes: 0, found: 0, right: 0 };
  while (sum.quotes < quotes) {
    const copy = whole.cloneNode(true) as Element; // a clone of an element
    work.root.replaceWith(copy);
    work.root = copy;
    renew(work);
    const text = copy.textContent ?? '';
    const many = Math.min(quotes - sum.quotes, Math.ceil(text.length / 1_000));
    const gone = apart(randomPlaces(text, many, random)).map((place) => quoteAt(work, place));
    const offsets = new Offsets(copy);
    const ranges = gone.map(({ place }) => offsets.range(place));
    for (const range of ranges) range.deleteContents();
    renew(work);
    const now = copy.textContent ?? '';
    const left = gone.filter(({ selectors }) => !now.includes(selectors[0].exact));
    const { took, found } = await timed(copy, left, 0, search);
    sum.took = (sum.took * sum.quotes + took * left.length) / (sum.quotes + left.length);
    sum.quotes += left.length;
    sum.found += found;
  }
  return sum;
}

async function timed(
  root: Element,
  quotes: Quote[],
  slack: number,
  search: (selectors: Selectors) => Range | null | Promise<Range | null>,
): Promise<Result> {
  const ranges: (Range | null)[] = [];
  const began = performance.now();
  for (const { selectors } of quotes) {
    const answer = search(selectors);
    ranges.push(answer instanceof Promise ? await answer : answer);
  }
  const took = (performance.now() - began) / quotes.length;
  const offsets = new Offsets(root);
  let found = 0;
  let right = 0;
  ranges.forEach((range, at) => {
    const place = quotes[at]?.place;
    if (range === null || place === undefined) return;
    found += 1;
    const { start, end } = offsets.of(range);
    if (Math.abs(start - place.start) <= slack && Math.abs(end - place.end) <= slack) right += 1;
  });
  return { took, quotes: quotes.length, found, right };
}

function finder(
  name: string,
  work: Work,
): (selectors: Selectors) => Range | null | Promise<Range | null> {
  if (name === 'ours') {
    return (selectors) => {
      const { index } = work;
      const place = index && find(index, selectors);
      return index && place && index.range(place.start, place.end);
    };
  }
  const peer = PEERS[name];
  if (peer === undefined) throw new RangeError(`no peer ${name}`);
  return (selectors) => peer(work.root, selectors);
}

// What a finder would have stored for a place, by its own count.
function quoteAt({ root, index }: Work, place: Place): Quote {
  if (index !== null) {
    const selectors = describe(index, new Offsets(root).range(place));
    if (selectors === null) throw new RangeError('no words there');
    return { selectors, place };
  }
  const text = root.textContent ?? '';
  const { start, end } = place;
  const exact = text.slice(start, end);
  const prefix = text.slice(Math.max(0, start - 32), start);
  const suffix = text.slice(end, end + 32);
  const quote = { type: 'TextQuoteSelector', exact, prefix, suffix } as const;
  return { selectors: [quote, { type: 'TextPositionSelector', start, end }], place };
}

function renew(work: Work): void {
  if (work.index !== null) work.index = indexText(work.root);
}

/** Between DOM ranges and offsets into textContent. */
class Offsets {
  readonly #nodes: Text[] = [];
  readonly #starts: number[] = [];
  readonly #start = new Map<Node, number>();

  constructor(root: Element) {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    let length = 0;
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const text = node as Text; // the walker shows no other nodes
      this.#nodes.push(text);
      this.#starts.push(length);
      this.#start.set(text, length);
      length += text.length;
    }
  }

  of(range: Range): Place {
    return {
      start: this.#at(range.startContainer, range.startOffset),
      end: this.#at(range.endContainer, range.endOffset),
    };
  }

  range({ start, end }: Place): Range {
    const range = document.createRange();
    const [first, from] = this.#point(start, 0);
    const [last, to] = this.#point(end, 1);
    range.setStart(first, from);
    range.setEnd(last, to);
    return range;
  }

  #at(node: Node, offset: number): number {
    return (this.#start.get(node) ?? Number.NaN) + offset;
  }

  // `back` is 1 for an end, which belongs to the node before it.
  #point(offset: number, back: number): [Text, number] {
    let low = 0;
    let high = this.#starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#starts[middle] ?? 0) <= offset - back) low = middle + 1;
      else high = middle;
    }
    const node = this.#nodes[low - 1];
    if (node === undefined) throw new RangeError('no text there');
    return [node, offset - (this.#starts[low - 1] ?? 0)];
  }
}

/** ms of the last of so many indexes, until its text can be read. */
function measureIndex(times: number): number {
  const root = document.querySelector('main') ?? document.body;
  let took = 0;
  for (let left = times; left > 0; left -= 1) {
    const began = performance.now();
    const { text } = indexText(root);
    took = performance.now() - began;
    if (text.length === 0) throw new RangeError('a page without words');
  }
  return took;
}

Object.assign(globalThis, { measure, measureIndex });
export type Measure = typeof measure;
export type MeasureIndex = typeof measureIndex;
