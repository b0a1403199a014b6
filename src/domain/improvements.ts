// What is done so that it does not happen again (ISO 9001, 10.2): said, done, and later looked at
// whether it helped. Improvements as they are read from their records.
import type { Evidence } from './evidence.ts';
import type { Fields } from './fields.ts';
import type { Id } from './id.ts';

/**
 * open → done → effective | not-effective; or dropped, from wherever it stood. One that was not
 * effective stays so: what is tried next is an improvement of its own that follows it.
 */
export const IMPROVEMENT_STATES = [
  'open',
  'done',
  'effective',
  'not-effective',
  'dropped',
] as const;
export type ImprovementState = (typeof IMPROVEMENT_STATES)[number];

export type Improvement = {
  id: Id;
  state: ImprovementState;
  /** What could have been better, as it was said. */
  text: string;
  cause: string;
  action: string;
  owner: Id | null;
  /** ISO 8601 dates, without a time zone: until when, and when to look whether it helped. */
  due: string | null;
  checkOn: string | null;
  doneAt: string | null;
  doneText: string;
  checkedAt: string | null;
  checkedBy: Id | null;
  effectText: string;
  /** Why it was dropped; '' where it was not, or nobody said. */
  reason: string;
  review: Id | null;
  finding: Id | null;
  /** The improvement before it, which did not help. */
  follows: Id | null;
  session: Id | null;
  /** The moment of the story: its record, and when it was (ISO). */
  subject: { kind: string; id: Id } | null;
  at: string | null;
  customer: Id | null;
  project: Id | null;
  interaction: Id | null;
  /** The customer's words that it is about, in the order in which they were pinned. */
  quotes: readonly { quote: string; interaction: Id | null }[];
  /** Taken back by whoever wrote it. */
  deleted: boolean;
};

export function improvementOf(id: Id, fields: Fields<'improvement'>): Improvement {
  return {
    ...{ id, state: improvementState(fields) },
    ...{ text: fields.text ?? '', cause: fields.cause ?? '', action: fields.action ?? '' },
    ...{ owner: fields.owner ?? null, due: fields.due ?? null, checkOn: fields.checkOn ?? null },
    ...{ doneAt: fields.doneAt ?? null, doneText: fields.doneText ?? '' },
    ...{ checkedAt: fields.checkedAt ?? null, checkedBy: fields.checkedBy ?? null },
    ...{ effectText: fields.effectText ?? '', reason: fields.reason ?? '' },
    ...{ review: fields.review ?? null, finding: fields.finding ?? null },
    ...{ follows: fields.follows ?? null, session: fields.session ?? null },
    ...{ subject: fields.subject ?? null, at: fields.at ?? null },
    ...{ customer: fields.customer ?? null, project: fields.project ?? null },
    ...{ interaction: fields.interaction ?? null, deleted: fields.deleted ?? false },
    quotes: quotesIn(fields.evidence ?? {}),
  };
}

/** A check counts only for what is done: whoever sets one back to open has it still to do. */
export function improvementState(fields: Fields<'improvement'>): ImprovementState {
  const { state = 'open', checkedAt, effective } = fields;
  if (state !== 'done' || checkedAt === undefined || effective === undefined) return state;
  return effective ? 'effective' : 'not-effective';
}

/** Ids are made in time: the order of the keys is the order in which they were pinned. */
function quotesIn(evidence: { readonly [id: string]: Evidence | null }): Improvement['quotes'] {
  return Object.entries(evidence)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, one]) =>
      one?.quote ? [{ quote: one.quote, interaction: one.interaction ?? null }] : [],
    );
}

/** What can be done with one in this state. */
export const ACTS = ['change', 'done', 'reopen', 'check', 'recheck', 'drop', 'follow'] as const;
export type Act = (typeof ACTS)[number];

const ACTS_IN: Readonly<Record<ImprovementState, readonly Act[]>> = {
  open: ['change', 'done', 'drop'],
  done: ['change', 'check', 'reopen', 'drop'],
  effective: ['recheck'],
  'not-effective': ['follow', 'recheck'],
  dropped: ['reopen'],
};

export function mayAct(state: ImprovementState, act: Act): boolean {
  return ACTS_IN[state].includes(act);
}

/**
 * What is late. `action`: it was to be done by now; `check`: somebody was to look by now whether it
 * helped; `next`: it did not help, and nothing was tried after it. null: nothing.
 */
export type Late = 'action' | 'check' | 'next';

/** @param today ISO 8601 date where the reader is */
export function lateness(
  { state, due, checkOn }: Pick<Improvement, 'state' | 'due' | 'checkOn'>,
  today: string,
  isFollowed = false,
): Late | null {
  if (state === 'open' && due !== null && due < today) return 'action';
  if (state === 'done' && checkOn !== null && checkOn < today) return 'check';
  return state === 'not-effective' && !isFollowed ? 'next' : null;
}

/** The day it waits for: to be done or to be looked at; null where it waits for none. */
export function waitsFor({
  state,
  due,
  checkOn,
}: Pick<Improvement, 'state' | 'due' | 'checkOn'>): string | null {
  if (state === 'open') return due;
  return state === 'done' ? checkOn : null;
}

/** Days after it is done until one looks whether it helped, unless somebody says otherwise. */
export const CHECK_AFTER_DAYS = 30;

/** Characters, of what people type into it. */
export const LONGEST_IMPROVEMENT = 5_000;
