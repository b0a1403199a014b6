// What a language's rules look like, and how they are read for finding.
import type { CueKind, Dimension, Reason } from './cue.ts';
import type { DateWords } from './dates.ts';
import { type Pattern, pattern, type Sets } from './pattern.ts';

/** A rule that a cue can be shown for. `name` is unique within its kind. */
export type Rule = {
  kind: CueKind;
  name: string;
  /** One plain sentence: what was seen. */
  why: string;
  /** Log-odds that it adds to "something unsaid may be here". */
  weight: number;
  patterns: readonly string[];
  reason?: Reason;
  dimension?: Dimension;
  /** Of a commitment: who promised. Commitments are found by their words alone; their weight is 0. */
  by?: 'writer' | 'reader';
};

/** What makes a cue more or less likely and is none itself: courtesy, asking, news. */
export type Sign = { name: string; weight: number; patterns: readonly string[] };

export type Language = {
  code: 'en' | 'de' | 'fr';
  /** Its most frequent words, by which a text's language is told. */
  frequent: string;
  sets: Sets;
  dates: DateWords;
  /** Words that stand for the writer and for the reader. */
  writer: string;
  reader: string;
  /** Log-odds of a sentence in which no rule sees anything. */
  bias: number;
  rules: readonly Rule[];
  signs: readonly Sign[];
  /** What the shape of a sentence adds; see shape.ts. */
  shapes: { readonly [name: string]: number };
};

/** A rule or sign, ready to be found. */
export type Ready = { id: string; weight: number; rule: Rule | null };
export type Index = Map<string, { pattern: Pattern; of: Ready }[]>;

/** Patterns by the letters their first word begins with. */
export function indexOf({ rules, signs, sets }: Language): Index {
  const index: Index = new Map();
  const add = (of: Ready, written: string) => {
    const ready = pattern(written, sets);
    for (const first of ready.first) {
      const there = index.get(first);
      if (there === undefined) index.set(first, [{ pattern: ready, of }]);
      else there.push({ pattern: ready, of });
    }
  };
  for (const rule of rules) {
    const of = { id: idOf(rule), weight: rule.weight, rule };
    for (const written of rule.patterns) add(of, written);
  }
  for (const { name, weight, patterns } of signs) {
    for (const written of patterns) add({ id: `sign/${name}`, weight, rule: null }, written);
  }
  return index;
}

/** 'assumption/of-course'. */
export function idOf({ kind, name }: Rule): string {
  return `${kind}/${name}`;
}
