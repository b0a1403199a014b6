// The server's answers to the page of insight, parsed.
import * as z from 'zod/mini';
import type { Answer, Client } from '../client.ts';

const quadrant = z.enum(['good', 'happy-below-ours', 'unhappy-above-ours', 'poor']);
export type QuadrantName = z.output<typeof quadrant>;

const dot = z.object({
  id: z.string(),
  review: z.string(),
  name: z.string(),
  customer: z.nullable(z.string()),
  satisfaction: z.number(),
  ours: z.number(),
  theirs: z.nullable(z.number()),
  quadrant,
  at: z.number(),
});
export type Dot = z.output<typeof dot>;

const field = z.object({ satisfaction: z.number(), ours: z.number(), count: z.number() });
export type DotField = z.output<typeof field>;

const outcomes = z.array(
  z.object({
    begin: z.number(),
    group: z.string(),
    missed: z.number(),
    met: z.number(),
    exceeded: z.number(),
  }),
);

const insight = z.object({
  now: z.number(),
  unit: z.enum(['project', 'customer', 'call']),
  bound: z.object({ satisfaction: z.number(), ours: z.number() }),
  /** `to` is without. */
  span: z.object({ from: z.nullable(z.number()), to: z.number() }),
  /** In which a grievance is answered in time. */
  days: z.number(),
  perPerson: z.boolean(),
  story: z.object({
    population: z.nullable(z.number()),
    reviewed: z.number(),
    placed: z.number(),
    noScore: z.number(),
    noWord: z.number(),
    gone: z.number(),
    hidden: z.number(),
    undrawn: z.number(),
    strata: z.number(),
    quadrants: z.record(quadrant, z.number()),
    /** null: too many; then fields of them. */
    dots: z.nullable(z.array(dot)),
    fields: z.nullable(z.array(field)),
  }),
  step: z.enum(['week', 'month', 'quarter', 'year']),
  classes: outcomes,
  dimensions: outcomes,
  promises: z.array(
    z.object({
      begin: z.number(),
      kept: z.number(),
      broken: z.number(),
      overdue: z.number(),
      open: z.number(),
    }),
  ),
  grievances: z.array(
    z.object({
      begin: z.number(),
      inTime: z.number(),
      late: z.number(),
      waiting: z.number(),
      over: z.number(),
    }),
  ),
  improvements: z.object({
    open: z.number(),
    overdue: z.number(),
    unchecked: z.number(),
    effective: z.number(),
    ineffective: z.number(),
    dropped: z.number(),
  }),
});
export type Insight = z.output<typeof insight>;

const reviewed = z.object({ total: z.number(), dots: z.array(dot) });
export type ReviewedList = z.output<typeof reviewed>;

const spots = z.object({ customers: z.number(), counts: z.record(z.string(), z.number()) });
export type SpotCounts = z.output<typeof spots>;

export function readInsight(client: Client, query: string): Promise<Answer<Insight>> {
  return client.call(insight, `/v1/insight${query && `?${query}`}`);
}

/** `which`: a quadrant, or the corner of a field ("90-55"); the lowest of our scores first. */
export function readReviewed(
  client: Client,
  query: string,
  which: string,
  offset: number,
): Promise<Answer<ReviewedList>> {
  const asked = new URLSearchParams(query);
  asked.set(quadrant.safeParse(which).success ? 'quadrant' : 'field', which);
  if (offset > 0) asked.set('offset', String(offset));
  return client.call(reviewed, `/v1/insight/reviewed?${asked}`);
}

/** Of all customers, now. */
export function readSpotCounts(client: Client): Promise<Answer<SpotCounts>> {
  return client.call(spots, '/v1/blind-spots?rows=0');
}
