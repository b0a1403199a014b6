// What is never changed once it is said (SPEC 13.9): the content of a standard's version, because past
// reviews name the version they were made by, what a draw was announced and drawn with, what was asked,
// and what was said to a review.
import type { Body } from '../../domain/index.ts';
import type { Assessed } from './assess.ts';
import type { Folding } from './folding.ts';

type Rule = {
  /** Fields that may change nevertheless. */
  free: ReadonlySet<string>;
  /** whole: with its first field all is said. each: every field is said once, some later. */
  said: 'whole' | 'each';
  /** Fields that nobody may write. */
  never?: ReadonlySet<string>;
  words: string;
};

const RULES: ReadonlyMap<string, Rule> = new Map([
  [
    'standard',
    {
      free: new Set(['retired', 'deleted']),
      said: 'whole',
      words:
        'A version of a standard is never changed, because reviews were made by it. Write a new version.',
    },
  ],
  [
    'audit',
    {
      free: new Set(['name', 'due', 'auditor', 'reviewers', 'state', 'reason', 'replacements']),
      said: 'each',
      // Abandoned draws stay counted.
      never: new Set(['deleted']),
      words: 'What a draw was announced and drawn with is never changed. Abandon it and draw anew.',
    },
  ],
  [
    'inquiry',
    {
      free: new Set(['answer', 'answeredAt', 'answeredBy', 'due', 'withdrawn', 'deleted']),
      said: 'each',
      words: 'What was asked is never changed. Take the question back and ask another one.',
    },
  ],
  [
    'dispute',
    {
      free: new Set(['result', 'answer', 'answeredAt', 'answeredBy']),
      said: 'each',
      // What was said before stays to be read.
      never: new Set(['deleted']),
      words: 'What was said to a review is never changed. Say something new; both stay to be read.',
    },
  ],
]);

/** Why this change is not taken, in words; null when nothing is wrong. */
export function setOnceProblem({ envelope, body }: Assessed, fold: Folding): string | null {
  const { kind, record } = envelope;
  const rule = RULES.get(kind);
  if (rule === undefined) return null;
  const fields = Object.keys(body as Body).filter((field) => !rule.free.has(field));
  if (fields.length === 0) return null;
  if (fields.some((field) => rule.never?.has(field))) return rule.words;
  const said = fold.fieldsOf(kind, record).filter((field) => !rule.free.has(field));
  const isSaid = rule.said === 'whole' ? said.length > 0 : fields.some((f) => said.includes(f));
  return isSaid ? rule.words : null;
}
