// Questions to whoever answers for a project, as they are read from their records.
import type { Fields } from './fields.ts';
import type { Id } from './id.ts';

export type InquiryState = 'open' | 'answered' | 'withdrawn';

export const LONGEST_INQUIRY = { question: 20_000, answer: 50_000 };

export type Inquiry = {
  id: Id;
  /** acknowledge: to read a review and to say whether one agrees. */
  asks: 'answer' | 'acknowledge';
  question: string;
  /** Who asked, and when: ISO instant. */
  by: Id;
  at: string;
  /** Who is asked; null: nobody that this version knows of. */
  to: Id | null;
  /** ISO date, or null */
  due: string | null;
  review: Id | null;
  finding: Id | null;
  /** The version of the standard. */
  standard: Id | null;
  /** The moment it is about. */
  subject: { kind: string; id: Id } | null;
  customer: Id | null;
  project: Id | null;
  interaction: Id | null;
  state: InquiryState;
  /** '' where nothing was said. */
  answer: string;
  /** ISO instant; null also where an older version did not write it. */
  answeredAt: string | null;
  answeredBy: Id | null;
};

/** `by` and `at` (ms since 1970): who wrote its first change, and when. */
export function inquiryOf(
  id: Id,
  fields: Fields<'inquiry'>,
  { by, at }: { by: Id; at: number },
): Inquiry {
  return {
    ...{ id, by, at: new Date(at).toISOString() },
    asks: fields.asks ?? 'answer',
    question: fields.question ?? '',
    ...{ to: fields.to ?? null, due: fields.due ?? null },
    ...{ review: fields.review ?? null, finding: fields.finding ?? null },
    ...{ standard: fields.standard ?? null, subject: fields.subject ?? null },
    ...{ customer: fields.customer ?? null, project: fields.project ?? null },
    interaction: fields.interaction ?? null,
    state: inquiryState(fields),
    answer: fields.answer ?? '',
    ...{ answeredAt: fields.answeredAt ?? null, answeredBy: fields.answeredBy ?? null },
  };
}

/** What was answered stays so, even where it was taken back at the same time. */
export function inquiryState(fields: Fields<'inquiry'>): InquiryState {
  if (fields.answeredAt !== undefined || fields.answer?.trim()) return 'answered';
  return fields.withdrawn === true || fields.deleted === true ? 'withdrawn' : 'open';
}

/** Its day is over and nobody has answered; `today`: ISO date. */
export function isOverdue({ state, due }: Pick<Inquiry, 'state' | 'due'>, today: string): boolean {
  return state === 'open' && due !== null && due < today;
}
