// Calls of the extension's own pages to the background. The ladder of an expectation: questions
// asked, answers, steps. Ids are made by the caller, so that what is said twice (an answer was lost)
// happens once; each act answers what it was before, to be taken back with `ladderBack`.
import * as z from 'zod/mini';
import { base, id, json, outcome, stage } from '../../domain/index.ts';
import type { SavedCard } from './views.ts';

const line = z.string().check(z.maxLength(2_000));
const text = z.string().check(z.maxLength(200_000));

/** Changes to one record; null clears. */
const before = z.object({ kind: z.string(), id, patch: z.record(z.string(), json) });
export type Before = z.infer<typeof before>;

export const ladderCalls = {
  /** Questions about an expectation: asked ones by when, then planned ones by their day. */
  probes: z.object({ expectation: id }),
  /** Questions that could be asked about it, best first, with the customer's words in them. */
  questions: z.object({ expectation: id }),
  /** Who changed what of it when, oldest first; with what was asked about it. */
  history: z.object({ expectation: id }),
  /**
   * A question about an expectation. A hunch stands at "asked" from then on, unless it is only
   * planned. What a call that runs was asked in has its moment as evidence.
   */
  ask: z.object({
    expectation: id,
    /** Of a new question, or of a planned one, which is asked by that. */
    record: id,
    question: text,
    /** What it was made of: a built-in pattern's name or a record's id. */
    pattern: z.nullable(line),
    /** ms since 1970; null: it is planned. */
    at: z.nullable(z.number()),
    interaction: z.optional(z.nullable(id)),
    /** Who is to ask it, and until when. */
    owner: z.optional(z.nullable(id)),
    due: z.optional(z.nullable(z.iso.date())),
  }),
  /** What the customer said to it. Confirmed and refuted move the expectation to that step. */
  answer: z.object({
    probe: id,
    text,
    says: z.enum(['confirmed', 'refuted', 'unclear']),
    /** ms since 1970; now without it */
    at: z.optional(z.number()),
    interaction: z.optional(z.nullable(id)),
  }),
  /** Moves an expectation to a step. Back from "settled", it is open again. */
  step: z.object({
    expectation: id,
    to: z.union([stage, z.literal('settled')]),
    /** Of "settled"; without it, it was met. */
    outcome: z.optional(outcome),
    /** What that was seen by. */
    text: z.optional(text),
    /** The changes whose values the person saw, as the card told them. */
    seen: z.optional(base),
  }),
  /** Takes an act back: all of it at once. A question that was made by it is deleted. */
  ladderBack: z.object({ before: z.array(before).check(z.maxLength(20)) }),
};

type Who = { id: string; name: string; me: boolean };

export type ProbeView = {
  id: string;
  expectation: string;
  /** '' where it was said without being asked. */
  question: string;
  pattern: string | null;
  /** ISO 8601, UTC; null: it is planned. */
  askedAt: string | null;
  askedBy: Who | null;
  owner: Who | null;
  /** ISO 8601 date */
  due: string | null;
  answer: string;
  answeredAt: string | null;
  says: 'confirmed' | 'refuted' | 'unclear' | null;
  /** The conversation it was asked or answered in. */
  interaction: { id: string; subject: string; channel: string | null; at: string | null } | null;
  /** ms on the clock of that call, its shift added. */
  moment: number | null;
  author: Who;
};

/** A question as it may be asked. */
export type FilledPattern = { pattern: string; text: string };

export type HistoryEntry = {
  change: string;
  /** of the expectation or of a probe */
  record: { kind: string; id: string };
  /** It began with this change. */
  made: boolean;
  author: Who;
  /** ms since 1970 */
  at: number;
  /** What it says; null: cleared. */
  body: { [field: string]: unknown };
};

export type LadderDone = { card: SavedCard; probe: ProbeView | null; before: Before[] };

export type LadderAnswers = {
  probes: { probes: ProbeView[] };
  /** `people`: members who could ask, oneself first; none before connecting. */
  questions: { patterns: FilledPattern[]; people: Who[] };
  history: { entries: HistoryEntry[] };
  ask: LadderDone;
  answer: LadderDone;
  step: LadderDone;
  ladderBack: null;
};
