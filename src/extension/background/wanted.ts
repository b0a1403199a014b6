// Whose words are worth reading: the text of a mail helps only to find what was captured in another
// copy of it, and nothing was captured from people that nobody here knows.
import { customerIdentifier } from '../../domain/index.ts';
import type { ReadMessage } from '../messages/index.ts';
import { identitySets } from '../store/index.ts';
import type { Here } from './world.ts';

/** Places of the messages whose text should be told too. */
export async function wantedOf(here: Here, messages: readonly ReadMessage[]): Promise<number[]> {
  const known = new Map<string, Promise<boolean>>();
  const wanted: number[] = [];
  for (const [at, { text, shown, from, to }] of messages.entries()) {
    if (text !== null || shown === 'collapsed') continue;
    const people = [...(from ? [from] : []), ...to.slice(0, 20)];
    for (const { address } of people) {
      if (!known.has(address)) known.set(address, isKnown(here, address));
      if (!(await known.get(address))) continue;
      wanted.push(at);
      break;
    }
  }
  return wanted;
}

async function isKnown({ db }: Here, address: string): Promise<boolean> {
  if (address === '') return false;
  const contact = { identifiers: [`address:${address}`] };
  if ((await identitySets(db, 'contact', contact)).length > 0) return true;
  const identifier = customerIdentifier(address);
  if (identifier === null) return false;
  return (await identitySets(db, 'customer', { identifiers: [identifier] })).length > 0;
}
