// Salesforce Lightning: a record with its fields and feed, or a mail that is a record of its own.

import {
  aboutRecord,
  addressOf,
  bareTitle,
  ownCompany,
  type RecordAddress,
  uniquePeople,
} from '../by-address.ts';
import { mailtoAddress, oneLine, PLAIN, PLAIN_MESSAGE, personFrom } from '../reading.ts';
import type { Hooks, MessageReading, Person, RecordReading, Site } from '../site.ts';
import { textOf } from '../text-of.ts';
import { isList, linkedId, organisationOf, recordAt } from './address.ts';
import { closestDeep, findIn, isInside, matches, treesIn, wordsIn } from './deep.ts';
import { selectors } from './selectors.ts';

type Names = keyof typeof selectors;

// "Acme | Account | Salesforce", "Acme | Salesforce"
const TITLE = /(^|\s+\|\s+([^|]+\s+\|\s+)?)Salesforce$/i;
const ADDRESS = /[^\s<>()"';,]+@[^\s<>()"';,]+/g;

export const salesforce: Site<Names> = {
  name: 'salesforce',
  selectors,

  matches(doc) {
    const address = addressOf(doc);
    if (address === null || organisationOf(address.hostname) === null) return false;
    return /^\/(lightning|one)(\/|$)/.test(address.pathname);
  },

  read(doc, hooks) {
    const address = addressOf(doc);
    const at = address && recordAt(address);
    if (!at) {
      const page = address !== null && isList(address) ? 'list' : 'other';
      return { ...PLAIN, site: 'salesforce', page, messages: [] };
    }
    const page = new ShownRecord(doc, hooks);
    const sourceUrl = address.href;
    const mail = at.type === 'emailmessage' ? page.mail(at, sourceUrl) : null;
    if (mail !== null) {
      const { subject } = mail;
      return { ...PLAIN, site: 'salesforce', page: 'message', subject, messages: [mail] };
    }
    const record = page.record(at);
    const { pane } = page;
    if (pane === null && page.hasChanged(record)) return null;
    const messages: MessageReading[] = [];
    if (pane !== null) messages.push(aboutRecord(record, pane, sourceUrl));
    messages.push(...page.feed(at, sourceUrl));
    const subject = record.name;
    return { ...PLAIN, site: 'salesforce', page: 'record', subject, messages, record };
  },
};

/** One reading of the tab that is shown. */
class ShownRecord {
  /** The record's page without navigation; null while it is not there. */
  readonly pane: Element | null;
  readonly #doc: Document;
  readonly #hooks: Hooks<Names>;
  readonly #trees: readonly ParentNode[];
  /** All that any hook may mean: a page of a thousand small trees is searched once. */
  readonly #candidates: readonly Element[];
  /** What people wrote or are writing. */
  readonly #written: string;

  constructor(doc: Document, hooks: Hooks<Names>) {
    this.#doc = doc;
    this.#hooks = hooks;
    this.#written = `${hooks.mailBody}, ${hooks.written}, ${hooks.form}`;
    const window = shownWindow(doc, hooks);
    this.#trees = treesIn(window ?? doc);
    const { pane, head, name, company, contact, email, mail, link, entry } = hooks;
    this.#candidates = this.#outside(
      findIn(
        this.#trees,
        [pane, head, name, company, contact, email, mail, link, entry].join(', '),
      ),
    );
    this.pane = this.#find(pane)[0] ?? window;
  }

  record(at: RecordAddress): RecordReading {
    const hooks = this.#hooks;
    const name =
      this.#text(this.#find(hooks.name).find((slot) => closestDeep(slot, hooks.head))) ||
      bareTitle(this.#doc.title, TITLE);
    const isPerson = at.type === 'contact' || at.type === 'lead';
    const own = isPerson ? name : this.#value(this.#find(hooks.contact)[0]);
    const fields = this.#find(hooks.email).flatMap((field) => this.#people(field, own));
    const links = this.#find(hooks.mail).filter((link) => !closestDeep(link, hooks.entry));
    const people = uniquePeople([...fields, ...links.flatMap((link) => personAt(link))]);
    return { ...at, name, company: this.#company(at, name), people };
  }

  #company({ type }: RecordAddress, name: string): string {
    const own = ownCompany({ type, name });
    if (own !== '') return own;
    const [field] = this.#find(this.#hooks.company);
    const told = field ? this.#value(field) : '';
    if (told !== '') return told;
    // Of several accounts in its head the page does not say in words of ours which is which.
    const accounts = new Set(
      this.#find(this.#hooks.link)
        .filter((link) => linkedId(link.getAttribute('href') ?? '')?.startsWith('001'))
        .filter((link) => closestDeep(link, this.#hooks.head))
        .map((link) => this.#text(link)),
    );
    accounts.delete('');
    return accounts.size === 1 ? ([...accounts][0] ?? '') : '';
  }

  /** The mail that this record is; null where its words are not to be had. */
  mail(at: RecordAddress, sourceUrl: string): MessageReading | null {
    const body = this.#mailBody(this.#trees);
    if (body === null) return null;
    const facts = this.#mailFacts(this.#trees);
    return {
      ...PLAIN_MESSAGE,
      ...{ ...facts, key: at.id, body, sourceUrl },
      element: this.pane?.contains(body) ? this.pane : body,
      subject: facts.subject || bareTitle(this.#doc.title, TITLE),
    };
  }

  /** Mails in the record's feed whose words are on the page. */
  feed({ id }: RecordAddress, sourceUrl: string): MessageReading[] {
    const hooks = this.#hooks;
    const organisation = id.split('|', 1)[0];
    return this.#find(hooks.entry).flatMap((entry) => {
      const trees = treesIn(entry);
      const body = this.#mailBody(trees);
      if (body === null) return [];
      const mail = this.#outside(findIn(trees, hooks.link))
        .map((link) => linkedId(link.getAttribute('href') ?? ''))
        .find((linked) => linked?.startsWith('02s'));
      const [date] = this.#outside(findIn(trees, hooks.date));
      const facts = this.#mailFacts(trees);
      const message: MessageReading = {
        ...PLAIN_MESSAGE,
        ...{ ...facts, body, sourceUrl },
        key: mail ? `${organisation}|${mail}` : null,
        element: entry.contains(body) ? entry : body,
        sentAtText: facts.sentAtText || oneLine(date?.getAttribute('title')) || textOf(date),
      };
      return [message];
    });
  }

  // What the fields of one mail say. Their dates are in the reader's language and zone.
  #mailFacts(trees: readonly ParentNode[]) {
    const hooks = this.#hooks;
    const value = (css: string) => this.#value(this.#outside(findIn(trees, css))[0]);
    const people = (css: string) =>
      uniquePeople(this.#outside(findIn(trees, css)).flatMap((field) => this.#people(field, '')));
    const [from] = people(hooks.from);
    return {
      from: from ? { ...from, name: from.name || value(hooks.fromName) } : null,
      ...{ to: people(hooks.to), cc: people(hooks.cc) },
      ...{ subject: value(hooks.subject), sentAtText: value(hooks.sent) },
    };
  }

  /** The page shows the record's name, but nothing of it stands where it stood. */
  hasChanged({ name }: RecordReading): boolean {
    const { head, name: slot } = this.#hooks;
    if (this.#find(`${head}, ${slot}`).length > 0) return false;
    return name !== '' && oneLine(this.#doc.body?.textContent).includes(name);
  }

  // The words of the first mail there: in its own component, else in a field.
  #mailBody(trees: readonly ParentNode[]): Element | null {
    const { mailBody, mailField, value } = this.#hooks;
    const [place] = this.#outside(findIn(trees, mailBody));
    if (place !== undefined) return wordsIn(place);
    const [field] = this.#outside(findIn(trees, mailField));
    const part = field && findIn(treesIn(field), value)[0];
    return part ? wordsIn(part) : null;
  }

  #find(css: string): Element[] {
    return this.#candidates.filter((at) => matches.call(at, css));
  }

  #outside(found: readonly Element[]): Element[] {
    return found.filter((at) => !isInside(at, this.#written));
  }

  // Words of an element without those of its buttons and for screen readers.
  #text(element: Element | undefined): string {
    if (element === undefined) return '';
    return textOf(element, new Set(findIn(treesIn(element), this.#hooks.assistive)));
  }

  // What a field says: the first part of it that holds a value.
  #value(field: Element | undefined): string {
    if (field === undefined) return '';
    for (const part of findIn(treesIn(field), this.#hooks.value)) {
      const text = this.#text(part);
      if (text !== '') return text;
    }
    return '';
  }

  // People of a field: its links, else the addresses in its words.
  #people(field: Element, name: string): Person[] {
    const links = findIn(treesIn(field), this.#hooks.mail).flatMap((link) => personAt(link));
    const people =
      links.length > 0
        ? links
        : [...this.#text(field).matchAll(ADDRESS)].flatMap(([text]) => personFrom('', text) ?? []);
    return people.map((person) => (person.name === '' ? { ...person, name } : person));
  }
}

function personAt(link: Element): Person[] {
  const text = textOf(link);
  const person = personFrom(text, mailtoAddress(link) || text);
  return person === null ? [] : [person];
}

// The innermost of what is shown; with a list beside the record, the one with the record.
function shownWindow(doc: Document, hooks: Hooks<Names>): Element | null {
  const windows = [...doc.querySelectorAll(hooks.window)].filter(
    (at) => at.closest(hooks.hidden) === null,
  );
  const inner = windows.filter(
    (at) => !windows.some((other) => other !== at && at.contains(other)),
  );
  return inner.find((at) => at.querySelector(hooks.pane) !== null) ?? inner[0] ?? null;
}
