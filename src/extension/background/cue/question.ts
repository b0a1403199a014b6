import type { Fields } from '../../../domain/index.ts';
import { fillPattern, patternsFor } from '../../../domain/patterns.ts';
import type { Draft } from '../../messages/index.ts';
import { bookIn } from '../ladder/views.ts';
import type { Here } from '../world.ts';

/** How the customer could be asked about these words of theirs: the workspace's best question. */
export async function suggestedQuestion(
  { db }: Here,
  fields: Draft['fields'],
  words: string,
): Promise<string> {
  // Just filled in, from what rules may say.
  const [best] = patternsFor(await bookIn(db), fields as Fields<'expectation'>);
  // Within a question of ours their sentence needs no full stop of its own.
  const said = words.replace(/[.…\s]+$/u, '');
  return best === undefined ? '' : fillPattern(best, said).slice(0, 4_000);
}
