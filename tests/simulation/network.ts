// A network between a device and a server that loses requests and answers, says things twice, and
// delivers late: all by the seed.
import type { Chance } from './chance.ts';

export type Faults = {
  /** Each a probability from 0 to 1. */
  lostRequest: number;
  lostAnswer: number;
  repeated: number;
  halfAnswer: number;
  serverError: number;
};

export const QUIET: Faults = {
  lostRequest: 0,
  lostAnswer: 0,
  repeated: 0,
  halfAnswer: 0,
  serverError: 0,
};

/** `fetch` as a device sees it. A repeated request is the same bytes again, before the answer or long after. */
export function network(server: typeof fetch, faults: () => Faults, chance: Chance): typeof fetch {
  let late: (() => Promise<unknown>) | null = null;
  return (async (url: string, init?: RequestInit) => {
    const { lostRequest, lostAnswer, repeated, halfAnswer, serverError } = faults();
    // A request of before that was thought lost arrives only now.
    if (late !== null && chance.happens(0.5)) {
      const arrives = late;
      late = null;
      await arrives().catch(() => undefined);
    }
    if (chance.happens(lostRequest)) {
      if (chance.happens(0.5)) late = () => server(url, init);
      throw new TypeError('Failed to fetch');
    }
    if (chance.happens(serverError)) return new Response('{}', { status: 503 });
    if (chance.happens(repeated)) await server(url, init);
    const answer = await server(url, init);
    if (chance.happens(lostAnswer)) throw new TypeError('Failed to fetch');
    if (chance.happens(halfAnswer)) {
      const whole = await answer.arrayBuffer();
      const half = whole.slice(0, chance.below(whole.byteLength));
      return new Response(half, { status: answer.status, headers: answer.headers });
    }
    return answer;
  }) as typeof fetch;
}
