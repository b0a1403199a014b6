// Which customer, contact and project a message is about, as far as known.
import {
  customerIdentifier,
  domainOf,
  type Fields,
  isFreeMail,
  mergeFields,
  nameFromDomain,
  type Person,
} from '../../domain/index.ts';
import type { Choice, Guess, KnownMessage } from '../messages/index.ts';
import {
  group,
  type IdentitySet,
  identitySets,
  readFields,
  recordsOfKind,
  type WorkspaceDb,
} from '../store/index.ts';
import type { Here } from './world.ts';

export const NO_CHOICE: Choice = { id: null, name: '', reason: '' };

/** The person on the customer's side: the sender, or of our own mail its first outside recipient. */
export function otherSide(here: Here, message: KnownMessage): Person | null {
  const sender = message.from;
  if (sender === null) return null;
  if (!isOurs(here, sender.address)) return sender;
  return [...message.to, ...message.cc].find((person) => !isOurs(here, person.address)) ?? sender;
}

export function isOurs(here: Here, address: string): boolean {
  const own = here.connection?.member.email ?? '';
  if (own === '' || address === '') return false;
  const domain = domainOf(own);
  return isFreeMail(domain) ? own.toLowerCase() === address : domainOf(address) === domain;
}

export async function guessFor(here: Here, message: KnownMessage | null): Promise<Guess> {
  const none: Guess = { customer: NO_CHOICE, contact: NO_CHOICE, project: NO_CHOICE };
  if (message === null) return none;
  const linked = await linkedBefore(here.db, message);
  const person = otherSide(here, message);
  const customer = linked.customer ?? (await guessCustomer(here, person));
  const contact = linked.contact ?? (await guessContact(here.db, person));
  const project = linked.project ?? (await guessProject(here.db, customer));
  return { customer, contact, project };
}

async function guessCustomer(here: Here, person: Person | null): Promise<Choice> {
  const identifier = person === null ? null : customerIdentifier(person.address);
  if (person === null || identifier === null || isOurs(here, person.address)) return NO_CHOICE;
  const [set] = await identitySets(here.db, 'customer', { identifiers: [identifier] });
  const byDomain = identifier.startsWith('domain:');
  if (set) {
    return { ...choiceOf(set), reason: byDomain ? 'by mail domain' : 'by mail address' };
  }
  return byDomain
    ? {
        id: null,
        name: nameFromDomain(identifier.slice('domain:'.length)),
        reason: 'new, by mail domain',
      }
    : { id: null, name: person.name || person.address, reason: 'new, by mail address' };
}

async function guessContact(db: WorkspaceDb, person: Person | null): Promise<Choice> {
  if (person === null || person.address === '') return NO_CHOICE;
  const identifiers = [`address:${person.address}`];
  const [set] = await identitySets(db, 'contact', { identifiers });
  if (set) return { ...choiceOf(set), reason: 'by mail address' };
  return { id: null, name: person.name || person.address, reason: 'new, by mail address' };
}

/** The only open project of the customer; with several, it is the person's choice. */
async function guessProject(db: WorkspaceDb, customer: Choice): Promise<Choice> {
  if (customer.id === null) return NO_CHOICE;
  const open = (await projectsOf(db, customer.id)).filter(
    ({ state }) => (state ?? 'open') === 'open',
  );
  const [only] = open;
  if (only === undefined || open.length > 1) return NO_CHOICE;
  return { id: only.id, name: only.name, reason: 'their only open project' };
}

export async function projectsOf(
  db: WorkspaceDb,
  customer: string,
): Promise<{ id: string; name: string; state: string | undefined }[]> {
  const [set] = await identitySets(db, 'customer', { ids: [customer] });
  const ids = new Set(set?.members.keys() ?? [customer]);
  const all = await recordsOfKind(db, 'project');
  return group(all)
    .map((project) => ({ id: project.canonical, fields: merged<'project'>(project) }))
    .filter(({ fields }) => fields.customer !== undefined && ids.has(fields.customer))
    .map(({ id, fields }) => ({ id, name: fields.name ?? '', state: fields.state }));
}

/** What was chosen for this very message before, here or by a colleague. */
async function linkedBefore(
  db: WorkspaceDb,
  message: KnownMessage,
): Promise<{ customer?: Choice; contact?: Choice; project?: Choice }> {
  const found: { customer?: Choice; contact?: Choice; project?: Choice } = {};
  for (const set of await identitySets(db, 'interaction', { identifiers: message.keys })) {
    const fields = merged<'interaction'>(set);
    for (const kind of ['customer', 'contact', 'project'] as const) {
      const id = fields[kind];
      if (id === undefined || found[kind] !== undefined) continue;
      const [other] = await identitySets(db, kind, { ids: [id] });
      if (other) found[kind] = { ...choiceOf(other), reason: 'linked before' };
    }
  }
  return found;
}

export function merged<K extends 'customer' | 'contact' | 'project' | 'interaction'>(
  set: IdentitySet,
): Fields<K> {
  const members = new Map([...set.members].map(([id, record]) => [id, readFields<K>(record)]));
  return mergeFields(set.canonical, members) as Fields<K>;
}

export function choiceOf(set: IdentitySet): Choice {
  return { id: set.canonical, name: merged<'customer'>(set).name ?? '', reason: '' };
}

/** Customer ids that are read as one with this one. */
export async function customerIds(db: WorkspaceDb, customer: string): Promise<string[]> {
  const sets = await identitySets(db, 'customer', { ids: [customer] });
  const ids = sets.flatMap((set) => [...set.members.keys()]);
  return ids.length > 0 ? ids : [customer];
}
