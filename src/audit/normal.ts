/** Something was asked that has no answer; the message says what to give instead. */
export class AuditError extends Error {
  override name = 'AuditError';
}

/** The confidence levels that can be asked for, each with its two-sided normal quantile. */
const QUANTILES: { readonly [confidence: number]: number } = {
  0.8: 1.2815515655446004,
  0.9: 1.6448536269514722,
  0.95: 1.959963984540054,
  0.98: 2.3263478740408408,
  0.99: 2.5758293035489004,
};

export const CONFIDENCES: readonly number[] = Object.keys(QUANTILES).map(Number).sort();

/**
 * z with P(−z < Z < z) = confidence, for a standard normal Z.
 * @throws AuditError for another level than those of CONFIDENCES.
 */
export function quantile(confidence: number): number {
  const z = QUANTILES[confidence];
  if (z !== undefined) return z;
  throw new AuditError(`Choose a confidence of ${CONFIDENCES.join(', ')}; ${confidence} is none.`);
}

/** @throws AuditError unless it is a whole number of at least `least`. */
export function wholeNumber(value: number, what: string, least = 0): void {
  if (Number.isSafeInteger(value) && value >= least) return;
  throw new AuditError(`${what} has to be a whole number of at least ${least}, not ${value}.`);
}
