// What of a record is still to be done, until when and by whom: the same for the browser's reminders
// and the server's mails.
import type { Fields } from './fields.ts';
import type { Id } from './id.ts';
import { improvementState } from './improvements.ts';

/**
 * A promise (ours or theirs), a question to ask, something expected with a date, a decision to look
 * at again, an improvement to make, and one to look at whether it helped.
 */
export type DueKind =
  | 'ours'
  | 'theirs'
  | 'question'
  | 'expectation'
  | 'decision'
  | 'improvement'
  | 'check';

export type Due = {
  what: DueKind;
  kind: 'commitment' | 'probe' | 'expectation' | 'improvement';
  id: Id;
  /** ISO 8601 date, without a time zone */
  on: string;
  /** Whose it is: its owner's, or where it has none its author's. */
  whose: Id;
};

export type DueRecord =
  | { kind: 'commitment'; id: Id; author: Id; fields: Fields<'commitment'> }
  | { kind: 'probe'; id: Id; author: Id; fields: Fields<'probe'> }
  | { kind: 'expectation'; id: Id; author: Id; fields: Fields<'expectation'> }
  | { kind: 'improvement'; id: Id; author: Id; fields: Fields<'improvement'> };

export const DUE_KINDS: readonly DueRecord['kind'][] = [
  'commitment',
  'probe',
  'expectation',
  'improvement',
];

export function duesOf({ kind, id, author, fields }: DueRecord): Due[] {
  if (fields.deleted === true) return [];
  const whose = fields.owner ?? author;
  const of = (what: DueKind, on: string | undefined, by: Id = whose): Due[] =>
    on === undefined ? [] : [{ what, kind, id, on, whose: by }];
  switch (kind) {
    case 'commitment': {
      if ((fields.state ?? 'open') !== 'open') return [];
      return of(fields.by === 'them' ? 'theirs' : 'ours', fields.due);
    }
    case 'probe':
      return fields.askedAt === undefined && fields.answeredAt === undefined
        ? of('question', fields.due)
        : [];
    case 'expectation': {
      const isOpen = (fields.outcome ?? 'open') === 'open' && fields.stage !== 'refuted';
      if (!isOpen) return [];
      const isDone = fields.decision === 'decline';
      return [
        ...(isDone ? [] : of('expectation', fields.due)),
        ...of('decision', fields.reviewOn, fields.decidedBy ?? whose),
      ];
    }
    case 'improvement': {
      const state = improvementState(fields);
      if (state === 'open') return of('improvement', fields.due);
      return state === 'done' ? of('check', fields.checkOn) : [];
    }
  }
}

/** Whole days from one ISO date to another; negative where `to` comes first. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}

/** The date so many days later. */
export function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
