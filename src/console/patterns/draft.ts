import type { PatternWish } from '../../domain/pattern-check.ts';
import type { Patterns } from '../api.ts';
import { type DraftRow, type WholeDraft, wholeList } from '../whole-list/draft.ts';
import type { Kept } from '../whole-list/kept.ts';

/** A question as it is being written. */
export type DraftPattern = DraftRow<PatternWish>;
export type PatternDraft = WholeDraft<Patterns, PatternWish>;
export type KeptPatternDraft = Kept<PatternDraft>;

export const patternList = wholeList<Patterns, PatternWish>({
  rowsOf: ({ patterns }) => patterns.map(({ builtIn: _, ...pattern }) => pattern),
  fields: ['text', 'reason', 'dimension', 'retired'],
});

/** Without what only the page knows. */
export function wishesOf({ rows }: PatternDraft): PatternWish[] {
  return rows.map(({ row: _, ...wish }) => wish);
}

/** What a question is for: they stand in the page under these, in this order. */
export function groupOf({ reason, dimension }: Pick<PatternWish, 'reason' | 'dimension'>): string {
  return `${reason ?? ''}/${dimension ?? ''}`;
}
