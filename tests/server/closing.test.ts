// A server that closes waits for answers that run, and for nothing else.
import { once } from 'node:events';
import { createConnection } from 'node:net';
import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { listen } from '../../src/server/http.ts';

/** Never given up on: what does not close by itself keeps the test waiting until it fails. */
const patience = {
  ...{ head: 600_000, request: 600_000, silence: 600_000 },
  ...{ check: 5_000, finish: 600_000 },
};

test('an answer that ends while it closes is whole, and its connection does not stay', async () => {
  const listening = await listen('127.0.0.1', 0, patience);
  const app = new Hono();
  const rest = Promise.withResolvers<void>();
  app.get('/', (c) =>
    c.body(
      new ReadableStream({
        async start(controller) {
          controller.enqueue(new TextEncoder().encode('first '));
          await rest.promise;
          controller.enqueue(new TextEncoder().encode('and last'));
          controller.close();
        },
      }),
    ),
  );
  listening.serve(app);
  const answer = await fetch(`http://127.0.0.1:${listening.port}/`);
  const closed = listening.close();
  rest.resolve();
  expect(await answer.text()).toBe('first and last');
  await closed;
});

test('a connection on which nothing was asked holds nothing up', async () => {
  const listening = await listen('127.0.0.1', 0, patience);
  listening.serve(new Hono());
  const socket = createConnection(listening.port, '127.0.0.1');
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  // So that the server knows of the connection too.
  await fetch(`http://127.0.0.1:${listening.port}/`);
  const ended = once(socket, 'close');
  await listening.close();
  await ended;
});
