// Kano's two questions and what their answers say. Kano, Seraku, Takahashi and Tsuji (1984),
// "Attractive quality and must-be quality"; the table, the rule for ties and the coefficients as in
// Berger et al. (1993), "Kano's methods for understanding customer-defined quality", Center for
// Quality of Management Journal 2(4).
import type * as z from 'zod/mini';
import { type kano, kanoAnswer } from './kinds.ts';

export type KanoCategory = z.output<typeof kano>;
export type KanoAnswer = z.output<typeof kanoAnswer>;
export type KanoCounts = Readonly<Record<KanoCategory, number>>;

/** From liking it to disliking it: the order of the questionnaire. */
export const KANO_ANSWERS: readonly KanoAnswer[] = kanoAnswer.options;

/**
 * The heavier one first, M > O > A > I: to overlook a must-be costs most. The two that are no
 * preference stand last.
 */
export const KANO_CATEGORIES: readonly KanoCategory[] = [
  ...(['must-be', 'one-dimensional', 'attractive', 'indifferent'] as const),
  ...(['reverse', 'questionable'] as const),
];

const [M, O, A] = ['must-be', 'one-dimensional', 'attractive'] as const;
const [I, R, Q] = ['indifferent', 'reverse', 'questionable'] as const;
/** Row: answer to "if it were so". Column: answer to "if it were not so". */
const TABLE: Readonly<Record<KanoAnswer, readonly KanoCategory[]>> = {
  like: [Q, A, A, A, O],
  'must-be': [R, I, I, I, M],
  neutral: [R, I, I, I, M],
  'live-with': [R, I, I, I, M],
  dislike: [R, R, R, R, Q],
};

/** What one person's two answers say. */
export function kanoOf(functional: KanoAnswer, dysfunctional: KanoAnswer): KanoCategory {
  return TABLE[functional][KANO_ANSWERS.indexOf(dysfunctional)] ?? Q;
}

export type KanoReply = {
  /** Who answered; null: nobody knows any more. */
  respondent: string | null;
  /** When, as ISO 8601. */
  at: string;
  functional: KanoAnswer;
  dysfunctional: KanoAnswer;
};

/** One reply a person: of somebody who was asked again the last. Without a name each one counts. */
export function latestReplies<R extends KanoReply>(replies: readonly R[]): R[] {
  const last = new Map<string, R>();
  for (const reply of replies) {
    if (reply.respondent === null) continue;
    const before = last.get(reply.respondent);
    if (before === undefined || Date.parse(before.at) <= Date.parse(reply.at))
      last.set(reply.respondent, reply);
  }
  return replies.filter(
    (reply) => reply.respondent === null || last.get(reply.respondent) === reply,
  );
}

/** How many replies fall into each category. */
export function kanoCounts(replies: readonly KanoReply[]): KanoCounts {
  const counts = Object.fromEntries(KANO_CATEGORIES.map((category) => [category, 0])) as Record<
    KanoCategory,
    number
  >;
  for (const { functional, dysfunctional } of replies)
    counts[kanoOf(functional, dysfunctional)] += 1;
  return counts;
}

/**
 * The category that most replies fall into; several where they are tied, the heavier first; none
 * where nobody replied.
 */
export function kanoMost(counts: KanoCounts): KanoCategory[] {
  const most = Math.max(...Object.values(counts));
  return most === 0 ? [] : KANO_CATEGORIES.filter((category) => counts[category] === most);
}

/**
 * How much it would please to meet it, 0 to 1: (A + O) / n, and how much it would displease not to,
 * −1 to 0: −(O + M) / n, where n = A + O + M + I. Null where n is 0: reverse and questionable
 * replies are no measure of it.
 */
export function betterWorse(
  counts: KanoCounts,
): { better: number; worse: number; n: number } | null {
  const { attractive, indifferent } = counts;
  const [mustBe, oneDimensional] = [counts['must-be'], counts['one-dimensional']];
  const n = attractive + oneDimensional + mustBe + indifferent;
  if (n === 0) return null;
  // Not −0, where nobody would be displeased.
  const worse = oneDimensional + mustBe === 0 ? 0 : -(oneDimensional + mustBe) / n;
  return { better: (attractive + oneDimensional) / n, worse, n };
}
