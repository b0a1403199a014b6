// A card becomes changes: customer, contact and interaction as far as they are new, then the record.
import {
  type Base,
  type Body,
  bodyProblem,
  customerIdentifier,
  type Id,
  isKind,
  type Json,
  newId,
  type Person,
} from '../../domain/index.ts';
import { type Choice, type Draft, ExpectedError, type KnownMessage } from '../messages/index.ts';
import { commit, getRecord, identitySets, share, type Write } from '../store/index.ts';
import { ownIn, readTab } from './contexts.ts';
import { isContactRecord, otherSide } from './guess.ts';
import { type Place, placeOf } from './matching.ts';
import { refuseNever } from './never.ts';
import { directed, type Ours, oursOf } from './ours.ts';
import { isTicket, recordIdentifier, standsFor } from './site-record.ts';
import { changedMentions, newMentions } from './story/mentions.ts';
import { baseOf } from './versions.ts';
import type { Here, World } from './world.ts';

/** As the records' schema has it. Whoever has a longer address is known by name only. */
const LONGEST_IDENTIFIER = 1_000;

export type SavedAs = { kind: 'expectation' | 'note' | 'commitment' | 'interaction'; id: Id };

/**
 * Saves a card for good. Saving one twice (its answer was lost) writes it once. `wrote`: the kinds of
 * the records that are not as they were.
 */
export async function saveDraft(
  world: World,
  draft: Draft,
): Promise<SavedAs & { wrote: string[] }> {
  return world.write(async (here) => {
    const plan = new Plan(world);
    // Looked up beside each other; nothing is written before both are known.
    const [saved] = await Promise.all([
      planCard(plan, here, draft),
      refuseNever(world, draft.message),
    ]);
    for (const write of plan.writes) refuseBadBody(write);
    await commit(here.db, world.source, plan.writes, {
      author: here.me,
      keep: draft.keepHere,
      discardDraft: draft.id,
    });
    return { ...saved, wrote: [...new Set(plan.writes.map(({ kind }) => kind))] };
  });
}

/**
 * Changes to one record: only its fields, with the values that were seen as their base. Values
 * `beside` them are written as at the same time, so that both are shown again.
 */
export function editRecord(
  world: World,
  kind: string,
  id: Id,
  patch: Body,
  {
    seen,
    beside,
    mentions = [],
  }: {
    seen?: Base | undefined;
    beside?: { [field: string]: Json[] } | undefined;
    /** Colleagues who were chosen while the words were written. */
    mentions?: readonly Id[] | undefined;
  } = {},
): Promise<void> {
  return world.write(async (here) => {
    const found = await getRecord(here.db, kind, id);
    if (found === null) {
      throw new ExpectedError('not-found', 'This card is not on this device any more.');
    }
    const bodies = Object.entries(beside ?? {}).flatMap(([field, values]) =>
      values.map((value): Body => ({ [field]: value })),
    );
    // What is to be shown comes last: of changes at the same time the later one wins.
    const writes: Write[] = [];
    for (const body of [...bodies, patch]) {
      const base = await baseOf(here, found.record, body, seen);
      writes.push({ id: newId(world.source), kind, record: id, body, base });
    }
    // What stays on this device tells nobody.
    const named = found.keptHere ? [] : await changedMentions(here, found.record, patch, mentions);
    for (const { id: known, body } of named) {
      const record = known ?? newId(world.source);
      const write: Write = { id: newId(world.source), kind: 'mention', record, body };
      writes.push(known === null ? { ...write, fresh: true } : write);
    }
    for (const write of writes) refuseBadBody(write);
    await commit(here.db, world.source, writes, { author: here.me, keep: found.keptHere });
  });
}

/** What was kept on this device becomes the workspace's. */
export function shareRecord(world: World, kind: string, id: Id): Promise<void> {
  return world.write(async (here) => {
    const found = await getRecord(here.db, kind, id);
    if (found === null) {
      throw new ExpectedError('not-found', 'This card is not on this device any more.');
    }
    // Pressed twice, it was shared by the first.
    if (found.keptHere) await share(here.db, world.source, here.me, kind, id);
  });
}

/** A new record with these fields. */
export function writeRecord(world: World, kind: string, id: Id, body: Body): Promise<void> {
  return world.write(async (here) => {
    const write = { id: newId(world.source), kind, record: id, body };
    refuseBadBody(write);
    await commit(here.db, world.source, [write], { author: here.me });
  });
}

export class Plan {
  readonly writes: Write[] = [];
  readonly #world: World;
  constructor(world: World) {
    this.#world = world;
  }
  id(): Id {
    return newId(this.#world.source);
  }
  add(kind: string, record: Id, body: Body): Id {
    this.writes.push({ id: this.id(), kind, record, body });
    return record;
  }
  /** A new record; whoever gives its id has looked that there is none. */
  make(kind: string, body: Body, record: Id = this.id()): Id {
    this.writes.push({ id: this.id(), kind, record, body, fresh: true });
    return record;
  }
}

async function planCard(plan: Plan, here: Here, draft: Draft): Promise<SavedAs> {
  const record = draft.record ?? null;
  const kind = kindOf(draft.kind);
  // All that is looked up is looked up at once: somebody waits for the card to be saved.
  const filed = Promise.all([
    draft.message === null ? NOWHERE : placeOf(here.db, draft.message),
    draft.kind === 'mail' ? null : getRecord(here.db, kind, draft.id),
  ]);
  filed.catch(() => undefined); // waited for below
  const own = draft.tab === null ? [] : ownIn(await readTab(draft.tab));
  const ours = await oursOf(here, own);
  const person = otherSide({ message: draft.message, record, ours });
  const isRecord = (kind: 'customer' | 'project') => record !== null && standsFor(record) === kind;
  const ofRecord = (on: boolean) => (on && record !== null ? [recordIdentifier(record)] : []);
  const [customers, contacts, projects, [place, again]] = await Promise.all([
    heldBy(here, 'customer', draft.customer, [
      ...ofRecord(isRecord('customer')),
      ...some(person === null ? null : customerIdentifier(person.address)),
    ]),
    heldBy(here, 'contact', draft.contact, [
      ...ofRecord(isContactRecord(record, person)),
      ...some(person?.address ? `address:${person.address}` : null),
    ]),
    heldBy(here, 'project', draft.project, ofRecord(isRecord('project'))),
    filed,
  ]);
  const customer = chosen(plan, 'customer', draft.customer, {}, customers);
  const belongs: Body = customer === null ? {} : { customer };
  const contact = chosen(plan, 'contact', draft.contact, belongs, contacts);
  const project = chosen(plan, 'project', draft.project, belongs, projects);
  const about: Body = {
    ...belongs,
    ...(contact === null ? {} : { contact }),
    ...(project === null ? {} : { project }),
  };

  if (draft.kind === 'mail') {
    const text = draft.fields.text;
    const more: Body = { logged: true, ...(typeof text === 'string' && text ? { text } : {}) };
    const id = planInteraction(plan, draft, place, ours, about, more);
    if (id === null) throw new ExpectedError('bad-input', 'There is no mail here to log.');
    await planMentions(plan, here, draft, { kind: 'interaction', id }, more);
    return { kind: 'interaction', id };
  }

  if (again !== null) return { kind, id: draft.id };
  const interaction = planInteraction(plan, draft, place, ours, about, {});
  const body: Body = { ...draft.fields, ...about };
  for (const [field, value] of Object.entries(body)) if (value === '') delete body[field];
  if (interaction !== null) body.interaction = interaction;
  if (kind === 'note') body.label = draft.kind;
  if (typeof body.decision === 'string') {
    body.decidedBy = here.me;
    body.decidedAt = new Date(draft.changedAt).toISOString();
  }
  if (draft.quote !== '') {
    const words: { [key: string]: Json } = { quote: draft.quote };
    if (interaction !== null) words.interaction = interaction;
    if (draft.selectors !== null) words.selectors = draft.selectors;
    if (draft.url !== '') words.url = draft.url;
    if (draft.quoted === true) words.quoted = true;
    body.evidence = { [plan.id()]: words };
  }
  refuseEmpty(kind, body, draft.quote);
  plan.make(kind, body, draft.id);
  await planMentions(plan, here, draft, { kind, id: draft.id }, body);
  return { kind, id: draft.id };
}

/** Whoever was chosen after an @ and is still named hears of the card; of one kept here nobody. */
async function planMentions(
  plan: Plan,
  here: Here,
  { keepHere, mentions = [] }: Draft,
  subject: { kind: string; id: Id },
  body: Body,
): Promise<void> {
  if (keepHere || mentions.length === 0) return;
  for (const each of await newMentions(here, subject, body, mentions)) plan.make('mention', each);
}

/**
 * The id of the record that was chosen; a new name makes a new record. `identifiers` are those that
 * what was chosen is known by: a person's choice teaches the ones that nobody holds.
 */
export async function choose(
  plan: Plan,
  here: Here,
  kind: 'customer' | 'contact' | 'project',
  choice: Choice,
  belongs: Body,
  identifiers: string[],
): Promise<Id | null> {
  const held = await heldBy(here, kind, choice, identifiers);
  return chosen(plan, kind, choice, belongs, held);
}

/** Of identifiers: whose the first is that somebody holds, and which nobody does. */
type Held = { holder: Id | null; free: { [identifier: string]: true } };

async function heldBy(
  here: Here,
  kind: 'customer' | 'contact' | 'project',
  choice: Choice,
  identifiers: string[],
): Promise<Held> {
  if (isNoChoice(choice)) return { holder: null, free: {} };
  const known = identifiers.filter(({ length }) => length <= LONGEST_IDENTIFIER);
  const sets = await Promise.all(
    known.map((identifier) => identitySets(here.db, kind, { identifiers: [identifier] })),
  );
  const free = known.filter((_identifier, at) => sets[at]?.length === 0);
  return {
    holder: sets.flat()[0]?.canonical ?? null,
    free: Object.fromEntries(free.map((identifier) => [identifier, true as const])),
  };
}

function isNoChoice({ id, name }: Choice): boolean {
  return id === null && name.trim() === '';
}

function chosen(
  plan: Plan,
  kind: 'customer' | 'contact' | 'project',
  choice: Choice,
  belongs: Body,
  { holder, free }: Held,
): Id | null {
  if (isNoChoice(choice)) return null;
  const taught: Body = Object.keys(free).length === 0 ? {} : { identifiers: free };
  if (choice.id !== null) {
    if (Object.keys(taught).length > 0) plan.add(kind, choice.id, taught);
    return choice.id;
  }
  // The guess was made before another tab or a colleague created it.
  if (holder !== null && choice.reason !== '') {
    if (Object.keys(taught).length > 0) plan.add(kind, holder, taught);
    return holder;
  }
  return plan.make(kind, { name: choice.name.trim(), ...belongs, ...taught });
}

function some<T>(value: T | null): T[] {
  return value === null ? [] : [value];
}

const NOWHERE: Place = { known: undefined, keys: [] };

/** The interaction of the card's message: the one with its keys, or a new one. */
function planInteraction(
  plan: Plan,
  draft: Draft,
  { known, keys }: Place,
  ours: Ours,
  about: Body,
  more: Body,
): Id | null {
  const message = draft.message;
  if (message === null) return null;
  if (known !== undefined) {
    const identifiers = Object.fromEntries(keys.map((key) => [key, true]));
    const body: Body = { ...more, ...(keys.length > 0 ? { identifiers } : {}) };
    if (Object.keys(body).length > 0) plan.add('interaction', known.set.canonical, body);
    return known.set.canonical;
  }
  return plan.make('interaction', {
    ...interactionBody(ours, draft, message, keys),
    ...about,
    ...more,
  });
}

/** What is kept of a message's header. */
export function interactionBody(
  ours: Ours,
  draft: Pick<Draft, 'record' | 'site' | 'url'>,
  message: KnownMessage,
  keys: readonly string[],
): Body {
  const sentAt = message.sentAt === null ? Number.NaN : Date.parse(message.sentAt);
  const { sentBy } = directed(ours, message);
  return {
    channel: isTicket(draft.record ?? null) ? 'ticket' : 'email',
    subject: message.subject,
    ...(Number.isFinite(sentAt) ? { startedAt: new Date(sentAt).toISOString() } : {}),
    ...(message.from === null ? {} : { sender: named(message.from) }),
    recipients: [...message.to, ...message.cc].map(named),
    direction: sentBy === 'us' ? 'outbound' : 'inbound',
    site: draft.site,
    url: message.url || draft.url,
    identifiers: Object.fromEntries(keys.map((key) => [key, true])),
  };
}

function named({ name, address }: Person): { name: string; address: string } {
  return { name, address };
}

export function kindOf(kind: Draft['kind']): 'expectation' | 'note' | 'commitment' {
  return kind === 'expectation' || kind === 'commitment' ? kind : 'note';
}

function refuseEmpty(kind: SavedAs['kind'], body: Body, quote: string): void {
  const words = kind === 'expectation' ? body.statement : body.text;
  if (quote !== '' || (typeof words === 'string' && words.trim() !== '')) return;
  throw new ExpectedError('bad-input', 'There is nothing to save yet. Write a few words first.');
}

export function refuseBadBody(write: Write): void {
  const problem = isKind(write.kind) ? bodyProblem(write.kind, write.body) : 'unknown kind';
  if (problem !== null) {
    throw new ExpectedError('bad-input', `This cannot be saved: ${problem}. Nothing is lost.`);
  }
}
