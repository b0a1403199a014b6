// What the bar knows and does, without drawing it. All moments are ms since 1970 by the call's own
// clock; `stamp`s are events' own, by the clock that nobody sets.
import { countsOnce, elapsedAt, isKnownJump } from '../../domain/call.ts';
import { barKeys, PLAIN_NOTE, type Tag, tagOf } from '../../domain/codebook.ts';
import type { CallsView, CallView, TagView } from '../messages/call-views.ts';
import type { Failure, Result } from '../messages/result.ts';
import type { Acts } from './acts.ts';
import { type Clocks, Moments } from './moments.ts';
import { withActs } from './with-acts.ts';
import { say, sayTime } from './words.ts';

export type Surroundings = Clocks & {
  newId(): string;
  calls(): Promise<Result<CallsView>>;
  /** What is typed in the line survives the window. */
  keepLine(line: Line | null): void;
  keptLine(): Line | null;
};

/** Words being typed: for a tag that is there, or for a note of their own. `at`: 0 while empty. */
export type Line = { call: string; text: string; at: number; tag: string | null };

/** `before`: ms that it is dated back. */
export type Held = {
  key: string;
  id: string;
  tag: string;
  stamp: number;
  at: number;
  before: number | null;
};

export type BarState = {
  /** What the background told, with what was done since. */
  view: CallsView | null;
  failure: Failure | null;
  /** Rises with each view that was told. */
  news: number;
  held: Held[];
  /** The next tag is dated back. */
  ago: boolean;
  /** All tags get this moment. */
  sticky: number | null;
  line: Line | null;
  /** Rises whenever the line is to have the focus. */
  lineAsked: number;
  /** The call that was hung up, while the background is still told so. */
  ending: string | null;
  /** The computer's clock ran ahead by so much: it was set, or the computer slept. */
  gap: { by: number; before: number } | null;
  /** For the live region; `times` tells two equal sentences apart. */
  said: string;
  times: number;
  /** Acts on their way, and why they are not stored yet. */
  unsent: number;
  trouble: Failure | null;
};

/** Held longer it is a span; until then another key belongs to the same instant. */
export const HOLD_MS = 400;
/** Newest tags shown. */
const SHOWN = 8;

export class Bar {
  state: BarState = {
    ...{
      view: null,
      failure: null,
      news: 0,
      held: [],
      ago: false,
      sticky: null,
      line: null,
      lineAsked: 0,
    },
    ...{ ending: null, gap: null, said: '', times: 0, unsent: 0, trouble: null },
  };
  readonly #around: Surroundings;
  readonly #acts: Acts;
  readonly #hear: () => void;
  readonly #moments: Moments;
  #told: CallsView | null = null;
  #asking = false;
  #askAgain = false;

  constructor(around: Surroundings, acts: Acts, hear: () => void) {
    this.#around = around;
    this.#acts = acts;
    this.#hear = hear;
    this.#moments = new Moments(around);
  }

  set(patch: Partial<BarState>): void {
    const times = this.state.times + (patch.said === undefined ? 0 : 1);
    const view = this.#told === null ? null : withActs(this.#told, this.#acts.open());
    this.state = { ...this.state, ...patch, times, view };
    this.#hear();
  }

  /** Asks for all again; once more where that is asked for meanwhile. */
  async load(): Promise<void> {
    this.#askAgain = true;
    if (this.#asking) return;
    this.#asking = true;
    while (this.#askAgain) {
      this.#askAgain = false;
      const done = this.#acts.done();
      const answer = await this.#around.calls();
      if (answer.ok) this.#show(answer.value, done);
      else this.set({ failure: answer.error });
    }
    this.#asking = false;
  }

  get running(): CallView | null {
    return this.state.view?.running ?? null;
  }

  get stands(): boolean {
    return this.running?.clock.pauses.at(-1)?.to === null;
  }

  /** ms that the call's clock shows. */
  elapsed(): number {
    const { running } = this;
    return running === null
      ? 0
      : elapsedAt(running.clock, this.#moments.now() + running.correction);
  }

  /** The newest tags, with those that are just on their way. */
  latest(): TagView[] {
    return (this.state.view?.latest ?? []).slice(0, SHOWN);
  }

  /** What can be pressed, with its key here. */
  pressable(): (Tag & { shortcut: string })[] {
    const { view } = this.state;
    if (view === null) return [];
    return view.codebook
      .filter(({ retired }) => !retired)
      .map((tag) => ({ ...tag, shortcut: view.settings.remapped[tag.id] ?? tag.key }));
  }

  /** The keys of what the bar does besides tags. */
  keys(): ReturnType<typeof barKeys> {
    return barKeys(this.state.view?.settings.acts ?? {});
  }

  async start(asked: {
    channel: 'call' | 'meeting';
    subject: string;
    customer: string;
    minutesAgo: number;
    proposed: boolean;
  }): Promise<void> {
    const { subject, customer } = asked;
    this.#putAside();
    await this.#do('callStart', say.begun, {
      id: this.#around.newId(),
      at: this.#moments.now() - asked.minutesAgo * 60_000,
      tab: asked.proposed ? (this.state.view?.proposal?.tab ?? null) : null,
      channel: asked.channel,
      ...(subject === '' ? {} : { subject }),
      ...(customer === '' ? {} : { customer: { id: null, name: customer, reason: '' } }),
      ...(asked.proposed ? { proposed: true } : {}),
    });
  }

  async notNow(): Promise<void> {
    await this.#do('callProposalAway', say.notProposed, {});
  }

  /** A tag's key or button goes down. */
  tag(tag: Tag, stamp: number, key: string): void {
    const { running } = this;
    const { view, held, ago, sticky } = this.state;
    if (running === null || view === null || held.some((one) => one.key === key)) return;
    const chord = held.find((one) => stamp - one.stamp < HOLD_MS);
    const at = sticky ?? chord?.at ?? this.#at(stamp);
    if (countsOnce(pressesOf(view.latest), { tag: tag.id, at })) {
      // One kept moment may have a tag once only; pressed again it is there already.
      this.set({ said: say.once });
      return;
    }
    const before = ago ? view.settings.back : (chord?.before ?? null);
    const id = this.#around.newId();
    const offset = elapsedAt(running.clock, at - (before ?? view.settings.lead));
    const said = say.taggedAt(say.tagName(tag), sayTime(offset + running.shift));
    const asked = { id, call: running.id, tag: tag.id, at, ...(before === null ? {} : { before }) };
    const answer = this.#acts.do<'callTag'>('callTag', asked);
    this.set({
      ago: false,
      held: [...held, { key, id, tag: tag.id, stamp, at, before }],
      // Of a chord all are spoken, not the last only.
      said: chord === undefined ? said : `${this.state.said} ${said}`,
    });
    void answer.then((told) => {
      if (!told.ok || told.value.id === id) return;
      // Another window was first: that one is the tag.
      const other = told.value.id;
      this.set({
        held: this.state.held.map((one) => (one.id === id ? { ...one, id: other } : one)),
        said: say.once,
      });
    });
  }

  /** It goes up again; null: all do, the window has lost the focus. */
  release(key: string | null, stamp: number): void {
    const ended = this.state.held.filter((one) => key === null || one.key === key);
    if (ended.length === 0) return;
    this.set({ held: this.state.held.filter((one) => !ended.includes(one)) });
    // A kept moment is one moment.
    if (this.state.sticky !== null) return;
    for (const { id, stamp: from, tag } of ended) {
      const span = this.#between(from, stamp);
      if (stamp - from < HOLD_MS) continue;
      this.#edit(id, { span });
      this.set({ said: say.heldFor(this.nameOf(tag), sayTime(span)) });
    }
  }

  /** A pointer that went down on a tag went up beside it: the tag was not meant. */
  abandon(key: string): void {
    const held = this.state.held.find((one) => one.key === key);
    if (held === undefined) return;
    this.set({ held: this.state.held.filter((one) => one !== held) });
    const tag = this.state.view?.latest.find(({ id }) => id === held.id);
    if (tag) this.takeBack(tag);
  }

  /** How long what is held has been held. */
  heldFor({ stamp }: Held): number {
    return this.#around.steady() - stamp;
  }

  momentAgo(): void {
    const ago = !this.state.ago;
    const seconds = (this.state.view?.settings.back ?? 0) / 1_000;
    this.set({ ago, said: ago ? say.ago(seconds) : say.notAgo });
  }

  keepMoment(stamp: number): void {
    const sticky = this.state.sticky === null ? this.#at(stamp) : null;
    this.set({ sticky, said: sticky === null ? say.momentLeft : say.momentKept });
  }

  async pause(stamp: number): Promise<void> {
    const { running } = this;
    if (running === null) return;
    const on = !this.stands;
    const asked = { call: running.id, on, at: this.#at(stamp) };
    await this.#do('callPause', on ? say.paused : say.goesOn, asked);
  }

  async park(stamp: number): Promise<void> {
    const { running } = this;
    if (running === null) return;
    this.#putAside();
    await this.#do('callPark', say.parked, { call: running.id, at: this.#at(stamp) });
  }

  /** Goes on with a parked call, or (with its correction) one that was hung up. */
  async resume(call: string, known = 0): Promise<void> {
    const found = this.state.view?.parked.find(({ id }) => id === call);
    this.#putAside();
    const at = this.#moments.now() + (found?.correction ?? known);
    await this.#do('callResume', say.goesOn, { call, at });
  }

  async hangUp(stamp: number): Promise<void> {
    const { running } = this;
    if (running === null) return;
    this.release(null, stamp);
    this.#putAside();
    const asked = { call: running.id, at: this.#at(stamp) };
    this.set({ ending: running.id });
    await this.#do('callEnd', say.hungUp, asked);
    this.set({ ending: null });
  }

  /** Something else to be stored: in order, and until it is. */
  act(name: Parameters<Acts['do']>[0], payload: Record<string, unknown>): Promise<unknown> {
    const answer = this.#acts.do(name, payload);
    this.set({});
    return answer;
  }

  async wrappedUp(call: string): Promise<void> {
    await this.#do('wrapUpDone', say.later, { call });
  }

  takeBack(tag: TagView): void {
    this.#edit(tag.id, { deleted: true });
    this.set({ said: say.takenBack(this.nameOf(tag.tag), this.#timeOf(tag)) });
  }

  /** The line under the buttons: words for a tag, or for a note of their own from the first letter. */
  openLine(tag: TagView | null): void {
    if (this.running === null) return;
    const { line, lineAsked } = this.state;
    // What was typed already is never replaced.
    const begun = line !== null && line.text.trim() !== '' && line.tag !== (tag?.id ?? null);
    const fresh = { call: this.running.id, text: tag?.text ?? '', at: 0, tag: tag?.id ?? null };
    const next = begun || (line !== null && line.tag === fresh.tag) ? line : fresh;
    this.set({ line: next, lineAsked: lineAsked + 1 });
  }

  type(text: string, stamp: number): void {
    const { running } = this;
    if (running === null) return;
    const before = this.state.line ?? { call: running.id, text: '', at: 0, tag: null };
    const first = before.text === '' || before.at === 0 ? this.#at(stamp) : before.at;
    const line = { ...before, text, at: text === '' ? 0 : first };
    this.set({ line });
    this.#around.keepLine(line);
  }

  storeLine(): void {
    const { line } = this.state;
    if (line === null) return;
    const text = line.text.trim();
    if (line.tag !== null) {
      this.#edit(line.tag, { text });
      this.set({ line: null, said: say.wordsKept });
    } else if (text !== '') {
      const asked = {
        id: this.#around.newId(),
        call: line.call,
        tag: PLAIN_NOTE,
        at: line.at,
        text,
      };
      void this.#acts.do<'callTag'>('callTag', asked);
      this.set({ line: null, said: say.noted(text) });
    } else this.set({ line: null });
    // Only now: until here it was nowhere else.
    this.#around.keepLine(null);
  }

  /** What is typed stays, until it is stored. */
  leaveLine(): void {
    const { line } = this.state;
    if (line === null) return;
    const tag = this.state.view?.latest.find(({ id }) => id === line.tag);
    if (line.text.trim() !== (tag?.text ?? '')) return;
    this.set({ line: null });
    this.#around.keepLine(null);
  }

  /** What was being typed when the window was closed. */
  restoreLine(): void {
    const line = this.#around.keptLine();
    if (line !== null && this.state.line === null) this.set({ line });
  }

  /** Something keeps this tag from being stored. */
  isUnsent(id: string): boolean {
    return this.state.trouble !== null && this.#acts.isUnsent(id);
  }

  get isRefused(): boolean {
    return this.#acts.isRefused;
  }

  /** What was refused: once more, or not at all. */
  again(): void {
    this.#acts.again();
  }

  giveUp(): void {
    this.#acts.giveUp();
  }

  /** Looks whether the computer's clock was set; called each second while a call runs. */
  look(): void {
    const jump = this.#moments.look();
    if (jump === null || this.running === null) return;
    const gap = { by: jump.gap, before: jump.before };
    // Backwards it was set for sure; forwards the computer may have slept, and time has passed.
    if (gap.by < 0) void this.clockSet(gap);
    else this.set({ gap });
  }

  /** The computer's clock was set; null: the computer slept, and time has passed. */
  async clockSet(gap: { by: number; before: number } | null): Promise<void> {
    const { running } = this;
    this.set({ gap: null });
    if (running === null || gap === null) return;
    const jump = { at: gap.before + running.correction, by: gap.by };
    if (isKnownJump(running.clockSet, jump)) return;
    await this.#do('callClockSet', say.clockPutRight, { call: running.id, ...jump });
  }

  nameOf(tag: string): string {
    return say.tagName(tagOf(this.state.view?.codebook ?? [], tag));
  }

  #timeOf({ offset }: TagView): string {
    return sayTime(offset + (this.running?.shift ?? 0));
  }

  #edit(id: string, patch: Partial<TagView>): void {
    void this.#acts.do<'callTagEdit'>('callTagEdit', { id, patch });
  }

  /** The moment of an event on the call's own clock. */
  #at(stamp: number): number {
    return this.#moments.at(stamp) + (this.running?.correction ?? 0);
  }

  /** ms on the call's clock, which may have stood. */
  #between(from: number, to: number): number {
    const { running } = this;
    if (running === null) return Math.round(to - from);
    const on = (stamp: number) => elapsedAt(running.clock, this.#at(stamp));
    return Math.max(0, Math.round(on(to) - on(from)));
  }

  /** The running call is left: what is still typed belongs to it. */
  #putAside(): void {
    this.storeLine();
    this.set({ sticky: null, ago: false, gap: null });
  }

  #show(view: CallsView, done: ReturnType<Acts['done']>): void {
    this.#told = view;
    this.#acts.forget(done);
    this.set({ failure: null, news: this.state.news + 1 });
    const { running } = this;
    if (running === null) this.set({ sticky: null, ago: false, gap: null, held: [] });
    // Begun in a call that was left in another window, or before this one was opened.
    if (this.state.line !== null && this.state.line.call !== running?.id) this.storeLine();
  }

  /** Shows at once; said at once too, since it happens for sure. */
  async #do(
    name: Parameters<Acts['do']>[0],
    said: string,
    payload: Record<string, unknown>,
  ): Promise<void> {
    const answer = this.#acts.do(name, payload);
    this.set({ said });
    await answer;
    await this.load();
  }
}

function pressesOf(tags: readonly TagView[]) {
  return tags.map(({ tag, pressedAt }) => ({ tag, at: pressedAt }));
}
