// A text → its cues. A sentence is weighed as a whole: what rules and signs in it add up to says
// whether it is a cue; the rule that adds most says which.
import type { Cue, Options } from './cue.ts';
import { languageBy, languageOf } from './language.ts';
import { matchAt } from './pattern.ts';
import { type Index, indexOf, key, type Language, type Ready } from './rules.ts';
import { type Sentence, sentencesOf } from './sentences.ts';
import { shapesOf } from './shape.ts';
import { type Token, tokensOf } from './tokens.ts';

/** What was seen in a sentence: a rule's or sign's first place, as tokens. */
export type Seen = { of: Ready; from: number; to: number };

const indexes = new Map<Language, Index>();

// The log-odds from which on a sentence is shown.
const SHOWN_FROM = 0.25;

export function findCues(text: string, options: Options = {}): Cue[] {
  const code = languageOf(text) ?? 'en';
  const language = languageBy(code);
  if (language === null) return [];
  const cues: Cue[] = [];
  for (const sentence of sentencesOf(text)) {
    cues.push(...cuesOf(text, sentence, language, options));
  }
  return cues;
}

function cuesOf(text: string, sentence: Sentence, language: Language, _options: Options): Cue[] {
  const tokens = tokensOf(text, sentence.start, sentence.end);
  const seen = see(tokens, language);
  if (logOdds(text, sentence, tokens, seen, language) < SHOWN_FROM) return [];
  const best = seen
    .filter(({ of }) => of.rule !== null)
    .sort((a, b) => b.of.weight - a.of.weight || a.from - b.from)[0];
  return best === undefined
    ? []
    : [cueOf(text, sentence, tokens, best)].filter((one) => one !== null);
}

/** Each rule and sign once, where it stands first. */
export function see(tokens: readonly Token[], language: Language): Seen[] {
  const index = indexes.get(language) ?? indexOf(language);
  indexes.set(language, index);
  const seen = new Map<string, Seen>();
  for (const [at, { word }] of tokens.entries()) {
    for (const { pattern, of } of index.get(key(word)) ?? []) {
      if (seen.has(of.id)) continue;
      const to = matchAt(pattern, tokens, at);
      if (to > at) seen.set(of.id, { of, from: at, to });
    }
  }
  return [...seen.values()];
}

/** How likely the sentence is a cue, as log-odds. */
function logOdds(
  text: string,
  sentence: Sentence,
  tokens: readonly Token[],
  seen: readonly Seen[],
  language: Language,
): number {
  let sum = language.bias;
  for (const { of } of seen) sum += of.weight;
  const words = text.slice(sentence.start, sentence.end);
  for (const shape of shapesOf(words, sentence.start, tokens)) sum += language.shapes[shape] ?? 0;
  return sum;
}

// A mark runs on to the end of its clause, so that it can be read by itself, but not far.
const LONGEST = 12;

function cueOf(text: string, sentence: Sentence, tokens: readonly Token[], seen: Seen): Cue | null {
  const { of, from, to } = seen;
  const first = tokens[from];
  if (of.rule === null || first === undefined) return null;
  let last = tokens[to - 1] ?? first;
  for (const next of tokens.slice(to, from + LONGEST)) {
    if (/[,;:.!?()]/.test(text.slice(last.end, next.start))) break;
    last = next;
  }
  const { kind, why, reason, dimension } = of.rule;
  return {
    start: first.start,
    end: last.end,
    sentence: [sentence.start, sentence.end],
    ...{ kind, rule: of.id, why },
    ...(reason === undefined ? {} : { reason }),
    ...(dimension === undefined ? {} : { dimension }),
  };
}
