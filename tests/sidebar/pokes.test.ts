import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { listenToPokes, Pokes } from '../../src/extension/sidebar/pokes.ts';

const SOURCE = { server: 'https://unsaid.example', token: 'sample-token' };
const EVENTS = { headers: { 'Content-Type': 'text/event-stream; charset=utf-8' } };

function streaming(...chunks: string[]): Response {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(new TextEncoder().encode(chunk));
      controller.close();
    },
  });
  return new Response(body, EVENTS);
}

/** Answers one after the other, then stops the listening; what was told, in order. */
async function listen(answers: (() => Response)[], more: { silence?: number } = {}) {
  const stop = new AbortController();
  const told: (number | null)[] = [];
  const asked: { url: string; init: RequestInit }[] = [];
  const send = (async (url: string, init: RequestInit) => {
    const next = answers.shift();
    if (next) {
      asked.push({ url, init });
      return next();
    }
    stop.abort();
    throw new Error('stopped');
  }) as typeof fetch;
  const surroundings = { fetch: send, random: () => 0, firstWait: 1, ...more };
  await listenToPokes(SOURCE, surroundings, (size) => told.push(size), stop.signal);
  return { told, asked };
}

describe('the event stream', () => {
  test('sizes are told wherever the network cuts them; comments are none', async () => {
    const cut = streaming(
      ': still here\n\nda',
      'ta: {"size":4',
      '1}\r',
      '\n\r\n',
      'data: {"size":',
      '42}\n\n',
    );
    expect((await listen([() => cut])).told).toEqual([41, 42, null]);
  });

  test('what is no size is nothing, and a line without end ends the connection', async () => {
    const odd = streaming('data: {"size":-1}\n\ndata: {"size":"7"}\n\ndata: null\n\ndata: {\n\n');
    const endless = streaming(`data: ${'x'.repeat(5_000)}`, 'data: {"size":1}\n\n');
    expect((await listen([() => odd, () => endless])).told).toEqual([null, null]);
  });

  test('each failed try is told, so that somebody else asks; then it is heard again', async () => {
    const refused = () => new Response('{}', { status: 401 });
    const page = () => new Response('<p>Sign in', { headers: { 'Content-Type': 'text/html' } });
    const blocked = () => {
      throw new TypeError('Failed to fetch');
    };
    const { told } = await listen([
      refused,
      page,
      blocked,
      () => streaming('data: {"size":3}\n\n'),
    ]);
    expect(told).toEqual([null, null, null, 3, null]);
  });

  test('the token goes in a header, to that server, without cookies and not where it redirects', async () => {
    const { asked } = await listen([() => streaming()]);
    expect(asked[0]?.url).toBe('https://unsaid.example/v1/pokes');
    expect(asked[0]?.init).toMatchObject({ credentials: 'omit', redirect: 'error' });
    expect(new Headers(asked[0]?.init.headers).get('Authorization')).toBe('Bearer sample-token');
  });

  test('a connection that says nothing any more is given up', async () => {
    const dead = () => new Response(new ReadableStream<Uint8Array>(), EVENTS);
    expect((await listen([dead], { silence: 20 })).told).toEqual([null]);
  });
});

describe('who holds it', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  /** Counts connections that are open. */
  function counted() {
    let opened = 0;
    const open = new Set<AbortSignal>();
    const send = ((_url: string, { signal }: RequestInit) => {
      opened += 1;
      if (signal) open.add(signal);
      return new Promise((_, reject) => {
        signal?.addEventListener('abort', () => {
          open.delete(signal);
          reject(new Error('aborted'));
        });
      });
    }) as typeof fetch;
    const pokes = new Pokes({ fetch: send, random: () => 0 }, 5_000);
    return { pokes, opened: () => opened, open: () => open.size };
  }

  test('a worker that was stopped and is back finds the same stream', () => {
    const { pokes, opened, open } = counted();
    pokes.follow(SOURCE, () => {});
    pokes.portEnded();
    vi.advanceTimersByTime(1_000);
    expect(pokes.holding).toBe(true);
    pokes.follow({ ...SOURCE }, () => {});
    vi.advanceTimersByTime(60_000);
    expect([opened(), open()]).toEqual([1, 1]);
  });

  test('it ends when the port does not come back, when told so, and for another token', () => {
    const { pokes, opened, open } = counted();
    pokes.follow(SOURCE, () => {});
    pokes.portEnded();
    vi.advanceTimersByTime(5_000);
    expect([pokes.holding, open()]).toEqual([false, 0]);
    pokes.follow(SOURCE, () => {});
    pokes.follow({ ...SOURCE, token: 'another' }, () => {});
    expect([opened(), open()]).toEqual([3, 1]);
    pokes.follow(null, () => {});
    expect(open()).toBe(0);
  });
});
