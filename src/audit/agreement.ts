// Agreement between reviewers: how often they said the same, and how much of that is more than
// chance. Cohen 1960 and 1968, Fleiss 1971; standard errors Fleiss, Cohen and Everitt 1969, Fleiss,
// Nee and Landis 1979. Several reviewers on a scale: Gwet 2014, 3.5 (weighted, his generalisation of
// Fleiss' kappa).
import { AuditError, quantile } from './normal.ts';

/** `unweighted`: only the same is agreement; for scales near ones agree partly. */
export type Weighting = 'unweighted' | 'linear' | 'quadratic';

export type Agreement = {
  /** Subjects that count. */
  readonly n: number;
  /** Share of pairs that said the same (weighted where weights are), or null without any. */
  readonly observed: number | null;
  /** null where it is not defined; `why` says why. */
  readonly kappa: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly standardError: number | null;
  readonly why: WhyUndefined | null;
};

/**
 * nothing: nothing was judged. one-category: all said the same of everything, so nothing is left that
 * chance would not explain too. Of these there is a kappa but no interval – one-subject;
 * all-agree: nothing that differs says how far it may be off; one-decides: without one of the subjects
 * there would be no kappa.
 */
export type WhyUndefined = 'nothing' | 'one-category' | 'one-subject' | 'all-agree' | 'one-decides';

const UNDEFINED = { kappa: null, low: null, high: null, standardError: null } as const;

/**
 * Cohen's kappa of two reviewers.
 * @param table table[i][j]: how many subjects the first put into category i and the second into j
 */
export function cohen(
  table: readonly (readonly number[])[],
  weighting: Weighting = 'unweighted',
  confidence = 0.95,
): Agreement {
  const k = table.length;
  if (table.some((row) => row.length !== k || row.some((count) => !(count >= 0)))) {
    throw new AuditError('Two reviewers need a square table of counts.');
  }
  const at = (i: number, j: number) => table[i]?.[j] ?? 0;
  const indexes = Array.from({ length: k }, (_, index) => index);
  const total = (count: (index: number) => number) =>
    indexes.reduce((all, index) => all + count(index), 0);
  const n = total((i) => total((j) => at(i, j)));
  if (n === 0) return { n, observed: null, ...UNDEFINED, why: 'nothing' };
  const rows = indexes.map((i) => total((j) => at(i, j)) / n);
  const columns = indexes.map((j) => total((i) => at(i, j)) / n);
  const row = (i: number) => rows[i] ?? 0;
  const column = (j: number) => columns[j] ?? 0;
  const w = (i: number, j: number) => weightOf(weighting, i, j, k);
  const observed = total((i) => total((j) => w(i, j) * at(i, j))) / n;
  const expected = total((i) => total((j) => w(i, j) * row(i) * column(j)));
  if (1 - expected < 1e-12) return { n, observed, ...UNDEFINED, why: 'one-category' };
  const kappa = (observed - expected) / (1 - expected);
  const inRow = indexes.map((i) => total((j) => w(i, j) * column(j)));
  const inColumn = indexes.map((j) => total((i) => w(i, j) * row(i)));
  const spread = total((i) =>
    total((j) => {
      const mean = (inRow[i] ?? 0) + (inColumn[j] ?? 0);
      return (at(i, j) / n) * (w(i, j) - mean * (1 - kappa)) ** 2;
    }),
  );
  const variance = (spread - (kappa - expected * (1 - kappa)) ** 2) / (n * (1 - expected) ** 2);
  return { n, observed, ...around(kappa, Math.sqrt(Math.max(0, variance)), confidence) };
}

/**
 * Fleiss' kappa of several reviewers, with its interval by leaving out one subject at a time
 * (jackknife): the formula of 1979 holds only where there is no agreement at all.
 * @param counts counts[s][c]: how many put subject s into category c; each subject by the same number
 */
export function fleiss(
  counts: readonly (readonly number[])[],
  weighting: Weighting = 'unweighted',
  confidence = 0.95,
): Agreement {
  const n = counts.length;
  if (n === 0) return { n, observed: null, ...UNDEFINED, why: 'nothing' };
  const raters = sum(counts[0] ?? []);
  if (counts.some((row) => sum(row) !== raters)) {
    throw new AuditError('Each subject has to be judged by the same number of reviewers.');
  }
  if (raters < 2) throw new AuditError('Agreement takes at least two reviewers.');
  const { observed, kappa } = fleissOf(counts, weighting);
  if (kappa === null) return { n, observed, ...UNDEFINED, why: 'one-category' };
  return {
    n,
    observed,
    ...jackknife(counts, kappa, (rest) => fleissOf(rest, weighting).kappa, confidence),
  };
}

/** Who put a subject into which category: one number for each reviewer, always in the same order. */
export type Judgement = readonly number[];

/**
 * Of two reviewers Cohen's kappa, of more Fleiss'.
 * @param judgements judgements[s][r]: the category, from 0, that reviewer r put subject s into
 */
export function agreementOf(
  judgements: readonly Judgement[],
  categories: number,
  weighting: Weighting = 'unweighted',
  confidence = 0.95,
): Agreement {
  return judgements[0]?.length === 2
    ? cohen(tableOf(judgements, categories), weighting, confidence)
    : fleiss(countsOf(judgements, categories), weighting, confidence);
}

/**
 * The same over several judgements of each subject, unweighted. Those of one subject hang together, so
 * the interval comes from leaving out whole subjects.
 */
export function agreementOver(
  subjects: readonly (readonly Judgement[])[],
  categories: number,
  confidence = 0.95,
): Agreement {
  const of = (some: typeof subjects) => agreementOf(some.flat(), categories);
  const { n, observed, kappa, why } = of(subjects);
  if (kappa === null) return { n, observed, ...UNDEFINED, why };
  const judged = subjects.filter((judgements) => judgements.length > 0);
  return { n, observed, ...jackknife(judged, kappa, (rest) => of(rest).kappa, confidence) };
}

function tableOf(judgements: readonly Judgement[], categories: number): number[][] {
  const table = Array.from({ length: categories }, () => new Array<number>(categories).fill(0));
  for (const [i = 0, j = 0] of judgements) {
    const row = table[i];
    if (row === undefined || j >= categories) throw new AuditError('There is no such category.');
    row[j] = (row[j] ?? 0) + 1;
  }
  return table;
}

function countsOf(judgements: readonly Judgement[], categories: number): number[][] {
  return judgements.map((judgement) => {
    const counts = new Array<number>(categories).fill(0);
    for (const category of judgement) {
      if (category >= categories) throw new AuditError('There is no such category.');
      counts[category] = (counts[category] ?? 0) + 1;
    }
    return counts;
  });
}

/** The interval from how much it changes without one of them (Quenouille, Tukey). */
function jackknife<T>(
  all: readonly T[],
  kappa: number,
  kappaOf: (rest: readonly T[]) => number | null,
  confidence: number,
): Omit<Agreement, 'n' | 'observed'> {
  const n = all.length;
  if (isPerfect(kappa)) return around(kappa, 0, confidence);
  if (n === 1) return { ...UNDEFINED, kappa, why: 'one-subject' };
  const without = all.map((_, left) => kappaOf(all.filter((_, at) => at !== left)));
  const known = without.filter((one) => one !== null);
  if (known.length < n) return { ...UNDEFINED, kappa, why: 'one-decides' };
  const mean = sum(known) / n;
  const error = Math.sqrt(((n - 1) / n) * sum(known.map((one) => (one - mean) ** 2)));
  return around(kappa, error, confidence);
}

function fleissOf(counts: readonly (readonly number[])[], weighting: Weighting) {
  const n = counts.length;
  const raters = sum(counts[0] ?? []);
  const k = counts[0]?.length ?? 0;
  const indexes = Array.from({ length: k }, (_, index) => index);
  const w = (i: number, j: number) => weightOf(weighting, i, j, k);
  const total = (count: (index: number) => number) => sum(indexes.map(count));
  // Pairs of reviewers, each with as much agreement as its two categories have.
  const agreed = (row: readonly number[]) =>
    total((i) => (row[i] ?? 0) * (total((j) => w(i, j) * (row[j] ?? 0)) - 1));
  const observed = sum(counts.map(agreed)) / (n * raters * (raters - 1));
  const shares = indexes.map((c) => sum(counts.map((row) => row[c] ?? 0)) / (n * raters));
  const expected = total((i) => total((j) => w(i, j) * (shares[i] ?? 0) * (shares[j] ?? 0)));
  const kappa = 1 - expected < 1e-12 ? null : (observed - expected) / (1 - expected);
  return { observed, kappa };
}

function weightOf(weighting: Weighting, i: number, j: number, k: number): number {
  if (weighting === 'unweighted' || k < 2) return i === j ? 1 : 0;
  const apart = Math.abs(i - j) / (k - 1);
  return weighting === 'linear' ? 1 - apart : 1 - apart ** 2;
}

function around(
  kappa: number,
  standardError: number,
  confidence: number,
): Omit<Agreement, 'n' | 'observed'> {
  // From 1 to 1 would say that it is known for sure, however few were looked at.
  if (isPerfect(kappa)) return { ...UNDEFINED, kappa, why: 'all-agree' };
  const half = quantile(confidence) * standardError;
  return {
    ...{ kappa, standardError, why: null },
    low: Math.max(-1, kappa - half),
    high: Math.min(1, kappa + half),
  };
}

function isPerfect(kappa: number): boolean {
  return kappa > 1 - 1e-12;
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0);
}
