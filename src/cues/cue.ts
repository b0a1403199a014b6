import type { dimension, unstatedBecause } from '../domain/index.ts';

export type CueKind =
  | 'assumption'
  | 'expectation'
  | 'soft-grievance'
  | 'comparison'
  | 'constraint'
  | 'uncertainty'
  | 'commitment';

/** SERVQUAL's, as records have them. */
export type Dimension = (typeof dimension)['_zod']['output'];
/** Why something was not said. */
export type Reason = (typeof unstatedBecause)['_zod']['output'];

/** A place in a text where something unsaid may hide, or a promise. */
export type Cue = {
  /** UTF-16 offsets in the text given; `end` is exclusive. */
  start: number;
  end: number;
  /** The whole sentence around it, likewise. */
  sentence: [number, number];
  kind: CueKind;
  /** The rule that made it: 'assumption/of-course'. */
  rule: string;
  /** One plain sentence: what the rule saw. */
  why: string;
  /** Of a commitment: who promised. */
  by?: 'writer' | 'reader';
  /** Of a commitment: the day it is due, ISO 8601 (2026-03-03), if the words name one. */
  due?: string;
  reason?: Reason;
  dimension?: Dimension;
};

/** How often a member took a rule's cues for right and for wrong, by rule. */
export type Taught = Readonly<Record<string, { yes: number; no: number }>>;

export type Options = {
  /** When the mail was sent, in ms since 1970: days are counted from it. None: no due dates. */
  sentAt?: number;
  /** Of the sender's clock, in minutes east of UTC: where "tomorrow" was said. */
  minutesEast?: number;
  /** Whose mail it is. Rules weigh both alike: `by` says who promised, whoever that is. */
  direction?: 'inbound' | 'outbound';
  taught?: Taught;
};
