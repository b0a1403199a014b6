// Questions that bring out what a customer has not said, by why it was not said and by what it is
// about. A workspace changes the built-in ones and adds its own by `pattern` records.
import type * as z from 'zod/mini';
import { bookOf } from './book.ts';
import type { Fields } from './fields.ts';
import type { Id } from './id.ts';
import type { unstatedBecause } from './kinds.ts';
import { plain } from './plain.ts';
import type { Dimension } from './servqual.ts';
import { shorten } from './text.ts';

export type UnstatedBecause = z.output<typeof unstatedBecause>;

export type Pattern = {
  /** A built-in one's name, or the id of its record. What probes hold in `pattern`, for good. */
  id: string;
  /** `{words}` stands for the customer's. */
  text: string;
  /** null: whatever the reason is. */
  reason: UnstatedBecause | null;
  /** null: whatever it is about. */
  dimension: Dimension | null;
  builtIn: boolean;
  retired: boolean;
};

const HOLE = '{words}';

function because(reason: UnstatedBecause, questions: Readonly<Record<string, string>>): Pattern[] {
  return Object.entries(questions).map(([name, text]) => ({
    ...{ id: `${reason}/${name}`, text, reason, dimension: null },
    ...{ builtIn: true, retired: false },
  }));
}

function concerning(dimension: Dimension, questions: Readonly<Record<string, string>>): Pattern[] {
  return Object.entries(questions).map(([name, text]) => ({
    ...{ id: `${dimension}/${name}`, text, reason: null, dimension },
    ...{ builtIn: true, retired: false },
  }));
}

/**
 * Who cannot say it tells a story or compares; who assumes it describes what is usual; who does not
 * know it yet looks ahead, or at those who were not asked.
 */
export const PATTERNS: readonly Pattern[] = [
  ...because('cannot-say', {
    'good-day': 'You said “{words}”. Can you tell me of a time when that was just as it should be?',
    beside: 'If I stood beside you on a good day: what would I see you do with it?',
    'comes-close': 'What have you seen elsewhere that comes close to “{words}”? What was missing?',
    drafts: 'May I show you two rough versions, so that you can say which one comes closer?',
    'next-month': 'If it were just right from next month on: what would you do differently?',
  }),
  ...because('assumes', {
    today: 'You said “{words}”. How is that done at your place today, step by step?',
    'any-supplier': 'What should anybody who delivers this to you do without being asked?',
    'left-out': 'What would annoy you most if we left it out, because nobody had mentioned it?',
    'from-outside': 'Which customs of your house does somebody from outside get wrong at first?',
    'last-change': 'When you last changed suppliers: what did the new one not know?',
  }),
  ...because('does-not-know', {
    before: 'You mentioned “{words}”. What happened just before that made you think of it?',
    'worst-day': 'Suppose it fails on your busiest day: who notices first, and what do they do?',
    'too-late': 'The last time you bought something like it: what did you find out too late?',
    'not-asked': 'Who will work with it every day and has not been asked so far?',
    'in-a-year': 'What will be different with you in a year, and what does that mean for this?',
  }),
  ...concerning('tangibles', {
    'seen-by': 'Who gets to see “{words}”, and how should it look to them?',
    'in-hand': 'What do you need to have in your hands at the end, and in which form?',
    'comes-with': 'What should come with it, apart from the thing itself?',
  }),
  ...concerning('reliability', {
    'first-day': 'What has to be right from the first day, even if everything else comes later?',
    kept: 'How would you notice that we did not keep our word about “{words}”?',
    'how-often': 'How often may it go wrong before you look for somebody else?',
    'waits-for-it': 'Who or what stands still at your place when it comes late?',
  }),
  ...concerning('responsiveness', {
    'how-soon': 'If something about “{words}” is unclear: how soon do you need an answer?',
    'whom-to-reach': 'When it is urgent: whom do you want to reach, how, and at which hours?',
    'unasked-news': 'What do you want to hear from us before you have to ask?',
  }),
  ...concerning('assurance', {
    certain: 'What would make you certain that “{words}” is in good hands with us?',
    convinced: 'Who else has to be convinced at your place, and what do they look at?',
    proof: 'What do you have to be able to show others: a test, a certificate, a name?',
  }),
  ...concerning('empathy', {
    different: 'What is different about you, compared with others who buy the same from us?',
    'hard-day': 'Where “{words}” is concerned: what makes a day hard for you?',
    'hit-first': 'If we get it wrong: who among you has to put up with it first?',
  }),
];

export type PatternRecord = { id: Id; fields: Fields<'pattern'> };

/**
 * The workspace's questions in their order: the built-in ones, as its records change them, then its
 * own. Retired ones are among them, since probes name them.
 */
export function patternBook(records: readonly PatternRecord[]): Pattern[] {
  return bookOf(PATTERNS, records, (pattern, id, fields: Fields<'pattern'>) => ({
    id,
    text: fields.text ?? pattern?.text ?? '',
    // A record that replaces a built-in one says of it only what it changes.
    reason: fields.reason ?? pattern?.reason ?? null,
    dimension: fields.dimension ?? pattern?.dimension ?? null,
    builtIn: pattern !== null,
    retired: fields.retired === true,
  }));
}

/**
 * The questions to ask about an expectation, best first: made for its reason and what it is about,
 * then for either, then, of what is not known of it, some of each sort in turn. Those made for
 * another reason or dimension are left out, and retired ones.
 */
export function patternsFor(
  book: readonly Pattern[],
  { unstatedBecause, dimension }: Fields<'expectation'>,
): Pattern[] {
  const ranked = book.flatMap((pattern) => {
    if (pattern.retired || pattern.text.trim() === '') return [];
    const reason = fitOf(pattern.reason, unstatedBecause);
    const about = fitOf(pattern.dimension, dimension);
    return reason === null || about === null ? [] : [{ pattern, rank: reason + about }];
  });
  const ranks = [...new Set(ranked.map(({ rank }) => rank))].sort((a, b) => b - a);
  return ranks.flatMap((rank) =>
    inTurn(ranked.flatMap((one) => (one.rank === rank ? [one.pattern] : []))),
  );
}

/** 2: made for it. 0: for any. −1: for one, and it is not known which it is. null: for another. */
function fitOf(made: string | null, is: string | undefined): number | null {
  if (made === null) return 0;
  if (is === undefined) return -1;
  return made === is ? 2 : null;
}

/** One of each sort after the other, so that the first few are not all alike. */
function inTurn(patterns: readonly Pattern[]): Pattern[] {
  const seen = new Map<string, number>();
  return patterns
    .map((pattern) => {
      const sort = `${pattern.reason}/${pattern.dimension}`;
      const turn = seen.get(sort) ?? 0;
      seen.set(sort, turn + 1);
      return { pattern, turn };
    })
    .sort((a, b) => a.turn - b.turn)
    .map(({ pattern }) => pattern);
}

/** So much of the customer's words fits into a question that is read aloud. */
const LONGEST_WORDS = 120;

/**
 * Those of these questions that can be asked of a customer who said this: where they said nothing,
 * none that holds words up to them, since ours in their mouth would be wrong. Only where there are no
 * others they remain, and speak of "this".
 */
export function askable<P extends Pick<Pattern, 'text'>>(
  patterns: readonly P[],
  said: string,
): readonly P[] {
  const silent = patterns.filter(({ text }) => !text.includes(HOLE));
  return said.trim() === '' && silent.length > 0 ? silent : patterns;
}

/** The question with the customer's words in it, in one line; without any it speaks of "this". */
export function fillPattern({ text }: Pick<Pattern, 'text'>, words: string): string {
  const said = shorten(plain(words).replace(/\s+/g, ' ').trim(), LONGEST_WORDS)
    .replace(/^[“”"«»„‘’'\s]+|[“”"«»„‘’'.,;:\s]+$/g, '')
    .trim();
  // A function: in a plain replacement "$&" would mean something.
  if (said !== '') return text.replaceAll(HOLE, () => said);
  return text.replace(/[“"«„]?\{words\}[”"»“]?/g, 'this');
}
