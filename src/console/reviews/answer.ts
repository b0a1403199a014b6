// What /v1/reviews answers, as the pages that read it do.
import * as z from 'zod/mini';
import { inquiryShown } from '../inquiries/answer.ts';

const name = z.nullable(z.string());
const value = z.nullable(z.number());
const named = z.object({ id: z.string(), name: z.string() });

const entry = z.object({
  ...{ applies: z.boolean(), ours: value, theirs: value },
  ...{ text: z.optional(z.string()), cause: z.optional(z.string()) },
});
export type ScoreShown = z.output<typeof entry>;

const review = z.object({
  ...{ id: z.string(), audit: name, unit: z.enum(['project', 'customer', 'call']) },
  ...{ subject: z.string(), project: name, customer: name, interaction: name, reviewer: name },
  scores: z.record(z.string(), entry),
  ...{ ours: value, theirs: value, text: z.string(), blind: z.boolean() },
  ...{ startedAt: name, finishedAt: name, seconds: value },
  ...{ withdrawn: z.boolean(), reason: z.string() },
});
export type ReviewShown = z.output<typeof review>;

const standing = z.object({
  read: z.enum(['nobody-asked', 'waits', 'read']),
  ...{ disputed: z.number(), waiting: z.number() },
});
export type Standing = z.output<typeof standing>;

const listed = z.object({
  ...{ id: z.string(), unit: z.enum(['project', 'customer', 'call']), withdrawn: z.boolean() },
  ...{ ours: value, theirs: value, finishedAt: name, standing },
  ...{ title: z.string(), customerName: name, reviewerName: z.string() },
});
export type ReviewRow = z.output<typeof listed>;

const count = z.number();
export const reviewList = z.object({
  /** Newest first. */
  reviews: z.array(listed),
  total: count,
  /** However many words were looked for. */
  counts: z.object({
    ...{ all: count, unread: count, disputed: count, waiting: count, withdrawn: count },
  }),
});
export type ReviewList = z.output<typeof reviewList>;

const standard = z.object({
  ...{ id: z.string(), version: z.number(), name: z.string(), text: z.string() },
  judgement: z.enum(['yes-no', 'scale', 'number']),
  ...{ anchors: z.array(z.string()), unit: z.string(), better: z.enum(['more', 'less']) },
  ...{ ourTarget: value, customerTarget: value, weight: z.number() },
  ...{ critical: z.boolean(), mayNotApply: z.boolean() },
  ...{ causes: z.array(z.string()), clause: z.string() },
});
export type StandardShown = z.output<typeof standard>;

const ref = z.object({ kind: z.string(), id: z.string() });
const finding = z.object({
  ...{ id: z.string(), type: z.enum(['nonconformity', 'observation', 'opportunity']) },
  ...{ standard: name, text: z.string(), cause: z.string() },
  ...{ subject: z.nullable(ref), at: name },
});
export type FindingShown = z.output<typeof finding>;

export const finishedReview = z.object({
  ...{ review, standards: z.array(standard), findings: z.array(finding) },
  ...{ title: z.string(), customer: name },
  ...{ reviewer: z.nullable(named), draw: z.nullable(named), owner: z.nullable(named) },
  satisfaction: z.nullable(
    z.object({
      ...{ score: z.number(), scaleMin: z.number(), scaleMax: z.number() },
      ...{ text: z.string(), at: name },
    }),
  ),
  may: z.object({ correct: z.boolean(), withdraw: z.boolean() }),
});
export type FinishedReview = z.output<typeof finishedReview>;

const dispute = z.object({
  ...{ id: z.string(), standard: name, by: z.string(), byName: z.string(), at: z.string() },
  ...{ stance: z.enum(['accept', 'partly', 'reject']), reason: z.string() },
  answered: z.nullable(
    z.object({ result: z.enum(['stands', 'changed']), text: z.string(), at: name, by: name }),
  ),
  answeredByName: z.string(),
  review: z.string(),
});
export type DisputeShown = z.output<typeof dispute>;

const moment = z.object({
  ...{ kind: z.string(), id: z.string(), at: z.string(), quote: name, text: name },
});
export type MomentShown = z.output<typeof moment>;

/** What was said to a review, and what one may say. */
export const saidToReview = z.object({
  disputes: z.array(dispute),
  requests: z.array(inquiryShown),
  moments: z.array(moment),
  ...{ speaks: z.boolean(), answers: z.boolean() },
});
export type SaidToReview = z.output<typeof saidToReview>;
