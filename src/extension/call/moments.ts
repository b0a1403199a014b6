// When something happened, by the computer's clock as it stood at the last look at it: setting it
// does not change what was measured since, because events are stamped by a clock that nobody sets.
import { gapBetween } from '../../domain/call.ts';

export type Clocks = {
  /** ms since 1970, by the computer's clock */
  now(): number;
  /** ms by the clock that events are stamped with */
  steady(): number;
};

/** The clocks ran apart by more: the computer's was set, or the computer slept. */
const JUMP_MS = 1_000;

export class Moments {
  readonly #clocks: Clocks;
  #anchor: { wall: number; steady: number };

  constructor(clocks: Clocks) {
    this.#clocks = clocks;
    this.#anchor = { wall: clocks.now(), steady: clocks.steady() };
  }

  now(): number {
    return this.at(this.#clocks.steady());
  }

  /** `stamp`: an event's, by the steady clock. */
  at(stamp: number): number {
    return this.#anchor.wall + (stamp - this.#anchor.steady);
  }

  /**
   * Looks whether the clocks ran apart since the last look: by how much (forwards is positive), and
   * the last moment that is known from before; null where they did not.
   */
  look(): { gap: number; before: number } | null {
    const { wall, steady } = this.#anchor;
    this.#anchor = { wall: this.#clocks.now(), steady: this.#clocks.steady() };
    const gap = gapBetween(wall, steady, this.#anchor.wall, this.#anchor.steady);
    return Math.abs(gap) < JUMP_MS ? null : { gap, before: wall };
  }
}

/**
 * An event's stamp by the clock of `here`. Each window counts from its own beginning, and the bar may
 * lie in another one than the one it was loaded in.
 */
export function stampOf(event: UIEvent, here: Pick<Performance, 'now'> = performance): number {
  const age = (event.view ?? window).performance.now() - event.timeStamp;
  return here.now() - Math.max(0, age);
}
