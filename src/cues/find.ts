// A text → its cues. A sentence is weighed as a whole: what rules and signs in it add up to says
// whether it is a cue; the rule that adds most says which. Promises are found by their words alone.
import type { Cue, Options } from './cue.ts';
import { dueOf } from './dates.ts';
import { languageBy, languageOf } from './language.ts';
import { keys, matchAt } from './pattern.ts';
import { type Index, indexOf, type Language, type Ready, type Rule } from './rules.ts';
import { type Sentence, sentencesOf } from './sentences.ts';
import { shapesOf } from './shape.ts';
import { taughtWeight } from './taught.ts';
import { type Token, tokensOf } from './tokens.ts';

/** What was seen in a sentence: a rule's or sign's first place, as tokens. */
type Seen = { of: Ready; weight: number; from: number; to: number };
type SeenRule = Seen & { rule: Rule };

// The log-odds from which on a sentence is shown. Above zero, since a mark too many costs more than
// one too few: people switch off what is wrong too often.
const SHOWN_FROM = 0.25;
// A mark runs on to the end of its clause, so that it can be read by itself, but not far.
const LONGEST = 12;

/**
 * The cues of a mail's text, in order: of a sentence at most one, and at most one promise. Quoted
 * lines, greetings and signatures are passed over. Takes time linear in the text's length.
 */
export function findCues(text: string, options: Options = {}): Cue[] {
  // Two words tell no language; of ours, English is the one that was measured.
  const language = languageBy(languageOf(text) ?? 'en');
  return sentencesOf(text).flatMap((sentence) => cuesOf(text, sentence, language, options));
}

function cuesOf(text: string, sentence: Sentence, language: Language, options: Options): Cue[] {
  const tokens = tokensOf(text, sentence.start, sentence.end);
  const { odds, rules } = weigh(text, sentence, tokens, language, options);
  const hint = odds < SHOWN_FROM ? null : heaviest(rules.filter(({ rule }) => !isPromise(rule)));
  const promise = isAsking(text, sentence)
    ? null
    : heaviest(rules.filter(({ rule }) => isPromise(rule)));
  const cues = [hint, promise].flatMap((one) =>
    one === null ? [] : [cueOf(text, sentence, tokens, one)],
  );
  if (promise === null || options.sentAt === undefined) return cues;
  const { sentAt, minutesEast = 0 } = options;
  const due = dueOf(text, tokens, language.dates, sentAt, minutesEast);
  return due === null
    ? cues
    : cues.map((cue) => (cue.kind === 'commitment' ? { ...cue, due } : cue));
}

/** The log-odds that a sentence is a cue, and the rules that were seen in it. */
export function weigh(
  text: string,
  sentence: Sentence,
  tokens: readonly Token[],
  language: Language,
  options: Options,
): { odds: number; rules: SeenRule[] } {
  const { seen, silenced } = heard(see(tokens, language), options);
  const rules = seen.flatMap((one) =>
    one.of.rule === null ? [] : [{ ...one, rule: one.of.rule }],
  );
  let odds = language.bias + silenced;
  for (const { weight } of seen) odds += weight;
  for (const shape of shapesOf(text, sentence, tokens, language)) {
    odds += language.shapes[shape] ?? 0;
  }
  return { odds, rules };
}

/** Each rule and sign once, where it stands first. */
function see(tokens: readonly Token[], language: Language): Omit<Seen, 'weight'>[] {
  const index = indexes.get(language) ?? indexOf(language);
  indexes.set(language, index);
  const seen = new Map<string, Omit<Seen, 'weight'>>();
  for (const [at, { word }] of tokens.entries()) {
    for (const first of keys(word)) {
      for (const { pattern, of } of index.get(first) ?? NONE) {
        if (seen.has(of.id)) continue;
        const to = matchAt(pattern, tokens, at);
        if (to > at) seen.set(of.id, { of, from: at, to });
      }
    }
  }
  return [...seen.values()];
}

const NONE: never[] = [];
// Made once, when a language is first met; it says nothing about any text.
const indexes = new Map<Language, Index>();

/** What this member has not silenced, with their weights. A silenced rule takes its part with it. */
function heard(
  seen: readonly Omit<Seen, 'weight'>[],
  { taught = {} }: Options,
): { seen: Seen[]; silenced: number } {
  const found: Seen[] = [];
  let silenced = 0;
  for (const one of seen) {
    const { id, weight: written, rule } = one.of;
    const weight = rule === null ? written : taughtWeight(written, id, taught);
    if (weight === null) silenced -= 1;
    else found.push({ ...one, weight });
  }
  return { seen: found, silenced };
}

/** The rule that says most; of equal ones, the first in the sentence. */
function heaviest(rules: readonly SeenRule[]): SeenRule | null {
  const [most] = [...rules].sort((a, b) => b.weight - a.weight || a.from - b.from);
  return most ?? null;
}

function isPromise({ kind }: Rule): boolean {
  return kind === 'commitment';
}

function isAsking(text: string, { start, end }: Sentence): boolean {
  return text.slice(Math.max(start, end - 4), end).includes('?');
}

function cueOf(text: string, sentence: Sentence, tokens: readonly Token[], seen: SeenRule): Cue {
  const { of, rule, from, to } = seen;
  const { start, end } = clause(text, tokens, from, to);
  const { kind, why, by, reason, dimension } = rule;
  return {
    ...{ start, end, sentence: [sentence.start, sentence.end], kind, rule: of.id, why },
    ...(by === undefined ? {} : { by }),
    ...(reason === undefined ? {} : { reason }),
    ...(dimension === undefined ? {} : { dimension }),
  };
}

/** The words that were seen and those after them, up to the next comma or the like. */
function clause(text: string, tokens: readonly Token[], from: number, to: number): Sentence {
  const words = tokens.slice(from, Math.max(to, from + LONGEST));
  const { start = 0, end: firstEnd = 0 } = words[0] ?? {};
  let end = firstEnd;
  for (const [more, word] of words.entries()) {
    if (from + more >= to && /[,;:.!?()]/.test(text.slice(end, word.start))) break;
    end = Math.max(end, word.end);
  }
  return { start, end };
}
