// What the story pages ask the server, and where a moment of a story is found.
import * as z from 'zod/mini';
import { channel, outcome, stage } from '../../domain/kinds.ts';
import { MOMENT_KINDS } from '../../domain/story-kinds.ts';
import type { Client } from '../client.ts';
import type { StoryUnit } from './href.ts';

export { atOf, momentRef, type StoryUnit, storyHref } from './href.ts';
export const storyUnit = z.enum(['project', 'customer', 'call']);

const named = z.object({ id: z.string(), name: z.string() });
const ref = z.object({ kind: z.string(), id: z.string() });

const moment = z.object({
  ...{ key: z.string(), at: z.number(), kind: z.enum(MOMENT_KINDS), record: ref },
  interaction: z.nullable(z.string()),
  ...{ title: z.string(), theirs: z.string(), ours: z.string(), cut: z.boolean() },
  ...{ standard: z.string(), from: z.string(), url: z.nullable(z.string()) },
  by: z.nullable(named),
  channel: z.optional(channel),
  direction: z.optional(z.enum(['inbound', 'outbound'])),
  stage: z.optional(stage),
  outcome: z.optional(outcome),
  promise: z.optional(z.enum(['kept', 'broken', 'withdrawn'])),
  improved: z.optional(z.enum(['done', 'dropped'])),
  effective: z.optional(z.boolean()),
  says: z.optional(z.enum(['confirmed', 'refuted', 'unclear'])),
  form: z.optional(z.enum(['survey', 'remark', 'renewal', 'complaint', 'impression'])),
  score: z.optional(
    z.object({ value: z.number(), min: z.nullable(z.number()), max: z.nullable(z.number()) }),
  ),
});

const comment = z.object({
  ...{ id: z.string(), record: ref, at: z.nullable(z.number()), text: z.string() },
  ...{ by: z.nullable(named), written: z.number(), settled: z.boolean(), mine: z.boolean() },
  visibility: z.enum(['workspace', 'managers']),
});

const gap = z.object({ from: z.number(), to: z.number(), days: z.number() });

/** `subject.id`: the one that the asked one is read as. `hidden`: moments that blindness leaves out. */
const story = z.object({
  unit: storyUnit,
  subject: named,
  /** null of a customer itself, or where none is known */
  customer: z.nullable(named),
  /** Whose project it is; null also for whoever reads blind. */
  owner: z.nullable(named),
  /** Names and satisfaction are left out, because it was asked for or because it has to be. */
  blind: z.boolean(),
  moments: z.array(moment),
  gaps: z.array(gap),
  comments: z.array(comment),
  hidden: z.number(),
});
export type StoryAnswer = z.output<typeof story>;

const found = z.object({ records: z.array(z.string()) });
const whole = z.object({ moments: z.array(moment) });
const comments = z.object({ comments: z.array(comment) });
const subject = z.object({
  ...{ unit: z.enum(['project', 'customer']), id: z.string(), name: z.string() },
  customer: z.nullable(named),
});
const subjects = z.object({ subjects: z.array(subject), more: z.boolean() });
export type StoryComment = z.output<typeof comment>;
export type StorySubject = z.output<typeof subject>;

export interface StoryOf {
  readonly unit: StoryUnit;
  readonly subject: string;
  readonly blind: boolean;
}

function query({ unit, subject: id, blind }: StoryOf, more: Record<string, string> = {}) {
  return new URLSearchParams({ unit, subject: id, ...(blind ? { blind: '1' } : {}), ...more });
}

/** Oldest first; long texts are cut unless `whole`. */
export const readStory = (client: Client, of: StoryOf, isWhole = false) =>
  client.call(story, `/v1/story?${query(of, isWhole ? { whole: '1' } : {})}`);

/** Ids of the story's records that have these words anywhere in their texts. */
export const findInStory = (client: Client, of: StoryOf, words: string, signal: AbortSignal) =>
  client.call(found, `/v1/story/words?${query(of, { q: words })}`, { signal });

/** The moments of one record, with their texts whole. */
export const readMoment = (client: Client, of: StoryOf, record: { kind: string; id: string }) =>
  client.call(whole, `/v1/story/record?${query(of, { kind: record.kind, id: record.id })}`);

/** Customers and projects whose names have these words; without words the latest ones. */
export const findSubjects = (client: Client, words: string) =>
  client.call(subjects, `/v1/story/subjects?${new URLSearchParams({ q: words })}`);

export interface NewComment {
  /** Made here: sent twice, it is written once. */
  readonly id: string;
  readonly record: { readonly kind: string; readonly id: string };
  /** ISO instant of the moment */
  readonly at: string;
  readonly text: string;
  readonly visibility: 'workspace' | 'managers';
}

/** Answers all comments of the story. */
export const writeComment = (client: Client, of: StoryOf, wish: NewComment) =>
  client.send('POST', comments, `/v1/story/comments?${query(of)}`, wish);

/** Settled or open again; taken back by whoever wrote it. */
export const changeComment = (
  client: Client,
  of: StoryOf,
  id: string,
  change: { settled: boolean } | { deleted: boolean },
) =>
  client.send('PUT', comments, `/v1/story/comments/${encodeURIComponent(id)}?${query(of)}`, change);
