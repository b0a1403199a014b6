// What a language's rules look like, and how they are read for finding.
import type { CueKind, Dimension, Reason } from './cue.ts';
import { key, type Pattern, pattern, type Sets } from './pattern.ts';

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
};

/** What makes a cue more or less likely and is none itself: courtesy, asking, news. */
export type Sign = { name: string; weight: number; patterns: readonly string[] };

export type Language = {
  code: 'en' | 'de' | 'fr';
  /** Its most frequent words, by which a text's language is told. */
  frequent: string;
  sets: Sets;
  /** Log-odds of a sentence in which no rule sees anything. */
  bias: number;
  rules: readonly Rule[];
  signs: readonly Sign[];
  /** What the shape of a sentence adds; see shape.ts. */
  shapes: { readonly [name: string]: number };
  /** Weights that were learned, by rule's or sign's name; they take the place of those written here. */
  learned?: { readonly [name: string]: number };
};

/** A rule or sign, ready to be found. */
export type Ready = { id: string; weight: number; rule: Rule | null };
export type Index = Map<string, { pattern: Pattern; of: Ready }[]>;

/** Patterns by the letters their first word begins with. */
export function indexOf({ rules, signs, sets, learned = {} }: Language): Index {
  const index: Index = new Map();
  const add = (of: Ready, written: string) => {
    const ready = pattern(written, sets);
    for (const first of ready.first) {
      const there = index.get(first);
      if (there === undefined) index.set(first, [{ pattern: ready, of }]);
      else there.push({ pattern: ready, of });
    }
  };
  const weight = (id: string, written: number) =>
    Object.hasOwn(learned, id) ? (learned[id] ?? written) : written;
  for (const rule of rules) {
    const id = idOf(rule);
    const of = { id, weight: weight(id, rule.weight), rule };
    for (const written of rule.patterns) add(of, written);
  }
  for (const sign of signs) {
    const id = `sign/${sign.name}`;
    const of = { id, weight: weight(id, sign.weight), rule: null };
    for (const written of sign.patterns) add(of, written);
  }
  return index;
}

/** 'assumption/of-course'. */
export function idOf({ kind, name }: Rule): string {
  return `${kind}/${name}`;
}

export { key };
