// What a language's rules look like, and how they are read for finding.
import type { CueKind, Dimension, Reason } from './cue.ts';
import type { DateWords } from './dates.ts';
import { type Pattern, pattern, type Sets } from './pattern.ts';
import { WHY } from './why.ts';

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
  /** What the shape of a sentence adds; see shape.ts. */
  shapes: { readonly [name: string]: number };
  /**
   * Rules, parted by empty lines. Text, since all of them are loaded with the background:
   *
   *     constraint/away 2.2        kind and name, log-odds; then what differs from the kind's own:
   *     out of the? town           writer or reader (of a promise), dimension, reason
   *     in ~3 absence              then a pattern a line
   *
   * `sign/…` is no cue by itself: it makes one more or less likely (courtesy, asking, doubt).
   */
  rules: string;
};

/** A rule that a cue can be shown for. `id` is 'constraint/away'. */
export type Rule = {
  id: string;
  kind: CueKind;
  why: string;
  reason?: Reason;
  dimension?: Dimension;
  /** Of a promise: whose it is. Promises are found by their words alone; their weight is 0. */
  by?: 'writer' | 'reader';
};

/** A rule or, with none, a sign. */
export type Ready = { id: string; weight: number; rule: Rule | null };
/** Patterns by the letters their first word begins with. */
export type Index = Map<string, { pattern: Pattern; of: Ready }[]>;

// Why a customer says no more than this: they take it for granted, find no words, or do not know.
const REASONS: { readonly [kind: string]: Reason } = {
  assumption: 'assumes',
  comparison: 'assumes',
  expectation: 'cannot-say',
  'soft-grievance': 'cannot-say',
  constraint: 'does-not-know',
  uncertainty: 'does-not-know',
};

export function indexOf({ rules, sets }: Language): Index {
  const index: Index = new Map();
  for (const block of rules.trim().split('\n\n')) {
    const [head = '', ...patterns] = block.split('\n');
    const of = ready(head);
    for (const written of patterns) {
      const one = { pattern: pattern(written, sets), of };
      for (const first of one.pattern.first) {
        const there = index.get(first);
        if (there === undefined) index.set(first, [one]);
        else there.push(one);
      }
    }
  }
  return index;
}

function ready(head: string): Ready {
  const [id = '', weight = '', ...more] = head.split(' ');
  const [kind = ''] = id.split('/');
  if (!Number.isFinite(Number.parseFloat(weight))) throw new TypeError(`“${head}” has no weight`);
  const rule = kind === 'sign' ? null : ruleOf(id, kind as CueKind, more);
  return { id, weight: Number(weight), rule };
}

function ruleOf(id: string, kind: CueKind, more: readonly string[]): Rule {
  const why = WHY[id];
  if (why === undefined) throw new TypeError(`nobody says why of ${id}`);
  const rule: Rule = { id, kind, why };
  const reason = REASONS[kind];
  if (reason !== undefined) rule.reason = reason;
  for (const word of more) {
    if (word === 'writer' || word === 'reader') rule.by = word;
    else if (Object.values(REASONS).includes(word as Reason)) rule.reason = word as Reason;
    else rule.dimension = word as Dimension;
  }
  return rule;
}
