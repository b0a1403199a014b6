// The server's answer, parsed. Reasons of a newer version are left out rather than refusing the list.
import * as z from 'zod/mini';
import type { BlindSpot, Listed } from '../../domain/blind-spots.ts';

const named = z.object({ id: z.string(), name: z.string() });
const when = { days: z.number(), since: z.number() };

const spot = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('unanswered'), count: z.number(), ...when }),
  z.object({
    kind: z.literal('new-contact'),
    contact: named,
    before: named,
    lastHeard: z.number(),
    ...when,
  }),
  z.object({
    kind: z.literal('satisfied'),
    days: z.number(),
    at: z.number(),
    score: z.number(),
    scaleMin: z.number(),
    scaleMax: z.number(),
    lastTalk: z.nullable(z.number()),
  }),
  z.object({ kind: z.literal('not-asked'), asked: z.number(), ...when }),
  z.object({ kind: z.literal('only-stated'), count: z.number(), ...when }),
]);

const row = z.object({
  id: z.string(),
  name: z.string(),
  spots: z.array(z.catch(z.nullable(spot), null)),
});

/** `rows`: the most urgent first, those for whom there is a word here. */
export const blindSpots = z.pipe(
  z.object({
    /** Customers that the asker may see, listed or not. */
    customers: z.number(),
    /** By reason, of all that are listed. */
    counts: z.record(z.string(), z.number()),
    total: z.number(),
    rows: z.array(row),
  }),
  z.transform(({ rows, ...more }) => ({
    ...more,
    rows: rows.flatMap(({ spots, ...known }): Listed[] => {
      const found = spots.filter((one): one is BlindSpot => one !== null);
      return found.length === 0 ? [] : [{ ...known, spots: found }];
    }),
  })),
);
export type BlindSpots = z.output<typeof blindSpots>;
