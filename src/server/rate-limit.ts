import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context } from 'hono';
import type { ServerContext } from './context.ts';

export type Allowed = { ok: true } | { ok: false; retryAfterSeconds: number };
export type Limiter = {
  /** Counts one more, and whether it is still allowed. */
  take(key: string): Allowed;
  /** Whether one more would be allowed. */
  look(key: string): Allowed;
};

const MOST_KEYS = 10_000;

/** At most `max` per key in each window of `windowMs`. Counts live in this process only. */
export function createLimiter(max: number, windowMs: number, now: () => number): Limiter {
  const windows = new Map<string, { from: number; count: number }>();
  const refused = (from: number, time: number): Allowed => ({
    ok: false,
    retryAfterSeconds: Math.ceil((from + windowMs - time) / 1000),
  });
  return {
    look(key) {
      const time = now();
      const present = windows.get(key);
      if (!present || time - present.from >= windowMs || present.count < max) return { ok: true };
      return refused(present.from, time);
    },
    take(key) {
      const time = now();
      const present = windows.get(key);
      if (!present || time - present.from >= windowMs) {
        if (windows.size >= MOST_KEYS) forget(windows, time - windowMs);
        windows.set(key, { from: time, count: 1 });
        return { ok: true };
      }
      present.count += 1;
      if (present.count <= max) return { ok: true };
      return refused(present.from, time);
    },
  };
}

/** Drops windows that are over; under a flood of new keys everything, rather than all memory. */
function forget(windows: Map<string, { from: number; count: number }>, before: number) {
  for (const [key, window] of windows) if (window.from <= before) windows.delete(key);
  if (windows.size >= MOST_KEYS) windows.clear();
}

/** The client's address, as far as it can be known. */
export function clientAddress(server: Pick<ServerContext, 'trustProxy'>, c: Context): string {
  if (server.trustProxy) {
    const last = c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim();
    if (last) return last;
  }
  try {
    return getConnInfo(c).remote.address ?? 'unknown';
  } catch {
    return 'unknown'; // a request made by a test, without a socket
  }
}
