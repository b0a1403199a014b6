// The records of a sample workspace, in the order in which they would have been written: a function
// of its arguments alone.
import { type Body, type Id, newId } from '../../src/domain/index.ts';
import { Random } from './random.ts';
import { companyName, projectName, SAID, say } from './texts.ts';

/** A change that makes a record, or later changes some of its fields. */
export type SeedChange = {
  /** Who writes it: a place in the list of members. */
  by: number;
  /** ms since 1970 */
  at: number;
  kind: string;
  record: Id;
  id: Id;
  body: Body;
};

export type SeedPlan = {
  customers: number;
  seed: number;
  /** How many people write; the first is the admin. */
  members: number;
  /** Ids of the members, once they are known; owners are named by them. */
  memberIds: readonly Id[];
};

const DAY = 86_400_000;
/** The workspace has two years behind it, up to this day. */
const END = Date.UTC(2026, 0, 1);
const START = END - 730 * DAY;

/** About a hundred records for each customer, by time. */
export function records(plan: SeedPlan): SeedChange[] {
  const all: SeedChange[] = [];
  for (let number = 0; number < plan.customers; number += 1) {
    // Each customer by itself: another number of customers changes none of them.
    const random = new Random(plan.seed * 1_000_003 + number);
    all.push(...new Customer(plan, random, number).changes());
  }
  return all.sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
}

class Customer {
  readonly #plan: SeedPlan;
  readonly #random: Random;
  readonly #number: number;
  readonly #changes: SeedChange[] = [];
  readonly #owner: number;
  /** How well it goes with them, 0 to 1. */
  readonly #luck: number;

  constructor(plan: SeedPlan, random: Random, number: number) {
    this.#plan = plan;
    this.#random = random;
    this.#number = number;
    this.#owner = random.from(0, plan.members - 1);
    this.#luck = random.part();
  }

  changes(): SeedChange[] {
    const random = this.#random;
    const since = START + random.from(0, 400) * DAY;
    const domain = `sample-${this.#number + 1}.example`;
    const customer = this.#make('customer', since, {
      name: companyName(this.#number),
      identifiers: { [`domain:${domain}`]: true },
    });
    const contacts = Array.from({ length: random.from(2, 4) }, (_, turn) => {
      const address = `contact-${turn + 1}@${domain}`;
      const name = `Sample Contact ${this.#number + 1}.${turn + 1}`;
      const id = this.#make('contact', since + turn * DAY, {
        ...{ name, customer, identifiers: { [`address:${address}`]: true } },
      });
      return { id, name, address };
    });
    const projects = Array.from({ length: random.from(1, 3) }, (_, turn) =>
      this.#make('project', since + turn * 60 * DAY, {
        name: projectName(this.#number + turn),
        state: random.one(['open', 'won', 'delivered', 'delivered', 'closed']),
        ...{ customer, owner: this.#member(this.#owner) },
      }),
    );
    const about = () => ({
      ...{ customer, project: random.one(projects), contact: random.one(contacts).id },
    });
    const interactions = Array.from({ length: 46 }, () => {
      const at = this.#when(since);
      const contact = random.one(contacts);
      const channel = random.one(['email', 'email', 'email', 'call', 'meeting', 'ticket']);
      const isTheirs = random.chance(0.6);
      const them = { name: contact.name, address: contact.address };
      const us = { name: 'Sample Member', address: 'member@unsaid.example' };
      const id = this.#make('interaction', at, {
        ...{ channel, subject: say(random, SAID.SUBJECTS), logged: true },
        startedAt: iso(at),
        direction: isTheirs ? 'inbound' : 'outbound',
        ...{ sender: isTheirs ? them : us, recipients: [isTheirs ? us : them] },
        ...{ ...about(), contact: contact.id },
      });
      return { id, at };
    });
    const moment = () => random.one(interactions);
    for (let turn = 0; turn < 18; turn += 1) this.#note(about(), moment());
    for (let turn = 0; turn < 12; turn += 1) this.#expectation(about(), moment());
    for (let turn = 0; turn < 6; turn += 1) this.#promise(about(), moment());
    // Of some nobody has heard how they see it.
    const heard = random.chance(0.8) ? 5 : 0;
    for (let turn = 0; turn < heard; turn += 1) this.#perception(about(), this.#when(since));
    return this.#changes;
  }

  #note(about: Body, { id: interaction, at }: { id: Id; at: number }): void {
    const random = this.#random;
    const label = random.one(['note', 'note', 'praise', 'grievance', 'question', 'risk']);
    const texts =
      label === 'praise' ? SAID.PRAISE : label === 'grievance' ? SAID.GRIEVANCES : SAID.NOTES;
    const text = say(random, label === 'question' ? SAID.QUESTIONS : texts);
    const record = this.#make('note', at + 60_000, { ...about, interaction, label, text });
    if (label !== 'grievance' || !random.chance(0.3 + this.#luck / 2)) return;
    const answered = at + random.from(1, 20) * DAY;
    const by = this.#member(this.#owner);
    this.#change('note', record, answered, {
      ...{
        answer: 'Called them and said what is done.',
        answeredAt: iso(answered),
        answeredBy: by,
      },
    });
  }

  #expectation(about: Body, { id: interaction, at }: { id: Id; at: number }): void {
    const random = this.#random;
    const kind = random.one(['unstated', 'unstated', 'implied', 'stated'] as const);
    const statement = say(random, kind === 'stated' ? SAID.STATED : SAID.UNSTATED);
    const why = random.one(['cannot-say', 'assumes', 'does-not-know']);
    const record = this.#make('expectation', at + 120_000, {
      ...{ ...about, interaction, statement, class: kind, stage: 'hunch', outcome: 'open' },
      ...(kind === 'unstated' ? { unstatedBecause: why } : {}),
      ...(kind === 'implied' ? { impliedBy: random.one(['law', 'practice', 'own-standard']) } : {}),
      dimension: random.one([
        ...['tangibles', 'reliability', 'responsiveness', 'assurance', 'empathy'],
      ]),
      ...{ hunchFrom: 'words', owner: this.#member(this.#owner) },
    });
    if (!random.chance(0.65)) return;
    const asked = at + random.from(2, 40) * DAY;
    if (asked > END) return;
    const probe = this.#make('probe', asked, {
      ...{ ...about, expectation: record, question: say(random, SAID.QUESTIONS) },
      ...{ askedAt: iso(asked), askedBy: this.#member(this.#owner) },
    });
    this.#change('expectation', record, asked, { stage: 'asked' });
    if (!random.chance(0.7)) return;
    const answered = asked + random.from(1, 10) * DAY;
    const says = random.chance(0.75) ? 'confirmed' : 'refuted';
    this.#change('probe', probe, answered, {
      ...{ answer: random.one(SAID.ANSWERS), answeredAt: iso(answered), says },
    });
    this.#change('expectation', record, answered, { stage: says });
    if (says === 'refuted') return;
    const [value, effort] = [random.from(1, 5), random.from(1, 5)];
    const decision = value > effort ? 'exceed' : value === effort ? 'meet' : 'decline';
    const decided = answered + DAY;
    this.#change('expectation', record, decided, {
      ...{ value, effort, likelihood: random.from(2, 5), decision },
      ...{ decidedAt: iso(decided), decidedBy: this.#member(0) },
      decisionReason: `Worth ${value} to them, costs us ${effort}.`,
    });
    if (!random.chance(0.6)) return;
    const settled = decided + random.from(10, 90) * DAY;
    const luck = this.#luck + (decision === 'exceed' ? 0.2 : -0.1);
    const outcome = random.chance(luck) ? random.one(['met', 'exceeded']) : 'missed';
    this.#change('expectation', record, settled, {
      ...{ outcome, outcomeAt: iso(settled), outcomeText: say(random, SAID.NOTES) },
      ...(outcome === 'missed' ? { gap: random.from(1, 5) } : {}),
    });
  }

  #promise(about: Body, { id: interaction, at }: { id: Id; at: number }): void {
    const random = this.#random;
    const due = at + random.from(2, 30) * DAY;
    const record = this.#make('commitment', at + 180_000, {
      ...{ ...about, interaction, text: say(random, SAID.PROMISES) },
      ...{ by: random.chance(0.75) ? 'us' : 'them', state: 'open', due: iso(due).slice(0, 10) },
      owner: this.#member(this.#owner),
    });
    if (!random.chance(0.85)) return;
    const state = random.chance(0.4 + this.#luck / 2) ? 'kept' : 'broken';
    this.#change('commitment', record, due, { state });
  }

  #perception(about: Body, at: number): void {
    const random = this.#random;
    const form = random.one(['survey', 'survey', 'remark', 'renewal', 'complaint']);
    const middle = Math.round(2 + this.#luck * 7);
    const score = Math.max(0, Math.min(10, middle + random.from(-2, 2)));
    this.#make('perception', at, {
      ...{ ...about, form, score, scaleMin: 0, scaleMax: 10, observedAt: iso(at) },
      text: say(random, score > 6 ? SAID.PRAISE : SAID.GRIEVANCES),
    });
  }

  #make(kind: string, at: number, body: Body): Id {
    const record = this.#id(at);
    this.#push(kind, record, at, body);
    return record;
  }

  #change(kind: string, record: Id, at: number, body: Body): void {
    // What lies in the future has not been written yet.
    if (at <= END) this.#push(kind, record, at, body);
  }

  #push(kind: string, record: Id, at: number, body: Body): void {
    // Mostly the owner writes, sometimes whoever took the call.
    const isOwner = this.#random.chance(0.8);
    const by = isOwner ? this.#owner : this.#random.from(0, this.#plan.members - 1);
    this.#changes.push({ by, at, kind, record, id: this.#id(at), body });
  }

  #id(at: number): Id {
    return newId({ now: () => at, random: (count) => this.#random.bytes(count) });
  }

  #member(number: number): Id {
    return this.#plan.memberIds[number] ?? '';
  }

  /** A moment in working hours; not all customers are talked to up to the end. */
  #when(since: number): number {
    const last = this.#number % 9 === 0 ? END - 200 * DAY : END - DAY;
    const day = since + Math.floor(this.#random.part() * Math.max(1, (last - since) / DAY)) * DAY;
    return day + this.#random.from(7 * 60, 17 * 60) * 60_000;
  }
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
