// A customer's story, newest first, a page at a time: what was said, noted, promised, asked and
// answered, how they saw it, how it came out, and how long nobody said a word.
import { type Evidence, type Id, plain, shorten } from '../../../domain/index.ts';
import type { Silence, StoryEntry, StoryKind, StoryPage } from '../../messages/index.ts';
import { identitySets, readFields } from '../../store/index.ts';
import { Names } from '../cards.ts';
import { customerIds } from '../guess.ts';
import { merged } from '../merged.ts';
import type { Here } from '../world.ts';
import { type Moment, newestFirst } from './moments.ts';
import { storyAbout } from './remembered.ts';

const PAGE = 100;
/** What a row shows of a text. */
const LONGEST = 600;
const DAY_MS = 86_400_000;
/** Days without a word that are told. */
const SILENT_DAYS = 14;

export type TimelineAsked = {
  customer: Id;
  before: { at: number; key: string } | null;
  kinds: StoryKind[];
  person: string | null;
  words: string;
};

export async function timeline(
  here: Here,
  { customer, before, kinds, person, words }: TimelineAsked,
  now: number,
): Promise<StoryPage> {
  const ids = await customerIds(here.db, customer);
  const [[set], { moments, contacts }] = await Promise.all([
    identitySets(here.db, 'customer', { ids }),
    storyAbout(here.db, ids),
  ]);
  const names = new Names(here);
  const contactsBy = await contactNames(names, moments);
  const people = (moment: Moment) => peopleOf(moment, contactsBy);

  const wanted = wordsOf(words);
  const isFiltered = kinds.length > 0 || person !== null || wanted.length > 0;
  const fits = moments.filter(
    (moment) =>
      (kinds.length === 0 || kinds.includes(moment.kind)) &&
      (person === null || people(moment).includes(person)) &&
      hasWords(moment, contactsBy, wanted),
  );
  const from = before === null ? 0 : fits.findIndex((one) => newestFirst(one, before) > 0);
  const page = from < 0 ? [] : fits.slice(from, from + PAGE);
  const last = page.at(-1);
  const silences = isFiltered ? new Map<string, Silence>() : silencesIn(moments, contacts);
  const entries = await Promise.all(
    page.map(async (moment): Promise<StoryEntry> => {
      const entry = await entryOf(here, names, moment, contactsBy);
      const silence = silences.get(moment.key);
      return silence === undefined ? entry : { ...entry, silence };
    }),
  );
  return {
    customer: {
      id: set?.canonical ?? customer,
      name: set === undefined ? '' : (merged<'customer'>(set).name ?? ''),
    },
    entries,
    total: fits.length,
    next:
      last === undefined || from + page.length >= fits.length
        ? null
        : { at: last.at, key: last.key },
    facets:
      before === null
        ? {
            kinds: countsOf(moments.map(({ kind }) => kind)).map(([kind, count]) => ({
              kind,
              count,
            })),
            people: await peopleNamed(names, moments, contactsBy),
            since: silenceBetween(contacts[0], now),
          }
        : null,
  };
}

/** Contact as records name it → the one it is read as. */
type Contacts = Map<Id, { id: string; name: string }>;

async function contactNames(names: Names, moments: Moment[]): Promise<Contacts> {
  const ids = new Set(moments.flatMap(({ fields }) => fields.contact ?? []));
  const named = await Promise.all(
    [...ids].map(
      async (id): Promise<[Id, { id: string; name: string }]> => [
        id,
        (await names.of('contact', id)) ?? { id, name: '' },
      ],
    ),
  );
  return new Map(named);
}

/** Keys of those who had to do with it: on their side the contact, on ours who wrote or asked. */
function peopleOf({ fields, record }: Moment, contacts: Contacts): string[] {
  const contact = fields.contact === undefined ? undefined : contacts.get(fields.contact);
  return [...(contact ? [`contact/${contact.id}`] : []), `member/${memberOf({ fields, record })}`];
}

function memberOf({ fields, record }: Pick<Moment, 'fields' | 'record'>): Id {
  return (record.kind === 'probe' ? fields.askedBy : undefined) ?? record.state.origin.author;
}

async function peopleNamed(names: Names, moments: Moment[], contacts: Contacts) {
  const counts = countsOf(moments.flatMap((moment) => peopleOf(moment, contacts)));
  const byContact = new Map([...contacts.values()].map(({ id, name }) => [id, name]));
  return Promise.all(
    counts.map(async ([key, count]) => {
      const id = key.slice(key.indexOf('/') + 1);
      const side = key.startsWith('contact/') ? ('theirs' as const) : ('ours' as const);
      const name = side === 'theirs' ? (byContact.get(id) ?? '') : await names.member(id);
      return { key, name: plain(name), side, count };
    }),
  );
}

/** Most often first. */
function countsOf<T>(all: T[]): [T, number][] {
  const counts = new Map<T, number>();
  for (const one of all) counts.set(one, (counts.get(one) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a);
}

/**
 * Silences by the entry that they are told under: the oldest one that is not older than the word
 * that ended it.
 */
function silencesIn(moments: readonly Moment[], contacts: readonly number[]): Map<string, Silence> {
  const found = new Map<string, Silence>();
  let at = 0;
  for (const [index, to] of contacts.entries()) {
    const silence = silenceBetween(contacts[index + 1], to);
    if (silence === null) continue;
    while (at < moments.length && (moments[at]?.at ?? 0) >= to) at += 1;
    const above = moments[at - 1];
    if (above !== undefined) found.set(above.key, silence);
  }
  return found;
}

function silenceBetween(from: number | undefined, to: number): Silence | null {
  if (from === undefined) return null;
  const days = Math.floor((to - from) / DAY_MS);
  return days < SILENT_DAYS ? null : { from, to, days };
}

async function entryOf(
  here: Here,
  names: Names,
  moment: Moment,
  contacts: Contacts,
): Promise<StoryEntry> {
  const { at, key, kind, record, fields, keptHere } = moment;
  const evidence = Object.values(fields.evidence ?? {}).filter(
    (one): one is Evidence => one !== null,
  );
  const noticedIn = fields.interaction ?? evidence.find((one) => one.interaction)?.interaction;
  const interaction = record.kind === 'interaction' ? record.id : noticedIn;
  const source = await names.source(interaction);
  const member = memberOf(moment);
  const contact = fields.contact === undefined ? undefined : contacts.get(fields.contact);
  const isCall = kind === 'call' && fields.callState !== undefined;
  const url =
    record.kind === 'interaction'
      ? fields.url
      : source?.url || evidence.find(({ url }) => url)?.url;
  return {
    ...{ at, key, kind, keptHere },
    ...wordsIn(moment, evidence),
    card: cardOf(moment),
    call: isCall ? record.id : fields.tag !== undefined ? (fields.interaction ?? null) : null,
    url: isWeb(url) ? url : '',
    from:
      record.kind === 'interaction'
        ? (fields.sender ?? null)
        : contact === undefined
          ? null
          : { name: contact.name, address: '' },
    by: { name: await names.member(member), me: member === here.me },
    ...said(moment),
  };
}

/** What opens: the card itself, or that of what was asked about. */
function cardOf({ record, fields }: Moment): StoryEntry['card'] {
  const { kind, id } = record;
  if (
    kind === 'expectation' ||
    kind === 'note' ||
    kind === 'commitment' ||
    kind === 'interaction'
  ) {
    return { kind, id };
  }
  const { expectation } = fields;
  return expectation === undefined ? null : { kind: 'expectation', id: expectation };
}

function wordsIn(
  { kind, record, fields }: Moment,
  evidence: readonly Evidence[],
): Pick<StoryEntry, 'title' | 'theirs' | 'ours'> {
  const quote = evidence.find((one) => one.quote)?.quote ?? '';
  const cut = (text: string | undefined) => shorten((text ?? '').trim(), LONGEST);
  const told = (
    title: string | undefined,
    theirs: string | undefined,
    ours: string | undefined,
  ) => ({
    ...{ title: cut(title), theirs: cut(theirs), ours: cut(ours) },
  });
  switch (kind) {
    case 'mail':
    case 'call':
      return told(fields.subject, '', fields.text);
    case 'probe':
      return told('', '', fields.question);
    case 'answer':
      return record.kind === 'note'
        ? told(fields.text || quote, '', fields.answer)
        : told(fields.question, fields.answer, '');
    case 'perception':
      return fields.form === 'impression' ? told('', '', fields.text) : told('', fields.text, '');
    case 'outcome': {
      const of = record.kind === 'expectation' ? fields.statement : fields.text;
      return told(of || quote, '', fields.outcomeText);
    }
    default: {
      const ours = record.kind === 'expectation' ? fields.statement : fields.text;
      return told('', quote, ours === quote ? '' : ours);
    }
  }
}

/** What only some kinds say. */
function said({ kind, record, fields }: Moment): Partial<StoryEntry> {
  switch (kind) {
    case 'mail':
    case 'call':
      return {
        ...(fields.channel === undefined ? {} : { channel: fields.channel }),
        ...(fields.direction === undefined ? {} : { direction: fields.direction }),
      };
    case 'expectation':
      return { stage: fields.stage ?? 'hunch', outcome: fields.outcome ?? 'open' };
    case 'outcome': {
      if (record.kind === 'expectation') return { outcome: fields.outcome ?? 'open' };
      const { state } = readFields<'commitment'>(record);
      return state === undefined || state === 'open' ? {} : { promise: state };
    }
    case 'answer':
      return fields.says === undefined ? {} : { says: fields.says };
    case 'perception': {
      const { form, score, scaleMin, scaleMax } = fields;
      return {
        ...(form === undefined ? {} : { form }),
        ...(score === undefined
          ? {}
          : { score: { value: score, min: scaleMin ?? null, max: scaleMax ?? null } }),
      };
    }
    default:
      return {};
  }
}

/** Addresses come from pages and from colleagues' devices. */
function isWeb(url: string | undefined): url is string {
  return url !== undefined && /^https?:\/\//i.test(url) && URL.canParse(url);
}

/** Lower case without accents, so that "zurich" finds "Zürich". */
function folded(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

function wordsOf(words: string): string[] {
  return folded(words).split(/\s+/).filter(Boolean);
}

function hasWords({ fields }: Moment, contacts: Contacts, wanted: readonly string[]): boolean {
  if (wanted.length === 0) return true;
  const quotes = Object.values(fields.evidence ?? {}).map((one) => one?.quote);
  const contact = fields.contact === undefined ? undefined : contacts.get(fields.contact)?.name;
  const text = folded(
    [
      ...[fields.statement, fields.text, fields.subject, fields.question, fields.answer],
      ...[fields.outcomeText, fields.sender?.name, fields.sender?.address, contact, ...quotes],
    ]
      .filter(Boolean)
      .join('\n'),
  );
  return wanted.every((word) => text.includes(word));
}
