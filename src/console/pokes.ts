// "Something changed": the server's event stream, read by fetch so that a test can stand in for it.

export type Ask = (path: string, init?: RequestInit) => Promise<Response>;

export interface PokeOptions {
  readonly ask: Ask;
  /** Something changed, or may have changed while we did not listen. */
  readonly onPoke: () => void;
  readonly onState: (live: boolean) => void;
  /** Milliseconds before the first retry, doubled up to 30 s. */
  readonly firstWait?: number;
  readonly random?: () => number;
  /** Milliseconds without a byte after which a connection counts as dead: a laptop that slept. */
  readonly silence?: number;
}

const LONGEST_WAIT_MS = 30_000;
/** The server says something every 25 s. */
const SILENCE_MS = 70_000;

/**
 * Listens until the signal aborts; reconnects for as long as it lives, slower each time, at random
 * moments (a restarted server is not met by everybody at once). The first connection is no poke.
 */
export async function listenForPokes(options: PokeOptions, signal: AbortSignal): Promise<void> {
  const { ask, onPoke, onState, firstWait = 1_000, random = Math.random } = options;
  const { silence = SILENCE_MS } = options;
  let wait = firstWait;
  let missed = false;
  while (!signal.aborted) {
    try {
      const headers = { Accept: 'text/event-stream' };
      const response = await ask('/v1/pokes', { headers, signal, credentials: 'same-origin' });
      const type = response.headers.get('Content-Type') ?? '';
      if (response.ok && response.body && type.startsWith('text/event-stream')) {
        onState(true);
        if (missed) onPoke();
        wait = firstWait;
        await readEvents(response.body, onPoke, silence, signal);
      } else await response.body?.cancel();
    } catch {
      // No network, or cut off in the middle: tried again below.
    }
    if (signal.aborted) return;
    onState(false);
    missed = true;
    await pause(wait * (0.5 + random() / 2), signal);
    wait = Math.min(wait * 2, LONGEST_WAIT_MS);
  }
}

/** Calls once for each event with data (HTML Living Standard, 9.2.6); comments keep it alive. */
async function readEvents(
  body: ReadableStream<Uint8Array>,
  onEvent: () => void,
  silence: number,
  signal: AbortSignal,
): Promise<void> {
  const reader = body.getReader();
  const stop = () => void reader.cancel().catch(() => {});
  signal.addEventListener('abort', stop, { once: true });
  const decoder = new TextDecoder();
  let line = '';
  let data = false;
  try {
    for (;;) {
      const timer = setTimeout(stop, silence);
      const { done, value } = await reader.read().finally(() => clearTimeout(timer));
      if (done) return;
      line += decoder.decode(value, { stream: true });
      // \r\n may be cut between two chunks: a lone \n that follows is an empty line too many, and
      // an empty line without data does nothing.
      const lines = line.split(/\r\n|\r|\n/);
      line = lines.pop() ?? '';
      for (const each of lines) {
        if (each.startsWith('data')) data = true;
        if (each === '' && data) {
          data = false;
          onEvent();
        }
      }
    }
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end);
    // The network is back: no need to wait.
    globalThis.addEventListener?.('online', end, { once: true });
  });
}
