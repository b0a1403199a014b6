import * as z from 'zod/mini';
import { id } from './id.ts';

// W3C Web Annotation Data Model, 4.2.4 and 4.2.5. Offsets are UTF-16 units in the body's text.
export const textQuoteSelector = z.object({
  type: z.literal('TextQuoteSelector'),
  exact: z.string(),
  prefix: z.string(),
  suffix: z.string(),
});
export const textPositionSelector = z.object({
  type: z.literal('TextPositionSelector'),
  start: z.int().check(z.gte(0)),
  end: z.int().check(z.gte(0)),
});
export const selectors = z.tuple([textQuoteSelector, textPositionSelector]);
export type SelectorPair = z.infer<typeof selectors>;

/** Where something was noticed: words in a message, or a moment (ms from its start) of a call. */
export const evidence = z.object({
  interaction: z.optional(id),
  quote: z.optional(z.string().check(z.maxLength(200_000))),
  selectors: z.optional(selectors),
  /** Address to reopen the page; shown as a link only when it is http(s). */
  url: z.optional(z.string().check(z.maxLength(4_000))),
  offset: z.optional(z.number()),
  /** The words stood in a quotation of an earlier message, which was not at hand. */
  quoted: z.optional(z.boolean()),
});
export type Evidence = z.infer<typeof evidence>;
