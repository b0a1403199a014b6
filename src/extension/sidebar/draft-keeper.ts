import type { Draft } from '../messages/draft.ts';
import type { Failure } from '../messages/result.ts';
import type { Client } from './client.ts';

/**
 * Sends drafts to the background as they are typed: one message in flight at a time, the newest
 * state next, so that states never arrive out of order. `told` hears how each try ended.
 */
export class DraftKeeper {
  readonly #call: Client['call'];
  readonly #told: (id: string, failure: Failure | null) => void;
  readonly #waiting = new Map<string, Draft>();
  #flight: Promise<void> | null = null;

  constructor(call: Client['call'], told: (id: string, failure: Failure | null) => void) {
    this.#call = call;
    this.#told = told;
  }

  keep(draft: Draft): void {
    this.#waiting.set(draft.id, draft);
    this.#flight ??= this.#send();
  }

  /** Nothing of this draft is on its way any more after this; a waiting state is dropped. */
  async settle(id: string): Promise<void> {
    this.#waiting.delete(id);
    await this.#flight;
  }

  /** The page is going away: what waits is sent now, since nobody will be here to send it later. */
  flush(): void {
    for (const draft of this.#waiting.values()) void this.#call('keepDraft', { draft });
    this.#waiting.clear();
  }

  async #send(): Promise<void> {
    try {
      // A state that comes in meanwhile is met by the same loop.
      for (const [id, draft] of this.#waiting) {
        this.#waiting.delete(id);
        const answer = await this.#call('keepDraft', { draft });
        this.#told(id, answer.ok ? null : answer.error);
      }
    } finally {
      this.#flight = null;
    }
  }
}
