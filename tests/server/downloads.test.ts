// Downloads at the same time: how many there are, who waits and for how long, and what becomes of one
// that nobody takes.
import { Hono } from 'hono';
import { expect, test, vi } from 'vitest';
import type { AskerEnv } from '../../src/server/accounts/asker.ts';
import type { ServerContext } from '../../src/server/context.ts';
import { registerCsvRoute } from '../../src/server/register/export-route.ts';
import { createPlaces } from '../../src/server/register/places.ts';
import { takenStream } from '../../src/server/register/taken.ts';

test('whoever comes when all places are taken waits for one, in their order', async () => {
  const places = createPlaces({ atOnce: 2, waitMs: 60_000 });
  expect(await places.take()).toBe(true);
  expect(await places.take()).toBe(true);
  const came: string[] = [];
  const third = places.take().then(() => came.push('third'));
  const fourth = places.take().then(() => came.push('fourth'));
  await Promise.resolve();
  expect(came).toEqual([]);
  places.leave();
  await third;
  expect(came).toEqual(['third']);
  places.leave();
  await fourth;
  expect(came).toEqual(['third', 'fourth']);
  places.leave();
  places.leave();
  expect(await places.take()).toBe(true);
});

test('who has waited too long is told so, and who gave up takes no place', async () => {
  const places = createPlaces({ atOnce: 1, waitMs: 20 });
  expect(await places.take()).toBe(true);
  const gone = new AbortController();
  const givingUp = places.take(gone.signal);
  gone.abort();
  expect(await givingUp).toBe(false);
  expect(await places.take(gone.signal)).toBe(false);
  expect(await places.take()).toBe(false);
  places.leave();
  expect(await places.take()).toBe(true);
});

test('a download for which there is no place is refused in words, and asks nothing of the database', async () => {
  const places = createPlaces({ atOnce: 0, waitMs: 1 });
  const app = new Hono<AskerEnv>();
  app.get('/export.csv', registerCsvRoute({} as ServerContext, {} as never, places));
  const answer = await app.request('/export.csv');
  expect(answer.status).toBe(429);
  expect(answer.headers.get('Retry-After')).toBe('60');
  expect(answer.headers.get('Content-Disposition')).toBeNull();
  expect(await answer.json()).toMatchObject({
    error: 'too-many',
    message: expect.stringContaining('Try again in a minute'),
  });
});

function pieces(count: number) {
  const ended = vi.fn();
  async function* read() {
    try {
      for (let at = 0; at < count; at += 1) yield new Uint8Array([at]);
    } finally {
      ended();
    }
  }
  return { bytes: read(), ended };
}

test('what is taken to the end leaves its place once', async () => {
  const { bytes, ended } = pieces(3);
  const done = vi.fn();
  const body = new Uint8Array(await new Response(takenStream(bytes, done)).arrayBuffer());
  expect([...body]).toEqual([0, 1, 2]);
  expect(done).toHaveBeenCalledTimes(1);
  expect(ended).toHaveBeenCalledTimes(1);
});

test('what nobody takes breaks off, ends its reading, and leaves its place once', async () => {
  const { bytes, ended } = pieces(1_000);
  const done = vi.fn();
  const reader = takenStream(bytes, done, 20).getReader();
  expect((await reader.read()).value).toEqual(new Uint8Array([0]));
  await vi.waitFor(() => expect(done).toHaveBeenCalledTimes(1), { timeout: 5_000 });
  expect(ended).toHaveBeenCalledTimes(1);
  await expect(
    (async () => {
      for (;;) if ((await reader.read()).done) return 'whole';
    })(),
  ).rejects.toThrow('Nobody takes it.');
  expect(done).toHaveBeenCalledTimes(1);
});

test('who breaks it off leaves the place at once', async () => {
  const { bytes, ended } = pieces(1_000);
  const done = vi.fn();
  const reader = takenStream(bytes, done).getReader();
  await reader.read();
  await reader.cancel();
  expect(done).toHaveBeenCalledTimes(1);
  expect(ended).toHaveBeenCalledTimes(1);
});

test('what cannot be read leaves its place once', async () => {
  async function* broken(): AsyncGenerator<Uint8Array> {
    yield new Uint8Array([1]);
    throw new Error('the database went away');
  }
  const done = vi.fn();
  const reader = takenStream(broken(), done).getReader();
  await reader.read();
  await expect(reader.read()).rejects.toThrow('went away');
  expect(done).toHaveBeenCalledTimes(1);
});
