// Where nobody knows what a customer expects, though nothing seems wrong. Pure. Facts are counted of
// each customer, from records here or by the database (server/blind-spots), and judged in one place.
// Not in index.ts: no page's script needs it.
import type { Fields } from './fields.ts';
import type { Id } from './id.ts';
import { canonicalIds, mergeFields } from './identity.ts';
import type { Kind } from './kinds.ts';

/** What is listed, the most urgent first. */
export const BLIND_SPOTS = [
  /** Grievances that nobody has answered. */
  'unanswered',
  /** Somebody new speaks for them, and nobody has asked that person anything. */
  'new-contact',
  /** Content by their newest survey, and nobody has talked with them about what they expect. */
  'satisfied',
  /** Nobody has asked them anything for long, or ever. */
  'not-asked',
  /** All that is on file is what they said themselves. */
  'only-stated',
] as const;
export type BlindSpotKind = (typeof BLIND_SPOTS)[number];

/** Times are ms since 1970; `days` are whole ones until now, by which those of a kind are ordered. */
export type BlindSpot =
  | { kind: 'unanswered'; days: number; count: number; since: number }
  | {
      kind: 'new-contact';
      days: number;
      contact: { id: Id; name: string };
      since: number;
      /** Whom it was heard from before, and when last. */
      before: { id: Id; name: string };
      lastHeard: number;
    }
  | {
      kind: 'satisfied';
      days: number;
      at: number;
      score: number;
      scaleMin: number;
      scaleMax: number;
      /** The last talk about what they expect; null: none. */
      lastTalk: number | null;
    }
  /** `since`: of the last question; without any, when the customer was written down. */
  | { kind: 'not-asked'; days: number; asked: number; since: number }
  | { kind: 'only-stated'; days: number; count: number; since: number };

export type Thresholds = {
  /** Not asked anything for so many days. */
  asked: number;
  /** No talk about what they expect for so many days. */
  talk: number;
  /** Content: a survey's score at so many per cent of its scale, or above. */
  satisfied: number;
  /** A grievance that waits for so many days. */
  grievance: number;
  /** A contact is new for so many days. */
  contact: number;
};

export const USUAL_THRESHOLDS: Thresholds = {
  ...{ asked: 90, talk: 180, satisfied: 75, grievance: 7, contact: 90 },
};

/** What is known of one customer. Times are ms since 1970; null: never. */
export type CustomerFacts = {
  /** When it was written down first. */
  since: number;
  /** Questions that were asked. */
  asked: number;
  lastAsked: number | null;
  /** Expectations that are not refuted: those stated, since when, and all others. */
  stated: number;
  statedSince: number | null;
  unsaid: number;
  /** The last question, or expectation that was noticed in a call, a meeting or on a visit. */
  lastTalk: number | null;
  survey: Survey | null;
  grievances: number;
  oldestGrievance: number | null;
  contacts: ContactFacts[];
};

/** The newest one with a score and its scale; of several at one time that with the greatest id. */
export type Survey = { at: number; id: Id; score: number; scaleMin: number; scaleMax: number };

/**
 * A person of a customer. `first`: when they were written down, or heard from if that was earlier.
 * `last`: the newest interaction with them.
 */
export type ContactFacts = { id: Id; name: string; first: number; last: number | null };

export function noFacts(since: number): CustomerFacts {
  return {
    since,
    ...{ asked: 0, lastAsked: null, stated: 0, statedSince: null, unsaid: 0, lastTalk: null },
    ...{ survey: null, grievances: 0, oldestGrievance: null, contacts: [] },
  };
}

/** Of two records that are read as one customer. */
export function joinFacts(a: CustomerFacts, b: CustomerFacts): CustomerFacts {
  return {
    since: Math.min(a.since, b.since),
    asked: a.asked + b.asked,
    lastAsked: later(a.lastAsked, b.lastAsked),
    stated: a.stated + b.stated,
    statedSince: earlier(a.statedSince, b.statedSince),
    unsaid: a.unsaid + b.unsaid,
    lastTalk: later(a.lastTalk, b.lastTalk),
    survey: newer(a.survey, b.survey),
    grievances: a.grievances + b.grievances,
    oldestGrievance: earlier(a.oldestGrievance, b.oldestGrievance),
    contacts: [...a.contacts, ...b.contacts],
  };
}

const DAY_MS = 86_400_000;

/** Why this customer is a blind spot, the most urgent reason first; none: it is not. */
export function blindSpotsOf(
  facts: CustomerFacts,
  thresholds: Thresholds,
  now: number,
): BlindSpot[] {
  const spots: BlindSpot[] = [];
  const { oldestGrievance, survey, lastTalk, statedSince } = facts;
  if (oldestGrievance !== null && daysSince(oldestGrievance, now) >= thresholds.grievance) {
    const days = daysSince(oldestGrievance, now);
    spots.push({ kind: 'unanswered', days, count: facts.grievances, since: oldestGrievance });
  }
  const changed = changedContact(facts);
  if (changed !== null && daysSince(changed.since, now) < thresholds.contact) {
    spots.push({ kind: 'new-contact', days: daysSince(changed.since, now), ...changed });
  }
  const silent = lastTalk === null || daysSince(lastTalk, now) >= thresholds.talk;
  if (survey !== null && silent && percentOf(survey) >= thresholds.satisfied) {
    const { id: _id, ...said } = survey;
    const days = daysSince(lastTalk ?? facts.since, now);
    spots.push({ kind: 'satisfied', days, ...said, lastTalk });
  }
  const since = facts.lastAsked ?? facts.since;
  if (daysSince(since, now) >= thresholds.asked) {
    spots.push({ kind: 'not-asked', days: daysSince(since, now), asked: facts.asked, since });
  }
  if (facts.stated > 0 && facts.unsaid === 0 && statedSince !== null) {
    const days = daysSince(statedSince, now);
    spots.push({ kind: 'only-stated', days, count: facts.stated, since: statedSince });
  }
  return spots;
}

/**
 * The newest contact, when everybody else who was heard from before fell silent then, and nobody
 * has been asked anything since.
 */
function changedContact({ contacts, lastAsked }: CustomerFacts) {
  const [newest] = [...contacts].sort((a, b) => b.first - a.first || (a.id < b.id ? 1 : -1));
  if (newest === undefined || (lastAsked !== null && lastAsked >= newest.first)) return null;
  const others = contacts.flatMap(({ id, name, last }) =>
    id === newest.id || last === null ? [] : [{ id, name, last }],
  );
  const [before] = others.sort((a, b) => b.last - a.last || (a.id < b.id ? 1 : -1));
  if (before === undefined || before.last >= newest.first) return null;
  return {
    contact: { id: newest.id, name: newest.name },
    since: newest.first,
    before: { id: before.id, name: before.name },
    lastHeard: before.last,
  };
}

/** Where a score stands on its scale, in per cent. */
function percentOf({ score, scaleMin, scaleMax }: Survey): number {
  return (100 * (score - scaleMin)) / (scaleMax - scaleMin);
}

/** A customer among the blind spots. */
export type Listed = { id: Id; name: string; spots: readonly BlindSpot[] };

/**
 * The most urgent first: by their most urgent reason, then those with more reasons, then where it
 * has lasted longer, then by name and id.
 */
export function byUrgency(a: Listed, b: Listed): number {
  const [x, y] = [a.spots[0], b.spots[0]];
  if (x === undefined || y === undefined) return (y ? 1 : 0) - (x ? 1 : 0);
  return (
    BLIND_SPOTS.indexOf(x.kind) - BLIND_SPOTS.indexOf(y.kind) ||
    b.spots.length - a.spots.length ||
    y.days - x.days ||
    compare(a.name, b.name) ||
    compare(a.id, b.id)
  );
}

/** A record as it is on file; `written`: ms since 1970. */
export type OnFile = {
  [K in Kind]: { kind: K; id: Id; fields: Fields<K>; written: number };
}[Kind];

/** Facts of each customer among these records, by its canonical id, with its name. */
export function factsOf(
  records: Iterable<OnFile>,
): Map<Id, { name: string; facts: CustomerFacts }> {
  const all = [...records].filter(({ fields }) => fields.deleted !== true);
  const of = <K extends Kind>(kind: K) =>
    all.filter((one): one is Extract<OnFile, { kind: K }> => one.kind === kind);
  const interactions = new Map(of('interaction').map((one) => [one.id, one]));
  const raw = new Map<Id, CustomerFacts>();
  for (const { id, written } of of('customer')) raw.set(id, noFacts(written));
  const add = (customer: Id | undefined, facts: Partial<CustomerFacts>) => {
    const present = customer === undefined ? undefined : raw.get(customer);
    if (customer === undefined || present === undefined) return;
    raw.set(customer, joinFacts(present, { ...noFacts(present.since), ...facts }));
  };
  const placeOf = (fields: Fields<'expectation'>) =>
    interactions.get(interactionIn(fields) ?? '')?.fields;

  for (const { fields } of of('probe')) {
    const at = momentOf(fields.askedAt);
    if (at === null) continue;
    add(fields.customer ?? placeOf(fields)?.customer, { asked: 1, lastAsked: at, lastTalk: at });
  }
  for (const { fields, written } of of('expectation')) {
    if (fields.stage === 'refuted') continue;
    const place = placeOf(fields);
    const talk = isTalk(place?.channel) ? (momentOf(place?.startedAt) ?? written) : null;
    const isStated = fields.class === 'stated';
    add(fields.customer ?? place?.customer, {
      ...(isStated ? { stated: 1, statedSince: written } : { unsaid: 1 }),
      lastTalk: talk,
    });
  }
  for (const { id, fields, written } of of('perception')) {
    const survey = surveyOf(id, fields, written);
    if (survey !== null) add(fields.customer ?? placeOf(fields)?.customer, { survey });
  }
  for (const { fields, written } of of('note')) {
    if (!isWaiting(fields)) continue;
    const customer = fields.customer ?? placeOf(fields)?.customer;
    add(customer, { grievances: 1, oldestGrievance: written });
  }
  const heard = new Map<Id, Heard>();
  for (const { fields, written } of of('interaction')) {
    if (fields.contact === undefined) continue;
    const at = momentOf(fields.startedAt) ?? written;
    heard.set(fields.contact, joinHeard(heard.get(fields.contact), { first: at, last: at }));
  }
  const people = of('contact').map(({ id, fields, written }) => ({ id, fields, written }));
  for (const [customer, contacts] of contactsOf(people, heard)) add(customer, { contacts });
  return asCustomers(
    of('customer').map(({ id, fields }) => ({ id, fields })),
    raw,
  );
}

/** Customers as they are read, with the facts of all records that are read as one joined. */
export function asCustomers(
  customers: readonly { id: Id; fields: Fields<'customer'> }[],
  raw: ReadonlyMap<Id, CustomerFacts>,
): Map<Id, { name: string; facts: CustomerFacts }> {
  const canonical = canonicalIds(customers.map(({ id, fields }) => ({ ...fields, id })));
  const joined = new Map<Id, { members: Map<Id, Fields<'customer'>>; facts: CustomerFacts }>();
  for (const { id, fields } of customers) {
    const facts = raw.get(id);
    const name = canonical.get(id);
    if (facts === undefined || name === undefined) continue;
    const set = joined.get(name);
    set?.members.set(id, fields);
    joined.set(name, {
      members: set?.members ?? new Map([[id, fields]]),
      facts: set === undefined ? facts : joinFacts(set.facts, facts),
    });
  }
  return new Map(
    [...joined].map(([id, { members, facts }]) => {
      const { name } = mergeFields(id, members);
      return [id, { name: name ?? '', facts }];
    }),
  );
}

/** The first and the last interaction with a contact, ms since 1970. */
export type Heard = { first: number; last: number };

function joinHeard(a: Heard | undefined, b: Heard): Heard {
  if (a === undefined) return b;
  return { first: Math.min(a.first, b.first), last: Math.max(a.last, b.last) };
}

/** Contacts by their customer, those that are read as one joined. */
export function contactsOf(
  contacts: readonly { id: Id; fields: Fields<'contact'>; written: number }[],
  heard: ReadonlyMap<Id, Heard>,
): Map<Id, ContactFacts[]> {
  const canonical = canonicalIds(contacts.map(({ id, fields }) => ({ ...fields, id })));
  const sets = new Map<Id, { members: Map<Id, Fields<'contact'>>; facts: ContactFacts }>();
  for (const { id, fields, written } of contacts) {
    const name = canonical.get(id) ?? id;
    const times = heard.get(id);
    const first = Math.min(written, times?.first ?? written);
    const set = sets.get(name) ?? {
      members: new Map(),
      facts: { id: name, name: '', first, last: null },
    };
    set.members.set(id, fields);
    set.facts.first = Math.min(set.facts.first, first);
    set.facts.last = later(set.facts.last, times?.last ?? null);
    sets.set(name, set);
  }
  const byCustomer = new Map<Id, ContactFacts[]>();
  for (const [id, { members, facts }] of sets) {
    const { name, customer } = mergeFields(id, members);
    if (customer === undefined) continue;
    const present = byCustomer.get(customer) ?? [];
    byCustomer.set(customer, [...present, { ...facts, name: name ?? '' }]);
  }
  return byCustomer;
}

/**
 * An instant in ms since 1970, or null. The year 0000 and places more than 15 hours off are left
 * out: databases do not read them.
 */
export function momentOf(text: string | undefined): number | null {
  if (text === undefined || !READABLE.test(text)) return null;
  const ms = Date.parse(text);
  return Number.isFinite(ms) ? ms : null;
}

/** The same in a database's words. */
export const READABLE_PATTERN =
  '^(000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})-.*(Z|[+-](0[0-9]|1[0-4]):?[0-9]{2})$';
const READABLE = new RegExp(READABLE_PATTERN);

/** A grievance that waits; what became of it, or was dealt with in a call, waits no more. */
export function isWaiting(fields: Fields<'note'>): boolean {
  return (
    fields.label === 'grievance' &&
    fields.answeredAt === undefined &&
    fields.handled !== true &&
    fields.became === undefined
  );
}

function isTalk(channel: Fields<'interaction'>['channel']): boolean {
  return channel === 'call' || channel === 'meeting' || channel === 'visit';
}

/** null without a score, or without a scale to see it on. */
function surveyOf(id: Id, fields: Fields<'perception'>, written: number): Survey | null {
  const { form, score, scaleMin, scaleMax } = fields;
  if (form !== 'survey' || score === undefined) return null;
  if (scaleMin === undefined || scaleMax === undefined || scaleMin >= scaleMax) return null;
  return { at: momentOf(fields.observedAt) ?? written, id, score, scaleMin, scaleMax };
}

/** Its own, else that of its first evidence, by the evidence's id. */
function interactionIn(fields: Fields<'expectation'>): Id | undefined {
  if (fields.interaction !== undefined) return fields.interaction;
  const [first] = Object.entries(fields.evidence ?? {}).sort(([a], [b]) => compare(a, b));
  return first?.[1]?.interaction;
}

function newer(a: Survey | null, b: Survey | null): Survey | null {
  if (a === null || b === null) return a ?? b;
  return a.at > b.at || (a.at === b.at && a.id > b.id) ? a : b;
}

function later(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.max(a, b);
}

function earlier(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.min(a, b);
}

function daysSince(at: number, now: number): number {
  return Math.floor((now - at) / DAY_MS);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

// The workspace's setting: lines of "name: number", in any order; what is not said is as usual.

/** The names of the setting's lines, and what they set. */
export const THRESHOLD_LINES = [
  ['grievance', 'grievance'],
  ['new contact', 'contact'],
  ['satisfied', 'satisfied'],
  ['no talk', 'talk'],
  ['not asked', 'asked'],
] as const;

const LINE = /^([\p{L} ]+?)\s*[:：=]\s*(\d{1,5})\s*(?:days?|%|per ?cent)?$/iu;

export function thresholdsFrom(lines: readonly string[]): Thresholds {
  const found = { ...USUAL_THRESHOLDS };
  for (const line of lines) {
    const read = thresholdProblem(line) === null ? readLine(line) : null;
    if (read !== null) found[read.name] = read.value;
  }
  return found;
}

/** What is wrong with a line, in words for its writer, or null. */
export function thresholdProblem(line: string): string | null {
  const text = line.trim();
  if (text === '' || text.startsWith('#')) return null;
  const read = readLine(text);
  if (read === null) {
    const names = THRESHOLD_LINES.map(([name]) => name).join(', ');
    return `Write one of ${names}, then a colon and a number: not asked: 60`;
  }
  if (read.name === 'satisfied')
    return read.value <= 100 ? null : 'More than 100 % is not possible.';
  return read.value >= 1 && read.value <= 3_650 ? null : 'Give from 1 to 3,650 days.';
}

function readLine(line: string): { name: keyof Thresholds; value: number } | null {
  const [, name = '', number = ''] = LINE.exec(line.trim()) ?? [];
  const known = THRESHOLD_LINES.find(([one]) => one === name.toLowerCase().replace(/ +/g, ' '));
  return known === undefined ? null : { name: known[1], value: Number(number) };
}
