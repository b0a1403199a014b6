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
/** Failures that saying it again by itself does not help. */
const FINAL: readonly Failure['code'][] = ['bad-input', 'not-found', 'refused', 'never-log'];
const FIRST_WAIT = 300;
const LONGEST_WAIT = 10_000;

type Entry = {
  key: string;
  act: Act;
  /** done: the background has it, and perhaps nobody was told of that yet. */
  state: 'waiting' | 'refused' | 'done';
  failure: Failure | null;
  answered: (answer: Result<unknown>) => void;
};

export class Acts {
  readonly #deps: ActsDeps;
  /** In the order in which they were done. */
  #entries: Entry[] = [];
  /** Called whenever how much is not stored, or why, is another than before. */
  readonly #changed: (unsent: number, failure: Failure | null) => void;
  #sending = false;

  constructor(deps: ActsDeps, changed: (unsent: number, failure: Failure | null) => void) {
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
      else this.#add(key, act, () => undefined);
    }
    void this.#send();
  }

  /** Answers once the background has it, or refuses it: then it stays, until `again` or `giveUp`. */
  do<C extends SidebarCall>(name: C, payload: unknown): Promise<Result<SidebarAnswers[C]>> {
    return new Promise((done) => {
      const act = { name, payload };
      const key = `${PREFIX}${this.#deps.newId()}`;
      try {
        this.#deps.store.set(key, JSON.stringify(act));
      } catch {
        // The disk is full: it goes on its way all the same, and the background says so too.
      }
      this.#add(key, act, done as Entry['answered']);
      this.#tell(null);
      void this.#send();
    });
  }

  /** All that views may not show yet, in order. */
  open(): Act[] {
    return this.#entries.map(({ act }) => act);
  }

  /** What the background has by now. Of a view that is asked for from now on, it is a part. */
  done(): ReadonlySet<Act> {
    return new Set(this.#entries.filter(({ state }) => state === 'done').map(({ act }) => act));
  }

  /** A view shows them: they need not be shown beside it any more. */
  forget(acts: ReadonlySet<Act>): void {
    this.#entries = this.#entries.filter(({ act }) => !acts.has(act));
  }

  get unsent(): number {
    return this.#entries.filter(({ state }) => state !== 'done').length;
  }

  isUnsent(id: string): boolean {
    return this.#entries.some(
      ({ state, act }) => state !== 'done' && (act.payload as { id?: string }).id === id,
    );
  }

  get isRefused(): boolean {
    return this.#entries.some(({ state }) => state === 'refused');
  }

  /** Tries those that were refused once more. */
  again(): void {
    for (const entry of this.#entries) if (entry.state === 'refused') entry.state = 'waiting';
    void this.#send();
  }

  /** Those that were refused are not wanted any more. */
  giveUp(): void {
    for (const { key, state } of this.#entries) {
      if (state === 'refused') this.#deps.store.remove(key);
    }
    this.#entries = this.#entries.filter(({ state }) => state !== 'refused');
    this.#tell(null);
  }

  #add(key: string, act: Act, answered: Entry['answered']): void {
    this.#entries.push({ key, act, state: 'waiting', failure: null, answered });
  }

  #tell(failure: Failure | null): void {
    const refused = this.#entries.find(({ state }) => state === 'refused');
    this.#changed(this.unsent, failure ?? refused?.failure ?? null);
  }

  async #send(): Promise<void> {
    if (this.#sending) return;
    this.#sending = true;
    const next = () => this.#entries.find(({ state }) => state === 'waiting');
    let wait = FIRST_WAIT;
    for (let entry = next(); entry; entry = next()) {
      const answer = await this.#deps.send(entry.act);
      if (!answer.ok && !FINAL.includes(answer.error.code)) {
        this.#tell(answer.error);
        await this.#deps.wait(wait);
        wait = Math.min(2 * wait, LONGEST_WAIT);
        continue;
      }
      wait = FIRST_WAIT;
      if (answer.ok) this.#deps.store.remove(entry.key);
      entry.state = answer.ok ? 'done' : 'refused';
      entry.failure = answer.ok ? null : answer.error;
      entry.answered(answer);
      this.#tell(null);
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
