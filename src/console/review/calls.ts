// What writing a review asks the server; the shapes are those of the server's sheet.
import * as z from 'zod/mini';
import type { DraftContent } from '../../domain/reviews.ts';
import { changed } from '../api.ts';
import type { Client } from '../client.ts';

const value = z.nullable(z.number());
const unit = z.enum(['project', 'customer', 'call']);
const named = z.object({ id: z.string(), name: z.string() });

const content = z.object({
  scores: z.record(
    z.string(),
    z.object({
      ...{ applies: z.boolean(), ours: value, theirs: value, asked: z.boolean() },
      ...{ text: z.string(), cause: z.string() },
    }),
  ),
  findings: z.array(
    z.object({
      id: z.string(),
      type: z.enum(['nonconformity', 'observation', 'opportunity']),
      ...{ standard: z.nullable(z.string()), text: z.string(), cause: z.string() },
      subject: z.nullable(z.object({ kind: z.string(), id: z.string() })),
      ...{ at: z.nullable(z.string()), moment: z.nullable(z.string()) },
    }),
  ),
  text: z.string(),
  seconds: z.number(),
}) satisfies z.ZodMiniType<DraftContent>;

const standard = z.object({
  ...{ id: z.string(), version: z.number(), newer: z.nullable(z.number()), retired: z.boolean() },
  ...{ name: z.string(), text: z.string(), unit: z.string(), clause: z.string() },
  judgement: z.enum(['yes-no', 'scale', 'number']),
  anchors: z.array(z.string()),
  better: z.enum(['more', 'less']),
  ...{ ourTarget: value, customerTarget: value, weight: z.number() },
  ...{ critical: z.boolean(), mayNotApply: z.boolean() },
  causes: z.array(z.string()),
});
export type SheetStandard = z.output<typeof standard>;

const shown = {
  owner: z.nullable(named),
  satisfaction: z.nullable(
    z.object({
      ...{ score: z.number(), scaleMin: z.number(), scaleMax: z.number() },
      ...{ text: z.string(), at: z.nullable(z.string()) },
    }),
  ),
};
export type Shown = z.output<z.ZodMiniObject<typeof shown>>;

const sheet = z.object({
  draft: z.object({
    ...{ id: z.string(), audit: z.string(), unit, subject: z.string(), blind: z.boolean() },
    ...{ content, seen: z.number(), startedAt: z.string() },
  }),
  draw: z.object({
    ...{ id: z.string(), name: z.string(), due: z.nullable(z.string()), calibration: z.boolean() },
  }),
  ...{ title: z.string(), customer: z.nullable(z.string()) },
  gone: z.nullable(z.enum(['erased', 'deleted'])),
  ...{ changes: z.array(z.string()), notIndependent: z.array(z.string()) },
  standards: z.array(standard),
  others: z.array(
    z.object({
      name: z.string(),
      state: z.enum(['writing', 'left', 'finished']),
      ...{ at: z.string(), draft: z.nullable(z.string()) },
    }),
  ),
  times: z.boolean(),
  shown: z.nullable(z.object(shown)),
});
export type Sheet = z.output<typeof sheet>;

const finished = z.object({
  review: z.object({ id: z.string(), ours: value, theirs: value, blind: z.boolean() }),
  ...shown,
});
export type FinishedAnswer = z.output<typeof finished>;

const drafts = z.object({
  drafts: z.array(
    z.object({
      ...{ id: z.string(), audit: z.string(), unit, subject: z.string(), reviewer: named },
      ...{ left: z.boolean(), mine: z.boolean(), startedAt: z.string() },
      progress: z.nullable(z.object({ scored: z.number(), of: z.number() })),
      ...{ title: z.nullable(z.string()), customer: z.nullable(z.string()) },
    }),
  ),
});
export type DraftRow = z.output<typeof drafts>['drafts'][number];

const reviews = z.object({
  reviews: z.array(
    z.object({
      ...{ id: z.string(), subject: z.string() },
      ...{ reviewerName: z.string(), mine: z.boolean(), withdrawn: z.boolean() },
      ...{ finishedAt: z.nullable(z.string()), ours: value, theirs: value },
    }),
  ),
});
export type ReviewRow = z.output<typeof reviews>['reviews'][number];

const kept = z.object({ seen: z.number() });

/** Who is at it. */
export const draftsOf = (client: Client, draw: string) =>
  client.call(drafts, `/v1/reviews/drafts?${new URLSearchParams({ audit: draw })}`);

export const ownDrafts = (client: Client) => client.call(drafts, '/v1/reviews/drafts?mine=1');

/** Far beyond what a draw has. */
const MOST_REVIEWS = 10_000;

/** Who has reviewed it. */
export const reviewsOf = (client: Client, draw: string) =>
  client.call(
    reviews,
    `/v1/reviews?${new URLSearchParams({ audit: draw, limit: String(MOST_REVIEWS) })}`,
  );

/** Begins a review, or goes on with the one that was begun. `from`: of somebody who left. */
export const startReview = (
  client: Client,
  wish: { audit: string; subject: string; from?: string },
) => client.send('POST', sheet, '/v1/reviews/start', wish);

const pathOf = (id: string) => `/v1/reviews/drafts/${encodeURIComponent(id)}`;

export const readDraft = (client: Client, id: string) => client.call(sheet, pathOf(id));

export const keepDraft = (client: Client, id: string, content: DraftContent, seen: number) =>
  client.send('PUT', kept, pathOf(id), { content, seen });

export const discardDraft = (client: Client, id: string) =>
  client.send('DELETE', changed, pathOf(id), {});

export const finishDraft = (client: Client, id: string, seen: number) =>
  client.send('POST', finished, `${pathOf(id)}/finish`, { seen });

/** Where a review is written. */
export function reviewHref(draw: string, subject: string): string {
  return `#/review/${encodeURIComponent(draw)}/${encodeURIComponent(subject)}`;
}
