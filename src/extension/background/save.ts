// A card becomes changes: customer, contact and interaction as far as they are new, then the record.
import {
  type Body,
  bodyProblem,
  customerIdentifier,
  type Id,
  isKind,
  type Json,
  newId,
} from '../../domain/index.ts';
import { type Choice, type Draft, ExpectedError, type KnownMessage } from '../messages/index.ts';
import { commit, getRecord, identitySets, type Write } from '../store/index.ts';
import { isOurs, otherSide } from './guess.ts';
import type { Here, World } from './world.ts';

export type SavedAs = { kind: 'expectation' | 'note' | 'commitment' | 'interaction'; id: Id };

/** Saves a card for good. Saving one twice (its answer was lost) writes it once. */
export function saveDraft(world: World, draft: Draft): Promise<SavedAs> {
  return world.write(async (here) => {
    const plan = new Plan(world);
    const saved = await planCard(plan, here, draft);
    for (const write of plan.writes) refuseBadBody(write);
    await commit(here.db, world.source, plan.writes, {
      author: here.me,
      keep: draft.keepHere,
      discardDraft: draft.id,
    });
    return saved;
  });
}

/** Changes to one record: only its fields, with the values that were seen as their base. */
export function editRecord(world: World, kind: string, id: Id, patch: Body): Promise<void> {
  return world.write(async (here) => {
    const found = await getRecord(here.db, kind, id);
    if (found === null) {
      throw new ExpectedError('not-found', 'This card is not on this device any more.');
    }
    const write = { id: newId(world.source), kind, record: id, body: patch };
    refuseBadBody(write);
    await commit(here.db, world.source, [write], { author: here.me, keep: found.keptHere });
  });
}

class Plan {
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
}

async function planCard(plan: Plan, here: Here, draft: Draft): Promise<SavedAs> {
  const person = draft.message === null ? null : otherSide(here, draft.message);
  const outside = person !== null && !isOurs(here, person.address) ? person : null;
  const customer = await choose(plan, here, 'customer', draft.customer, {}, () =>
    outside === null ? null : customerIdentifier(outside.address),
  );
  const belongs: Body = customer === null ? {} : { customer };
  const contact = await choose(plan, here, 'contact', draft.contact, belongs, () =>
    outside?.address ? `address:${outside.address}` : null,
  );
  const project = await choose(plan, here, 'project', draft.project, belongs, () => null);
  const about: Body = {
    ...belongs,
    ...(contact === null ? {} : { contact }),
    ...(project === null ? {} : { project }),
  };

  if (draft.kind === 'mail') {
    const text = draft.fields.text;
    const more: Body = { logged: true, ...(typeof text === 'string' && text ? { text } : {}) };
    const id = await planInteraction(plan, here, draft, about, more);
    if (id === null) throw new ExpectedError('bad-input', 'There is no mail here to log.');
    return { kind: 'interaction', id };
  }

  const kind = kindOf(draft.kind);
  const again = await getRecord(here.db, kind, draft.id);
  if (again !== null) return { kind, id: draft.id };
  const interaction = await planInteraction(plan, here, draft, about, {});
  const body: Body = { ...draft.fields, ...about };
  for (const [field, value] of Object.entries(body)) if (value === '') delete body[field];
  if (interaction !== null) body.interaction = interaction;
  if (kind === 'note') body.label = draft.kind;
  if (draft.quote !== '') {
    const words: { [key: string]: Json } = { quote: draft.quote };
    if (interaction !== null) words.interaction = interaction;
    if (draft.selectors !== null) words.selectors = draft.selectors;
    if (draft.url !== '') words.url = draft.url;
    body.evidence = { [plan.id()]: words };
  }
  refuseEmpty(kind, body, draft.quote);
  plan.add(kind, draft.id, body);
  return { kind, id: draft.id };
}

/** The id of the record that was chosen; a new name makes a new record. */
async function choose(
  plan: Plan,
  here: Here,
  kind: 'customer' | 'contact' | 'project',
  choice: Choice,
  belongs: Body,
  identifierOf: () => string | null,
): Promise<Id | null> {
  const name = choice.name.trim();
  if (choice.id === null && name === '') return null;
  const identifier = identifierOf();
  const holders =
    identifier === null ? [] : await identitySets(here.db, kind, { identifiers: [identifier] });
  const [holder] = holders;
  if (choice.id !== null) {
    // A person's choice teaches: an identifier that nobody holds belongs to this one from now on.
    if (identifier !== null && holder === undefined) {
      plan.add(kind, choice.id, { identifiers: { [identifier]: true } });
    }
    return choice.id;
  }
  // The guess was made before another tab or a colleague created it.
  if (holder !== undefined && choice.reason !== '') return holder.canonical;
  const identifiers: Body =
    identifier !== null && holder === undefined ? { identifiers: { [identifier]: true } } : {};
  return plan.add(kind, plan.id(), { name, ...belongs, ...identifiers });
}

/** The interaction of the card's message: the one with its keys, or a new one. */
async function planInteraction(
  plan: Plan,
  here: Here,
  draft: Draft,
  about: Body,
  more: Body,
): Promise<Id | null> {
  const message = draft.message;
  if (message === null) return null;
  const sets = await identitySets(here.db, 'interaction', { identifiers: message.keys });
  const strong = sets.find((set) =>
    [...set.members.values()].some(({ identifiers }) =>
      identifiers.some(
        (key) => !key.includes('|txt:') && message.keys.includes(key.slice(key.indexOf('|') + 1)),
      ),
    ),
  );
  const known = strong ?? sets[0];
  if (known !== undefined) {
    const held = new Set([...known.members.values()].flatMap(({ identifiers }) => identifiers));
    const learned = message.keys.filter((key) => !held.has(`interaction|${key}`));
    const identifiers = Object.fromEntries(learned.map((key) => [key, true]));
    const body: Body = { ...more, ...(learned.length > 0 && strong ? { identifiers } : {}) };
    if (Object.keys(body).length > 0) plan.add('interaction', known.canonical, body);
    return known.canonical;
  }
  return plan.add('interaction', plan.id(), {
    ...interactionBody(here, draft, message),
    ...about,
    ...more,
  });
}

function interactionBody(here: Here, draft: Draft, message: KnownMessage): Body {
  const sentAt = message.sentAt === null ? Number.NaN : Date.parse(message.sentAt);
  const ours = message.from !== null && isOurs(here, message.from.address);
  return {
    channel: 'email',
    subject: message.subject,
    ...(Number.isFinite(sentAt) ? { startedAt: new Date(sentAt).toISOString() } : {}),
    ...(message.from === null ? {} : { sender: message.from }),
    recipients: [...message.to, ...message.cc],
    direction: ours ? 'outbound' : 'inbound',
    site: draft.site,
    url: message.url || draft.url,
    identifiers: Object.fromEntries(message.keys.map((key) => [key, true])),
  };
}

export function kindOf(kind: Draft['kind']): 'expectation' | 'note' | 'commitment' {
  return kind === 'expectation' || kind === 'commitment' ? kind : 'note';
}

function refuseEmpty(kind: SavedAs['kind'], body: Body, quote: string): void {
  const words = kind === 'expectation' ? body.statement : body.text;
  if (quote !== '' || (typeof words === 'string' && words.trim() !== '')) return;
  throw new ExpectedError('bad-input', 'There is nothing to save yet. Write a few words first.');
}

function refuseBadBody(write: Write): void {
  const problem = isKind(write.kind) ? bodyProblem(write.kind, write.body) : 'unknown kind';
  if (problem !== null) {
    throw new ExpectedError('bad-input', `This cannot be saved: ${problem}. Nothing is lost.`);
  }
}
