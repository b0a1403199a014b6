// What the bar knows and does, without drawing it. All moments are ms since 1970 by the call's own
// clock; `stamp`s are events' own, by the clock that nobody sets.
import { elapsedAt, gapBetween } from '../../domain/call.ts';
import { PLAIN_NOTE, type Tag, tagOf } from '../../domain/codebook.ts';
import type { CallsView, CallView, TagView } from '../messages/call-views.ts';
import type { Failure, Result } from '../messages/result.ts';
import type { Acts } from './acts.ts';
import { say, sayTime } from './words.ts';

export type Surroundings = {
  /** ms since 1970, by the computer's clock */
  now(): number;
  /** ms by the clock that events are stamped with */
  steady(): number;
  newId(): string;
  calls(): Promise<Result<CallsView>>;
  /** What is typed in the line survives the window. */
  keepLine(line: Line | null): void;
  keptLine(): Line | null;
};

/** Words being typed: for a tag that is there, or for a note of their own. */
export type Line = { call: string; text: string; at: number; tag: string | null };

export type Held = { key: string; id: string; tag: string; stamp: number; at: number };

export type BarState = {
  view: CallsView | null;
  failure: Failure | null;
  /** Tags that the background has not told yet, newest first. */
  fresh: TagView[];
  held: Held[];
  /** The next tag is dated back. */
  ago: boolean;
  /** All tags get this moment. */
  sticky: number | null;
  line: Line | null;
  /** The computer's clock ran ahead by so much: it was set, or the computer slept. */
  gap: number | null;
  /** For the live region. */
  said: string;
  /** Acts on their way, and why they are not stored yet. */
  unsent: number;
  trouble: Failure | null;
};

/** Held longer it is a span; until then another key belongs to the same instant. */
export const HOLD_MS = 400;
const JUMP_MS = 1_000;
/** Newest tags shown. */
const SHOWN = 8;

export class Bar {
  state: BarState = {
    ...{ view: null, failure: null, fresh: [], held: [], ago: false, sticky: null, line: null },
    ...{ gap: null, said: '', unsent: 0, trouble: null },
  };
  readonly #around: Surroundings;
  readonly #acts: Acts;
  readonly #hear: () => void;
  #anchor: { wall: number; steady: number };
  #turn = 0;

  constructor(around: Surroundings, acts: Acts, hear: () => void) {
    this.#around = around;
    this.#acts = acts;
    this.#hear = hear;
    this.#anchor = { wall: around.now(), steady: around.steady() };
  }

  set(patch: Partial<BarState>): void {
    this.state = { ...this.state, ...patch };
    this.#hear();
  }

  /** Asks again; of two answers on their way the later question's counts. */
  async load(): Promise<void> {
    this.#turn += 1;
    const turn = this.#turn;
    const answer = await this.#around.calls();
    if (turn !== this.#turn) return;
    if (answer.ok) this.#show(answer.value);
    else this.set({ failure: answer.error });
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
    return running === null ? 0 : elapsedAt(running.clock, this.#at(this.#around.steady()));
  }

  /** The newest tags, with those that are just on their way. */
  latest(): TagView[] {
    const { view, fresh } = this.state;
    const known = new Set(view?.latest.map(({ id }) => id));
    return [...fresh.filter(({ id }) => !known.has(id)), ...(view?.latest ?? [])]
      .filter(({ deleted }) => !deleted)
      .slice(0, SHOWN);
  }

  /** What can be pressed, with its key here. */
  pressable(): (Tag & { shortcut: string })[] {
    const { view } = this.state;
    if (view === null) return [];
    return view.codebook
      .filter(({ retired }) => !retired)
      .map((tag) => ({ ...tag, shortcut: view.settings.remapped[tag.id] ?? tag.key }));
  }

  async start(asked: {
    channel: 'call' | 'meeting';
    subject: string;
    customer: string;
    minutesAgo: number;
    proposed: boolean;
  }): Promise<void> {
    const { subject, customer } = asked;
    const answer = await this.#acts.do<'callStart'>('callStart', {
      id: this.#around.newId(),
      at: this.#around.now() - asked.minutesAgo * 60_000,
      tab: asked.proposed ? (this.state.view?.proposal?.tab ?? null) : null,
      channel: asked.channel,
      ...(subject === '' ? {} : { subject }),
      ...(customer === '' ? {} : { customer: { id: null, name: customer, reason: '' } }),
      ...(asked.proposed ? { proposed: true } : {}),
    });
    this.#take(answer, say.begun);
  }

  async notNow(): Promise<void> {
    this.#take(await this.#acts.do<'callProposalAway'>('callProposalAway', {}), say.notProposed);
  }

  /** A tag's key or button goes down. */
  tag(tag: Tag, stamp: number, key: string): void {
    const { running } = this;
    const { view, held, ago, sticky, fresh } = this.state;
    if (running === null || view === null || held.some((one) => one.key === key)) return;
    const chord = held.find((one) => stamp - one.stamp < HOLD_MS);
    const at = sticky ?? chord?.at ?? this.#at(stamp);
    const id = this.#around.newId();
    const before = ago ? { before: view.settings.back } : {};
    const offset = elapsedAt(running.clock, at - (before.before ?? 0)) - view.settings.lead;
    const made: TagView = {
      ...{ id, call: running.id, tag: tag.id, offset, span: null, text: '', pressedAt: at },
      ...{ handled: false, became: null, deleted: false, author: { ...running.author, me: true } },
    };
    this.set({
      ago: false,
      fresh: [made, ...fresh].slice(0, SHOWN),
      held: [...held, { key, id, tag: tag.id, stamp, at }],
      said: say.taggedAt(say.tagName(tag), sayTime(offset + running.shift)),
    });
    const asked = { id, call: running.id, tag: tag.id, at, ...before };
    void this.#acts.do<'callTag'>('callTag', asked).then((answer) => {
      if (!answer.ok) this.set({ fresh: this.state.fresh.filter((one) => one.id !== id) });
      else if (answer.value.id !== id) {
        // A slip, or another window was first: that one is the tag.
        this.set({ fresh: this.state.fresh.filter((one) => one.id !== id), said: say.once });
        this.set({
          held: this.state.held.map((one) =>
            one.id === id ? { ...one, id: answer.value.id } : one,
          ),
        });
      }
    });
  }

  /** It goes up again; null: all do, the window has lost the focus. */
  release(key: string | null, stamp: number): void {
    const ended = this.state.held.filter((one) => key === null || one.key === key);
    if (ended.length === 0) return;
    this.set({ held: this.state.held.filter((one) => !ended.includes(one)) });
    for (const { id, stamp: from, tag } of ended) {
      const span = Math.round(stamp - from);
      if (span < HOLD_MS) continue;
      this.#edit(id, { span });
      this.set({ said: say.heldFor(this.nameOf(tag), sayTime(span)) });
    }
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
    this.#take(await this.#acts.do<'callPause'>('callPause', asked), on ? say.paused : say.goesOn);
  }

  async park(stamp: number): Promise<void> {
    if (this.running === null) return;
    const asked = { call: this.running.id, at: this.#at(stamp) };
    this.#take(await this.#acts.do<'callPark'>('callPark', asked), say.parked);
  }

  async resume(call: string): Promise<void> {
    const asked = { call, at: this.#around.now() };
    this.#take(await this.#acts.do<'callResume'>('callResume', asked), say.goesOn);
  }

  async hangUp(stamp: number): Promise<void> {
    if (this.running === null) return;
    this.release(null, stamp);
    const asked = { call: this.running.id, at: this.#at(stamp) };
    this.#take(await this.#acts.do<'callEnd'>('callEnd', asked), say.hungUp);
  }

  async wrappedUp(call: string): Promise<void> {
    this.#take(await this.#acts.do<'wrapUpDone'>('wrapUpDone', { call }), say.later);
  }

  takeBack(tag: TagView): void {
    this.#edit(tag.id, { deleted: true });
    this.set({ said: say.takenBack(this.nameOf(tag.tag), this.#timeOf(tag)) });
  }

  /** The line under the buttons: words for a tag, or for a note of their own from the first letter. */
  openLine(tag: TagView | null): void {
    if (this.running === null) return;
    const { id: call } = this.running;
    this.set({ line: { call, text: tag?.text ?? '', at: 0, tag: tag?.id ?? null } });
  }

  type(text: string, stamp: number): void {
    const { running } = this;
    if (running === null) return;
    const before = this.state.line ?? { call: running.id, text: '', at: 0, tag: null };
    const at = before.at === 0 && text !== '' ? this.#at(stamp) : before.at;
    const line = { ...before, text, at };
    this.set({ line });
    this.#around.keepLine(line);
  }

  storeLine(): void {
    const { line } = this.state;
    if (line === null) return;
    this.set({ line: null });
    const text = line.text.trim();
    if (line.tag !== null) this.#edit(line.tag, { text });
    else if (text !== '') {
      const asked = {
        id: this.#around.newId(),
        call: line.call,
        tag: PLAIN_NOTE,
        at: line.at,
        text,
      };
      void this.#acts.do<'callTag'>('callTag', asked);
      this.set({ said: say.taggedAt(text, '') });
    }
    // Only now: until here it was nowhere else.
    this.#around.keepLine(null);
  }

  leaveLine(): void {
    this.set({ line: null });
    this.#around.keepLine(null);
  }

  /** What was being typed when the window was closed. */
  restoreLine(): void {
    const line = this.#around.keptLine();
    if (line !== null && this.state.line === null) this.set({ line });
  }

  /** Looks whether the computer's clock was set; called each second while a call runs. */
  look(): void {
    const { wall, steady } = this.#anchor;
    this.#anchor = { wall: this.#around.now(), steady: this.#around.steady() };
    const gap = gapBetween(wall, steady, this.#anchor.wall, this.#anchor.steady);
    if (this.running === null || Math.abs(gap) < JUMP_MS) return;
    if (gap < 0) void this.clockSet(gap);
    else this.set({ gap });
  }

  /** It was set by so many ms; null: the computer slept, and time has passed. */
  async clockSet(by: number | null): Promise<void> {
    const { running } = this;
    this.set({ gap: null });
    if (running === null || by === null) return;
    const at = this.#around.now() - by + running.correction;
    const answer = await this.#acts.do<'callClockSet'>('callClockSet', {
      call: running.id,
      at,
      by,
    });
    if (answer.ok) await this.load();
  }

  nameOf(tag: string): string {
    return say.tagName(tagOf(this.state.view?.codebook ?? [], tag));
  }

  #timeOf({ offset }: TagView): string {
    return sayTime(offset + (this.running?.shift ?? 0));
  }

  #edit(id: string, patch: Partial<TagView>): void {
    const change = (tags: TagView[]) =>
      tags.map((tag) => (tag.id === id ? { ...tag, ...patch } : tag));
    const { view, fresh } = this.state;
    this.set({
      fresh: change(fresh),
      ...(view === null ? {} : { view: { ...view, latest: change(view.latest) } }),
    });
    void this.#acts.do<'callTagEdit'>('callTagEdit', { id, patch });
  }

  /** The moment of an event on the call's own clock. */
  #at(stamp: number): number {
    const { now, steady } = this.#around;
    return now() - (steady() - stamp) + (this.running?.correction ?? 0);
  }

  #show(view: CallsView): void {
    const told = new Set(view.latest.map(({ id }) => id));
    const fresh = this.state.fresh.filter(
      ({ id, call }) => !told.has(id) && call === view.running?.id,
    );
    this.set({ view, failure: null, fresh, ...(view.running ? {} : { sticky: null, ago: false }) });
  }

  #take(answer: Result<CallsView>, said: string): void {
    if (!answer.ok) return;
    this.#turn += 1;
    this.#show(answer.value);
    this.set({ said });
  }
}
