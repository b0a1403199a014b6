// Cues of the messages that tabs show: looked for in the words that pages tell anyway, kept for as
// long as the browser runs, told to the page as faint marks and to the sidebar as a list.
import type { Taught as Counts, Cue, findCues, languageOf, measured } from '../../../cues/index.ts';
import { type Id, newId } from '../../../domain/index.ts';
import type { CuesView, KnownMessage, Mark, ReadMessage } from '../../messages/index.ts';
import { type FrameState, neverIn, ownIn, readTab, type TabState } from '../contexts.ts';
import { sha256Hex } from '../hasher.ts';
import { isNobodys } from '../header-around.ts';
import { marksFor } from '../marks.ts';
import { oursOf } from '../ours.ts';
import { shownIn } from '../tab-context.ts';
import type { World } from '../world.ts';
import { type FoundCue, isSame, readCues, type Searched, writeCues } from './found.ts';
import { readTaught, type Taught } from './taught.ts';
import { partsOf, selectorsOf, withoutQuoted } from './words.ts';

// In UTF-16 units: what is looked through in one go, some 5 ms of it, and in one reading at most.
const AT_ONCE = 8_000;
const MOST_TEXT = 400_000;
// More would be no help to anybody: the first ones stand.
const MOST_IN_MESSAGE = 30;
// A longer sentence is quoted as the words that were noticed.
const LONGEST_QUOTE = 600;

/** What src/cues offers; a test has its own. */
export type Finder = {
  find: typeof findCues;
  languageOf: typeof languageOf;
  measured: typeof measured;
};

export type CuesDeps = {
  world: World;
  finder: Finder;
  /** Other cues than were told, in one frame of a tab, or (null) anywhere. */
  changed(where: { tab: number; frame: number } | null): void;
  /** Pages are to tell their words again. */
  again(): void;
  /** Lets everything else that waits have its turn. */
  rest?: () => Promise<unknown>;
  /** Waits until what a page asks for first, its marks, has been answered. */
  first?: () => Promise<unknown>;
};

/** A message with the words that its frame told. */
export type ToldWords = { message: KnownMessage } & Pick<ReadMessage, 'text' | 'quoted'>;

/** A cue that is shown, and where. */
export type Shown = { cue: FoundCue; message: KnownMessage; frame: FrameState };

export class Cues {
  readonly #world: World;
  readonly #finder: Finder;
  readonly #changed: CuesDeps['changed'];
  readonly #again: CuesDeps['again'];
  readonly #rest: () => Promise<unknown>;
  readonly #first: () => Promise<unknown>;
  /** Which look of a frame is the newest. Only spares work: a worker that died begins anew. */
  readonly #looks = new Map<string, number>();

  constructor({ world, finder, changed, again, rest = nextTurn, first = aMoment }: CuesDeps) {
    this.#world = world;
    this.#finder = finder;
    this.#changed = changed;
    this.#again = again;
    this.#rest = rest;
    this.#first = first;
  }

  get measured(): Finder['measured'] {
    return this.#finder.measured;
  }

  /** Something was taught or switched: what is shown differs; `again`: what is found does, too. */
  changed({ again = false } = {}): void {
    this.#changed(null);
    if (again) this.#again();
  }

  /** A frame told these messages: their own words are looked through, the newest message first. */
  async look(tab: number, frame: number, told: readonly ToldWords[]): Promise<void> {
    const key = `${tab}/${frame}`;
    const look = (this.#looks.get(key) ?? 0) + 1;
    this.#looks.set(key, look);
    const isOld = () => this.#looks.get(key) !== look;
    await this.#first();
    if (isOld()) return;
    const taught = await readTaught(this.#world);
    if (!taught.on) return;
    const before = (await readCues(tab))[frame] ?? [];
    const state = await shownIn(this.#world, tab);
    const words = told.filter(
      ({ message, text }) => text !== null && mayBeRead(state, frame, message),
    );
    if (words.length === 0 && before.length === 0) return;
    const after: Searched[] = [];
    let left = MOST_TEXT;
    for (const { message, text, quoted } of words.toReversed()) {
      const known = before.find(({ keys }) => isSame(keys, message.keys));
      if (known?.lessons === taught.lessons) {
        after.push(known);
        continue;
      }
      const own = withoutQuoted((text ?? '').slice(0, Math.max(0, left)), quoted);
      left -= own.length;
      const cues = await this.#find(own, message, taught, isOld);
      if (cues === null) return;
      const { keys } = message;
      after.push({ keys, lessons: taught.lessons, cues: withIdsOf(known?.cues ?? [], cues) });
    }
    await writeCues(tab, frame, after, Object.keys(await readTab(tab)));
    if (print(before) !== print(after)) this.#changed({ tab, frame });
  }

  // null: somebody has told anew meanwhile.
  async #find(
    text: string,
    { sentAt, sentBy }: KnownMessage,
    taught: Taught,
    isOld: () => boolean,
  ): Promise<FoundCue[] | null> {
    const time = Date.parse(sentAt ?? '');
    const options = {
      taught: taught.rules as Counts,
      ...(Number.isFinite(time) ? { sentAt: time } : {}),
      ...(sentBy === null
        ? {}
        : ({ direction: sentBy === 'us' ? 'outbound' : 'inbound' } as const)),
    };
    const language = this.#finder.languageOf(text);
    const cues: FoundCue[] = [];
    for (const [part, from] of partsOf(text, AT_ONCE)) {
      if (from > 0) await this.#rest();
      if (isOld()) return null;
      for (const cue of this.#finder.find(part, options)) {
        cues.push({ ...foundIn(text, cue, from), id: newId(this.#world.source), language });
      }
      if (cues.length >= MOST_IN_MESSAGE) break;
    }
    return cues.slice(0, MOST_IN_MESSAGE);
  }

  /** The faint marks of these messages of a frame, beside the marks of cards that they have. */
  async marks(
    tab: number,
    frame: number,
    messages: readonly KnownMessage[],
    marks: readonly (readonly Mark[])[],
  ): Promise<Mark[][]> {
    const found = (await readCues(tab))[frame] ?? [];
    if (found.length === 0) return messages.map(() => []);
    const taught = await readTaught(this.#world);
    return messages.map(({ keys }, at) => {
      const cues = found.find((one) => isSame(one.keys, keys))?.cues ?? [];
      return standing(cues, taught, marks[at] ?? []).map(markOf);
    });
  }

  /** All that are shown in a tab. */
  async shown(tab: number): Promise<Shown[]> {
    const found = await readCues(tab);
    const taught = await readTaught(this.#world);
    if (!taught.on || Object.keys(found).length === 0) return [];
    const state = await shownIn(this.#world, tab);
    const here = await this.#world.current();
    const ours = await oursOf(here, ownIn(state));
    const shown: Shown[] = [];
    for (const [id, searched] of Object.entries(found)) {
      const frame = state[id];
      const messages = (frame?.messages ?? []).filter(({ keys }) =>
        searched.some((one) => isSame(one.keys, keys) && one.cues.length > 0),
      );
      if (frame === undefined || messages.length === 0) continue;
      const marks = await marksFor(here, ours, messages);
      for (const [at, message] of messages.entries()) {
        const { cues = [] } = searched.find((one) => isSame(one.keys, message.keys)) ?? {};
        for (const cue of standing(cues, taught, marks[at] ?? [])) {
          shown.push({ cue, message, frame });
        }
      }
    }
    return shown;
  }

  async view(tab: number | null): Promise<CuesView> {
    const { on } = await readTaught(this.#world);
    const shown = tab === null ? [] : await this.shown(tab);
    return {
      on,
      cues: shown.map(({ cue }) => ({
        id: cue.id,
        becomes: cue.becomes,
        words: cue.sentence[0].exact,
        origin: this.originOf(cue),
      })),
    };
  }

  /** What a card says of the cue it was made of. */
  originOf({ rule, why, print, language }: FoundCue): CuesView['cues'][number]['origin'] {
    const code = language as keyof Finder['measured'];
    const isMeasured = Object.hasOwn(this.measured, code) && this.measured[code];
    return { rule, why, print, language, measured: isMeasured };
  }
}

// Of a message on the never-log list nothing is told; words of nobody's beside one may be its.
function mayBeRead(state: TabState, frame: number, message: KnownMessage): boolean {
  if (message.keys.length === 0 || (isNobodys(message) && neverIn(state) > 0)) return false;
  return state[frame]?.messages.some(({ keys }) => isSame(keys, message.keys)) === true;
}

// What was said to be none is gone, and what lies under a card's own words.
function standing(
  cues: readonly FoundCue[],
  taught: Taught,
  marks: readonly Mark[],
): readonly FoundCue[] {
  if (!taught.on) return [];
  const own = marks
    .filter(({ earlier }) => earlier === null)
    .map(({ selectors: [{ exact }] }) => exact);
  return cues.filter(({ print, selectors: [{ exact }] }) => {
    if (taught.none.includes(print)) return false;
    return !own.some((words) => words.includes(exact) || exact.includes(words));
  });
}

function markOf({ id, becomes, why, selectors }: FoundCue): Mark {
  return {
    ...{ kind: becomes, id, evidence: id, look: 'cue' },
    ...{ selectors, probably: false, earlier: null, summary: why },
  };
}

function foundIn(text: string, cue: Cue, from: number): Omit<FoundCue, 'id' | 'language'> {
  const [start, end] = [cue.start + from, cue.end + from];
  const [first, last] = [cue.sentence[0] + from, cue.sentence[1] + from];
  const selectors = selectorsOf(text, start, end);
  const sentence = last - first > LONGEST_QUOTE ? selectors : selectorsOf(text, first, last);
  const { kind, rule, why, by, due, reason, dimension } = cue;
  const becomes = kind === 'commitment' ? 'commitment' : 'expectation';
  return {
    ...{ becomes, rule, why, selectors, sentence },
    print: printOf(becomes, text.slice(first, last)),
    ...(by === undefined ? {} : { by }),
    ...(due === undefined ? {} : { due }),
    ...(reason === undefined ? {} : { reason }),
    ...(dimension === undefined ? {} : { dimension }),
  };
}

// By the sentence alone, so that the same words in another copy of the mail, or at the foot of each
// of somebody's mails, need not be said to be none again.
function printOf(becomes: string, sentence: string): string {
  const words = sentence.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
  return sha256Hex(`${becomes} ${words}`).slice(0, 32);
}

/** A cue that was there before keeps its id: the page and the sidebar name it by that. */
function withIdsOf(before: readonly FoundCue[], after: readonly FoundCue[]): FoundCue[] {
  return after.map((cue) => {
    const [, { start }] = cue.selectors;
    const same = before.find(
      (one) => one.print === cue.print && one.rule === cue.rule && one.selectors[1].start === start,
    );
    return same === undefined ? cue : { ...cue, id: same.id as Id };
  });
}

function print(searched: readonly Searched[]): string {
  return JSON.stringify(searched.map(({ keys, cues }) => [keys, cues]));
}

const MOMENT_MS = 250;

function aMoment(): Promise<unknown> {
  return new Promise((done) => setTimeout(done, MOMENT_MS));
}

function nextTurn(): Promise<unknown> {
  return new Promise((done) => setTimeout(done));
}
