// What the register lists, in memory: who may read it, what it is found by, newest first. A million
// records take some 100 MB, and no filter and no words take longer than to go through them once.
import { randomInt } from 'node:crypto';
import type { Id } from '../../domain/index.ts';
import type { Place } from './filters.ts';
import { IN_MASK, SEEN, Texts, withRoom } from './texts.ts';

/** Kinds of records that are listed, and those that listed ones were noticed in. */
export const LISTED_KINDS = ['expectation', 'commitment', 'note', 'interaction'] as const;
export type ListedKind = (typeof LISTED_KINDS)[number];

/** What many records have in common. */
export type Traits = {
  /** As what it is listed (0015_console.sql); null: not at all. */
  readonly shown: string | null;
  readonly class: string | null;
  readonly stage: string | null;
  readonly outcome: string | null;
  readonly author: Id;
  readonly visibility: 'workspace' | 'managers';
};

/** A record that is not deleted. */
export type Item = Traits & {
  readonly kind: ListedKind;
  readonly id: Id;
  readonly written: string;
  readonly customer: Id | null;
  readonly project: Id | null;
  readonly interaction: Id | null;
  /** Its texts as `foldWords` writes them. */
  readonly words: string;
};

export type Wanted = {
  /** Whether a record with these traits is wanted. */
  fits(traits: Traits): boolean;
  /** Whether the asker may read a record with these traits. */
  reads(traits: Traits): boolean;
  /** Of one of these, by itself or by the interaction it was noticed in. */
  customers: readonly Id[] | null;
  projects: readonly Id[] | null;
  /** Timestamps: from ≤ written < before. */
  from: string | null;
  before: string | null;
  /** Each stands in its texts, in those of the interaction, or in the name of one of these. */
  words: readonly Word[];
};
export type Word = {
  word: string;
  customers: readonly Id[];
  projects: readonly Id[];
};

export type Named = { kind: ListedKind; id: Id };

/** More at once would keep others waiting while they are put in order. */
const MOST_FRESH = 20_000;

/** Where nothing is: the place of an interaction that is not named. */
const NONE = 0;

export class Listed {
  #size = 1;
  readonly #places: Places = new Places(() => this.#keys);
  /** Of each record by its place: id (four numbers) and kind; what it was written (two numbers). */
  #keys = new Uint32Array(5 * 64);
  #written = new Uint32Array(2 * 64);
  /** 0: not there, deleted, or only named by another. */
  #traits = new Uint32Array(64);
  /** 0: none. */
  #customers = new Uint32Array(64);
  #projects = new Uint32Array(64);
  #interactions = new Uint32Array(64);
  #texts = new Uint32Array(64);
  /** 1: it is in the order, or about to be. */
  #isPlaced = new Uint8Array(64);

  readonly #allTraits = new Numbers<Traits>();
  readonly #allCustomers = new Numbers<Id>();
  readonly #allProjects = new Numbers<Id>();
  #words = new Texts();

  /** Places of records, oldest first, and those that are yet to be put in. */
  #order = new Int32Array(64);
  #ordered = 0;
  #fresh: number[] = [];

  /** Instead of what was there under these ids; those that were not found are gone. */
  put(kind: ListedKind, ids: readonly Id[], found: readonly Item[]): void {
    const there = new Set(found.map(({ id }) => id));
    for (const id of ids) if (!there.has(id)) this.#remove(kind, id);
    if (ids.length > 0) this.#takeOut(found);
    for (const item of found) this.#put(item);
    if (this.#fresh.length > MOST_FRESH) this.#settle();
    if (this.#words.isLoose) this.#words = this.#words.compact(this.#texts.subarray(0, this.#size));
  }

  #put(item: Item): void {
    const at = this.#placeOf(item.kind, item.id);
    this.#written[2 * at] = halfOf(item.written, 0);
    this.#written[2 * at + 1] = halfOf(item.written, 8);
    if (this.#isPlaced[at] === 0) {
      this.#isPlaced[at] = 1;
      this.#fresh.push(at);
    }
    const { shown, class: of, stage, outcome, author, visibility } = item;
    const traits = { shown, class: of, stage, outcome, author, visibility };
    const key = `${visibility}\n${author}\n${shown}\n${of}\n${stage}\n${outcome}`;
    this.#traits[at] = this.#allTraits.numberOf(key, traits);
    this.#customers[at] = refIn(this.#allCustomers, item.customer);
    this.#projects[at] = refIn(this.#allProjects, item.project);
    const { interaction } = item;
    this.#interactions[at] =
      interaction === null ? NONE : this.#placeOf('interaction', interaction);
    this.#words.remove(this.#texts[at] ?? 0);
    this.#texts[at] = this.#words.add(item.words);
  }

  #remove(kind: ListedKind, id: Id): void {
    const at = this.#places.find(keyOf(kind, id));
    if (at === null) return;
    this.#words.remove(this.#texts[at] ?? 0);
    for (const all of [this.#traits, this.#customers, this.#projects, this.#interactions])
      all[at] = 0;
    this.#texts[at] = 0;
  }

  /** Newest first: at most `limit` after `place`, and how many there are in all, at most `most`. */
  find(
    wanted: Wanted,
    place: Place | null,
    limit: number,
    most: number,
  ): { found: Named[]; count: number } {
    this.#settle();
    const [fits, reads] = [this.#traitsThat(wanted.fits), this.#traitsThat(wanted.reads)];
    const customers = wanted.customers && this.#allCustomers.flagsOf(wanted.customers);
    const projects = wanted.projects && this.#allProjects.flagsOf(wanted.projects);
    const groups = this.#groupsOf(wanted.words);
    if (groups.some(({ isNowhere }) => isNowhere)) return { found: [], count: 0 };
    const [order, traits, interactions] = [this.#order, this.#traits, this.#interactions];
    const [start, end] = [this.#since(wanted.from, 0), this.#since(wanted.before, this.#ordered)];
    const after = place === null ? end : this.#before(place);

    const found: Named[] = [];
    let count = 0;
    for (let n = end - 1; n >= start; n -= 1) {
      if (count >= most) {
        if (found.length >= limit) break;
        n = Math.min(n, after - 1);
        if (n < start) break;
      }
      const at = order[n] ?? 0;
      const trait = traits[at] ?? 0;
      if (fits[trait] === 0 || reads[trait] === 0) continue;
      const named = interactions[at] ?? NONE;
      const within = reads[traits[named] ?? 0] === 1 ? named : NONE;
      if (customers !== null && customers[this.#refOf(this.#customers, at, within)] === 0) continue;
      if (projects !== null && projects[this.#refOf(this.#projects, at, within)] === 0) continue;
      if (groups.length > 0 && !groups.every((group) => this.#has(group, at, within))) continue;
      if (count < most) count += 1;
      if (n < after && found.length < limit) found.push(this.#named(at));
    }
    return { found, count };
  }

  /** How many of those that are wanted each customer has. */
  countByCustomer(wanted: Pick<Wanted, 'fits' | 'reads'>): Map<Id, number> {
    const [fits, reads] = [this.#traitsThat(wanted.fits), this.#traitsThat(wanted.reads)];
    const counts = new Uint32Array(this.#allCustomers.size);
    for (let at = 1; at < this.#size; at += 1) {
      const trait = this.#traits[at] ?? 0;
      if (fits[trait] === 0 || reads[trait] === 0) continue;
      const named = this.#interactions[at] ?? NONE;
      const within = reads[this.#traits[named] ?? 0] === 1 ? named : NONE;
      const customer = this.#refOf(this.#customers, at, within);
      counts[customer] = (counts[customer] ?? 0) + 1;
    }
    return new Map(
      [...this.#allCustomers.all()].flatMap(([id, number]) => {
        const count = counts[number] ?? 0;
        return count === 0 ? [] : [[id, count] as const];
      }),
    );
  }

  /** Its own, or that of the interaction. */
  #refOf(refs: Uint32Array, at: number, within: number): number {
    return refs[at] || (refs[within] ?? 0);
  }

  #has(group: Group, at: number, within: number): boolean {
    const { all, customers, projects } = group;
    let has =
      (customers?.[this.#refOf(this.#customers, at, within)] ?? 0) |
      (projects?.[this.#refOf(this.#projects, at, within)] ?? 0);
    if (has === all) return true;
    has |= this.#partsIn(group, at);
    if (has === all) return true;
    return within !== NONE && (has | this.#partsIn(group, within)) === all;
  }

  /** Of the texts of the record at this place. */
  #partsIn({ all, masks, seen }: Group, at: number): number {
    let parts = seen[at] ?? 0;
    if (parts === 0) {
      parts = this.#words.partsIn(this.#texts[at] ?? 0, masks) | SEEN;
      seen[at] = parts;
    }
    return parts & all;
  }

  #groupsOf(words: readonly Word[]): Group[] {
    const groups: Group[] = [];
    for (let from = 0; from < words.length; from += IN_MASK) {
      const some = words.slice(from, from + IN_MASK);
      const masks = this.#words.masksOf(some.map(({ word }) => word));
      const customers = this.#allCustomers.masksOf(some.map((one) => one.customers));
      const projects = this.#allProjects.masksOf(some.map((one) => one.projects));
      const all = 2 ** some.length - 1;
      const seen = new Uint8Array(this.#size);
      let anywhere = 0;
      for (const each of [masks, customers, projects]) {
        const length = each?.length ?? 0;
        for (let n = 0; n < length; n += 1) anywhere |= each?.[n] ?? 0;
      }
      groups.push({ all, masks, seen, customers, projects, isNowhere: anywhere !== all });
    }
    return groups;
  }

  /** By number; never 0, which is what is not there. */
  #traitsThat(fits: (traits: Traits) => boolean): Uint8Array {
    const flags = new Uint8Array(this.#allTraits.size);
    for (const [traits, number] of this.#allTraits.all()) flags[number] = fits(traits) ? 1 : 0;
    return flags;
  }

  #placeOf(kind: ListedKind, id: Id): number {
    const key = keyOf(kind, id);
    const present = this.#places.find(key);
    if (present !== null) return present;
    const at = this.#size;
    this.#size += 1;
    this.#keys = withRoom(this.#keys, 5 * this.#size);
    this.#written = withRoom(this.#written, 2 * this.#size);
    this.#traits = withRoom(this.#traits, this.#size);
    this.#customers = withRoom(this.#customers, this.#size);
    this.#projects = withRoom(this.#projects, this.#size);
    this.#interactions = withRoom(this.#interactions, this.#size);
    this.#texts = withRoom(this.#texts, this.#size);
    this.#isPlaced = withRoom(this.#isPlaced, this.#size);
    this.#keys.set(key, 5 * at);
    this.#places.add(at, this.#size);
    return at;
  }

  /** Takes what was written at another time now out of the order. */
  #takeOut(items: readonly Item[]): void {
    const moved = items.flatMap(({ kind, id, written }) => {
      const at = this.#places.find(keyOf(kind, id));
      const isThere = at !== null && this.#isPlaced[at] === 1;
      return isThere && this.#compareWritten(at, written) !== 0 ? [at] : [];
    });
    if (moved.length === 0) return;
    this.#settle();
    for (const at of moved) this.#isPlaced[at] = 0;
    const left = this.#order.subarray(0, this.#ordered).filter((at) => this.#isPlaced[at] === 1);
    this.#order.set(left);
    this.#ordered = left.length;
  }

  /** Puts in order what came. */
  #settle(): void {
    if (this.#fresh.length === 0) return;
    const fresh = Int32Array.from(this.#fresh).sort((a, b) => this.#compare(a, b));
    this.#fresh = [];
    this.#order = withRoom(this.#order, this.#ordered + fresh.length);
    // From the end, where most of what came belongs.
    let old = this.#ordered - 1;
    let to = this.#ordered + fresh.length - 1;
    for (let next = fresh.length - 1; next >= 0; to -= 1) {
      const [one, other] = [fresh[next] ?? 0, this.#order[old] ?? 0];
      if (old >= 0 && this.#compare(other, one) > 0) {
        this.#order[to] = other;
        old -= 1;
      } else {
        this.#order[to] = one;
        next -= 1;
      }
    }
    this.#ordered += fresh.length;
  }

  /** By the time they were written, then by id. */
  #compare(a: number, b: number): number {
    const written = this.#written;
    return (
      (written[2 * a] ?? 0) - (written[2 * b] ?? 0) ||
      (written[2 * a + 1] ?? 0) - (written[2 * b + 1] ?? 0) ||
      this.#compareId(a, this.#keys, 5 * b)
    );
  }

  #compareId(a: number, keys: Uint32Array, from: number): number {
    for (let part = 0; part < 4; part += 1) {
      const difference = (this.#keys[5 * a + part] ?? 0) - (keys[from + part] ?? 0);
      if (difference !== 0) return difference;
    }
    return 0;
  }

  /** How many were written before this; null: `otherwise`. */
  #since(written: string | null, otherwise: number): number {
    if (written === null) return otherwise;
    return this.#firstNot((at) => this.#compareWritten(at, written) < 0);
  }

  /** How many come before this place: are older, or as old with a smaller id. */
  #before({ written, id }: Place): number {
    const key = Uint32Array.from(keyOf('note', id));
    return this.#firstNot(
      (at) => (this.#compareWritten(at, written) || this.#compareId(at, key, 0)) < 0,
    );
  }

  #compareWritten(at: number, written: string): number {
    return (
      (this.#written[2 * at] ?? 0) - halfOf(written, 0) ||
      (this.#written[2 * at + 1] ?? 0) - halfOf(written, 8)
    );
  }

  /** In the order, whose first ones all are. */
  #firstNot(is: (at: number) => boolean): number {
    let [low, high] = [0, this.#ordered];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (is(this.#order[middle] ?? 0)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #named(at: number): Named {
    const hex = Array.from(this.#keys.subarray(5 * at, 5 * at + 4), (part) =>
      part.toString(16).padStart(8, '0'),
    ).join('');
    const [, ...parts] = /^(.{8})(.{4})(.{4})(.{4})(.{12})$/.exec(hex) ?? [];
    const kind = LISTED_KINDS[this.#keys[5 * at + 4] ?? 0] ?? 'note';
    return { kind, id: parts.join('-') };
  }
}

/** Words that are looked for together: `all` is the mask that has each. */
type Group = {
  all: number;
  masks: Uint8Array;
  /** By place, which stand in the texts there, and SEEN; 0: not looked at yet. */
  seen: Uint8Array;
  /** By number, for whose names hold which words; null: none. */
  customers: Uint8Array | null;
  projects: Uint8Array | null;
  /** One of them stands in no text and no name. */
  isNowhere: boolean;
};

type Key = readonly number[];

function keyOf(kind: ListedKind, id: Id): Key {
  const part = (from: number, to: number) => Number.parseInt(id.slice(from, to), 16);
  return [
    part(0, 8),
    part(9, 13) * 65_536 + part(14, 18),
    part(19, 23) * 65_536 + part(24, 28),
    part(28, 36),
    LISTED_KINDS.indexOf(kind),
  ];
}

/** Eight digits of a timestamp. */
function halfOf(written: string, from: number): number {
  return Number.parseInt(written.slice(from, from + 8), 16);
}

function refIn(numbers: Numbers<Id>, id: Id | null): number {
  return id === null ? 0 : numbers.numberOf(id, id);
}

/** Numbers from 1 for what there are few of. */
class Numbers<T> {
  readonly #numbers = new Map<string, number>();
  readonly #all: T[] = [];

  get size(): number {
    return this.#all.length + 1;
  }

  *all(): Iterable<[one: T, number: number]> {
    for (const [at, one] of this.#all.entries()) yield [one, at + 1];
  }

  numberOf(key: string, one: T): number {
    const present = this.#numbers.get(key);
    if (present !== undefined) return present;
    this.#all.push(one);
    this.#numbers.set(key, this.#all.length);
    return this.#all.length;
  }

  /** By number, 1 for these. */
  flagsOf(keys: readonly string[]): Uint8Array {
    const flags = new Uint8Array(this.size);
    for (const key of keys) flags[this.#numbers.get(key) ?? this.size] = 1;
    return flags;
  }

  /** By number, in which of the lists it is: in the first as bit 0. null: in none. */
  masksOf(lists: readonly (readonly string[])[]): Uint8Array | null {
    if (lists.every((list) => list.length === 0)) return null;
    const masks = new Uint8Array(this.size);
    for (const [bit, list] of lists.entries()) {
      for (const key of list) {
        const number = this.#numbers.get(key);
        if (number !== undefined) masks[number] = (masks[number] ?? 0) | (1 << bit);
      }
    }
    return masks;
  }
}

/** Places by key: a table of hashes, the next cell where one is taken. */
class Places {
  readonly #keys: () => Uint32Array;
  /** Ids come from others: which of them meet in a cell is not theirs to choose. */
  readonly #salt = randomInt(2 ** 32);
  #cells = new Int32Array(256);

  constructor(keys: () => Uint32Array) {
    this.#keys = keys;
  }

  find(key: Key): number | null {
    const keys = this.#keys();
    const last = this.#cells.length - 1;
    for (let cell = this.#hashOf(key, 0) & last; ; cell = (cell + 1) & last) {
      const at = this.#cells[cell] ?? 0;
      if (at === 0) return null;
      if (key.every((part, n) => keys[5 * at + n] === part)) return at;
    }
  }

  /** Its key is in the keys already, and was not found before. */
  add(at: number, size: number): void {
    if (size * 2 > this.#cells.length) {
      const old = this.#cells;
      this.#cells = new Int32Array(old.length * 2);
      for (const one of old) if (one !== 0) this.#put(one);
    }
    this.#put(at);
  }

  #put(at: number): void {
    const last = this.#cells.length - 1;
    let cell = this.#hashOf(this.#keys(), 5 * at) & last;
    while (this.#cells[cell] !== 0) cell = (cell + 1) & last;
    this.#cells[cell] = at;
  }

  #hashOf(keys: ArrayLike<number>, from: number): number {
    let hash = this.#salt;
    for (let part = 0; part < 5; part += 1) {
      hash = Math.imul(hash ^ (keys[from + part] ?? 0), 0x9e37_79b1);
      hash ^= hash >>> 15;
    }
    return hash >>> 0;
  }
}
