// Who is on our side: never a customer, and what they send goes out.
import { domainOf, isFreeMail } from '../../domain/index.ts';
import type { KnownMessage } from '../messages/index.ts';
import { settingLines } from './settings.ts';
import type { Here } from './world.ts';

export type Ours = { addresses: ReadonlySet<string>; domains: ReadonlySet<string> };

/**
 * The member's own address or mail domain, the workspace's own domains, and `own`: addresses that
 * the pages of one tab show as those of the person in front of them, believed for that tab alone.
 */
export async function oursOf(here: Here, own: readonly string[] = []): Promise<Ours> {
  const addresses = new Set<string>();
  const domains = new Set<string>();
  for (const address of [here.connection?.member.email ?? '', ...own]) {
    const domain = domainOf(address);
    if (domain === '') continue;
    addresses.add(address.toLowerCase());
    if (!isFreeMail(domain)) domains.add(domain);
  }
  for (const line of await settingLines(here.db, 'own-domains')) {
    const text = line.toLowerCase().replace(/^@/, '');
    if (domainOf(text) !== '') addresses.add(text);
    else if (!isFreeMail(text)) domains.add(text);
  }
  return { addresses, domains };
}

export function isOurs({ addresses, domains }: Ours, address: string): boolean {
  if (address === '') return false;
  if (addresses.has(address.toLowerCase())) return true;
  let domain = domainOf(address);
  for (; domain !== ''; domain = domain.slice(domain.indexOf('.') + 1)) {
    if (domains.has(domain)) return true;
    if (!domain.includes('.')) return false;
  }
  return false;
}

/** A message with its direction, where the page did not tell it. */
export function directed<M extends Pick<KnownMessage, 'from' | 'sentBy'>>(
  ours: Ours,
  message: M,
): M {
  const { from, sentBy } = message;
  if (sentBy !== null || from === null || from.address === '') return message;
  if (isOurs(ours, from.address)) return { ...message, sentBy: 'us' };
  const isKnown = ours.addresses.size + ours.domains.size > 0;
  return isKnown ? { ...message, sentBy: 'them' } : message;
}
