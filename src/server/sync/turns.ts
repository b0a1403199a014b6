// Who is next. Large batches are unpacked and judged one after the other: each is ready as soon as if
// all were at it at once, and what waits is still packed.

/** Resolves with what ends one's turn once it has begun. First come, first served. */
export type Turns = () => Promise<() => void>;

/** So many have their turn at the same time. */
export function createTurns(most: number): Turns {
  const waiting: (() => void)[] = [];
  let taken = 0;
  return async () => {
    if (taken < most) taken += 1;
    else await new Promise<void>((begin) => waiting.push(begin));
    let ended = false;
    return () => {
      if (ended) return;
      ended = true;
      const next = waiting.shift();
      if (next) next();
      else taken -= 1;
    };
  };
}
