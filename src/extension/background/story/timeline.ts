// A customer's story, newest first, a page at a time: what was said, noted, promised, asked and
// answered, how they saw it, how it came out, and how long nobody said a word.
import {
  evidenceIn,
  type Id,
  memberOf,
  momentSays,
  momentWords,
  newestFirst,
  plain,
  type Silence,
  silenceBetween,
} from '../../../domain/index.ts';
import type { StoryEntry, StoryKind, StoryPage } from '../../messages/index.ts';
import { identitySets } from '../../store/index.ts';
import { Names } from '../cards.ts';
import { customerIds } from '../guess.ts';
import { merged } from '../merged.ts';
import type { Here } from '../world.ts';
import type { KeptMoment as Moment } from './moments.ts';
import { storyAbout } from './remembered.ts';

const PAGE = 100;
/** What a row shows of a text. */
const LONGEST = 600;

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
function peopleOf(moment: Moment, contacts: Contacts): string[] {
  const { contact: named } = moment.fields;
  const contact = named === undefined ? undefined : contacts.get(named);
  return [...(contact ? [`contact/${contact.id}`] : []), `member/${memberOf(moment)}`];
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

async function entryOf(
  here: Here,
  names: Names,
  moment: Moment,
  contacts: Contacts,
): Promise<StoryEntry> {
  const { at, key, kind, record, readAs, fields } = moment;
  const evidence = evidenceIn(fields);
  const noticedIn = fields.interaction ?? evidence.find((one) => one.interaction)?.interaction;
  const interaction = record.kind === 'interaction' ? record.id : noticedIn;
  const source = await names.source(interaction);
  const member = memberOf(moment);
  const contact = fields.contact === undefined ? undefined : contacts.get(fields.contact);
  const { title, theirs, ours } = momentWords(moment, LONGEST);
  const isCall = kind === 'call' && fields.callState !== undefined;
  const url =
    record.kind === 'interaction'
      ? fields.url
      : source?.url || evidence.find(({ url }) => url)?.url;
  return {
    ...{ at, key, kind, title, theirs, ours },
    keptHere: readAs.every((one) => one.keptHere),
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
    ...momentSays(moment),
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
