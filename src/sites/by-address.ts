// Records of CRM programs. Their address says surely which record a page is about; what the page
// shows adds the name, people and the words to mark.

import {
  mailtoAddress,
  oneLine,
  outside,
  ownText,
  PLAIN,
  PLAIN_MESSAGE,
  personFrom,
} from './reading.ts';
import type { Hooks, MessageReading, PageReading, Person, RecordReading, Site } from './site.ts';
import { textOf } from './text-of.ts';

const MOST_PEOPLE = 20;

/**
 * What an address says of a record: its type in the site's own word, and an id that is the same for
 * everybody, "<account>|<type>|<id>" or shorter where that is unique already.
 */
export type RecordAddress = { type: string; id: string };

/** What a page of a program without hooks of its own is read by. */
export type ByAddressNames = 'main' | 'name' | 'company' | 'email' | 'mail';

type Options = {
  name: string;
  selectors: Hooks<ByAddressNames>;
  /** Matched against the whole host name. */
  hosts: RegExp;
  recordAt: (address: URL) => RecordAddress | null;
  /** Paths of lists, with what comes after the question mark. */
  lists: RegExp;
  /** What the program puts behind its pages' titles. */
  title: RegExp;
};

/** A site that is read by its addresses and titles, and little else. */
export function byAddress(options: Options): Site<ByAddressNames> {
  const { name, selectors, hosts, recordAt, lists, title } = options;
  return {
    name,
    selectors,
    matches: (doc) => hosts.test(addressOf(doc)?.hostname ?? ''),

    // Never null: a page that shows less than it did says nothing about its shape.
    read(doc, hooks): PageReading {
      const address = addressOf(doc);
      const at = address && recordAt(address);
      if (!at) {
        const isList = address !== null && lists.test(address.pathname + address.search);
        return { ...PLAIN, site: name, page: isList ? 'list' : 'other', messages: [] };
      }
      const pane = doc.querySelector(hooks.main) ?? doc.body;
      const shownName = nameIn(doc, hooks.name, title) || bareTitle(doc.title, title);
      const own = PERSONS.has(at.type) ? shownName : '';
      const addresses = outside(pane ?? doc, `${hooks.email}, ${hooks.mail}`, EDITED);
      const record = {
        ...at,
        name: shownName,
        company: firstText(doc, hooks.company) || ownCompany({ type: at.type, name: shownName }),
        people: uniquePeople(
          addresses.flatMap((found) =>
            found.matches(hooks.mail)
              ? mailtoPeople([found])
              : (personFrom(own, fieldText(found)) ?? []),
          ),
        ),
      };
      return recordPage(name, record, pane, doc);
    },
  };
}

// Types of records whose own address is their person's.
const PERSONS: ReadonlySet<string> = new Set(['person', 'contact', 'lead']);

// Somebody is writing there, or quotes somebody.
const EDITED = '[contenteditable]:not([contenteditable="false"]), blockquote';

/** A page about one record, whose own words are those in `pane`. */
function recordPage(
  site: string,
  record: RecordReading,
  pane: Element | null,
  doc: Document,
): PageReading {
  const messages = pane === null ? [] : [aboutRecord(record, pane, bareAddress(doc))];
  return { ...PLAIN, site, page: 'record', subject: record.name, messages, record };
}

/** What a record shows about itself, as a message without a sender. */
export function aboutRecord(
  record: RecordReading,
  pane: Element,
  sourceUrl: string,
): MessageReading {
  return {
    ...PLAIN_MESSAGE,
    ...{ key: record.id, element: pane, body: pane, subject: record.name, from: null, sourceUrl },
  };
}

/** The document's address; null where it is none. */
export function addressOf(doc: Document): URL | null {
  return URL.canParse(doc.URL) ? new URL(doc.URL) : null;
}

// Without the part that says where on the page one is.
function bareAddress(doc: Document): string {
  const address = addressOf(doc);
  if (address === null || !/^https?:$/.test(address.protocol)) return '';
  return address.href.slice(0, address.href.length - address.hash.length);
}

/** A title without the number of unread things before it and the program's name behind it. */
export function bareTitle(title: string, end: RegExp): string {
  return oneLine(title)
    .replace(/^\(\d+\+?\)\s*/, '')
    .replace(end, '')
    .trim();
}

/** People of mailto: links; a link's own words are the name. */
export function mailtoPeople(links: readonly Element[]): Person[] {
  return links.flatMap((link) => personFrom(textOf(link), mailtoAddress(link)) ?? []);
}

/** The first of each address. */
export function uniquePeople(people: readonly Person[]): Person[] {
  const unique = new Map<string, Person>();
  for (const person of people) {
    const known = unique.get(person.address);
    if (known === undefined) unique.set(person.address, person);
    else if (known.name === '') unique.set(person.address, person);
  }
  return [...unique.values()].slice(0, MOST_PEOPLE);
}

/** What stands in a field: typed into it, or as text. */
export function fieldText(field: Element | null | undefined): string {
  if (field?.localName === 'input') return oneLine((field as HTMLInputElement).value);
  return textOf(field);
}

/** A record that is a company belongs to itself. */
export function ownCompany({ type, name }: { type: string; name: string }): string {
  return type === 'company' || type === 'account' || type === 'organization' ? name : '';
}

// What a program adds to a name ("- Saved", translated) stands in an element of its own.
function nameIn(doc: Document, css: string, end: RegExp): string {
  for (const heading of outside(doc, css, EDITED)) {
    const name = bareTitle(ownText(heading) || textOf(heading), end);
    if (name !== '') return name;
  }
  return '';
}

function firstText(doc: Document, css: string): string {
  for (const element of outside(doc, css, EDITED)) {
    const text = fieldText(element);
    if (text !== '') return text;
  }
  return '';
}
