// What several calls carry. Parsed where they arrive.
import * as z from 'zod/mini';
import { id, selectors } from '../../domain/index.ts';

const line = z.string().check(z.maxLength(4_000));
const text = z.string().check(z.maxLength(200_000));

const offset = z.int().check(z.gte(0), z.lte(200_000));

/** What a capture can become. The six labels of a note are kinds of their own to the eye. */
export const captureKind = z.enum([
  'expectation',
  'note',
  'commitment',
  'grievance',
  'praise',
  'question',
  'decision',
  'risk',
]);
export type CaptureKind = z.infer<typeof captureKind>;

export const person = z.object({
  name: line,
  address: line,
  /** Hidden characters turned the order of letters round (domain/email.ts). */
  odd: z.optional(z.literal(true)),
});

/**
 * A message as one frame reads it. `text` is its body's text, hashed by the background; null where
 * it was not read, or the page shows only a line of it.
 */
export const readMessage = z.object({
  /** The site's own key of it, unique on that site. */
  key: z.nullable(line),
  shown: z.enum(['whole', 'clipped', 'collapsed']),
  sentBy: z.nullable(z.enum(['us', 'them'])),
  subject: line,
  from: z.nullable(person),
  to: z.array(person).check(z.maxLength(1_000)),
  cc: z.array(person).check(z.maxLength(1_000)),
  /** ISO 8601, or null when the page's date cannot be read surely */
  sentAt: z.nullable(line),
  sentAtText: line,
  messageId: z.nullable(line),
  url: line,
  text: z.nullable(text),
  /** Where the text quotes earlier mails: [start, end) in UTF-16 units, in order. */
  quoted: z.optional(z.array(z.tuple([offset, offset])).check(z.maxLength(2_000))),
});
export type ReadMessage = z.infer<typeof readMessage>;

/** A message known by its keys, without its text. */
export const knownMessage = z.extend(z.omit(readMessage, { text: true, quoted: true }), {
  keys: z.array(line).check(z.maxLength(20)),
});
export type KnownMessage = z.infer<typeof knownMessage>;

/** The record of a CRM or help desk that a page is about. */
export const recordReading = z.object({
  type: line,
  id: line,
  name: line,
  company: line,
  people: z.array(person).check(z.maxLength(100)),
});

/** What one frame shows. `messages` is empty where there is no message. */
export const frameReading = z.object({
  site: line,
  page: z.enum(['message', 'thread', 'list', 'record', 'meeting', 'other']),
  top: z.boolean(),
  url: line,
  title: line,
  subject: line,
  messages: z.array(readMessage).check(z.maxLength(500)),
  record: z.nullable(recordReading),
  /** Mail addresses of the person whose page this is. */
  own: z.array(line).check(z.maxLength(20)),
  /** Name of the site whose pages have changed: this is a rough reading. */
  changed: z.nullable(line),
  /**
   * How many messages here are on the never-log list. Nothing of them is in this reading, and
   * where there are any, neither the page's title nor its subject nor more of its address than the
   * origin.
   */
  never: z.int().check(z.gte(0)),
});
export type FrameReading = z.infer<typeof frameReading>;

/** Words selected in a page, on their way into a card. */
export const selectedWords = z.object({
  kind: captureKind,
  quote: z.string().check(z.maxLength(400_000)),
  selectors: z.nullable(selectors),
  /** null on a page that is no message */
  message: z.nullable(knownMessage),
  /** The words stand in a quotation of an earlier message that is not on the page. */
  quoted: z.boolean(),
  site: line,
  url: line,
  title: line,
});
export type SelectedWords = z.infer<typeof selectedWords>;

/** Kinds of records that words can be marked for. */
export const markKind = z.enum(['expectation', 'note', 'commitment']);

/**
 * A mark to draw in a message's body. One that looks like a `cue` stands for no record: it is a place
 * where something unsaid may hide, drawn more faintly than any other.
 */
export const mark = z.object({
  /** record the mark stands for; of a cue: what it would become */
  kind: markKind,
  id,
  /** key of its evidence within the record; of a cue: its own id again */
  evidence: id,
  look: z.union([captureKind, z.literal('cue')]),
  selectors,
  /** The interaction was matched by a weak key only. */
  probably: z.boolean(),
  /** The mark belongs to an earlier message, whose words may be quoted in this one. */
  earlier: z.nullable(z.object({ sender: line, sentAt: z.nullable(line) })),
  /** The card in one line, for hover and screen readers. */
  summary: z.string(),
});
export type Mark = z.infer<typeof mark>;

/** How a mark was found in the page, told to the sidebar. */
export const markFate = z.object({
  /** record the mark stands for */
  kind: markKind,
  id,
  evidence: id,
  /** Found in the quotation of a later message. */
  earlier: z.boolean(),
  match: z.enum(['exact', 'normalised', 'approximate', 'orphan']),
});
export type MarkFate = z.infer<typeof markFate>;
