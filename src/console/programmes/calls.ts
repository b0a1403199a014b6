// The server's answers about programmes, and how they are asked for.
import * as z from 'zod/mini';
import type { ProgrammePlan } from '../../domain/programmes.ts';
import type { Client } from '../client.ts';

const programme = z.object({
  ...{ id: z.string(), seen: z.string(), name: z.string() },
  unit: z.enum(['project', 'customer', 'call']),
  filter: z.record(z.string(), z.array(z.string())),
  strata: z.enum(['none', 'satisfaction', 'owner', 'size']),
  ...{ size: z.number(), blind: z.boolean() },
  every: z.enum(['week', 'month', 'quarter']),
  /** Days, ISO. */
  ...{ from: z.string(), dueIn: z.number(), stopped: z.boolean() },
  auditor: z.object({ id: z.string(), name: z.string(), active: z.boolean() }),
  /** Whether they still may: nothing is drawn in the name of somebody who left. */
  mayDraw: z.boolean(),
  reviewers: z.array(
    z.object({ id: z.string(), name: z.string(), active: z.boolean(), mayReview: z.boolean() }),
  ),
  /** How many fit now. */
  fits: z.nullable(z.number()),
  /** The day whose draw is still to be made. */
  owed: z.nullable(z.string()),
  next: z.nullable(z.string()),
  /** Newest first. */
  draws: z.array(
    z.object({
      ...{ id: z.string(), name: z.string(), at: z.nullable(z.string()) },
      state: z.enum(['announced', 'drawn', 'abandoned']),
      ...{ size: z.number(), population: z.number() },
    }),
  ),
});
const programmes = z.object({ programmes: z.array(programme), id: z.optional(z.string()) });
export type ProgrammeShown = z.output<typeof programme>;

export function programmeCalls({ call, send }: Pick<Client, 'call' | 'send'>) {
  const path = '/v1/programmes';
  const of = (id: string) => `${path}/${encodeURIComponent(id)}`;
  return {
    all: () => call(programmes, path),
    /** `id`: made here; sent twice, it is planned once. */
    add: (id: string, plan: ProgrammePlan) => send('POST', programmes, path, { id, ...plan }),
    /** `seen`: of what was changed. Who saves it answers for it from then on. */
    save: (id: string, seen: string, plan: ProgrammePlan) =>
      send('PUT', programmes, of(id), { ...plan, seen }),
    stop: (id: string, seen: string, stopped: boolean) =>
      send('POST', programmes, `${of(id)}/stop`, { stopped, seen }),
  };
}
