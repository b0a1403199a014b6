// The time that is spent on a review: from one sign of life to the next, but no longer than somebody
// sits and reads. A tab that is hidden, and one that nobody touches, do not count.

/** Reading a long mail without touching anything. */
export const IDLE_MS = 90_000;

export class WorkClock {
  #last: number | null = null;
  #ms = 0;

  /** Somebody moved, typed or scrolled. Times in ms. */
  touched(at: number): void {
    if (this.#last !== null) this.#ms += Math.min(Math.max(0, at - this.#last), IDLE_MS);
    this.#last = at;
  }

  hidden(at: number): void {
    this.touched(at);
    this.#last = null;
  }

  /** It stands: hidden, or nobody has touched anything for a while. */
  isPaused(at: number): boolean {
    return this.#last === null || at - this.#last > IDLE_MS;
  }

  /** Whole seconds since it was asked last; what is left over counts next time. */
  take(): number {
    const seconds = Math.floor(this.#ms / 1_000);
    this.#ms -= seconds * 1_000;
    return seconds;
  }
}

/** Listens to `place` until the returned function is called. */
export function runClock(
  clock: WorkClock,
  place: Window,
  now: () => number,
  /** Asked for every few seconds. */
  onTick: () => void,
): () => void {
  const { document } = place;
  const signs = ['keydown', 'pointerdown', 'pointermove', 'wheel', 'scroll'] as const;
  const touched = () => clock.touched(now());
  const seen = () => (document.hidden ? clock.hidden(now()) : touched());
  for (const sign of signs) {
    document.addEventListener(sign, touched, { passive: true, capture: true });
  }
  document.addEventListener('visibilitychange', seen);
  if (!document.hidden) touched();
  const timer = setInterval(onTick, 5_000);
  return () => {
    for (const sign of signs) document.removeEventListener(sign, touched, { capture: true });
    document.removeEventListener('visibilitychange', seen);
    clearInterval(timer);
  };
}
