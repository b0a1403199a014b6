// Which customer, contact and project a message or a CRM record is about, as far as known.
import {
  customerIdentifier,
  domainOf,
  type Fields,
  isFreeMail,
  nameFromDomain,
  type Person,
} from '../../domain/index.ts';
import type { Choice, Guess, KnownMessage } from '../messages/index.ts';
import {
  group,
  type IdentitySet,
  identitySets,
  recordsOfKind,
  type WorkspaceDb,
} from '../store/index.ts';
import { interactionsOf } from './matching.ts';
import { merged } from './merged.ts';
import { isOurs, type Ours } from './ours.ts';
import { recordIdentifier, type SiteRecord, standsFor } from './site-record.ts';

export const NO_CHOICE: Choice = { id: null, name: '', reason: '' };

/** What a guess goes by; `record` is what the page around the message is about. */
export type About = { message: KnownMessage | null; record: SiteRecord | null; ours: Ours };

/**
 * The person on the customer's side: the sender, or of our own mail its first outside recipient, or
 * without any the first outside person of the record. null where all are ours.
 */
export function otherSide({ message, record, ours }: About): Person | null {
  const isOutside = ({ address }: Person) => address !== '' && !isOurs(ours, address);
  const people = record?.people ?? [];
  const from = message?.from?.address ?? '';
  // A help desk may show the names only: whoever the ticket is of, and nobody that reads along.
  if (message === null || message.from === null || (from === '' && message.sentBy !== 'us')) {
    return people.find(isOutside) ?? null;
  }
  if (message.sentBy !== 'us' && isOutside(message.from)) return message.from;
  return [...message.to, ...message.cc, ...people].find(isOutside) ?? null;
}

/**
 * The contact that the record is, unless the message is with somebody else: two people never become
 * one because the one wrote on the other's page.
 */
export function isContactRecord(record: SiteRecord | null, person: Person | null): boolean {
  if (record === null || standsFor(record) !== 'contact') return false;
  const { people } = record;
  return person === null || people.length === 0 || people[0]?.address === person.address;
}

export async function guessFor({ db }: { db: WorkspaceDb }, about: About): Promise<Guess> {
  const { message, record } = about;
  const person = otherSide(about);
  const linked = message === null ? {} : await linkedBefore(db, message);
  const known = await byRecord(db, record, person);
  const customer =
    known.customer ?? linked.customer ?? known.owner ?? (await guessCustomer(db, about, person));
  const contact = known.contact ?? linked.contact ?? (await guessContact(db, record, person));
  const project = known.project ?? linked.project ?? (await guessProject(db, record, customer));
  return { customer, contact, project };
}

type Linked = { customer?: Choice; contact?: Choice; project?: Choice };

/** What the page's record stands for, and the customer that this one belongs to. */
async function byRecord(
  db: WorkspaceDb,
  record: SiteRecord | null,
  person: Person | null,
): Promise<Linked & { owner?: Choice }> {
  const kind = record === null ? null : standsFor(record);
  if (record === null || kind === null) return {};
  if (kind === 'contact' && !isContactRecord(record, person)) return {};
  const [set] = await identitySets(db, kind, { identifiers: [recordIdentifier(record)] });
  if (set === undefined) return {};
  const choice = { ...choiceOf(set), reason: 'by CRM record' };
  if (kind === 'customer') return { customer: choice };
  const { customer } = merged<'project'>(set);
  const [owner] =
    customer === undefined ? [] : await identitySets(db, 'customer', { ids: [customer] });
  const belongs = owner ? { owner: { ...choiceOf(owner), reason: 'by CRM record' } } : {};
  return { [kind]: choice, ...belongs };
}

async function guessCustomer(
  db: WorkspaceDb,
  { record, ours }: About,
  person: Person | null,
): Promise<Choice> {
  const people = [...(person ? [person] : []), ...(record?.people ?? [])].filter(
    ({ address }) => address !== '' && !isOurs(ours, address),
  );
  for (const { address } of people) {
    const identifier = customerIdentifier(address);
    if (identifier === null) continue;
    const [set] = await identitySets(db, 'customer', { identifiers: [identifier] });
    const reason = identifier.startsWith('domain:') ? 'by mail domain' : 'by mail address';
    if (set) return { ...choiceOf(set), reason };
  }
  const isCompany = record !== null && standsFor(record) === 'customer';
  const company = (isCompany ? record.name : (record?.company ?? '')).trim();
  if (company !== '') {
    const set = await customerNamed(db, company);
    // A name is no proof: suggested, and the person sees by what.
    if (set) return { ...choiceOf(set), reason: 'by company name' };
    return {
      id: null,
      name: company,
      reason: isCompany ? 'new, by CRM record' : 'new, by company name',
    };
  }
  const [first] = people;
  if (first === undefined) return NO_CHOICE;
  const domain = domainOf(first.address);
  return isFreeMail(domain)
    ? { id: null, name: first.name || first.address, reason: 'new, by mail address' }
    : { id: null, name: nameFromDomain(domain), reason: 'new, by mail domain' };
}

async function customerNamed(db: WorkspaceDb, name: string): Promise<IdentitySet | undefined> {
  const plain = (text: string | undefined) => (text ?? '').trim().toLowerCase();
  const named = [...(await recordsOfKind(db, 'customer')).values()].find(
    ({ state }) => plain(String(state.registers.name?.value ?? '')) === plain(name),
  );
  if (named === undefined) return undefined;
  const [set] = await identitySets(db, 'customer', { ids: [named.id] });
  return set;
}

async function guessContact(
  db: WorkspaceDb,
  record: SiteRecord | null,
  person: Person | null,
): Promise<Choice> {
  if (person !== null && person.address !== '') {
    const identifiers = [`address:${person.address}`];
    const [set] = await identitySets(db, 'contact', { identifiers });
    if (set) return { ...choiceOf(set), reason: 'by mail address' };
  }
  if (record !== null && record.name !== '' && isContactRecord(record, person)) {
    return { id: null, name: record.name, reason: 'new, by CRM record' };
  }
  if (person === null || person.address === '') return NO_CHOICE;
  return { id: null, name: person.name || person.address, reason: 'new, by mail address' };
}

/** The record's; else the only open one of the customer; with several, it is the person's choice. */
async function guessProject(
  db: WorkspaceDb,
  record: SiteRecord | null,
  customer: Choice,
): Promise<Choice> {
  if (record !== null && record.name !== '' && standsFor(record) === 'project') {
    return { id: null, name: record.name, reason: 'new, by CRM record' };
  }
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
async function linkedBefore(db: WorkspaceDb, message: KnownMessage): Promise<Linked> {
  const found: Linked = {};
  for (const { set } of await interactionsOf(db, message)) {
    const fields: Fields<'interaction'> = merged<'interaction'>(set);
    for (const kind of ['customer', 'contact', 'project'] as const) {
      const id = fields[kind];
      if (id === undefined || found[kind] !== undefined) continue;
      const [other] = await identitySets(db, kind, { ids: [id] });
      if (other) found[kind] = { ...choiceOf(other), reason: 'linked before' };
    }
  }
  return found;
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
