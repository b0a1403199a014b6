// Keeps a draft: in the browser at each change, on the server a moment later. Other tabs and other
// machines may write to it as well: what they wrote is merged, never overwritten (domain/reviews.ts).
//
//     what is on the screen → localStorage (base: what this tab last read or wrote there)
//                           → the server   (base: what this browser last knew to be there)
import { type DraftContent, isSameDraft, mergeDrafts } from '../../domain/reviews.ts';
import type { Answer, Failure } from '../client.ts';

type Held = { readonly content: DraftContent; readonly seen: number };

/** As it stands in localStorage. */
type Stored = {
  readonly draft: string;
  readonly content: DraftContent;
  /** What the server had when it was written. */
  readonly base: Held;
  /** Sent over `base`, and not known to have arrived. */
  readonly sent?: DraftContent | null;
  /** Another one for each writing. */
  readonly stamp: string;
};

/**
 * `kept`: the server has all of it. `waiting`: it will in a moment. `here`: it stands in this browser
 * alone. `nowhere`: not even there, since the browser keeps nothing. `gone`: the draft was finished or
 * thrown away elsewhere.
 */
export type KeptState = 'kept' | 'waiting' | 'here' | 'nowhere' | 'gone';

export interface KeeperOptions {
  /** Of the draft, and where it stands in `storage`. */
  readonly draft: string;
  readonly key: string;
  /** null: the browser keeps nothing. */
  readonly storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> | null;
  readonly send: (content: DraftContent, seen: number) => Promise<Answer<{ seen: number }>>;
  readonly read: () => Promise<Answer<Held>>;
  /** Calls back after so many ms; returns what calls it off. */
  readonly later: (work: () => void, ms: number) => () => void;
  readonly stamp: () => string;
  /** Something is different: what it says, or how it is kept. */
  readonly onChange: () => void;
}

const SOON_MS = 1_000;
const AGAIN_MS = 5_000;

export class DraftKeeper {
  content: DraftContent;
  state: KeptState = 'kept';
  /** Why the server has not taken it. */
  failure: Failure | null = null;
  /** It is being finished as it stands: nothing is written to it. */
  isHeld = false;
  readonly #options: KeeperOptions;
  #base: Held;
  #sent: DraftContent | null = null;
  /** What this tab last read from or wrote to localStorage, and its stamp. */
  #seenHere: { readonly content: DraftContent; readonly stamp: string };
  #callOff: (() => void) | null = null;
  #sending: Promise<void> | null = null;
  #ended = false;

  /** `held`: what the server has. What was left in the browser is taken up. */
  constructor(options: KeeperOptions, held: Held) {
    this.#options = options;
    this.#base = held;
    this.content = held.content;
    this.#seenHere = { content: held.content, stamp: '' };
    const stored = this.#stored();
    if (stored === null) return;
    const before = arrived(stored.sent ?? null, held) ?? stored.base.content;
    this.content = mergeDrafts(before, stored.content, held.content);
    this.#seenHere = stored;
    if (!isSameDraft(this.content, held.content)) this.#wait(SOON_MS);
  }

  /** Number of the writing that the server knows as the newest. */
  get seen(): number {
    return this.#base.seen;
  }

  change(content: DraftContent): void {
    if (this.#ended || this.isHeld) return;
    this.content = content;
    this.#keepHere();
    this.#wait(SOON_MS);
    this.#options.onChange();
  }

  /** Another tab has written. */
  lookHere(): void {
    const stored = this.#stored();
    if (this.#ended || stored === null || stored.stamp === this.#seenHere.stamp) return;
    this.#takeUp(stored);
    if (!isSameDraft(this.content, stored.content)) this.#keepHere();
    this.#wait(SOON_MS);
    this.#options.onChange();
  }

  /** Sends now; true when the server has all of it. */
  async flush(): Promise<boolean> {
    this.#callOff?.();
    this.#callOff = null;
    // Typed while it was under way: once more.
    for (let tries = 0; tries < 5 && !this.#ended; tries++) {
      if (isSameDraft(this.content, this.#base.content)) break;
      this.#sending ??= this.#send().finally(() => {
        this.#sending = null;
      });
      await this.#sending;
      if (this.failure !== null) break;
    }
    const isKept = isSameDraft(this.content, this.#base.content);
    // Another tab may have sent it.
    if (isKept && this.state !== 'gone' && this.state !== 'kept') {
      this.state = 'kept';
      this.failure = null;
      this.#options.onChange();
    }
    return isKept;
  }

  /** It is finished or thrown away: nothing of it stays in this browser. */
  forget(): void {
    this.stop();
    try {
      this.#options.storage?.removeItem(this.#options.key);
    } catch {
      // Nothing is kept there then.
    }
  }

  stop(): void {
    this.#ended = true;
    this.#callOff?.();
  }

  #wait(ms: number): void {
    this.#callOff?.();
    if (this.state === 'kept') this.state = 'waiting';
    this.#callOff = this.#options.later(() => void this.flush(), ms);
  }

  async #send(): Promise<void> {
    // Whether the one before arrived is known before there is another one.
    if (this.#sent !== null && !(await this.#merge())) return this.#options.onChange();
    if (this.#ended || isSameDraft(this.content, this.#base.content)) return;
    const sent = this.content;
    this.#sent = sent;
    this.#keepHere();
    const answer = await this.#options.send(sent, this.#base.seen);
    if (this.#ended) return;
    if (answer.ok) {
      // What was heard meanwhile may be newer.
      const { seen } = answer.value;
      if (seen >= this.#base.seen) this.#base = { content: sent, seen };
      this.#sent = null;
      this.failure = null;
      this.state = isSameDraft(this.content, sent) ? 'kept' : 'waiting';
      this.#keepHere();
    } else if (answer.failure.is === 'refused' && answer.failure.status === 409) {
      await this.#merge();
    } else {
      // Refused, it has not arrived.
      if (answer.failure.is === 'refused' && answer.failure.status < 500) this.#sent = null;
      this.#fail(answer.failure);
    }
    this.#options.onChange();
  }

  /** The server has something newer than this browser knows. */
  heard(held: Held): void {
    if (this.#ended || held.seen <= this.#base.seen) return;
    const before = arrived(this.#sent, held) ?? this.#base.content;
    this.content = mergeDrafts(before, this.content, held.content);
    this.#base = held;
    this.#sent = null;
    if (isSameDraft(this.content, held.content)) this.state = 'kept';
    else this.#wait(SOON_MS);
    this.#keepHere();
    this.#options.onChange();
  }

  /** True where the server could be asked. */
  async #merge(): Promise<boolean> {
    const answer = await this.#options.read();
    if (this.#ended) return false;
    if (answer.ok) {
      this.failure = null;
      this.heard(answer.value);
      this.#sent = null;
    } else this.#fail(answer.failure);
    return answer.ok;
  }

  #fail(failure: Failure): void {
    this.failure = failure;
    if (failure.is === 'refused' && (failure.status === 404 || failure.status === 410)) {
      this.state = 'gone';
      return;
    }
    this.state = this.#stored() === null ? 'nowhere' : 'here';
    this.#callOff = this.#options.later(() => void this.flush(), AGAIN_MS);
  }

  #keepHere(): void {
    const { storage, key, draft, stamp } = this.#options;
    const stored = this.#stored();
    // Another tab wrote since: both of it.
    if (stored !== null && stored.stamp !== this.#seenHere.stamp) this.#takeUp(stored);
    const { content } = this;
    const next: Stored = { draft, content, base: this.#base, sent: this.#sent, stamp: stamp() };
    try {
      storage?.setItem(key, JSON.stringify(next));
      this.#seenHere = next;
    } catch {
      // Full, or not allowed: the server alone has it.
    }
  }

  #takeUp(stored: Stored): void {
    this.content = mergeDrafts(this.#seenHere.content, this.content, stored.content);
    this.#seenHere = stored;
    // What the other tab knows of the server is known here.
    if (stored.base.seen > this.#base.seen) this.#base = stored.base;
    this.#sent ??= stored.sent ?? null;
  }

  #stored(): Stored | null {
    const { storage, key, draft } = this.#options;
    try {
      const stored = JSON.parse(storage?.getItem(key) ?? 'null') as Stored | null;
      return stored?.draft === draft ? stored : null;
    } catch {
      return null;
    }
  }
}

/** What was sent has arrived, though no answer said so: what is written now goes on from it. */
function arrived(sent: DraftContent | null, held: Held): DraftContent | null {
  return sent !== null && isSameDraft(sent, held.content) ? sent : null;
}
