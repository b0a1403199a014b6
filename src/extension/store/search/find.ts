// What is asked → the records that have it, best or newest first.
import type { Id } from '../../../domain/index.ts';
import type { WorkspaceDb, WorkspaceTx } from '../schema.ts';
import { readNamed } from './named.ts';
import { eachRecord, type Found, following, lookUp, placesOf } from './postings.ts';
import { type Clause, isAsked, parseQuery, spansOf } from './query.ts';
import { type Held, heldSegments, type Segment, type Unindexed } from './rows.ts';
import { factsAt, isGone, placesIn } from './segment.ts';
import { type Facts, factsOf, isSearched, textsOf } from './texts.ts';
import { wordsOf } from './words.ts';

/** What a record must be; of each list, one of these. Absent: all are. */
export type Filters = {
  /** Ids that are read as one customer. */
  customers?: readonly Id[] | undefined;
  /** Kinds, labels of notes, channels of interactions. */
  looks?: readonly string[] | undefined;
  stages?: readonly string[] | undefined;
  /** Outcomes of expectations, states of promises. */
  outcomes?: readonly string[] | undefined;
  /** Who wrote it, or owns it. */
  people?: readonly Id[] | undefined;
  /** ms since 1970, from and before */
  from?: number | undefined;
  before?: number | undefined;
  /** What was taken back, and nothing else. */
  deleted?: boolean | undefined;
};

export type Search = {
  words: string;
  filters: Filters;
  order: 'best' | 'newest';
  /** How many are passed over, and how many are told. */
  from: number;
  count: number;
};

export type SearchFound = {
  /** All that fit. */
  total: number;
  hits: { kind: string; id: Id }[];
  /** Records that were written lately and are not looked at yet: roughly so many. */
  left: number;
};

/** So many of the latest are read themselves instead of in the index. */
export const RECENT = 128;

export async function search(db: WorkspaceDb, asked: Search): Promise<SearchFound> {
  const stores = ['search', 'unindexed', 'records', 'blocks', 'kept'] as const;
  const tx = db.transaction([...stores]) as unknown as WorkspaceTx<'readonly'>;
  const [held, recent] = await Promise.all([heldSegments(db, tx), recentOf(tx)]);
  const clauses = parseQuery(asked.words);
  const fresh = recent.records
    .filter(({ facts, words }) => isWithin(facts, asked.filters) && isAsked(clauses, words))
    .sort((a, b) => a.facts.at - b.facts.at);
  const frequency = new Frequencies(held, fresh.length);
  const looked = await Promise.all(held.segments.map((segment) => lookedUp(tx, segment, clauses)));
  for (const words of looked) frequency.add(words);
  const lists = held.segments.map((segment, at): List => {
    const { turn, score } = eligibleIn(segment, asked.filters, maskOf(db, held, segment, recent));
    matchIn(segment, clauses, looked[at] ?? [], { turn, score }, frequency);
    const records: number[] = [];
    for (let record = 0; record < turn.length; record += 1) {
      if (turn[record] === clauses.length) records.push(record);
    }
    const { papers } = segment;
    return {
      records,
      at: (record) => papers.at[record] ?? 0,
      score: (record) => score[record] ?? 0,
      facts: (record) => factsAt(papers, record),
    };
  });
  const scores = fresh.map(({ words, length }) => scoreOf(clauses, words, length, frequency));
  lists.push({
    records: [...fresh.keys()],
    at: (record) => fresh[record]?.facts.at ?? 0,
    score: (record) => scores[record] ?? 0,
    facts: (record) => fresh[record]?.facts ?? NO_FACTS,
  });
  const page = asked.order === 'newest' || clauses.length === 0 ? newest : best;
  return {
    total: lists.reduce((sum, { records }) => sum + records.length, 0),
    hits: page(lists, asked.from, asked.count).map(({ kind, id }) => ({ kind, id })),
    left: recent.left,
  };
}

/** What fits in one place, the oldest first. */
type List = {
  records: number[];
  at(record: number): number;
  score(record: number): number;
  facts(record: number): Pick<Facts, 'kind' | 'id'>;
};

const NO_FACTS = { kind: '', id: '' };
type Hit = Pick<Facts, 'kind' | 'id'>;

/** Each list is in order: the newest of their ends is the next. */
function newest(lists: readonly List[], from: number, count: number): Hit[] {
  const ends = lists.map(({ records }) => records.length - 1);
  const page: Hit[] = [];
  for (let passed = 0; passed < from + count; passed += 1) {
    let next = -1;
    let latest = Number.NEGATIVE_INFINITY;
    for (const [at, list] of lists.entries()) {
      const record = list.records[ends[at] ?? -1];
      if (record === undefined || list.at(record) < latest) continue;
      next = at;
      latest = list.at(record);
    }
    const list = lists[next];
    const record = list?.records[ends[next] ?? -1];
    if (list === undefined || record === undefined) break;
    ends[next] = (ends[next] ?? 0) - 1;
    if (passed >= from) page.push(list.facts(record));
  }
  return page;
}

/** Of equally good ones the newer is first. */
function best(lists: readonly List[], from: number, count: number): Hit[] {
  const most = from + count;
  // The best so far, in their order: nearly all others are worse than the last of them, and are
  // looked at no further. To sort all would take as long as finding them.
  const top: { list: List; record: number; score: number; at: number }[] = [];
  for (const list of lists) {
    for (const record of list.records) {
      const score = list.score(record);
      const last = top.length < most ? undefined : top[most - 1];
      if (last !== undefined && score < last.score) continue;
      const at = list.at(record);
      if (last !== undefined && score === last.score && at <= last.at) continue;
      let place = top.length;
      for (let before = top[place - 1]; before !== undefined; before = top[place - 1]) {
        if (before.score > score || (before.score === score && before.at >= at)) break;
        place -= 1;
      }
      top.splice(place, 0, { list, record, score, at });
      if (top.length > most) top.pop();
    }
  }
  return top.slice(from).map(({ list, record }) => list.facts(record));
}

type Recent = {
  /** "kind/id" of those that the index is not believed about. */
  names: Set<string>;
  records: { facts: Facts; words: ReturnType<typeof wordsOf>[]; length: number }[];
  left: number;
  /** The newest row's key. */
  key: number;
};

/** The latest records, as they are now. */
async function recentOf(tx: WorkspaceTx<'readonly'>): Promise<Recent> {
  const store = tx.objectStore('unindexed');
  const names = new Set<string>();
  let left = 0;
  let key = 0;
  let rows = 0;
  for (let at = await store.openCursor(null, 'prev'); at !== null; at = await at.continue()) {
    if (rows === 0) key = at.key;
    const row: Unindexed = at.value;
    if (row.names.length + names.size > RECENT) {
      // A long pull is being read in; what comes before it is as long.
      left = ((await store.count()) - rows) * row.names.length;
      break;
    }
    rows += 1;
    for (const name of row.names) names.add(name);
    if (rows > RECENT) break;
  }
  const found = await readNamed(tx, [...names]);
  const records = found.flatMap((placed) => {
    if (placed === null || !isSearched(placed.record.kind)) return [];
    const { record } = placed;
    const words = textsOf(record.state).map(({ text }) => wordsOf(text));
    const length = words.reduce((sum, list) => sum + list.length, 0);
    return [{ facts: factsOf(record.state), words, length }];
  });
  return { names, records, left, key };
}

/** Where the latest stand in the segments: looked for once, until there are others. */
const masks = new WeakMap<WorkspaceDb, { held: Held; key: number; of: Map<Segment, number[]> }>();

function maskOf(db: WorkspaceDb, held: Held, segment: Segment, { names, key }: Recent): number[] {
  let mask = masks.get(db);
  if (mask?.held !== held || mask.key !== key) {
    mask = { held, key, of: new Map() };
    masks.set(db, mask);
  }
  const known = mask.of.get(segment);
  if (known !== undefined) return known;
  const places = names.size === 0 ? [] : placesIn(segment.papers, names);
  mask.of.set(segment, places);
  return places;
}

/** `turn`: how many of the clauses it has had so far, while it has had all. OUT: it is not asked for. */
type Eligible = { turn: Uint8Array; score: Float32Array };
const OUT = 255;

function eligibleIn({ papers, gone }: Segment, filters: Filters, mask: number[]): Eligible {
  const { count, columns, names, at, deleted } = papers;
  const turn = new Uint8Array(count);
  const wantsDeleted = filters.deleted === true ? 1 : 0;
  for (let record = 0; record < count; record += 1) {
    if (deleted[record] !== wantsDeleted || isGone(gone, record)) turn[record] = OUT;
  }
  for (const record of mask) turn[record] = OUT;
  const keep = (wanted: readonly string[] | undefined, of: readonly Uint32Array[]) => {
    if (wanted === undefined) return;
    const among = new Set(wanted);
    const fits = Uint8Array.from(names, (name) => (among.has(name) ? 1 : 0));
    for (let record = 0; record < count; record += 1) {
      if (!of.some((column) => fits[column[record] ?? 0] === 1)) turn[record] = OUT;
    }
  };
  keep(filters.customers, [columns.customer]);
  keep(filters.looks, [columns.look, columns.kind]);
  keep(filters.stages, [columns.stage]);
  keep(filters.outcomes, [columns.outcome]);
  keep(filters.people, [columns.author, columns.owner]);
  const { from = Number.NEGATIVE_INFINITY, before = Number.POSITIVE_INFINITY } = filters;
  if (filters.from !== undefined || filters.before !== undefined) {
    for (let record = 0; record < count; record += 1) {
      const time = at[record] ?? 0;
      if (time < from || time >= before) turn[record] = OUT;
    }
  }
  return { turn, score: new Float32Array(count) };
}

/** The same for one record. */
export function isWithin(facts: Facts, filters: Filters): boolean {
  const { customers, looks, stages, outcomes, people, from, before, deleted = false } = filters;
  const among = (wanted: readonly string[] | undefined, ...own: string[]) =>
    wanted === undefined || own.some((one) => wanted.includes(one));
  return (
    facts.deleted === deleted &&
    among(customers, facts.customer) &&
    among(looks, facts.look, facts.kind) &&
    among(stages, facts.stage) &&
    among(outcomes, facts.outcome) &&
    among(people, facts.author, facts.owner) &&
    facts.at >= (from ?? Number.NEGATIVE_INFINITY) &&
    facts.at < (before ?? Number.POSITIVE_INFINITY)
  );
}

/** For each clause, for each of its words, what the segment has. */
type LookedUp = Found[][][];

function lookedUp(
  tx: WorkspaceTx<'readonly'>,
  segment: Segment,
  clauses: readonly Clause[],
): Promise<LookedUp> {
  return Promise.all(
    clauses.map(({ words, prefix }) =>
      Promise.all(
        words.map((word, at) => lookUp(tx, segment, word, prefix && at === words.length - 1)),
      ),
    ),
  );
}

function matchIn(
  segment: Segment,
  clauses: readonly Clause[],
  looked: LookedUp,
  { turn, score }: Eligible,
  frequency: Frequencies,
): void {
  const { lengths } = segment.papers;
  for (const [at, clause] of clauses.entries()) {
    const words = looked[at] ?? [];
    const isIn = (record: number) => turn[record] === at || turn[record] === at + 1;
    const hit = (record: number, times: number, weight: number) => {
      if (clause.without) {
        turn[record] = OUT;
        return;
      }
      turn[record] = at + 1;
      score[record] = (score[record] ?? 0) + frequency.score(times, lengths[record] ?? 0, weight);
    };
    const [first = []] = words;
    if (words.length === 1) {
      for (const found of first) {
        const weight = frequency.weight(found.word, clause);
        eachRecord(found, (record, times) => {
          if (isIn(record)) hit(record, times, weight);
        });
      }
    } else {
      let places = placesOf(first, isIn);
      for (const next of words.slice(1)) {
        const among = new Set(places.records);
        places = following(
          places,
          placesOf(next, (record) => among.has(record)),
        );
      }
      const weight = clause.words.reduce((sum, word) => sum + frequency.weight(word, clause), 0);
      for (const [record, of] of places.records.entries()) {
        hit(of, (places.starts[record + 1] ?? 0) - (places.starts[record] ?? 0), weight);
      }
    }
    if (!clause.without) continue;
    for (let record = 0; record < turn.length; record += 1)
      if (turn[record] === at) turn[record] = at + 1;
  }
}

// BM25: Robertson and Zaragoza (2009), "The Probabilistic Relevance Framework", with its usual k1, b.
const K1 = 1.2;
const B = 0.75;

/** How rare words are here: a rare one says more. */
class Frequencies {
  readonly #records: number;
  readonly #length: number;
  readonly #of = new Map<string, number>();

  constructor({ segments }: Held, fresh: number) {
    const sum = (of: 'count' | 'words') =>
      segments.reduce((total, { facts }) => total + facts[of], 0);
    this.#records = sum('count') + fresh;
    this.#length = sum('words') / Math.max(1, sum('count')) || 1;
  }

  add(looked: LookedUp): void {
    for (const { word, records } of looked.flat(2)) {
      this.#of.set(word, (this.#of.get(word) ?? 0) + records);
    }
  }

  /** What a word says; less, the more of it was not asked for. */
  weight(word: string, { words, prefix }: Clause): number {
    const among = Math.min(this.#of.get(word) ?? 0, this.#records);
    const rare = Math.log(1 + (this.#records - among + 0.5) / (among + 0.5));
    const asked = words.at(-1) ?? '';
    const isLonger = prefix && words.length === 1 && word !== asked;
    return isLonger ? (rare * asked.length) / word.length : rare;
  }

  score(times: number, length: number, weight: number): number {
    const long = K1 * (1 - B + (B * length) / this.#length);
    return (weight * times * (K1 + 1)) / (times + long);
  }
}

function scoreOf(
  clauses: readonly Clause[],
  fields: readonly ReturnType<typeof wordsOf>[],
  length: number,
  frequency: Frequencies,
): number {
  let score = 0;
  for (const clause of clauses) {
    if (clause.without) continue;
    const times = new Map<string, number>();
    for (const words of fields) {
      for (const { last } of spansOf(clause, words)) {
        const word = words[last]?.word ?? '';
        times.set(word, (times.get(word) ?? 0) + 1);
      }
    }
    for (const [word, count] of times) {
      const weight =
        clause.words.length === 1
          ? frequency.weight(word, clause)
          : clause.words.reduce((sum, each) => sum + frequency.weight(each, clause), 0);
      score += frequency.score(count, length, weight);
    }
  }
  return score;
}
