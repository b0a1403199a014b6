// What was written down and is not on the server yet: kept in this browser, each under a key of its
// own so that two tabs never write over each other, and sent in the order in which it was said. Sending
// one twice writes it once: new ones bring their id, changes say what is to be.
import type { Answer } from '../client.ts';
import type { ImprovementShown, OneImprovement } from '../improvements/answer.ts';
import type { ImprovementCalls, ImprovementPatch, ImprovementWish } from '../improvements/calls.ts';

export type Op =
  | { readonly is: 'begin'; readonly wish: ImprovementWish }
  | { readonly is: 'change'; readonly id: string; readonly patch: ImprovementPatch };

export interface KeptOp {
  readonly key: string;
  readonly op: Op;
  /** Why the server did not take it, in its words; null: it was not asked yet. */
  readonly refused: string | null;
}

export type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

/** `offline`: some are left because the server could not be asked; try again in a while. */
export type Flushed = 'done' | 'offline' | 'signed-out';

type Sending = Pick<ImprovementCalls, 'begin' | 'change'>;

const PREFIX = 'unsaid/session-out';

export class Outbox {
  readonly #store: Store;
  readonly #prefix: string;
  readonly #now: () => number;
  readonly #changed: () => void;
  #last = 0;
  #sending: Promise<Flushed> | null = null;

  /** `member`: whose they are; `now` in ms since 1970. */
  constructor(store: Store, member: string, now: () => number, changed: () => void) {
    this.#store = store;
    this.#prefix = `${PREFIX}/${member}/`;
    this.#now = now;
    this.#changed = changed;
  }

  /** In the order in which they were put in. */
  all(): KeptOp[] {
    const found: KeptOp[] = [];
    for (let at = 0; at < this.#store.length; at += 1) {
      const key = this.#store.key(at);
      if (key?.startsWith(this.#prefix)) found.push(...this.#read(key));
    }
    return found.sort((a, b) => (a.key < b.key ? -1 : 1));
  }

  put(op: Op): void {
    // Keys are in order even where the clock stands still or goes back.
    this.#last = Math.max(this.#now(), this.#last + 1);
    const order = String(this.#last).padStart(16, '0');
    const id = op.is === 'begin' ? op.wish.id : op.id;
    this.#write({ key: `${this.#prefix}${order}-${id}`, op, refused: null });
    this.#changed();
  }

  forget(id: string): void {
    for (const { key, op } of this.all()) if (idOf(op) === id) this.#store.removeItem(key);
    this.#changed();
  }

  /** What was refused is asked once more. */
  again(id: string): void {
    for (const kept of this.all())
      if (idOf(kept.op) === id) this.#write({ ...kept, refused: null });
    this.#changed();
  }

  /** Sends what there is, one after the other; `sent` gets each as the server has it then. */
  flush(calls: Sending, sent: (improvement: ImprovementShown) => void): Promise<Flushed> {
    // A second one at once would send the same.
    this.#sending ??= this.#flush(calls, sent).finally(() => {
      this.#sending = null;
    });
    return this.#sending;
  }

  async #flush(calls: Sending, sent: (improvement: ImprovementShown) => void): Promise<Flushed> {
    for (;;) {
      const all = this.all();
      // What was refused holds back what comes after it of the same, and nothing else.
      const held = new Set(all.filter(({ refused }) => refused !== null).map(({ op }) => idOf(op)));
      const next = all.find(({ op }) => !held.has(idOf(op)));
      if (next === undefined) return 'done';
      const answer = await send(calls, next.op);
      if (answer.ok) {
        this.#store.removeItem(next.key);
        sent(answer.value.improvement);
        this.#changed();
      } else if (answer.failure.is === 'signed-out') return 'signed-out';
      else if (answer.failure.is === 'refused' && isFinal(answer.failure.status)) {
        this.#write({ ...next, refused: answer.failure.message });
        this.#changed();
      } else return 'offline';
    }
  }

  #read(key: string): KeptOp[] {
    try {
      const { op, refused } = JSON.parse(this.#store.getItem(key) ?? '') as KeptOp;
      return typeof idOf(op) === 'string' ? [{ key, op, refused: refused ?? null }] : [];
    } catch {
      return [];
    }
  }

  #write({ key, op, refused }: KeptOp): void {
    this.#store.setItem(key, JSON.stringify({ op, refused }));
  }
}

export function idOf(op: Op): string {
  return op.is === 'begin' ? op.wish.id : op.id;
}

/** Too many requests, or a server that is being started: later it will be taken. */
function isFinal(status: number): boolean {
  return status < 500 && status !== 429 && status !== 408;
}

function send(calls: Sending, op: Op): Promise<Answer<OneImprovement>> {
  return op.is === 'begin' ? calls.begin(op.wish) : calls.change(op.id, op.patch);
}

/**
 * This browser's storage. Where it forbids it or is full, what does not fit is kept as long as the page
 * is open: nothing that was said is refused for want of room.
 */
export function roomOf(place: Pick<Window, 'localStorage'>): Store {
  const open = new Map<string, string>();
  const kept = (): Storage | null => {
    try {
      return place.localStorage;
    } catch {
      return null;
    }
  };
  const keys = () => {
    const storage = kept();
    const names = Array.from({ length: storage?.length ?? 0 }, (_, at) => storage?.key(at) ?? '');
    return [...names, ...open.keys()];
  };
  return {
    get length() {
      return keys().length;
    },
    key: (at) => keys()[at] ?? null,
    getItem: (key) => open.get(key) ?? kept()?.getItem(key) ?? null,
    setItem(key, value) {
      try {
        const storage = kept();
        if (storage === null) throw new Error('no storage');
        storage.setItem(key, value);
        open.delete(key);
      } catch {
        open.set(key, value);
      }
    },
    removeItem(key) {
      open.delete(key);
      kept()?.removeItem(key);
    },
  };
}
