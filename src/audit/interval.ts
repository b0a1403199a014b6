import { AuditError, quantile, wholeNumber } from './normal.ts';

/** A rate with how sure it is. `rate` is null where nothing was looked at. */
export type Rate = {
  readonly hits: number;
  readonly n: number;
  readonly rate: number | null;
  readonly low: number;
  readonly high: number;
};

/**
 * Wilson's score interval of a rate (Wilson 1927). With `population`, the number of all there are,
 * the interval is corrected for having looked at a good part of them: n counts as
 * n·(N − 1)/(N − n), which leaves the variance of drawing without replacement. Who looked at all
 * knows the rate. Nothing looked at: anything from 0 to 1.
 * @throws AuditError where hits, n and population do not fit each other.
 */
export function wilson(
  hits: number,
  n: number,
  { confidence = 0.95, population }: { confidence?: number; population?: number } = {},
): Rate {
  wholeNumber(hits, 'The count');
  wholeNumber(n, 'The number looked at');
  if (hits > n) throw new AuditError(`${hits} of ${n} cannot be: count and number are exchanged.`);
  if (population !== undefined) {
    wholeNumber(population, 'The population');
    if (population < n) throw new AuditError(`${n} cannot be drawn from ${population}.`);
  }
  if (n === 0) return { hits, n, rate: null, low: 0, high: 1 };
  const rate = hits / n;
  if (population === n) return { hits, n, rate, low: rate, high: rate };
  const counted = population === undefined ? n : (n * (population - 1)) / (population - n);
  const z2 = quantile(confidence) ** 2;
  const middle = (rate + z2 / (2 * counted)) / (1 + z2 / counted);
  const half =
    Math.sqrt(z2 * ((rate * (1 - rate)) / counted + z2 / (4 * counted ** 2))) / (1 + z2 / counted);
  // Rounding may put a bound a hair past the rate itself.
  return {
    ...{ hits, n, rate },
    low: hits === 0 ? 0 : Math.max(0, Math.min(rate, middle - half)),
    high: hits === n ? 1 : Math.min(1, Math.max(rate, middle + half)),
  };
}
