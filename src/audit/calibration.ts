// How far several reviewers of the same subjects agree, standard by standard and over all of them,
// and where they differ most.
import type { Id, Review, ScoreEntry, StandardVersion } from '../domain/index.ts';
import { type Agreement, agreementOf, agreementOver, type Judgement } from './agreement.ts';
import { type Rate, wilson } from './interval.ts';
import { isJudgedBy, type Side } from './review-score.ts';

export type Calibration = {
  /** Subjects that all of the reviewers have reviewed. */
  subjects: number;
  ours: SideAgreement;
  theirs: SideAgreement;
  /** The furthest apart first. */
  differences: Difference[];
};

export type SideAgreement = {
  /** Met or missed, over all standards; scales and numbers by their target. */
  overall: Agreed;
  standards: (Agreed & {
    standard: Id;
    /** Subjects where not all said that it applies, or (theirs) that it was asked for. */
    apart: number;
    /** Subjects of which no reviewer said a value. */
    none: number;
  })[];
};

export type Agreed = {
  /** Of `n` judgements, in how many all reviewers said the same. */
  same: Rate;
  agreement: Agreement;
};

export type Difference = {
  subject: Id;
  standard: Id;
  /** 1: as far apart as can be. */
  apart: number;
  /** In the order of `reviewers`; null: not judged at all. */
  said: (ScoreEntry | null)[];
};

export type CalibrationInput = {
  /** Who has reviewed all of it; at least two. */
  reviewers: readonly Id[];
  /** Those of the subjects' reviews that count; one for each reviewer and subject. */
  reviews: readonly Pick<Review, 'subject' | 'reviewer' | 'scores'>[];
  /** The versions that were judged by. */
  standards: readonly StandardVersion[];
  /** How many subjects there are that these were drawn of. */
  population: number;
};

export const MOST_DIFFERENCES = 50;

export function calibrationOf(input: CalibrationInput): Calibration {
  const subjects = jointly(input);
  const sideOf = (side: Side) => sideAgreement(input, subjects, side);
  const differences = [...subjects].flatMap(([subject, said]) =>
    input.standards.flatMap((standard): Difference[] => {
      const entries = said.map((scores) => entryOf(scores, standard.id));
      const apart = Math.max(
        distance(standard, entries, 'ours'),
        distance(standard, entries, 'theirs'),
      );
      return apart === 0 ? [] : [{ subject, standard: standard.id, apart, said: entries }];
    }),
  );
  const values = ({ said }: Difference) => said.filter((entry) => entry?.applies).length;
  differences.sort(
    (a, b) =>
      b.apart - a.apart ||
      // Two who judged have more to tell each other than one who did not.
      values(b) - values(a) ||
      (a.subject < b.subject ? -1 : a.subject > b.subject ? 1 : a.standard < b.standard ? -1 : 1),
  );
  return {
    ...{ subjects: subjects.size, ours: sideOf('ours'), theirs: sideOf('theirs') },
    differences: differences.slice(0, MOST_DIFFERENCES),
  };
}

type Scores = Readonly<Record<Id, ScoreEntry>>;

/** Subject → what each reviewer said, in their order, where all did. */
function jointly({ reviewers, reviews }: CalibrationInput): Map<Id, Scores[]> {
  const bySubject = new Map<Id, Map<Id, Scores>>();
  for (const { subject, reviewer, scores } of reviews) {
    if (reviewer === null) continue;
    const said = bySubject.get(subject) ?? new Map<Id, Scores>();
    bySubject.set(subject, said.set(reviewer, scores));
  }
  const joint = new Map<Id, Scores[]>();
  for (const [subject, said] of [...bySubject].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const all = reviewers.map((reviewer) => said.get(reviewer)).filter((one) => one !== undefined);
    if (all.length === reviewers.length) joint.set(subject, all);
  }
  return joint;
}

function entryOf(scores: Scores, standard: Id): ScoreEntry | null {
  return Object.hasOwn(scores, standard) ? (scores[standard] ?? null) : null;
}

/** What is compared: of a standard's values, the category each stands for. */
function categoriesOf(standard: StandardVersion): number {
  return standard.judgement === 'scale' ? 5 : 2;
}

function categoryOf(standard: StandardVersion, value: number, side: Side): number {
  if (standard.judgement === 'scale') return Math.min(5, Math.max(1, Math.round(value))) - 1;
  return isMet(standard, value, side) ? 1 : 0;
}

/** By the target; a yes without one is met, and of a scale from the middle on. */
function isMet(standard: StandardVersion, value: number, side: Side): boolean {
  const target = side === 'ours' ? standard.ourTarget : standard.customerTarget;
  switch (standard.judgement) {
    case 'yes-no':
      return value === 1;
    case 'scale':
      return value >= (target ?? 3);
    case 'number':
      return standard.better === 'less' ? value <= (target ?? value) : value >= (target ?? value);
  }
}

/** null where it does not apply, was not asked for, or was not judged. */
function judgedValue(entry: ScoreEntry | null, side: Side): number | null {
  return entry === null || !entry.applies ? null : entry[side];
}

function sideAgreement(
  { standards, reviewers, population }: CalibrationInput,
  subjects: ReadonlyMap<Id, Scores[]>,
  side: Side,
): SideAgreement {
  const judged = standards.filter((standard) => isJudgedBy(standard, side));
  const overall: Judgement[][] = [];
  const rows = new Map(judged.map(({ id }) => [id, { judgements: [] as Judgement[], ...NONE }]));
  for (const said of subjects.values()) {
    const ofSubject: Judgement[] = [];
    for (const standard of judged) {
      const row = rows.get(standard.id);
      const values = said.flatMap(
        (scores) => judgedValue(entryOf(scores, standard.id), side) ?? [],
      );
      if (row === undefined) continue;
      if (values.length === 0) row.none += 1;
      else if (values.length < reviewers.length) row.apart += 1;
      else {
        row.judgements.push(values.map((value) => categoryOf(standard, value, side)));
        ofSubject.push(values.map((value) => (isMet(standard, value, side) ? 1 : 0)));
      }
    }
    overall.push(ofSubject);
  }
  return {
    overall: {
      same: sameOver(overall, population),
      agreement: agreementOver(overall, 2),
    },
    standards: judged.map((standard) => {
      const { judgements = [], apart = 0, none = 0 } = rows.get(standard.id) ?? {};
      const weighting = standard.judgement === 'scale' ? 'linear' : 'unweighted';
      return {
        ...{ standard: standard.id, apart, none },
        same: wilson(judgements.filter(isSame).length, judgements.length, { population }),
        agreement: agreementOf(judgements, categoriesOf(standard), weighting),
      };
    }),
  };
}

const NONE = { apart: 0, none: 0 };

function isSame(judgement: Judgement): boolean {
  return judgement.every((category) => category === judgement[0]);
}

/**
 * Judgements of one subject hang together, so the interval is as wide as if each subject were one
 * judgement: rather too wide than too narrow.
 */
function sameOver(subjects: readonly (readonly Judgement[])[], population: number): Rate {
  const all = subjects.flat();
  const hits = all.filter(isSame).length;
  const judged = subjects.filter((judgements) => judgements.length > 0).length;
  if (all.length === 0) return wilson(0, 0);
  const rate = hits / all.length;
  const bounds = wilson(Math.round(rate * judged), judged, { population });
  return {
    ...{ hits, n: all.length, rate },
    ...{ low: Math.min(rate, bounds.low), high: Math.max(rate, bounds.high) },
  };
}

/** 0: all say the same; 1: as far apart as can be, or one says what another says does not apply. */
function distance(
  standard: StandardVersion,
  entries: readonly (ScoreEntry | null)[],
  side: Side,
): number {
  if (!isJudgedBy(standard, side)) return 0;
  const values = entries.flatMap((entry) => judgedValue(entry, side) ?? []);
  if (values.length === 0) return 0;
  if (values.length < entries.length) return 1;
  const [least, most] = [Math.min(...values), Math.max(...values)];
  if (least === most) return 0;
  switch (standard.judgement) {
    case 'yes-no':
      return 1;
    case 'scale':
      return (most - least) / 4;
    case 'number': {
      const met = values.map((value) => isMet(standard, value, side));
      // On the same side of the target they differ in what they measured alone.
      const part = (most - least) / Math.max(Math.abs(most), Math.abs(least));
      return met.every((one) => one === met[0]) ? Math.min(0.5, part / 2) : 1;
    }
  }
}
