import type { DueKind } from '../../../domain/due.ts';

const WHAT: Readonly<Record<DueKind, string>> = {
  ours: 'A promise of ours',
  theirs: 'A promise of theirs',
  question: 'A question to ask',
  expectation: 'An expectation to meet',
  decision: 'A decision to look at again',
  improvement: 'An improvement to make',
  check: 'Whether an improvement helped',
};

/** What notifications and the toolbar's button say. */
export const say = {
  due: (what: DueKind, ago: number) =>
    ago === 0
      ? `${WHAT[what]} is due today`
      : `${WHAT[what]} was due ${ago === 1 ? 'yesterday' : `${ago} days ago`}`,
  many: (count: number) => `${count} things are due`,
  look: 'Click to look at it.',
  tomorrow: 'Remind me tomorrow',
  button: (count: number) => `Unsaid: ${count} due`,
};
