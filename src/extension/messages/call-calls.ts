// Calls of the call bar, the calls page and the sidebar to the background, about tagging while
// talking. `at` is always the moment of the act by the call's own clock, in ms since 1970 with
// fractions: the key's time, not the storing's. Ids are made by the caller, so that what is said
// twice (an answer was lost) happens once.
import * as z from 'zod/mini';
import { id } from '../../domain/index.ts';
import type { CallSettings, CallsView, CallView, TagView, WrapUpView } from './call-views.ts';
import { choice } from './draft.ts';
import { person } from './shapes.ts';
import type { SavedCard } from './views.ts';

const nothing = z.object({});
const line = z.string().check(z.maxLength(2_000));
const text = z.string().check(z.maxLength(200_000));
const at = z.number();
const rating = z.nullable(z.int().check(z.gte(1), z.lte(5)));
const key = z.optional(z.string().check(z.maxLength(20)));

/** Of the bar, beside its tags' (domain/codebook.ts, BAR_ACTS). */
export const actKeys = z.object({
  momentAgo: key,
  keepMoment: key,
  note: key,
  hangUp: key,
  keys: key,
});

export const callCalls = {
  /** What the bar shows. */
  calls: nothing,
  /**
   * Starts a call; one that is running is parked. What is not given is taken from the page of `tab`
   * (a CRM's record, a meeting's title). Also with `at` in the past, e.g. "three minutes ago".
   */
  callStart: z.object({
    id,
    at,
    tab: z.nullable(z.int()),
    channel: z.enum(['call', 'meeting']),
    subject: z.optional(line),
    customer: z.optional(choice),
    /** It comes from the proposal that is shown. */
    proposed: z.optional(z.boolean()),
  }),
  /**
   * One press: one tag. `before`: ms before `at`, for "a moment ago"; the settings' lead is added by
   * whoever answers. A press too many counts once.
   */
  callTag: z.object({
    id,
    call: id,
    tag: z.string().check(z.minLength(1), z.maxLength(100)),
    at,
    before: z.optional(z.number().check(z.gte(0))),
    text: z.optional(text),
  }),
  /** Changes a tag; null takes a span away. */
  callTagEdit: z.object({
    id,
    patch: z.object({
      tag: z.optional(z.string().check(z.minLength(1), z.maxLength(100))),
      text: z.optional(text),
      offset: z.optional(z.number()),
      span: z.optional(z.nullable(z.number().check(z.gte(0)))),
      deleted: z.optional(z.boolean()),
    }),
  }),
  /** The clock stands still; `on: false` goes on. */
  callPause: z.object({ call: id, on: z.boolean(), at }),
  /** Puts it aside, clock standing; another one may run. */
  callPark: z.object({ call: id, at }),
  /** Goes on with a parked or ended call; one that is running is parked. */
  callResume: z.object({ call: id, at }),
  /** Hangs up. */
  callEnd: z.object({ call: id, at }),
  /** What it is about, its times, and how it went. null clears. */
  callChange: z.object({
    call: id,
    patch: z.object({
      subject: z.optional(line),
      channel: z.optional(z.enum(['call', 'meeting'])),
      customer: z.optional(choice),
      project: z.optional(choice),
      participants: z.optional(z.array(person).check(z.maxLength(1_000))),
      startedAt: z.optional(z.number()),
      endedAt: z.optional(z.number()),
      shift: z.optional(z.number()),
      wentWell: z.optional(rating),
      seemed: z.optional(rating),
    }),
  }),
  /** The call and all tags ever set are taken back; `on: false` brings it back. */
  callRemove: z.object({ call: id, on: z.boolean() }),
  /**
   * The computer's clock was set by so many ms, forwards or (negative) backwards. `at`: the last
   * moment before that. What was told since by a clock set forwards is put right.
   */
  callClockSet: z.object({ call: id, at, by: z.number() }),
  /** One call with all its tags, by offset. */
  call: z.object({ id }),
  /** Calls, newest first, page by page: at most 100 that began before `before`. */
  callList: z.object({ before: z.nullable(z.number()) }),
  /** Not now: the proposal goes away and does not come back for this meeting or number today. */
  callProposalAway: nothing,
  callSettings: z.object({
    patch: z.object({
      lead: z.optional(z.number().check(z.gte(0), z.lte(60_000))),
      back: z.optional(z.number().check(z.gte(1_000), z.lte(600_000))),
      keys: z.optional(z.boolean()),
      remapped: z.optional(z.record(z.string(), z.string().check(z.maxLength(20)))),
      acts: z.optional(actKeys),
      propose: z.optional(z.boolean()),
    }),
  }),
  /** Opens the bar's window, or brings it to the front. */
  callWindow: nothing,
  /** Opens the page of all calls, at one of them, or at the tags that wait. */
  callPage: z.object({ call: z.nullable(id), waiting: z.optional(z.boolean()) }),
  /** A call that was hung up, with its tags and this customer's open hunches. */
  wrapUp: z.object({ call: id }),
  /** Done with wrapping up; what was not touched waits in the inbox. */
  wrapUpDone: z.object({ call: id }),
  /**
   * A tag becomes a record, with the tag's moment as its evidence; or is only ticked off ('handled').
   * `record` is the new record's id.
   */
  wrapTag: z.object({
    tag: id,
    record: id,
    becomes: z.enum(['expectation', 'promise', 'grievance', 'question', 'handled', 'confirms']),
    text: text,
    /** Of a promise: ISO 8601 date. */
    due: z.nullable(z.iso.date()),
    by: z.nullable(z.enum(['us', 'them'])),
    /**
     * Of "confirms": what of the customer's it is about, by the answer to which question (null: said
     * without being asked), and what it says. `record` is then the new question's id.
     */
    confirms: z.optional(
      z.object({
        expectation: id,
        probe: z.nullable(id),
        says: z.enum(['confirmed', 'refuted', 'asked']),
      }),
    ),
  }),
  /** Takes that back. */
  unwrapTag: z.object({ tag: id }),
  /** What they did not say: a hunch about the call's customer. */
  wrapHunch: z.object({ call: id, record: id, statement: text }),
  /** Tags of ended calls that nobody has dealt with, newest first, at most 500. */
  tagInbox: nothing,
  /** A call from a file, with tags; a second time with the same ids changes nothing. */
  callImport: z.object({
    call: z.object({
      id,
      startedAt: z.number(),
      endedAt: z.nullable(z.number()),
      pauses: z.array(z.object({ from: z.number(), to: z.nullable(z.number()) })),
      subject: line,
      channel: z.enum(['call', 'meeting']),
      shift: z.number(),
    }),
    tags: z
      .array(
        z.object({
          id,
          tag: line,
          offset: z.number(),
          span: z.nullable(z.number()),
          text,
          pressedAt: z.nullable(z.number()),
        }),
      )
      .check(z.maxLength(5_000)),
  }),
};

export type CallAnswers = {
  calls: CallsView;
  callStart: CallsView;
  callTag: TagView;
  callTagEdit: TagView;
  callPause: CallsView;
  callPark: CallsView;
  callResume: CallsView;
  callEnd: CallsView;
  callChange: CallView;
  callRemove: CallsView;
  callClockSet: CallView;
  call: { call: CallView; tags: TagView[] };
  callList: { calls: CallView[]; next: number | null };
  callProposalAway: CallsView;
  callSettings: { settings: CallSettings };
  callWindow: null;
  callPage: null;
  wrapUp: WrapUpView;
  wrapUpDone: CallsView;
  wrapTag: { tag: TagView; card: SavedCard | null };
  unwrapTag: { tag: TagView };
  wrapHunch: { card: SavedCard };
  tagInbox: { tags: TagView[]; calls: CallView[] };
  callImport: { call: CallView; tags: number };
};
