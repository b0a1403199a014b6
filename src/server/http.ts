import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import type { Hono } from 'hono';

const KEEP_ALIVE_MS = 75_000;

/** In milliseconds: how long somebody may take who sends or reads slowly. */
export type Patience = {
  /** For the head of a request. */
  head: number;
  /** For all of it: 32 MB, on a line of 1 Mbit/s. */
  request: number;
  /** Between two bytes of an answer; longer than a stream is silent. */
  silence: number;
  /** How often it is looked at. */
  check: number;
  /** For running requests, when the server is to close. */
  finish: number;
};

const PATIENCE: Patience = {
  ...{ head: 15_000, request: 300_000, silence: 120_000 },
  ...{ check: 5_000, finish: 10_000 },
};

export type Listening = {
  port: number;
  /** From now on requests go to the app; before, they are answered 503. */
  serve(app: Hono): void;
  /** Takes no new requests and resolves when the running ones are answered. */
  close(): Promise<void>;
};

/** Takes the port first, so that a port in use is said before anything else is started. */
export async function listen(
  host: string,
  port: number,
  patience: Patience = PATIENCE,
): Promise<Listening> {
  let app: Hono | null = null;
  const listener = getRequestListener((request, env) => {
    if (app) return app.fetch(request, env);
    return new Response('Starting.\n', { status: 503, headers: STARTING });
  });
  // Longer than the pauses between a device's requests: a connection that closes just as it is used
  // again fails that request.
  const server = createServer(
    {
      keepAliveTimeout: KEEP_ALIVE_MS,
      headersTimeout: patience.head,
      requestTimeout: patience.request,
      connectionsCheckingInterval: patience.check,
    },
    listener,
  );
  server.timeout = patience.silence;
  const letGo = closingWhenIdle(server);
  await opened(server, host, port);
  return {
    port: (server.address() as AddressInfo).port,
    serve(next) {
      app = next;
    },
    close: () =>
      new Promise((resolve) => {
        const limit = setTimeout(() => server.closeAllConnections(), patience.finish);
        server.close(() => {
          clearTimeout(limit);
          resolve();
        });
        letGo();
      }),
  };
}

/**
 * Returns what to call when the server closes. Node itself lets go of the connections that are idle
 * in this moment alone: not of one that ends its answer a moment later, which stays open for the next
 * request, nor of one on which nothing was asked yet, as browsers open them ahead.
 */
function closingWhenIdle(server: Server): () => void {
  const unused = new Set<Socket>();
  let isClosing = false;
  server.on('connection', (socket) => {
    if (isClosing) socket.destroy();
    unused.add(socket);
    socket.once('close', () => unused.delete(socket));
  });
  server.on('request', (request, response) => {
    unused.delete(request.socket);
    response.once('close', () => {
      // Idle it is when those have heard who heard of this before.
      if (isClosing) setImmediate(() => server.closeIdleConnections());
    });
  });
  return () => {
    isClosing = true;
    for (const socket of unused) socket.destroy();
    server.closeIdleConnections();
  };
}

const STARTING = {
  'Retry-After': '1',
  'Cache-Control': 'no-store',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
};

function opened(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const used = error.code === 'EADDRINUSE';
      reject(used ? new Error(`Port ${port} is in use. Choose another with --port.`) : error);
    });
    server.listen(port, host, resolve);
  });
}
