// The call that runs, as the sidebar tells and tags it. The bar does more: spans, chords, pausing.
import { elapsedAt, gapBetween } from '../../domain/call.ts';
import { barKeys, type Tag, tagOf } from '../../domain/codebook.ts';
import { sayClock } from '../../ui/call/time-said.ts';
import type { CallsView } from '../messages/call-views.ts';
import type { Result } from '../messages/result.ts';
import type { Core } from './core.ts';
import { say } from './words.ts';

export type CallSurroundings = {
  /** ms since 1970, by the computer's clock */
  now: () => number;
  /** ms by a clock that nobody sets: the same that events are stamped with */
  steady: () => number;
  newId: () => string;
};

/** The wall clock ran away from the steady one by more than this: it was set, or the computer slept. */
const JUMP_MS = 1_000;

export class Calls {
  readonly #core: Core;
  readonly #around: CallSurroundings;
  #anchor: { wall: number; steady: number };
  /** The next tag is dated back. */
  #ago = false;

  constructor(core: Core, around: CallSurroundings) {
    this.#core = core;
    this.#around = around;
    this.#anchor = { wall: around.now(), steady: around.steady() };
  }

  /** What can be pressed, with its key here. */
  static pressable({ codebook, settings }: CallsView): (Tag & { shortcut: string })[] {
    return codebook
      .filter(({ retired }) => !retired)
      .map((tag) => ({ ...tag, shortcut: settings.remapped[tag.id] ?? tag.key }));
  }

  async load(): Promise<void> {
    const answer = await this.#core.latest.ask('calls', () => this.#core.call('calls', {}));
    if (answer?.ok) this.#core.take({ calls: answer.value });
  }

  /** ms that the running call's clock shows. */
  elapsed(): number {
    const running = this.#core.state.calls?.running ?? null;
    if (running === null) return 0;
    return elapsedAt(running.clock, this.#around.now() + running.correction);
  }

  async start(proposed: boolean): Promise<void> {
    const { calls, context } = this.#core.state;
    const proposal = proposed ? (calls?.proposal ?? null) : null;
    const meets = proposal?.channel === 'meeting' || context?.page === 'meeting';
    const answer = await this.#core.call('callStart', {
      id: this.#around.newId(),
      at: this.#around.now(),
      tab: proposal?.tab ?? this.#core.tab,
      channel: proposal?.channel ?? (meets ? 'meeting' : 'call'),
      ...(proposal === null ? {} : { proposed: true }),
    });
    this.#take(answer, say.callBegun);
  }

  async notNow(): Promise<void> {
    this.#take(await this.#core.call('callProposalAway', {}), say.callNotNow);
  }

  async pause(): Promise<void> {
    const running = this.#core.state.calls?.running;
    if (!running) return;
    const on = running.clock.pauses.at(-1)?.to !== null || running.clock.pauses.length === 0;
    const asked = { call: running.id, on, at: this.#at(this.#around.steady()) };
    this.#take(await this.#core.call('callPause', asked), on ? say.callPaused : say.callGoesOn);
  }

  async hangUp(): Promise<void> {
    const running = this.#core.state.calls?.running;
    if (!running) return;
    const asked = { call: running.id, at: this.#at(this.#around.steady()) };
    this.#take(await this.#core.call('callEnd', asked), say.hungUp);
  }

  async goOn(call: string): Promise<void> {
    const at = this.#around.now();
    this.#take(await this.#core.call('callResume', { call, at }), say.callGoesOn);
  }

  openBar(): void {
    void this.#core.call('callWindow', {});
  }

  openPage(call: string): void {
    void this.#core.call('callPage', { call });
  }

  openWaiting(): void {
    void this.#core.call('callPage', { call: null, waiting: true });
  }

  /**
   * A key that tags, dates back or takes back. `stamp`: the event's, ms by the steady clock. Answers
   * whether it was one.
   */
  press(key: string, stamp: number): boolean {
    const { calls } = this.#core.state;
    if (!calls?.running || !calls.settings.keys) return false;
    const tag = Calls.pressable(calls).find((one) => one.shortcut === key.toLowerCase());
    if (tag) void this.tag(tag, stamp);
    else if (key.toLowerCase() === barKeys(calls.settings.acts).momentAgo) this.momentAgo();
    else if (key === 'Backspace' && calls.latest.length > 0) void this.takeBack();
    else return false;
    return true;
  }

  momentAgo(): void {
    const { calls } = this.#core.state;
    this.#ago = true;
    this.#core.set({ said: say.momentAgo((calls?.settings.back ?? 0) / 1_000) });
  }

  async tag(tag: Tag, stamp: number): Promise<void> {
    const { calls } = this.#core.state;
    if (!calls?.running) return;
    const before = this.#ago ? { before: calls.settings.back } : {};
    this.#ago = false;
    const answer = await this.#core.call('callTag', {
      ...{ id: this.#around.newId(), call: calls.running.id, tag: tag.id },
      at: this.#at(stamp),
      ...before,
    });
    if (!answer.ok) return this.#core.set({ trouble: { id: null, failure: answer.error } });
    const { offset } = answer.value;
    this.#core.set({ said: say.taggedAt(say.tagName(tag), sayClock(offset)) });
    await this.load();
  }

  /** The newest tag. */
  async takeBack(): Promise<void> {
    const { calls } = this.#core.state;
    const [last] = calls?.latest ?? [];
    if (!calls || !last) return;
    const answer = await this.#core.call('callTagEdit', { id: last.id, patch: { deleted: true } });
    if (!answer.ok) return this.#core.set({ trouble: { id: null, failure: answer.error } });
    const name = say.tagName(tagOf(calls.codebook, last.tag));
    this.#core.set({ said: say.tagTakenBack(name, sayClock(last.offset)) });
    await this.load();
  }

  /**
   * Looks whether the computer's clock was set: backwards it surely was; forwards it may have slept,
   * and time has passed. Called every second while a call runs.
   */
  look(): void {
    const { wall, steady } = this.#anchor;
    const now = { wall: this.#around.now(), steady: this.#around.steady() };
    this.#anchor = now;
    const { calls } = this.#core.state;
    const gap = gapBetween(wall, steady, now.wall, now.steady);
    if (!calls?.running || Math.abs(gap) < JUMP_MS) return;
    if (gap < 0) void this.clockSet(gap);
    else this.#core.set({ gap });
  }

  /** The computer's clock was set by so many ms; null: time passed, it slept. */
  async clockSet(by: number | null): Promise<void> {
    const running = this.#core.state.calls?.running;
    this.#core.set({ gap: null });
    if (!running || by === null) return;
    // By the call's own clock, which does not know of the setting yet.
    const at = this.#around.now() - by + running.correction;
    const answer = await this.#core.call('callClockSet', { call: running.id, at, by });
    if (answer.ok) await this.load();
  }

  /** The moment of an event on the call's own clock. */
  #at(stamp: number): number {
    const { now, steady } = this.#around;
    const correction = this.#core.state.calls?.running?.correction ?? 0;
    return now() - (steady() - stamp) + correction;
  }

  #take(answer: Result<CallsView>, said: string): void {
    this.#core.latest.overtake('calls');
    if (answer.ok) this.#core.set({ calls: answer.value, said });
    else this.#core.set({ trouble: { id: null, failure: answer.error } });
  }
}
