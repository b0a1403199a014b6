// What was done in the bar, on its way to the background: in order, and again until it is answered.
// Each act is written down before it is sent, in the storage of the extension's own page, so that
// neither a worker that dies nor a browser that is killed between key and store loses it. All acts
// carry their ids and moments: one that is said twice happens once.
import type { SidebarAnswers, SidebarCall } from '../messages/calls.ts';
import type { Failure, Result } from '../messages/result.ts';

export type Act = { name: SidebarCall; payload: unknown };

export type ActsStore = {
  /** Names of all that is kept. */
  keys(): string[];
  get(key: string): string | null;
  /** Throws when the disk is full. */
  set(key: string, value: string): void;
  remove(key: string): void;
};

export type ActsDeps = {
  send(act: Act): Promise<Result<unknown>>;
  store: ActsStore;
  newId(): string;
  wait(ms: number): Promise<void>;
};

const PREFIX = 'call-act/';
/** Failures that saying it again does not help. */
const FINAL: readonly Failure['code'][] = ['bad-input', 'not-found', 'refused', 'never-log'];
const FIRST_WAIT = 300;
const LONGEST_WAIT = 10_000;

type Waiting = {
  key: string;
  act: Act;
  done: (answer: Result<unknown>) => void;
};

export class Acts {
  readonly #deps: ActsDeps;
  readonly #queue: Waiting[] = [];
  /** Called whenever how much waits, or why, is another than before. */
  readonly #changed: (waiting: number, failure: Failure | null) => void;
  #sending = false;

  constructor(deps: ActsDeps, changed: (waiting: number, failure: Failure | null) => void) {
    this.#deps = deps;
    this.#changed = changed;
  }

  /** What a window before this one did not get rid of, in its order. */
  resume(): void {
    const { store } = this.#deps;
    // Ids are made in time, so their order is the order of the acts.
    for (const key of store.keys().sort()) {
      if (!key.startsWith(PREFIX)) continue;
      const act = actIn(store.get(key));
      if (act === null) store.remove(key);
      else this.#queue.push({ key, act, done: () => undefined });
    }
    void this.#send();
  }

  /** Answers once the background has it, or will never take it. */
  do<C extends SidebarCall>(name: C, payload: unknown): Promise<Result<SidebarAnswers[C]>> {
    return new Promise((done) => {
      const act = { name, payload };
      const key = `${PREFIX}${this.#deps.newId()}`;
      try {
        this.#deps.store.set(key, JSON.stringify(act));
      } catch {
        // The disk is full: it goes on its way all the same, and the background says so too.
      }
      this.#queue.push({ key, act, done: done as Waiting['done'] });
      this.#changed(this.#queue.length, null);
      void this.#send();
    });
  }

  get waiting(): number {
    return this.#queue.length;
  }

  async #send(): Promise<void> {
    if (this.#sending) return;
    this.#sending = true;
    let wait = FIRST_WAIT;
    for (let next = this.#queue[0]; next; next = this.#queue[0]) {
      const answer = await this.#deps.send(next.act);
      if (!answer.ok && !FINAL.includes(answer.error.code)) {
        this.#changed(this.#queue.length, answer.error);
        await this.#deps.wait(wait);
        wait = Math.min(2 * wait, LONGEST_WAIT);
        continue;
      }
      wait = FIRST_WAIT;
      this.#queue.shift();
      this.#deps.store.remove(next.key);
      next.done(answer);
      this.#changed(this.#queue.length, answer.ok ? null : answer.error);
    }
    this.#sending = false;
  }
}

function actIn(text: string | null): Act | null {
  try {
    const act: unknown = JSON.parse(text ?? '');
    if (typeof act !== 'object' || act === null) return null;
    const { name, payload } = act as { name?: unknown; payload?: unknown };
    // The background parses the call and its payload.
    return typeof name === 'string' ? { name: name as SidebarCall, payload } : null;
  } catch {
    return null;
  }
}
