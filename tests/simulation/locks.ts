// Web Locks of one device: Node's own call back at once, where a browser's never do, and a dead
// device's must not be held for ever.
type Work = (lock: Lock | null) => unknown;

export class Locks {
  #tails = new Map<string, Promise<unknown>>();

  readonly request = ((name: string, ...rest: unknown[]) => {
    const work = rest.at(-1) as Work;
    const turn = (this.#tails.get(name) ?? Promise.resolve())
      .catch(() => undefined)
      .then(() => work({ name, mode: 'exclusive' }));
    this.#tails.set(name, turn);
    // Nobody waits for what a dead device had begun.
    turn.catch(() => undefined);
    return turn;
  }) as LockManager['request'];

  query(): Promise<LockManagerSnapshot> {
    return Promise.resolve({ held: [], pending: [] });
  }

  /** The device died: nobody holds or waits for anything. */
  release(): void {
    this.#tails.clear();
  }
}
