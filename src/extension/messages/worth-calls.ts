// Calls of the extension's own pages to the background. Worth, Kano, outcomes and looking back.
import * as z from 'zod/mini';
import {
  dimension,
  id,
  type KanoAnswer,
  kanoAnswer,
  type Miss,
  unstatedBecause,
} from '../../domain/index.ts';

const text = z.string().check(z.maxLength(200_000));

export const worthCalls = {
  /** Who decides here, and who decided about this expectation. */
  worthOf: z.object({ expectation: id }),
  /** Kano's two questions about an expectation: what everybody asked answered. */
  kano: z.object({ expectation: id }),
  /**
   * Somebody's two answers. `question` and `answer`: both in words, for wherever questions and answers
   * are read. The expectation's category follows, where there is one.
   */
  kanoRecord: z.object({
    expectation: id,
    contact: z.nullable(id),
    functional: kanoAnswer,
    dysfunctional: kanoAnswer,
    question: text,
    answer: text,
  }),
  /** Takes two answers back; `on: false` brings them back again. */
  kanoRemove: z.object({ probe: id, on: z.boolean() }),
  /** Looking back on a customer: what was kept so far, and what is on file for the next one. */
  lookBack: z.object({ customer: id }),
  /** `record` null makes one; null in `fields` clears. */
  keepLookBack: z.object({
    record: z.nullable(id),
    customer: id,
    fields: z.object({
      asked: z.optional(z.nullable(text)),
      late: z.optional(z.nullable(text)),
      differently: z.optional(z.nullable(text)),
    }),
  }),
  /** A line of it becomes a question of the workspace, where the member may write those. */
  makePattern: z.object({
    text: z.string().check(z.maxLength(2_000)),
    reason: z.nullable(unstatedBecause),
    dimension: z.nullable(dimension),
  }),
};

export type WorthAnswers = {
  worthOf: { me: string; decidedBy: Who | null };
  kano: KanoView;
  kanoRecord: KanoView & { probe: string };
  kanoRemove: KanoView;
  lookBack: LookBackView;
  keepLookBack: { record: string };
  makePattern: { record: string };
};

type Who = { name: string; me: boolean };

export type KanoView = {
  /** Newest first. */
  replies: {
    probe: string;
    contact: { id: string; name: string } | null;
    /** ISO 8601 */
    at: string;
    functional: KanoAnswer;
    dysfunctional: KanoAnswer;
    /** False where the same person answered again later. */
    counts: boolean;
  }[];
};

export type LookBackView = {
  /** Newest first. */
  held: {
    id: string;
    asked: string;
    late: string;
    differently: string;
    /** ISO 8601 */
    heldAt: string;
    author: Who;
  }[];
  /** Questions that were asked, oldest first. */
  asked: string[];
  /** What they expected that came out late. */
  late: string[];
  misses: Miss[];
  /** The workspace's own questions. */
  questions: string[];
  /** Whether this member may add to them. */
  mayAdd: boolean;
};
