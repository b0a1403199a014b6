// The server's event stream, held by this page for the whole profile: each event says how many
// changes the server has. A worker could not hold it, since it is stopped when nothing happens.
import type { PokeSource } from '../messages/calls.ts';

export type PokeSurroundings = {
  fetch: typeof fetch;
  /** 0 to 1: a restarted server is not met by everybody at once. */
  random: () => number;
  /** ms before the first new try, doubled each time. */
  firstWait?: number;
  /** ms without a byte after which a connection counts as dead: a laptop that slept. */
  silence?: number;
};

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;
/** The server says something every 25 s. */
const SILENCE_MS = 70_000;
/** A server that means well sends a few dozen bytes at a time. */
const LONGEST_LINE = 4_000;

/**
 * Listens until the signal aborts. `poked` is called with the server's number of changes at each
 * event, the first right after connecting; with null for each try that failed, so that whoever
 * cannot be poked asks by itself.
 */
export async function listenToPokes(
  { server, token }: PokeSource,
  surroundings: PokeSurroundings,
  poked: (size: number | null) => void,
  signal: AbortSignal,
): Promise<void> {
  const { random, firstWait = FIRST_WAIT_MS, silence = SILENCE_MS } = surroundings;
  let wait = firstWait;
  while (!signal.aborted) {
    try {
      const response = await surroundings.fetch(`${server}/v1/pokes`, {
        headers: { Accept: 'text/event-stream', Authorization: `Bearer ${token}` },
        credentials: 'omit',
        cache: 'no-store',
        redirect: 'error',
        signal,
      });
      const type = response.headers.get('Content-Type') ?? '';
      if (response.ok && response.body && type.startsWith('text/event-stream')) {
        await readSizes(response.body, silence, signal, (size) => {
          wait = firstWait;
          poked(size);
        });
      } else await response.body?.cancel();
    } catch {
      // No network, not allowed by the browser, or cut off in the middle: tried again below.
    }
    if (signal.aborted) return;
    poked(null);
    await pause(wait * (0.5 + random() / 2), signal);
    wait = Math.min(wait * 2, LONGEST_WAIT_MS);
  }
}

/** Reads `data: {"size":n}` lines (HTML Living Standard, 9.2.6); comments keep the stream alive. */
async function readSizes(
  body: ReadableStream<Uint8Array>,
  silence: number,
  signal: AbortSignal,
  told: (size: number) => void,
): Promise<void> {
  const reader = body.getReader();
  const stop = () => void reader.cancel().catch(() => {});
  signal.addEventListener('abort', stop, { once: true });
  const decoder = new TextDecoder();
  let rest = '';
  try {
    for (;;) {
      const timer = setTimeout(stop, silence);
      const { done, value } = await reader.read().finally(() => clearTimeout(timer));
      if (done) return;
      rest += decoder.decode(value, { stream: true });
      const lines = rest.split(/\r\n|\r|\n/);
      rest = lines.pop() ?? '';
      if (rest.length > LONGEST_LINE) return stop();
      for (const line of lines) {
        const size = sizeIn(line);
        if (size !== null) told(size);
      }
    }
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

function sizeIn(line: string): number | null {
  const data = /^data:(.*)$/.exec(line)?.[1];
  if (data === undefined) return null;
  try {
    const { size } = JSON.parse(data) as { size?: unknown };
    return typeof size === 'number' && Number.isSafeInteger(size) && size >= 0 ? size : null;
  } catch {
    return null;
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      globalThis.removeEventListener?.('online', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end);
    // The network is back: no need to wait.
    globalThis.addEventListener?.('online', end);
  });
}

/** How long a stream outlives the port it was asked for on: a worker that was stopped is back at once. */
const GRACE_MS = 5_000;

/** Holds at most one stream, as the background says on the port. */
export class Pokes {
  readonly #surroundings: PokeSurroundings;
  readonly #grace: number;
  #poked: (size: number | null) => void = () => {};
  #now: { source: PokeSource; stop: AbortController } | null = null;
  #ending: ReturnType<typeof setTimeout> | undefined;

  constructor(surroundings: PokeSurroundings, grace: number = GRACE_MS) {
    this.#surroundings = surroundings;
    this.#grace = grace;
  }

  get holding(): boolean {
    return this.#now !== null;
  }

  /** The background wants this stream held (or none), and hears of each event by `poked`. */
  follow(source: PokeSource | null, poked: (size: number | null) => void): void {
    clearTimeout(this.#ending);
    this.#poked = poked;
    const now = this.#now?.source;
    if (source !== null && now?.server === source.server && now.token === source.token) return;
    this.end();
    if (source === null) return;
    const stop = new AbortController();
    this.#now = { source, stop };
    void listenToPokes(source, this.#surroundings, (size) => this.#poked(size), stop.signal);
  }

  /** The port has ended: so does the stream, unless the background soon wants it again. */
  portEnded(): void {
    this.#poked = () => {};
    clearTimeout(this.#ending);
    this.#ending = setTimeout(() => this.end(), this.#grace);
  }

  end(): void {
    clearTimeout(this.#ending);
    this.#now?.stop.abort();
    this.#now = null;
  }
}
