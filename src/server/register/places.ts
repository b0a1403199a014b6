// Downloads that run at the same time: each holds a connection to the database while it is taken, so
// others wait for their turn, and those for whom it does not come are told so.

export type PlaceLimits = {
  /** Downloads that run at the same time. */
  atOnce: number;
  /** ms that somebody waits for a place. */
  waitMs: number;
};

const LIMITS: PlaceLimits = { atOnce: 4, waitMs: 20_000 };

export type Places = {
  /** Resolves true with a place, to be left afterwards; false: there is none, or `gone` was told. */
  take(gone?: AbortSignal): Promise<boolean>;
  leave(): void;
};

export function createPlaces({ atOnce, waitMs }: PlaceLimits = LIMITS): Places {
  const waiting = new Set<() => void>();
  let taken = 0;
  return {
    async take(gone) {
      if (gone?.aborted) return false;
      if (taken < atOnce) {
        taken += 1;
        return true;
      }
      return new Promise<boolean>((resolve) => {
        const answer = (has: boolean) => {
          waiting.delete(next);
          clearTimeout(limit);
          gone?.removeEventListener('abort', giveUp);
          resolve(has);
        };
        const next = () => answer(true);
        const giveUp = () => answer(false);
        const limit = setTimeout(giveUp, waitMs);
        gone?.addEventListener('abort', giveUp);
        waiting.add(next);
      });
    },
    leave() {
      const [next] = waiting;
      if (next) next();
      else taken -= 1;
    },
  };
}
