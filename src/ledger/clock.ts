// Hybrid logical clock (Kulkarni, Demirbas, Madappa, Avva and Leone, 2014): 48 bits of ms since
// 1970, 16 bits of counter, written as 16 hex digits so that comparing strings compares times.

export const ZERO_TIME = '0'.repeat(16);
const LAST_COUNTER = 0xffff;

export type Parts = { ms: number; counter: number };

export function timestampOf({ ms, counter }: Parts): string {
  return ms.toString(16).padStart(12, '0') + counter.toString(16).padStart(4, '0');
}

export function partsOf(timestamp: string): Parts {
  return {
    ms: Number.parseInt(timestamp.slice(0, 12), 16),
    counter: Number.parseInt(timestamp.slice(12), 16),
  };
}

/** The ms since 1970 of a timestamp. */
export function msOf(timestamp: string): number {
  return partsOf(timestamp).ms;
}

/**
 * The next timestamp after `last` at wall time `now` (ms). Always greater than `last`; a full
 * counter moves to the next millisecond (SPEC 2.2).
 */
export function tick(last: string, now: number): string {
  const { ms, counter } = partsOf(last);
  const wall = Math.max(0, Math.floor(now));
  if (wall > ms) return timestampOf({ ms: wall, counter: 0 });
  return counter < LAST_COUNTER
    ? timestampOf({ ms, counter: counter + 1 })
    : timestampOf({ ms: ms + 1, counter: 0 });
}

/** A clock that has seen `rank`. Clocks observe ranks, never another device's `at` (SPEC 2.3). */
export function observe(last: string, rank: string): string {
  return rank > last ? rank : last;
}

/**
 * The rank of a change that the server first accepts at `arrival`: the earlier of the device's own
 * time and that (SPEC 2.4). No wrong clock gets ahead by it.
 */
export function rankOf(at: string, arrival: string): string {
  return at < arrival ? at : arrival;
}
