import { createConnection } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Hono } from 'hono';
import { describe, expect, onTestFinished, test } from 'vitest';
import { listen } from '../../src/server/http.ts';
import { createLimiter } from '../../src/server/rate-limit.ts';
import { Device } from './device.ts';
import { usePostgres } from './postgres.ts';
import { connect, serverOn, setUp } from './server.ts';

const postgres = usePostgres();

describe('rate limits', () => {
  test('count in a window, say when it is over, and begin anew', () => {
    let now = 1_000;
    const limiter = createLimiter(2, 60_000, () => now);
    expect([limiter.look('a'), limiter.take('a'), limiter.take('a')]).toEqual(
      Array(3).fill({ ok: true }),
    );
    now += 10_000;
    expect(limiter.look('a')).toEqual({ ok: false, retryAfterSeconds: 50 });
    expect(limiter.take('a')).toEqual({ ok: false, retryAfterSeconds: 50 });
    expect(limiter.take('b')).toEqual({ ok: true });
    now += 50_000;
    expect(limiter.take('a')).toEqual({ ok: true });
  });

  test('SPEC 13.8 a member has one for all devices and tabs together', async () => {
    const server = await serverOn(await postgres.database(), undefined, { requestsPerMinute: 6 });
    const admin = await setUp(server);
    const one = new Device(server.url, await connect(server, admin));
    const two = new Device(server.url, await connect(server, admin));
    const statuses: number[] = [];
    for (let i = 0; i < 3; i++) {
      statuses.push((await one.request([])).status, (await two.request([])).status);
    }
    expect(statuses).toEqual(Array(6).fill(200));
    const refused = await one.request([]);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('Retry-After'))).toBeGreaterThan(0);
    expect((await admin.call('GET', '/v1/me')).status).toBe(429);
  });

  test('SPEC 13.8 tries with tokens that are nobody’s are counted by address', async () => {
    const server = await serverOn(await postgres.database(), undefined, { trustProxy: true });
    const ask = (address: string) =>
      fetch(`${server.url}/v1/me`, {
        headers: { 'X-Forwarded-For': address, Authorization: `Bearer ${'x'.repeat(40)}` },
      });
    const statuses = new Set<number>();
    for (let i = 0; i < 240; i++) statuses.add((await ask('192.0.2.1')).status);
    expect([...statuses]).toEqual([401]);
    const refused = await ask('192.0.2.1');
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('Retry-After'))).toBeGreaterThan(0);
    expect((await ask('192.0.2.2')).status).toBe(401);
  });
});

describe('every answer', () => {
  test('carries the headers that narrow what may be done with it', async () => {
    const server = await serverOn(await postgres.database());
    const asked: [method: string, path: string, status: number][] = [
      ['GET', '/healthz', 200],
      ['GET', '/sign-in', 200],
      ['GET', '/v1/me', 401],
      ['POST', '/v1/sync', 401],
      ['GET', '/v1/nothing', 404],
      ['OPTIONS', '/v1/sync', 204],
      ['GET', '/auth/get-session', 200],
      ['GET', '/practice/', 200],
      ['GET', '/connect', 303],
      ['GET', '/nothing', 404],
      ['POST', '/join', 413],
    ];
    for (const [method, path, status] of asked) {
      const response = await fetch(server.url + path, {
        method,
        redirect: 'manual',
        headers: { Accept: 'application/json', Origin: server.url },
        ...(status === 413 ? { body: 'x'.repeat(70_000) } : {}),
      });
      await response.arrayBuffer();
      const what = `${method} ${path}`;
      expect(response.status, what).toBe(status);
      const { headers } = response;
      expect(headers.get('X-Content-Type-Options'), what).toBe('nosniff');
      expect(headers.get('Referrer-Policy'), what).toBe('same-origin');
      expect(headers.get('Permissions-Policy'), what).toContain('camera=()');
      expect(headers.get('Content-Security-Policy'), what).not.toBeNull();
      if (path.startsWith('/practice')) continue; // stands in for somebody else's page
      const policy = headers.get('Content-Security-Policy') ?? '';
      expect(policy, what).toContain("default-src 'none'");
      expect(policy, what).toContain("frame-ancestors 'none'");
      expect(policy, what).not.toContain('unsafe');
      expect(headers.get('X-Frame-Options'), what).toBe('DENY');
      expect(headers.get('Cross-Origin-Opener-Policy'), what).toBe('same-origin');
      if (/^\/(v1|auth)/.test(path) && method !== 'OPTIONS') {
        expect(headers.get('Cache-Control'), what).toBe('no-store');
      }
    }
  });
});

describe('whoever is slow', () => {
  const patience = { head: 300, request: 700, silence: 2_000, check: 50, finish: 10_000 };

  async function slowServer() {
    const listening = await listen('127.0.0.1', 0, patience);
    const app = new Hono();
    app.post('/', async (c) => c.text(String((await c.req.text()).length)));
    listening.serve(app);
    onTestFinished(() => listening.close());
    return listening.port;
  }

  /** What comes back for pieces of a request, one each 100 ms, until the server ends it. */
  function drip(port: number, pieces: Iterable<string>): Promise<string> {
    return new Promise((resolve) => {
      let told = '';
      let open = true;
      const socket = createConnection(port, '127.0.0.1', async () => {
        for (const piece of pieces) {
          if (!open) return;
          socket.write(piece);
          await sleep(100);
        }
      });
      socket.on('data', (bytes) => {
        told += bytes.toString();
      });
      socket.on('error', () => undefined);
      socket.on('close', () => {
        open = false;
        resolve(told);
      });
    });
  }

  function* forever(first: string, piece: string) {
    yield first;
    for (let i = 0; i < 600; i++) yield piece;
  }

  test('to say what they want is cut off', async () => {
    const told = await drip(
      await slowServer(),
      forever('POST / HTTP/1.1\r\nHost: x\r\n', 'X-A: b\r\n'),
    );
    expect(told).toMatch(/^HTTP\/1.1 408/);
  });

  test('to send a body is cut off', async () => {
    const head = 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n';
    const told = await drip(await slowServer(), forever(head, 'x'));
    expect(told).toMatch(/^(HTTP\/1.1 408|$)/);
  });

  test('while others are answered', async () => {
    const port = await slowServer();
    const slow = drip(port, forever('POST / HTTP/1.1\r\n', 'X-A: b\r\n'));
    const answer = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body: 'words' });
    expect(await answer.text()).toBe('5');
    await slow;
  });
});

describe('a body', () => {
  /** As it goes over the wire; resolves to the answer's first line. */
  const send = (url: string, head: string[], body: string) =>
    new Promise<string>((resolve, reject) => {
      const { hostname, port } = new URL(url);
      const socket = createConnection({ host: hostname, port: Number(port) });
      let answer = '';
      socket.on('data', (bytes) => {
        answer += bytes;
        if (answer.includes('\r\n')) socket.destroy();
      });
      socket.on('close', () => resolve(answer.split('\r\n')[0] ?? ''));
      socket.on('error', reject);
      const lines = ['POST /sign-in HTTP/1.1', 'Host: localhost', ...head];
      socket.write(`${lines.join('\r\n')}\r\n\r\n${body}`);
    });

  test('SPEC 13.8 is refused by the length it gives, and counted where it gives none', async () => {
    const server = await serverOn(await postgres.database());
    const large = 'x'.repeat(70_000);
    const chunked = (text: string) => `${text.length.toString(16)}\r\n${text}\r\n0\r\n\r\n`;
    const form = 'Content-Type: application/x-www-form-urlencoded';
    const status = async (head: string[], body: string) =>
      Number((await send(server.url, [form, ...head], body)).split(' ')[1]);
    expect(await status(['Content-Length: 70000'], large)).toBe(413);
    expect(await status(['Transfer-Encoding: chunked'], chunked(large))).toBe(413);
    const small = 'email=nobody%40unsaid.example&password=x';
    expect(await status([`Content-Length: ${small.length}`], small)).toBeLessThan(413);
    expect(await status(['Transfer-Encoding: chunked'], chunked(small))).toBeLessThan(413);
    // Both at once is how requests are smuggled past a proxy.
    const both = ['Content-Length: 5', 'Transfer-Encoding: chunked'];
    expect(await status(both, chunked(large))).toBeGreaterThanOrEqual(400);
  });
});
