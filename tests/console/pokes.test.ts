import { expect, test, vi } from 'vitest';
import { type Ask, listenForPokes } from '../../src/console/pokes.ts';

function streaming(...chunks: string[]): Response {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(new TextEncoder().encode(chunk));
      controller.close();
    },
  });
  return new Response(body, { headers: { 'Content-Type': 'text/event-stream; charset=utf-8' } });
}

/** Answers one after the other, then stops the listening. */
async function listen(answers: (() => Response)[]) {
  const stop = new AbortController();
  const onPoke = vi.fn();
  const states: boolean[] = [];
  const ask: Ask = async () => {
    const next = answers.shift();
    if (next) return next();
    stop.abort();
    throw new Error('stopped');
  };
  const onState = (live: boolean) => states.push(live);
  await listenForPokes({ ask, onPoke, onState, firstWait: 1, random: () => 0 }, stop.signal);
  return { pokes: onPoke.mock.calls.length, states };
}

test('events are counted wherever the network cuts them; comments are none', async () => {
  const cut = streaming(
    ': hello\n\nda',
    'ta: {"size":',
    '1}\r',
    '\n\r\n',
    'event: poke\ndata: x\n\n',
  );
  expect((await listen([() => cut])).pokes).toBe(2);
});

test('a connection that says nothing any more is given up', async () => {
  const stop = new AbortController();
  const states: boolean[] = [];
  const ask: Ask = async () => {
    if (states.length > 0) stop.abort();
    const headers = { 'Content-Type': 'text/event-stream' };
    return new Response(new ReadableStream<Uint8Array>(), { headers });
  };
  const onState = (live: boolean) => states.push(live);
  const options = { ask, onPoke: () => {}, onState, firstWait: 1, silence: 20 };
  await listenForPokes(options, stop.signal);
  expect(states.slice(0, 2)).toEqual([true, false]);
});

test('an event without its end is none yet', async () => {
  expect((await listen([() => streaming('data: x\n')])).pokes).toBe(0);
});

test('after an interruption one poke stands for what was missed', async () => {
  const seen = await listen([
    () => streaming(': hello\n\n'),
    () => {
      throw new TypeError('Failed to fetch');
    },
    () => streaming(': hello\n\n'),
  ]);
  expect(seen.pokes).toBe(1);
  expect(seen.states).toEqual([true, false, false, true, false]);
});

test.each([
  ['a page of a proxy', () => new Response('<html>', { headers: { 'Content-Type': 'text/html' } })],
  ['a refusal', () => new Response('{}', { status: 503 })],
])('%s is no stream', async (_, answer) => {
  expect(await listen([answer])).toEqual({ pokes: 0, states: [false] });
});
