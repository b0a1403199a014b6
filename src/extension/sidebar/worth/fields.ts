/** Fields of an expectation that the part "Worth it?" of a saved card shows. */
export const WORTH_FIELDS: readonly string[] = [
  ...['value', 'effort', 'likelihood', 'decision', 'decisionReason', 'reviewOn'],
  ...['decidedBy', 'decidedAt'],
];

/** And those of the part "Outcome". */
export const OUTCOME_FIELDS: readonly string[] = [
  ...['outcome', 'outcomeAt', 'outcomeText', 'outcomeValue', 'currency', 'dimension', 'gap'],
  ...['adequate', 'desired', 'perceived', 'unit'],
];
