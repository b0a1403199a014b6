import { customerIdentifier, type Id, type Person } from '../../../domain/index.ts';
import type { KnownMessage } from '../../messages/index.ts';
import { identitySets } from '../../store/index.ts';
import { isFollowed } from '../follow-choice.ts';
import { warningsFor } from '../known-domains.ts';
import { merged } from '../merged.ts';
import { directed, isOurs, type Ours } from '../ours.ts';
import type { Here } from '../world.ts';

export type Whose = { customer: Id; contact: Id | null };

/**
 * The followed customer that a mail is with, known here by its mail domain or by the very address
 * (at a free-mail provider by that alone): the sender's, of our own mail the first recipient's that
 * is one. null for mails of all others, and where the address is made to be taken for another.
 */
export async function followedBehind(
  here: Here,
  ours: Ours,
  message: KnownMessage,
): Promise<Whose | null> {
  for (const person of outside(ours, message)) {
    const whose = await customerOf(here, person.address);
    if (whose === null || (await isFollowed(here, whose.customer)) === false) continue;
    const [doubts = []] = await warningsFor(here.db, ours, [{ ...message, from: person }]);
    return doubts.length > 0 ? null : whose;
  }
  return null;
}

function outside(ours: Ours, message: KnownMessage): Person[] {
  const { from, sentBy, to, cc } = directed(ours, message);
  if (from === null) return [];
  const isOurOwn = sentBy === 'us' || isOurs(ours, from.address);
  const people = isOurOwn ? [...to, ...cc] : [from];
  return people.filter(({ address }) => address !== '' && !isOurs(ours, address));
}

async function customerOf({ db }: Here, address: string): Promise<Whose | null> {
  const identifier = customerIdentifier(address);
  if (identifier === null) return null;
  const exact = `address:${address.toLowerCase()}`;
  const [[byAddress], [byDomain], [contact]] = await Promise.all([
    identitySets(db, 'customer', { identifiers: [exact] }),
    identitySets(db, 'customer', { identifiers: [identifier] }),
    identitySets(db, 'contact', { identifiers: [exact] }),
  ]);
  const named = contact === undefined ? undefined : merged<'contact'>(contact).customer;
  const [theirs] = named === undefined ? [] : await identitySets(db, 'customer', { ids: [named] });
  const customer = byAddress ?? byDomain ?? theirs;
  if (customer === undefined) return null;
  const isTheirs = theirs?.canonical === customer.canonical;
  return {
    customer: customer.canonical,
    contact: isTheirs && contact !== undefined ? contact.canonical : null,
  };
}
