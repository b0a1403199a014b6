// Calls of the extension's own pages to the background. What to know before talking, what is due, and handing over.
import * as z from 'zod/mini';
import type { Brief } from '../../domain/brief.ts';
import type { Due } from '../../domain/due.ts';
import { id } from '../../domain/index.ts';

const nothing = z.object({});
const day = z.iso.date();
const owned = z.enum(['expectation', 'probe', 'commitment']);
const what = z.enum([
  'ours',
  'theirs',
  'question',
  'expectation',
  'decision',
  'improvement',
  'check',
]);

export const briefCalls = {
  /** What to know before talking to this customer. */
  brief: z.object({ customer: id }),
  /** What is due for the person, today and before, and what will be within a week. */
  due: nothing,
  /** Members whom something can be handed to. */
  colleagues: nothing,
  /** Somebody else's from now on; null: its author's. */
  handOver: z.object({ kind: owned, id, to: z.nullable(id) }),
  /** The person is reminded of it again on that day; null: as if it had never been put off. */
  snooze: z.object({ what, id, until: z.nullable(day) }),
  /** What was done or said about a grievance; null: nobody has answered it after all. */
  answerGrievance: z.object({
    id,
    answer: z.nullable(z.string().check(z.minLength(1), z.maxLength(20_000))),
  }),
  /** Puts words where the person was writing in the page. */
  putIntoReply: z.object({
    tab: z.nullable(z.int()),
    text: z.string().check(z.minLength(1), z.maxLength(4_000)),
  }),
  /** The brief on a page of its own. */
  openBrief: z.object({ customer: id }),
  /** How this device reminds. */
  reminders: nothing,
  setReminders: z.object({
    notify: z.optional(z.boolean()),
    words: z.optional(z.boolean()),
  }),
  /** How the server reminds by mail. */
  mailReminders: nothing,
  setMailReminders: z.object({
    mail: z.boolean(),
    words: z.boolean(),
    zone: z.string().check(z.maxLength(100)),
  }),
};

/** A brief with the names of whom it speaks of. */
export type BriefView = {
  customer: { id: string; name: string };
  brief: Brief;
  /** Names of members and projects, by id. */
  names: { [id: string]: string };
  /** The person. */
  me: string;
  /** The date here, ISO 8601. */
  today: string;
};

export type DueItem = Due & {
  /** Ours, or else their words; '' where there are none. */
  text: string;
  customer: { id: string; name: string } | null;
  /** Days until then; negative: so many days ago. */
  days: number;
  /** The person wants to be reminded on that day again. */
  snoozed: string | null;
};

export type Reminders = {
  /** The person wants notifications; without the browser's permission there are none. */
  notify: boolean;
  /** The browser allows them. */
  allowed: boolean;
  /** Notifications say whom and what it is about. */
  words: boolean;
};

/** `available`: the server can send mails; null: it cannot be asked now, or there is none. */
export type MailReminders = {
  available: boolean;
  mail: boolean;
  words: boolean;
  zone: string;
  address: string;
} | null;

export type BriefAnswers = {
  brief: BriefView;
  due: { items: DueItem[]; today: string };
  colleagues: { members: { id: string; name: string; me: boolean }[] };
  handOver: { before: string | null };
  snooze: { before: string | null };
  answerGrievance: null;
  /** False where nobody was writing in the page. */
  putIntoReply: { put: boolean };
  openBrief: null;
  reminders: Reminders;
  setReminders: Reminders;
  mailReminders: MailReminders;
  setMailReminders: MailReminders;
};
