import { useEffect, useRef } from 'preact/hooks';
import type { PatternWish } from '../../domain/pattern-check.ts';
import type { Patterns } from '../api.ts';

/** A question as it is being written; `row` tells new ones apart. */
export type DraftPattern = PatternWish & { readonly row: string };

/** The questions as they are being written, and what they were written over. */
export interface PatternDraft {
  readonly base: Patterns;
  readonly patterns: readonly DraftPattern[];
}

/** Kept while one looks at another page. */
export type KeptPatternDraft = { current: PatternDraft | null };

/** The browser asks before it closes a tab with something unsaved. */
export function usePatternDraft(place: Window): KeptPatternDraft {
  const kept = useRef<PatternDraft | null>(null);
  useEffect(() => {
    const onLeave = (event: Event) => {
      if (kept.current !== null) event.preventDefault();
    };
    place.addEventListener('beforeunload', onLeave);
    return () => place.removeEventListener('beforeunload', onLeave);
  }, [place]);
  return kept;
}

export function draftOf(base: Patterns): PatternDraft {
  return {
    base,
    patterns: base.patterns.map(({ builtIn: _, ...pattern }) => ({ ...pattern, row: pattern.id })),
  };
}

/** Without what only the page knows. */
export function wishesOf({ patterns }: PatternDraft): PatternWish[] {
  return patterns.map(({ row: _, ...wish }) => wish);
}

const FIELDS = ['text', 'reason', 'dimension', 'retired'] as const;

export function isChanged({ base, patterns }: PatternDraft): boolean {
  return (
    patterns.length !== base.patterns.length ||
    patterns.some((one, at) => {
      const other = base.patterns[at];
      return one.id !== other?.id || FIELDS.some((field) => one[field] !== other[field]);
    })
  );
}

/** Theirs, with what was changed here since both were the draft's base: nobody's work is lost. */
export function mergePatterns({ base, patterns }: PatternDraft, theirs: Patterns): PatternDraft {
  const before = new Map(base.patterns.map((one) => [one.id, one]));
  const mine = new Map(patterns.map((one) => [one.id, one]));
  const merged = draftOf(theirs).patterns.map((pattern): DraftPattern => {
    const [was, is] = [before.get(pattern.row), mine.get(pattern.row)];
    if (!was || !is) return pattern;
    const changed = FIELDS.filter((field) => was[field] !== is[field]);
    return { ...pattern, ...Object.fromEntries(changed.map((field) => [field, is[field]])) };
  });
  const place = new Map(patterns.map(({ row }, at) => [row, at]));
  const wasMoved = base.patterns.some(
    ({ id }, at) => patterns.filter((one) => one.id !== null)[at]?.id !== id,
  );
  const whole = [...merged, ...patterns.filter(({ id }) => id === null)];
  const at = ({ row }: DraftPattern) => place.get(row) ?? patterns.length;
  return { base: theirs, patterns: wasMoved ? whole.sort((a, b) => at(a) - at(b)) : whole };
}

/** What a question is for: they stand in the page under these, in this order. */
export function groupOf({ reason, dimension }: Pick<PatternWish, 'reason' | 'dimension'>): string {
  return `${reason ?? ''}/${dimension ?? ''}`;
}
