// What the owner of a project says to a review, and what the reviewer says to that. Nothing that was
// said is changed: who thinks otherwise later says so anew.
import type { Fields } from './fields.ts';
import type { Id } from './id.ts';

export const STANCES = ['accept', 'partly', 'reject'] as const;
export type Stance = (typeof STANCES)[number];

export const LONGEST_REASON = 20_000;

export type Dispute = {
  id: Id;
  review: Id;
  /** The version of the standard; null: the whole review. */
  standard: Id | null;
  /** Who said it, and when: ISO instant. */
  by: Id;
  at: string;
  stance: Stance;
  /** '' with accept only. */
  reason: string;
  /** The reviewer's; null: none yet. */
  answered: {
    result: 'stands' | 'changed';
    text: string;
    at: string | null;
    by: Id | null;
  } | null;
};

/** `by` and `at` (ms since 1970): who wrote its first change, and when. null: it says nothing. */
export function disputeOf(
  id: Id,
  fields: Fields<'dispute'>,
  { by, at }: { by: Id; at: number },
): Dispute | null {
  const { review, stance, standard, reason, result } = fields;
  if (fields.deleted === true || review === undefined || stance === undefined) return null;
  return {
    ...{ id, review, standard: standard ?? null, by, at: fields.at ?? new Date(at).toISOString() },
    ...{ stance, reason: reason ?? '' },
    answered:
      result === undefined
        ? null
        : {
            ...{ result, text: fields.answer ?? '' },
            ...{ at: fields.answeredAt ?? null, by: fields.answeredBy ?? null },
          },
  };
}

/** Standard ('' for the whole review) → all that was said to it, oldest first. */
export function byStandard(disputes: readonly Dispute[]): Map<string, Dispute[]> {
  const said = new Map<string, Dispute[]>();
  for (const dispute of [...disputes].sort(inTime)) {
    const key = dispute.standard ?? '';
    said.set(key, [...(said.get(key) ?? []), dispute]);
  }
  return said;
}

/** The last word is the owner's, who does not agree: the reviewer is to answer it. */
export function waitsForReviewer(said: readonly Dispute[]): Dispute | null {
  const last = said.at(-1);
  if (last === undefined || last.stance === 'accept' || last.answered !== null) return null;
  return last;
}

/** Who does not agree says why. */
export function needsReason(stance: Stance): boolean {
  return stance !== 'accept';
}

function inTime(a: Dispute, b: Dispute): number {
  return a.at < b.at ? -1 : a.at > b.at ? 1 : a.id < b.id ? -1 : 1;
}
