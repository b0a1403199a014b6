import * as z from 'zod/mini';
import { id, json, selectors } from '../../domain/index.ts';
import { captureKind, knownMessage, recordReading } from './shapes.ts';

const line = z.string().check(z.maxLength(4_000));

/** A customer, contact or project in a card: one that exists, or a new one by name, or none. */
export const choice = z.object({
  id: z.nullable(id),
  name: line,
  /** Why it was filled in ("by mail domain"); '' when chosen by hand. */
  reason: line,
});
export type Choice = z.infer<typeof choice>;

/** What noticed the words of a card: a rule of src/cues. */
export const cueOrigin = z.object({
  rule: z.string().check(z.maxLength(200)),
  /** What the rule saw, as a sentence. */
  why: line,
  /** Tells the sentence from others, without its words. */
  print: z.string().check(z.maxLength(64)),
  /** Code of its language, and whether the rules were measured on mails in it. */
  language: z.nullable(z.string().check(z.maxLength(20))),
  measured: z.boolean(),
});
export type CueOrigin = z.infer<typeof cueOrigin>;

/**
 * A card that is not saved yet; stored at each keystroke. `id` is the id its record will have.
 * `fields` are the record's fields as typed so far (statement, class, stage, text, due, …).
 */
export const draft = z.object({
  id,
  /** 'mail' logs a mail without a capture. */
  kind: z.union([captureKind, z.literal('mail')]),
  tab: z.nullable(z.int()),
  fields: z.record(z.string(), json),
  customer: choice,
  contact: choice,
  project: choice,
  /** Colleagues who were chosen after an @: they hear of the card, if its words still name them. */
  mentions: z.optional(z.array(id).check(z.maxLength(100))),
  /** Typed in the page before the card had the focus; not among its words yet. */
  ahead: z.optional(z.string().check(z.maxLength(4_000))),
  quote: z.string().check(z.maxLength(400_000)),
  selectors: z.nullable(selectors),
  message: z.nullable(knownMessage),
  /** The CRM record that the page was about. */
  record: z.optional(z.nullable(z.extend(recordReading, { site: line }))),
  /** The words stood in a quotation of an earlier message. */
  quoted: z.optional(z.boolean()),
  site: line,
  url: line,
  title: line,
  /** Stay on this device: never sealed, never sent. */
  keepHere: z.boolean(),
  /** Noticed by a rule, not by the person; `question`: how it could be asked, '' for none. */
  cue: z.optional(z.extend(cueOrigin, { question: line })),
  /** ms since 1970 */
  startedAt: z.number(),
  changedAt: z.number(),
});
export type Draft = z.infer<typeof draft>;
