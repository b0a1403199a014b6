// What the report counts. Of several reviews of one thing the newest counts. Pure.
import { type Rate, wilson } from '../../audit/interval.ts';
import { reviewScores } from '../../audit/review-score.ts';
import { quadrantOf } from '../../audit/scores.ts';
import { byStandard } from '../../domain/disputes.ts';
import { USUAL_BOUND } from '../../domain/insight.ts';
import { NOT_SCORED } from '../../domain/reviews.ts';
import type { StandardVersion } from '../../domain/standards.ts';
import type { Dot } from '../insight/calls.ts';
import { isMet, type Side } from '../review/score.ts';
import type { DisputeTold, Report, ReviewTold, SubjectTold } from './answer.ts';

/** One that was reviewed, with the review that counts. */
export type Counted = { readonly subject: SubjectTold; readonly review: ReviewTold };

export function countedOf({ subjects }: Pick<Report, 'subjects'>): Counted[] {
  return subjects.flatMap((subject) => {
    const [review] = subject.reviews;
    return review === undefined ? [] : [{ subject, review }];
  });
}

export type Spread = {
  readonly n: number;
  readonly least: number;
  readonly median: number;
  readonly most: number;
};

/** null: there are none. */
export function spreadOf(values: readonly number[]): Spread | null {
  const sorted = [...values].sort((a, b) => a - b);
  const [least, most] = [sorted[0], sorted.at(-1)];
  if (least === undefined || most === undefined) return null;
  const half = (sorted.length - 1) / 2;
  const [low = 0, high = 0] = [sorted[Math.floor(half)], sorted[Math.ceil(half)]];
  return { n: sorted.length, least, median: (low + high) / 2, most };
}

export type Summary = {
  readonly counted: readonly Counted[];
  readonly ours: Spread | null;
  readonly theirs: Spread | null;
  /** Of those with a score: by our standard. */
  readonly byOurs: Rate;
  /** Of those with both a score and a word of the customer's. */
  readonly below: Rate;
  /** Of those reviewed: at least one nonconformity, or a critical standard missed. */
  readonly nonconforming: Rate;
  /** Of those improvements that somebody looked at again. */
  readonly helped: Rate;
};

export function summaryOf(report: Report): Summary {
  const counted = countedOf(report);
  const scores = (side: Side) => counted.flatMap(({ review }) => review[side] ?? []);
  const ours = scores('ours');
  const dots = dotsOf(report);
  const rate = (hits: number, n: number) => rateOf(report, hits, n);
  const improved = (state: string) =>
    report.improvements.filter((one) => one.state === state).length;
  const helped = improved('effective');
  return {
    ...{ counted, ours: spreadOf(ours), theirs: spreadOf(scores('theirs')) },
    byOurs: rate(ours.filter((score) => score >= USUAL_BOUND.ours).length, ours.length),
    below: rate(dots.filter(({ quadrant }) => quadrant === 'happy-below-ours').length, dots.length),
    nonconforming: rate(
      counted.filter(({ review }) => isNonconforming(report, review)).length,
      counted.length,
    ),
    // Nobody drew the improvements: they are not a part of the population.
    helped: wilson(helped, helped + improved('not-effective')),
  };
}

/** Corrected for how many there are; what was merged since may leave fewer than were reviewed. */
export function rateOf({ draw }: Pick<Report, 'draw'>, hits: number, n: number): Rate {
  const population = draw.population.size;
  return wilson(hits, n, population >= n ? { population } : {});
}

function isNonconforming({ standards }: Report, review: ReviewTold): boolean {
  if (review.findings.some(({ type }) => type === 'nonconformity')) return true;
  return reviewScores(standards, review.scores).ours.critical;
}

/** Those that have both a score of ours and a word of the customer's. */
export function dotsOf(report: Report): Dot[] {
  return countedOf(report).flatMap(({ subject, review }) => {
    const { id, name, customer, satisfaction } = subject;
    if (review.ours === null || satisfaction === null) return [];
    const ours = Math.min(100, Math.max(0, review.ours));
    return {
      ...{ id, review: review.id, name, customer, satisfaction, ours, theirs: review.theirs },
      quadrant: quadrantOf(satisfaction, ours, USUAL_BOUND),
      at: Date.parse(review.finishedAt ?? '') || 0,
    };
  });
}

export type StandardRow = {
  readonly standard: StandardVersion;
  readonly notApplicable: number;
  /** Met, of those judged where a target is set; null: none is set. */
  readonly ours: Rate | null;
  readonly theirs: Rate | null;
};

/** By name, and of one name the older version first. */
export function standardRows(report: Report): StandardRow[] {
  const counted = countedOf(report);
  return report.standards
    .map((standard) => {
      const said = counted.flatMap(({ review }) => review.scores[standard.id] ?? []);
      const side = (which: Side): Rate | null => {
        const target = which === 'ours' ? standard.ourTarget : standard.customerTarget;
        if (target === null) return null;
        const met = said.flatMap(({ applies, ours, theirs }) => {
          const entry = { ...NOT_SCORED, applies, ours, theirs, asked: theirs !== null };
          return isMet(standard, entry, which) ?? [];
        });
        return rateOf(report, met.filter(Boolean).length, met.length);
      };
      return {
        ...{ standard, ours: side('ours'), theirs: side('theirs') },
        notApplicable: said.filter(({ applies }) => !applies).length,
      };
    })
    .sort(
      ({ standard: a }, { standard: b }) =>
        a.name.localeCompare(b.name) || a.version - b.version || (a.id < b.id ? -1 : 1),
    );
}

export type Exchange = {
  readonly subject: SubjectTold;
  readonly review: ReviewTold;
  /** null: the review as a whole. */
  readonly standard: string | null;
  /** The first first. */
  readonly said: readonly DisputeTold[];
};

/** All that the owners said, by project and standard; where they only agreed, nothing. */
export function exchangesOf(report: Report): Exchange[] {
  return report.subjects.flatMap((subject) =>
    subject.reviews.flatMap((review) =>
      [...byStandard(review.disputes)].flatMap(([standard, all]) => {
        if (all.every(({ stance }) => stance === 'accept')) return [];
        const said = all.flatMap(({ id }) => review.disputes.filter((one) => one.id === id));
        return { subject, review, standard: standard || null, said };
      }),
    ),
  );
}
