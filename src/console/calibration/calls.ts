// The server's answers about calibrations.
import * as z from 'zod/mini';
import type { Client } from '../client.ts';

const head = z.object({
  ...{ id: z.string(), name: z.string(), unit: z.enum(['project', 'customer', 'call']) },
  state: z.enum(['announced', 'drawn', 'abandoned']),
  ...{ at: z.nullable(z.string()), due: z.nullable(z.string()), blind: z.boolean() },
  waits: z.nullable(z.enum(['not-drawn', 'abandoned', 'own', 'others', 'too-few'])),
  /** How many there are to be reviewed; members of the draw that were erased since. */
  ...{ subjects: z.number(), gone: z.number() },
  /** Whether something may be said of one person. */
  names: z.boolean(),
  /** Reviews of all reviewers together. */
  done: z.number(),
  reviewers: z.array(
    z.object({
      ...{ id: z.string(), letter: z.string(), left: z.boolean() },
      ...{ name: z.optional(z.string()), done: z.optional(z.number()) },
    }),
  ),
});
export type CalibrationHead = z.output<typeof head>;

const rate = z.object({
  ...{ hits: z.number(), n: z.number(), rate: z.nullable(z.number()) },
  ...{ low: z.number(), high: z.number() },
});
const agreement = z.object({
  ...{ n: z.number(), observed: z.nullable(z.number()), kappa: z.nullable(z.number()) },
  ...{ low: z.nullable(z.number()), high: z.nullable(z.number()) },
  why: z.nullable(z.enum(['nothing', 'one-category', 'one-subject', 'all-agree', 'one-decides'])),
});
export type AgreementShown = z.output<typeof agreement>;
const agreed = { same: rate, agreement };
const side = z.object({
  overall: z.object(agreed),
  standards: z.array(
    z.object({ ...agreed, standard: z.string(), apart: z.number(), none: z.number() }),
  ),
});
const said = z.object({
  applies: z.boolean(),
  ...{ ours: z.nullable(z.number()), theirs: z.nullable(z.number()) },
  ...{ text: z.optional(z.string()), cause: z.optional(z.string()) },
});
export type Said = z.output<typeof said>;
const standard = z.object({
  ...{ id: z.string(), version: z.number(), name: z.string(), unit: z.string() },
  judgement: z.enum(['yes-no', 'scale', 'number']),
  anchors: z.array(z.string()),
  ...{ ourTarget: z.nullable(z.number()), customerTarget: z.nullable(z.number()) },
});
export type JudgedStandard = z.output<typeof standard>;
const report = z.object({
  ...{ subjects: z.number(), ours: side, theirs: side },
  differences: z.array(
    z.object({
      ...{ subject: z.string(), standard: z.string(), apart: z.number() },
      said: z.array(z.nullable(said)),
    }),
  ),
  /** Ids, or letters; what was said stands in this order. */
  reviewers: z.array(z.string()),
  standards: z.array(standard),
  names: z.array(z.object({ id: z.string(), name: z.string(), customer: z.nullable(z.string()) })),
});
export type CalibrationReport = z.output<typeof report>;

const list = z.object({ calibrations: z.array(head) });
const one = z.object({ calibration: head, report: z.nullable(report) });
export type OneCalibration = z.output<typeof one>;

export function calibrationCalls({ call }: Pick<Client, 'call'>) {
  return {
    all: () => call(list, '/v1/calibration'),
    one: (draw: string) => call(one, `/v1/calibration/${encodeURIComponent(draw)}`),
  };
}
