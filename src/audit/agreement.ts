// Agreement between reviewers: how often they said the same, and how much of that is more than
// chance. Cohen 1960 and 1968, Fleiss 1971; standard errors Fleiss, Cohen and Everitt 1969, Fleiss,
// Nee and Landis 1979.
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
  readonly why: 'nothing' | 'one-category' | 'one-subject' | null;
};

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
  return { n, observed, ...around(kappa, Math.sqrt(Math.max(0, variance)), confidence), why: null };
}

/**
 * Fleiss' kappa of several reviewers, with its interval by leaving out one subject at a time
 * (jackknife): the formula of 1979 holds only where there is no agreement at all.
 * @param counts counts[s][c]: how many put subject s into category c; each subject by the same number
 */
export function fleiss(counts: readonly (readonly number[])[], confidence = 0.95): Agreement {
  const n = counts.length;
  if (n === 0) return { n, observed: null, ...UNDEFINED, why: 'nothing' };
  const raters = sum(counts[0] ?? []);
  if (counts.some((row) => sum(row) !== raters)) {
    throw new AuditError('Each subject has to be judged by the same number of reviewers.');
  }
  if (raters < 2) throw new AuditError('Agreement takes at least two reviewers.');
  const all = fleissOf(counts, raters);
  if (all.kappa === null) return { n, observed: all.observed, ...UNDEFINED, why: 'one-category' };
  if (n === 1) {
    return { n, observed: all.observed, ...UNDEFINED, kappa: all.kappa, why: 'one-subject' };
  }
  const without = counts.map((_, left) => {
    const rest = counts.filter((_, at) => at !== left);
    return fleissOf(rest, raters).kappa;
  });
  const known = without.filter((kappa) => kappa !== null);
  // Where leaving one out leaves one category, there is no such interval.
  if (known.length < n) {
    return { n, observed: all.observed, ...UNDEFINED, kappa: all.kappa, why: null };
  }
  const mean = sum(known) / n;
  const error = Math.sqrt(((n - 1) / n) * sum(known.map((kappa) => (kappa - mean) ** 2)));
  return { n, observed: all.observed, ...around(all.kappa, error, confidence), why: null };
}

function fleissOf(counts: readonly (readonly number[])[], raters: number) {
  const n = counts.length;
  const pairs = raters * (raters - 1);
  const observed =
    sum(counts.map((row) => sum(row.map((count) => count * (count - 1))) / pairs)) / n;
  const categories = counts[0]?.length ?? 0;
  const shares = Array.from(
    { length: categories },
    (_, c) => sum(counts.map((row) => row[c] ?? 0)) / (n * raters),
  );
  const expected = sum(shares.map((share) => share ** 2));
  const kappa = 1 - expected < 1e-12 ? null : (observed - expected) / (1 - expected);
  return { observed, kappa };
}

function weightOf(weighting: Weighting, i: number, j: number, k: number): number {
  if (weighting === 'unweighted' || k < 2) return i === j ? 1 : 0;
  const apart = Math.abs(i - j) / (k - 1);
  return weighting === 'linear' ? 1 - apart : 1 - apart ** 2;
}

function around(kappa: number, standardError: number, confidence: number) {
  const half = quantile(confidence) * standardError;
  return {
    ...{ kappa, standardError },
    low: Math.max(-1, kappa - half),
    high: Math.min(1, kappa + half),
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0);
}
