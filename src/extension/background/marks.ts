// The marks to draw in the messages of a page.
import { customerIdentifier, type Fields, type Id, subjectKey } from '../../domain/index.ts';
import type { KnownMessage, Mark } from '../messages/index.ts';
import {
  conversationOf,
  group,
  type IdentitySet,
  identitySets,
  readFields,
  recordsAbout,
} from '../store/index.ts';
import { lookOf } from './cards.ts';
import { interactionsOfEach } from './matching.ts';
import { merged } from './merged.ts';
import { isOurs, type Ours } from './ours.ts';
import type { Here } from './world.ts';

/** Marks of earlier messages in one message, in one answer, and interactions looked at for them. */
const MOST_EARLIER = 200;
const MOST_EARLIER_IN_ALL = 2_000;
const MOST_IN_CONVERSATION = 200;

/**
 * The marks of each message, in the order given: its own, then those of earlier messages of the
 * same conversation, whose words may be quoted in it.
 */
export async function marksFor(
  here: Here,
  ours: Ours,
  messages: readonly KnownMessage[],
): Promise<Mark[][]> {
  const found = await interactionsOfEach(here.db, messages);
  const own = await marksIn(
    here,
    found.flat().map(({ set }) => set),
  );
  const earlier = new Earlier(here, ours);
  const all: Mark[][] = [];
  let left = MOST_EARLIER_IN_ALL;
  for (const [at, message] of messages.entries()) {
    const matched = found[at] ?? [];
    const marks = matched.flatMap(({ set, probably }) =>
      (own.get(set.canonical) ?? []).map((mark) => ({ ...mark, probably })),
    );
    const ids = new Set(matched.flatMap(({ set }) => [...set.members.keys()]));
    const quoted = (await earlier.than(message, ids)).slice(0, Math.min(MOST_EARLIER, left));
    left -= quoted.length;
    all.push([...marks, ...quoted]);
  }
  return all;
}

/** Marks of what came before in a conversation; each conversation is looked up once. */
class Earlier {
  readonly #here: Here;
  readonly #ours: Ours;
  readonly #conversations = new Map<string, Promise<Sent[]>>();
  readonly #customers = new Map<string, Promise<ReadonlySet<Id>>>();

  constructor(here: Here, ours: Ours) {
    this.#here = here;
    this.#ours = ours;
  }

  async than(message: KnownMessage, own: ReadonlySet<Id>): Promise<Mark[]> {
    const subject = subjectKey(message.subject);
    const time = Date.parse(message.sentAt ?? '');
    if (subject === '') return [];
    const people = new Set(outside(this.#ours, message));
    const customers = await this.#customersOf(people);
    const marks: Mark[] = [];
    for (const { set, at, fields, marks: found } of await this.#conversation(subject)) {
      if ([...set.members.keys()].some((id) => own.has(id))) continue;
      // A quotation has what was written before; without a time, in either, nobody can tell.
      if (!(at < time)) continue;
      const { customer, sender, recipients = [] } = fields;
      const isTheirs = customer !== undefined && customers.has(customer);
      const isAmong = [...(sender ? [sender] : []), ...recipients].some(({ address }) =>
        people.has(address),
      );
      if (!isTheirs && !isAmong) continue;
      const told = {
        sender: sender?.name || sender?.address || '',
        sentAt: fields.startedAt ?? null,
      };
      for (const mark of found) marks.push({ ...mark, earlier: told });
      if (marks.length >= MOST_EARLIER) break;
    }
    return marks;
  }

  #conversation(subject: string): Promise<Sent[]> {
    const present = this.#conversations.get(subject);
    if (present) return present;
    const looking = sentIn(this.#here, subject);
    this.#conversations.set(subject, looking);
    return looking;
  }

  /** Ids of the customers that these people write for. */
  async #customersOf(people: ReadonlySet<string>): Promise<ReadonlySet<Id>> {
    const ids = new Set<Id>();
    for (const address of people) {
      const identifier = customerIdentifier(address);
      if (identifier === null) continue;
      let looking = this.#customers.get(identifier);
      if (looking === undefined) {
        looking = identitySets(this.#here.db, 'customer', { identifiers: [identifier] }).then(
          (sets) => new Set(sets.flatMap((set) => [...set.members.keys()])),
        );
        this.#customers.set(identifier, looking);
      }
      for (const id of await looking) ids.add(id);
    }
    return ids;
  }
}

type Sent = {
  set: IdentitySet;
  /** ms since 1970 */
  at: number;
  fields: Fields<'interaction'>;
  marks: readonly Mark[];
};

/** What has marks in a conversation, the newest first: of a long one, mostly the last is quoted. */
async function sentIn(here: Here, subject: string): Promise<Sent[]> {
  const sets = group(await conversationOf(here.db, subject, MOST_IN_CONVERSATION));
  const found = await marksIn(here, sets);
  return sets
    .flatMap((set) => {
      const marks = found.get(set.canonical);
      if (marks === undefined) return [];
      const fields = merged<'interaction'>(set);
      const at = Date.parse(fields.startedAt ?? '');
      return Number.isFinite(at) ? [{ set, at, fields, marks }] : [];
    })
    .sort((a, b) => b.at - a.at);
}

/** The people of a message who are not ours: what two mails to oneself have in common is nothing. */
function outside(ours: Ours, { from, to, cc }: KnownMessage): string[] {
  const all = [...(from ? [from] : []), ...to.slice(0, 50), ...cc.slice(0, 50)];
  return all.map(({ address }) => address).filter((one) => one !== '' && !isOurs(ours, one));
}

/** Marks by the interaction (its canonical id) that they stand in. */
async function marksIn(here: Here, sets: readonly IdentitySet[]): Promise<Map<Id, Mark[]>> {
  const canonical = new Map<Id, Id>();
  for (const set of sets) for (const id of set.members.keys()) canonical.set(id, set.canonical);
  const found = new Map<Id, Mark[]>();
  for (const { record } of await recordsAbout(here.db, 'interaction', canonical.keys())) {
    const { kind, id } = record;
    if (!isMarkKind(kind)) continue;
    const fields = readFields<'note'>(record) as Fields<'note'> & Fields<'expectation'>;
    for (const [key, evidence] of Object.entries(fields.evidence ?? {})) {
      const place = canonical.get(evidence?.interaction ?? fields.interaction ?? '');
      if (!evidence?.selectors || place === undefined) continue;
      const summary = summaryOf(fields) || (evidence.quote ?? '');
      const marks = found.get(place) ?? [];
      marks.push({
        ...{ kind, id, evidence: key, look: lookOf(kind, fields) },
        ...{ selectors: evidence.selectors, probably: false, earlier: null },
        summary: summary.slice(0, 300),
      });
      found.set(place, marks);
    }
  }
  return found;
}

export function summaryOf(fields: Fields<'note'> & Fields<'expectation'>): string {
  return fields.statement ?? fields.text ?? '';
}

export function isMarkKind(kind: string): kind is Mark['kind'] {
  return kind === 'expectation' || kind === 'note' || kind === 'commitment';
}
