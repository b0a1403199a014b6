// Saved records as the sidebar shows them.
import { type Evidence, type Id, type MessageFacts, messageKeys } from '../../domain/index.ts';
import { msOf } from '../../ledger/index.ts';
import type {
  CaptureKind,
  ContextMessage,
  CustomerStory,
  Hit,
  KnownMessage,
  ReadMessage,
  SavedCard,
} from '../messages/index.ts';
import { ExpectedError } from '../messages/index.ts';
import {
  getRecord,
  group,
  identitySets,
  isPending,
  readFields,
  recordsAbout,
  recordsOfKind,
  type StoredRecord,
} from '../store/index.ts';
import { isFollowed } from './follow-choice.ts';
import { customerIds, projectsOf } from './guess.ts';
import { sha256Hex } from './hasher.ts';
import { itselfIn } from './logging/take-back.ts';
import { interactionsOfEach } from './matching.ts';
import { merged } from './merged.ts';
import { seenIn, versionsIn } from './versions.ts';
import type { Here } from './world.ts';

const CARD_KINDS = new Set(['expectation', 'note', 'commitment', 'interaction']);
type CardKind = SavedCard['kind'];

export function keysOf(site: string, message: ReadMessage): string[] {
  const { text, shown } = message;
  const facts: MessageFacts = {
    ...message,
    ...{ site, text: text ?? '', from: message.from?.address || null },
    // Without its text a message is known by its header only, as where it is collapsed.
    shown: text === null ? 'collapsed' : shown,
  };
  return messageKeys(facts, sha256Hex);
}

export async function cardOf(here: Here, kind: string, id: Id): Promise<SavedCard> {
  const found = await getRecord(here.db, kind, id);
  if (found === null || !CARD_KINDS.has(kind)) {
    throw new ExpectedError('not-found', 'This card is not on this device.');
  }
  const unsent = await pendingIn(here);
  const card = await toCard(here, found.record, found.keptHere, new Names(here), unsent);
  return { ...card, seen: seenIn(found.record) };
}

/** Cards captured in these messages, newest first. */
export async function cardsFor(here: Here, messages: KnownMessage[]): Promise<SavedCard[]> {
  const ids = new Set<Id>();
  for (const { set } of (await interactionsOfEach(here.db, messages)).flat()) {
    for (const id of set.members.keys()) ids.add(id);
  }
  const found = await recordsAbout(here.db, 'interaction', ids);
  return toCards(here, found);
}

/**
 * What is known of a customer, the newest of it; interactions only where somebody logged them. Tags
 * of a call that have no words stand with it, on the page of calls.
 */
export async function storyOf(here: Here, customer: Id, most: number): Promise<CustomerStory> {
  const ids = await customerIds(here.db, customer);
  const [set] = await identitySets(here.db, 'customer', { ids });
  const fields = set === undefined ? {} : merged<'customer'>(set);
  const followed = here.connection === null ? null : await isFollowed(here, customer);
  const found = await recordsAbout(here.db, 'customer', ids);
  const told = found
    .filter(({ record: { kind, state } }) =>
      kind === 'interaction'
        ? state.registers.logged?.value === true
        : CARD_KINDS.has(kind) &&
          (typeof state.registers.tag?.value !== 'string' || Boolean(state.registers.text?.value)),
    )
    .sort((a, b) => (a.record.state.origin.rank < b.record.state.origin.rank ? 1 : -1));
  return {
    customer: {
      id: set?.canonical ?? customer,
      name: fields.name ?? '',
      identifiers: Object.keys(fields.identifiers ?? {}),
      ...(followed === null ? {} : { followed }),
    },
    cards: await toCards(here, told.slice(0, most)),
    total: told.length,
  };
}

export async function findByName(
  here: Here,
  kind: 'customer' | 'contact' | 'project',
  words: string,
  customer: Id | null,
): Promise<Hit[]> {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  const hits: Hit[] = [];
  if (kind === 'project' && customer !== null) {
    for (const { id, name, state } of await projectsOf(here.db, customer)) {
      hits.push({ id, name, detail: state ?? '' });
    }
  } else {
    const within = customer === null ? null : new Set(await customerIds(here.db, customer));
    for (const set of group(await recordsOfKind(here.db, kind))) {
      const fields = merged<'contact'>(set);
      if (within !== null && fields.customer !== undefined && !within.has(fields.customer))
        continue;
      const [first] = Object.keys(fields.identifiers ?? {});
      hits.push({
        id: set.canonical,
        name: fields.name ?? '',
        detail: first?.slice(first.indexOf(':') + 1) ?? '',
      });
    }
  }
  return hits
    .filter(({ name, detail }) => {
      const text = `${name} ${detail}`.toLowerCase();
      return wanted.every((word) => text.includes(word));
    })
    .sort((a, b) => a.name.localeCompare(b.name))
    .slice(0, 50);
}

/** Messages with what is known of them here, in their order. */
export async function inContext(
  here: Here,
  messages: readonly KnownMessage[],
  warnings: readonly ContextMessage['warnings'][],
): Promise<ContextMessage[]> {
  const found = await interactionsOfEach(here.db, messages);
  return messages.map((message, at) => {
    const matched = found[at] ?? [];
    const known = { ...message, warnings: warnings[at] ?? [] };
    const [first] = matched;
    if (first === undefined) return { ...known, interaction: null, logged: false, probably: false };
    const logged = matched.some(({ set }) => merged<'interaction'>(set).logged === true);
    const [itself] = matched.flatMap(({ set }) => itselfIn(set, here.me) ?? []);
    return {
      ...known,
      // The sure ones come first.
      ...{ interaction: first.set.canonical, logged, probably: first.probably },
      ...(itself === undefined ? {} : { itself }),
    };
  });
}

export async function toCards(
  here: Here,
  found: { record: StoredRecord; keptHere: boolean }[],
): Promise<SavedCard[]> {
  const names = new Names(here);
  const unsent = await pendingIn(here);
  const shown = found.filter(({ record }) => CARD_KINDS.has(record.kind));
  const cards = await Promise.all(
    shown.map(({ record, keptHere }) => toCard(here, record, keptHere, names, unsent)),
  );
  return cards.sort((a, b) => b.savedAt - a.savedAt);
}

function isCall(fields: object): boolean {
  return 'callState' in fields;
}

async function toCard(
  here: Here,
  record: StoredRecord,
  keptHere: boolean,
  names: Names,
  unsent: Unsent,
): Promise<SavedCard> {
  const kind = record.kind as CardKind;
  const fields = readFields<'expectation'>(record) as SavedCard['fields'];
  const evidence = Object.entries(fields.evidence ?? {}).flatMap(([key, value]) =>
    value === null ? [] : [{ ...(value as Evidence), key }],
  );
  const interaction = kind === 'interaction' ? record.id : fields.interaction;
  const author = record.state.origin.author;
  const versions = await versionsIn(here, record, {
    name: async (kind, id) => (await names.of(kind, id))?.name ?? '',
    member: (id) => names.member(id),
  });
  const [customer, contact, project, source, member, isUnsent] = await Promise.all([
    names.of('customer', fields.customer),
    names.of('contact', fields.contact),
    names.of('project', fields.project),
    names.source(interaction),
    names.member(author),
    unsent(kind, record.id),
  ]);
  return {
    ...(versions === null ? {} : { versions, seen: seenIn(record) }),
    kind,
    id: record.id,
    look: kind === 'interaction' ? 'mail' : lookOf(kind, fields),
    ...(isCall(fields) ? { call: true } : {}),
    fields,
    ...{ customer, contact, project, evidence, source },
    author: { id: author, name: member, me: author === here.me },
    savedAt: msOf(record.state.origin.rank),
    synced: !keptHere && here.connection !== null && !isUnsent,
    keptHere,
  };
}

/** Whether the server has not heard of a record's changes yet. */
type Unsent = (kind: string, id: Id) => boolean | Promise<boolean>;

/** As many as are read at once for a list: mostly there are none. */
const FEW_PENDING = 500;

async function pendingIn({ db }: Here): Promise<Unsent> {
  const pending = await db.getAll('outbox', null, FEW_PENDING);
  if (pending.length === FEW_PENDING) return (kind, id) => isPending(db, kind, id);
  const records = new Set(pending.map(({ kind, record }) => `${kind}/${record}`));
  return (kind, id) => records.has(`${kind}/${id}`);
}

/** Names looked up once for a list of cards. */
export class Names {
  readonly #here: Here;
  readonly #known = new Map<string, Promise<{ id: string; name: string } | null>>();
  readonly #sources = new Map<string, Promise<SavedCard['source']>>();
  readonly #members = new Map<Id, Promise<string>>();

  constructor(here: Here) {
    this.#here = here;
  }

  of(kind: 'customer' | 'contact' | 'project', id: Id | undefined) {
    if (id === undefined) return Promise.resolve(null);
    const key = `${kind}/${id}`;
    const present = this.#known.get(key);
    if (present) return present;
    const looking = identitySets(this.#here.db, kind, { ids: [id] }).then(([set]) =>
      // A dangling reference is legal: the record may not have arrived yet.
      set === undefined ? null : { id: set.canonical, name: merged<'customer'>(set).name ?? '' },
    );
    this.#known.set(key, looking);
    return looking;
  }

  source(id: Id | undefined): Promise<SavedCard['source']> {
    if (id === undefined) return Promise.resolve(null);
    const present = this.#sources.get(id);
    if (present) return present;
    const looking = identitySets(this.#here.db, 'interaction', { ids: [id] }).then(([set]) => {
      if (set === undefined) return null;
      const { subject, sender, startedAt, url } = merged<'interaction'>(set);
      return {
        subject: subject ?? '',
        from: sender ?? null,
        sentAt: startedAt ?? null,
        url: url ?? '',
      };
    });
    this.#sources.set(id, looking);
    return looking;
  }

  member(id: Id): Promise<string> {
    const looking = this.#members.get(id) ?? this.#memberNow(id);
    this.#members.set(id, looking);
    return looking;
  }

  async #memberNow(id: Id): Promise<string> {
    if (id === this.#here.me) return this.#here.connection?.member.name ?? 'you';
    const found = await getRecord(this.#here.db, 'member', id);
    return found === null
      ? 'a colleague'
      : (readFields<'member'>(found.record).name ?? 'a colleague');
  }
}

export function lookOf(kind: string, fields: { label?: string | undefined }): CaptureKind {
  if (kind === 'expectation' || kind === 'commitment') return kind;
  return (fields.label ?? 'note') as CaptureKind;
}
