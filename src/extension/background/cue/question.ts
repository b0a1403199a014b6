import type { Draft } from '../../messages/index.ts';
import type { Here } from '../world.ts';

/** How the customer could be asked about these words of theirs; '' for a promise. */
export async function suggestedQuestion(
  _here: Here,
  _fields: Draft['fields'],
  _words: string,
): Promise<string> {
  return '';
}
