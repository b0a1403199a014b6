// Calls of the extension's own pages to the background. A customer’s timeline, mentions, and what
// waits for the member.
import * as z from 'zod/mini';
import type { DueKind } from '../../domain/due.ts';
import {
  id,
  MOMENT_KINDS,
  type MomentSaid,
  type Person,
  type Silence,
} from '../../domain/index.ts';

/** What a story is told in. */
export const storyKind = z.enum(MOMENT_KINDS);
export type StoryKind = z.infer<typeof storyKind>;

const words = z.string().check(z.maxLength(200));
const prose = z.string().check(z.maxLength(200_000));
const nothing = z.object({});

/** Of an entry: where in the story it stands. */
const place = z.object({ at: z.number(), key: z.string().check(z.maxLength(100)) });

export const storyCalls = {
  /**
   * What happened with a customer, newest first, a page at a time. `before`: the last entry of the
   * page before, null at first. Without `kinds` all; `person`: a key of StoryPage's people.
   */
  timeline: z.object({
    customer: id,
    before: z.nullable(place),
    kinds: z.array(storyKind).check(z.maxLength(20)),
    person: z.nullable(z.string().check(z.maxLength(100))),
    words,
  }),
  /** Names for what is typed after @ (colleagues) or # (customers and projects), best first. */
  complete: z.object({ sign: z.enum(['@', '#']), words }),
  /** What waits for the member. */
  inbox: nothing,
  inboxCount: nothing,
  /** The member has seen a mention, or (`on: false`) has not after all. */
  mentionSeen: z.object({ id, on: z.boolean() }),
  /** An answer that is being written; '' forgets it. */
  keepAnswer: z.object({ inquiry: id, text: prose }),
  /** The member's answer to what they were asked; '' takes it back. */
  answerInquiry: z.object({ inquiry: id, answer: prose }),
  /** The member has read the review that they were asked to read, or (`on: false`) not after all. */
  reviewRead: z.object({ inquiry: id, on: z.boolean() }),
};

export type StoryAnswers = {
  timeline: StoryPage;
  complete: { names: CompletedName[] };
  inbox: InboxView;
  inboxCount: { count: number };
  mentionSeen: null;
  keepAnswer: null;
  answerInquiry: null;
  reviewRead: null;
};

/** `at`: ms since 1970. Texts are cut to what a row shows. */
export type StoryEntry = {
  at: number;
  /** Unique in the story, and of the same entry every time. */
  key: string;
  kind: StoryKind;
  /** The card that tells more, or null. */
  card: { kind: 'expectation' | 'note' | 'commitment' | 'interaction'; id: string } | null;
  /** The call it is, or was tagged in. */
  call: string | null;
  /** The page it stands on: http or https, or ''. */
  url: string;
  /** Subject of a mail or call; of an outcome what it is the outcome of; else ''. */
  title: string;
  /** In the customer's words, '' without any. */
  theirs: string;
  /** In ours. */
  ours: string;
  /** On their side. */
  from: Person | null;
  /** Who wrote it down, asked, or decided. */
  by: { name: string; me: boolean };
  keptHere: boolean;
  /** Nobody heard from them, or they from us, for so long before what stands above; only unfiltered. */
  silence?: Silence;
} & MomentSaid;

export type StoryPage = {
  customer: { id: string; name: string };
  entries: StoryEntry[];
  /** Entries that fit the filters, in all pages. */
  total: number;
  /** Where the next page begins; null: this was the last. */
  next: { at: number; key: string } | null;
  /** Of the whole story, whatever the filters; on the first page only. */
  facets: {
    kinds: { kind: StoryKind; count: number }[];
    people: { key: string; name: string; side: 'theirs' | 'ours'; count: number }[];
    /** Since the last word, where that is long ago. */
    since: Silence | null;
  } | null;
};

export type CompletedName = {
  id: string;
  kind: 'member' | 'customer' | 'project';
  /** As it goes into the text. */
  name: string;
  /** Tells namesakes apart. */
  detail: string;
};

export type InboxView = {
  /** Not seen yet, newest first. */
  mentions: MentionView[];
  /** Asked of the member and not answered, the most urgent first. */
  inquiries: InquiryView[];
  /** The member's, due soon, today or before; the earliest first. */
  dues: DueView[];
};

export type MentionView = {
  id: string;
  at: number;
  by: string;
  text: string;
  /** What the card is about, '' where that is not known here. */
  customer: string;
  /** null: it is not on this device, or taken back. */
  card: StoryEntry['card'];
};

export type InquiryView = {
  id: string;
  at: number;
  by: string;
  /** acknowledge: to read a review and to say whether one agrees. */
  asks: 'answer' | 'acknowledge';
  question: string;
  customer: string;
  project: string;
  /** It was asked in a review. */
  inReview: boolean;
  /** What it is about, in their words or ours, and the card that tells more. */
  moment: { words: string; card: StoryEntry['card'] } | null;
  /** Its page in the console, or the review's: http or https; '' before connecting. */
  url: string;
  /** ISO 8601 date, or null */
  due: string | null;
  /** Days until then; negative: so many days ago. */
  days: number | null;
  /** What was typed as an answer and not saved. */
  draft: string;
};

export type DueView = {
  what: DueKind;
  key: string;
  text: string;
  customer: string;
  /** ISO 8601 date */
  on: string;
  /** Days until then; negative: so many days ago. */
  days: number;
  card: StoryEntry['card'];
  /** Its page in the console, of what has no card: http or https. */
  url?: string;
};
