import type { Client } from './client.ts';
import { Latest } from './latest.ts';
import { EMPTY, placeOf, type State, type Undoable } from './state.ts';

/** What the parts of the sidebar share: its state, and the way to the background. */
export class Core {
  readonly call: Client['call'];
  /** The tab this sidebar speaks of; null for the one it lies in. */
  readonly tab: number | null;
  readonly latest = new Latest();
  state: State = EMPTY;
  readonly #hearers = new Set<() => void>();

  constructor(call: Client['call'], tab: number | null) {
    this.call = call;
    this.tab = tab;
  }

  set(patch: Partial<State>): void {
    const times = this.state.times + (patch.said === undefined ? 0 : 1);
    this.state = { ...this.state, ...patch, times };
    for (const hearer of this.#hearers) hearer();
  }

  /** What was asked for again: mostly it is as it was, and then nothing is drawn anew. */
  take(answer: Partial<State>): void {
    const isNew = Object.entries(answer).some(
      ([name, value]) => JSON.stringify(value) !== JSON.stringify(this.state[name as keyof State]),
    );
    if (isNew) this.set(answer);
  }

  subscribe(hearer: () => void): () => void {
    this.#hearers.add(hearer);
    return () => this.#hearers.delete(hearer);
  }

  /**
   * What can be undone with this added, newest first. Changes of one place are undone one by one,
   * the newest first.
   */
  offer(undoable: Undoable): Undoable[] {
    const stacks = ['changed', 'moved', 'stepped'].includes(undoable.did);
    const place = placeOf(undoable);
    return [undoable, ...this.state.undoable.filter((each) => stacks || placeOf(each) !== place)];
  }

  /** It was undone. */
  drop(undoable: Undoable): void {
    this.set({ undoable: this.state.undoable.filter((each) => each !== undoable) });
  }
}
