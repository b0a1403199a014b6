import { AuditError, quantile, wholeNumber } from './normal.ts';

/**
 * How many of a population to look at for a rate within ±margin (Cochran 1977, 4.4, with the
 * correction for finite populations). `expected`: the rate that is thought likely; one half asks for
 * the most.
 * @throws AuditError where a number makes no sense.
 */
export function sampleSize(
  population: number,
  margin: number,
  { confidence = 0.95, expected = 0.5 }: { confidence?: number; expected?: number } = {},
): number {
  wholeNumber(population, 'The population');
  if (!(margin > 0 && margin < 1)) {
    throw new AuditError(
      `The margin lies between 0 and 1, e.g. 0.1 for ±10 %; ${margin} does not.`,
    );
  }
  if (!(expected > 0 && expected < 1)) {
    throw new AuditError(`The expected rate lies between 0 and 1; ${expected} does not.`);
  }
  if (population === 0) return 0;
  const infinite = (quantile(confidence) ** 2 * expected * (1 - expected)) / margin ** 2;
  const size = infinite / (1 + (infinite - 1) / population);
  return Math.min(population, Math.ceil(size - 1e-9));
}

/**
 * How many to look at so that at least one is found, with this confidence, of something that at
 * least `among` of the population have (discovery sampling; hypergeometric, exact).
 * @throws AuditError where a number makes no sense.
 */
export function discoverySize(population: number, among: number, confidence = 0.95): number {
  wholeNumber(population, 'The population', 1);
  wholeNumber(among, 'The number to be found', 1);
  if (among > population) {
    throw new AuditError(`${among} cannot be among ${population}.`);
  }
  if (!(confidence > 0 && confidence < 1)) {
    throw new AuditError(`The confidence lies between 0 and 1; ${confidence} does not.`);
  }
  let none = 1;
  for (let n = 1; n <= population - among; n += 1) {
    none *= (population - among - n + 1) / (population - n + 1);
    if (none <= 1 - confidence) return n;
  }
  return population - among + 1;
}

/** P(at least one of `among` is seen in `n` of `population`). */
export function discoveryChance(population: number, among: number, n: number): number {
  wholeNumber(population, 'The population', 1);
  wholeNumber(among, 'The number to be found');
  wholeNumber(n, 'The number looked at');
  let none = 1;
  for (let at = 0; at < Math.min(n, population); at += 1) {
    none *= Math.max(0, population - among - at) / (population - at);
  }
  return 1 - none;
}
