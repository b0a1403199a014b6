// What /v1/reports/<draw> answers.
import * as z from 'zod/mini';
import { IMPROVEMENT_STATES } from '../../domain/improvements.ts';
import { drawn, namedOne, standardVersion } from '../api.ts';
import type { Client } from '../client.ts';

const text = z.nullable(z.string());
const value = z.nullable(z.number());

const score = z.object({
  ...{ applies: z.boolean(), ours: value, theirs: value },
  ...{ text: z.optional(z.string()), cause: z.optional(z.string()) },
});

const finding = z.object({
  ...{ id: z.string(), type: z.enum(['nonconformity', 'observation', 'opportunity']) },
  ...{ standard: text, text: z.string(), cause: z.string(), at: text },
  /** The customer's words that it is pinned to. */
  quote: text,
});
export type FindingTold = z.output<typeof finding>;

const dispute = z.object({
  ...{ id: z.string(), review: z.string(), standard: text, by: z.string(), at: z.string() },
  ...{ stance: z.enum(['accept', 'partly', 'reject']), reason: z.string(), byName: text },
  answered: z.nullable(
    z.object({ result: z.enum(['stands', 'changed']), text: z.string(), at: text, by: text }),
  ),
  answeredByName: text,
});
export type DisputeTold = z.output<typeof dispute>;

const review = z.object({
  ...{ id: z.string(), reviewer: text, finishedAt: text, seconds: value, blind: z.boolean() },
  ...{ ours: value, theirs: value, text: z.string(), reason: z.string() },
  scores: z.record(z.string(), score),
  ...{ findings: z.array(finding), disputes: z.array(dispute) },
});
export type ReviewTold = z.output<typeof review>;

const subject = z.extend(namedOne, {
  /** null also where it is not to be said. */
  owner: text,
  /** Of 100. */
  satisfaction: value,
  /** The newest first. */
  reviews: z.array(review),
});
export type SubjectTold = z.output<typeof subject>;

const improvement = z.object({
  ...{ id: z.string(), state: z.enum(IMPROVEMENT_STATES), text: z.string(), cause: z.string() },
  late: z.nullable(z.enum(['action', 'check', 'next'])),
  ...{ action: z.string(), ownerName: z.string(), due: text, checkOn: text, doneAt: text },
  ...{ doneText: z.string(), checkedAt: text, effectText: z.string(), reason: z.string() },
  ...{ review: text, finding: text, follows: text },
});
export type ImprovementTold = z.output<typeof improvement>;

const report = z.object({
  ...{ draw: drawn, perPerson: z.boolean(), announcedBy: z.string() },
  reviewers: z.array(z.string()),
  /** In the places in which they were drawn. */
  subjects: z.array(subject),
  /** What was put out. */
  out: z.array(namedOne),
  standards: z.array(standardVersion),
  improvements: z.array(improvement),
  ...{ withdrawn: z.number(), hidden: z.number() },
});
export type Report = z.output<typeof report>;

export const readReport = (client: Client, draw: string) =>
  client.call(report, `/v1/reports/${encodeURIComponent(draw)}`);
