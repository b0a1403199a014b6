import type { MessageHeaders, MessageReading, Site } from '../../sites/index.ts';
import { keyOf } from './key-of.ts';

const MOST_KEPT = 500;

/** Header lines of messages whose page does not show them, fetched once each and in turn. */
export class Headers {
  readonly #signal: AbortSignal;
  /** Told when some came. */
  arrived: () => void = () => {};
  // null while on its way, and when the page's server does not give them.
  readonly #known = new Map<string, MessageHeaders | null>();
  #queue: Promise<void> = Promise.resolve();

  constructor(signal: AbortSignal) {
    this.#signal = signal;
  }

  of(message: MessageReading): MessageHeaders | null {
    return this.#known.get(keyOf(message)) ?? null;
  }

  fetch(site: Site, messages: readonly MessageReading[]): void {
    if (site.headersOf === undefined) return;
    for (const message of messages) {
      const key = keyOf(message);
      if (
        message.body === null ||
        this.#known.has(key) ||
        (message.messageId !== null && message.sentAt !== null)
      )
        continue;
      if (this.#known.size >= MOST_KEPT) this.#known.clear();
      this.#known.set(key, null);
      this.#queue = this.#queue.then(() => this.#one(site, message, key)).catch(reportError);
    }
  }

  async #one(site: Site, message: MessageReading, key: string): Promise<void> {
    if (this.#signal.aborted || !message.body?.isConnected) {
      this.#known.delete(key);
      return;
    }
    try {
      const headers = await site.headersOf?.(message, document, this.#signal);
      if (!headers) return;
      this.#known.set(key, headers);
      this.arrived();
    } catch (error) {
      // By its contract only an abort rejects; then nobody waits any more.
      if (!this.#signal.aborted) throw error;
    }
  }
}
