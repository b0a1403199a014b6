import { type AddressDoubt, addressDoubts } from '../../domain/look-alike.ts';
import type { KnownMessage } from '../messages/index.ts';
import { bareIdentifier, recordsOfKind, rowsOfKind, type WorkspaceDb } from '../store/index.ts';
import { isOurs, type Ours } from './ours.ts';

const DOMAIN = 'domain:';
const KEPT_MS = 30_000;

/** Domains of the customers of a database, so that not every mail reads the whole directory. */
const kept = new WeakMap<WorkspaceDb, { domains: Promise<string[]>; count: number; at: number }>();

/** What is odd about the senders of these messages, in their order. */
export async function warningsFor(
  db: WorkspaceDb,
  ours: Ours,
  messages: readonly KnownMessage[],
): Promise<AddressDoubt[][]> {
  if (messages.length === 0) return [];
  const known = [...(await customerDomains(db)), ...ours.domains];
  return messages.map(({ from }) => {
    if (from === null || (from.odd !== true && isOurs(ours, from.address))) return [];
    return addressDoubts(from, known);
  });
}

async function customerDomains(db: WorkspaceDb): Promise<string[]> {
  const count = await rowsOfKind(db, 'customer');
  const present = kept.get(db);
  if (present && present.count === count && Date.now() - present.at < KEPT_MS)
    return present.domains;
  const domains = recordsOfKind(db, 'customer').then((customers) =>
    [...customers.values()]
      .flatMap(({ identifiers }) => identifiers.map(bareIdentifier))
      .filter((key) => key.startsWith(DOMAIN))
      .map((key) => key.slice(DOMAIN.length)),
  );
  kept.set(db, { domains, count, at: Date.now() });
  domains.catch(() => kept.delete(db));
  return domains;
}
