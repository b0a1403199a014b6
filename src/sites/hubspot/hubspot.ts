// HubSpot: a record with its timeline, in which mails are logged; conversations of the inbox and
// the help desk. Hidden tabs stay in the document: what is in them is not shown.

import {
  aboutRecord,
  addressOf,
  bareTitle,
  fieldText,
  mailtoPeople,
  ownCompany,
  type RecordAddress,
  uniquePeople,
} from '../by-address.ts';
import {
  addressIn,
  isoTime,
  isShown,
  oneLine,
  outside,
  PLAIN,
  PLAIN_MESSAGE,
  personFrom,
  webAddress,
} from '../reading.ts';
import type { Hooks, MessageReading, PageReading, Person, RecordReading, Site } from '../site.ts';
import { textOf } from '../text-of.ts';
import { conversationAt, HOSTS, isList, recordAt } from './address.ts';
import { selectors } from './selectors.ts';

type Names = keyof typeof selectors;

const TITLE = /(^|\s+[-–|]\s+)HubSpot$/i;

export const hubspot: Site<Names> = {
  name: 'hubspot',
  selectors,

  matches: (doc) => HOSTS.test(addressOf(doc)?.hostname ?? ''),

  read(doc, hooks) {
    const address = addressOf(doc);
    const at = address && recordAt(address);
    const conversation = address && conversationAt(address);
    const record = at && readRecord(at, doc, hooks);
    if (conversation) return readConversation(conversation, record, doc, hooks);
    if (address === null || record === null) {
      const page = address !== null && isList(address) ? 'list' : 'other';
      return { ...PLAIN, site: 'hubspot', page, messages: [] };
    }
    const pane = shown(doc, hooks.pane, hooks)[0] ?? null;
    if (pane === null && hasChanged(record, doc, hooks)) return null;
    const page = {
      ...PLAIN,
      site: 'hubspot',
      page: 'record',
      subject: record.name,
      record,
    } as const;
    if (pane === null) return { ...page, messages: [] };
    const sourceUrl = address.origin + address.pathname;
    const mails = shown(pane, hooks.entry, hooks).flatMap((entry) =>
      readEntry(entry, sourceUrl, hooks),
    );
    return { ...page, messages: [aboutRecord(record, pane, sourceUrl), ...mails] };
  },
};

// What matches and neither stands in what somebody wrote nor in what is being typed.
function found(root: ParentNode, css: string, hooks: Hooks<Names>): Element[] {
  return outside(root, css, `${hooks.body}, [contenteditable="true"]`);
}

function shown(root: ParentNode, css: string, hooks: Hooks<Names>): Element[] {
  return found(root, css, hooks).filter(isShown);
}

function readRecord(at: RecordAddress, doc: Document, hooks: Hooks<Names>): RecordReading {
  // What stands in the columns, and in those only: an open panel may be about another record.
  const hasColumns = found(doc, hooks.columns, hooks).length > 0;
  const inColumns = (css: string) =>
    found(doc, css, hooks).filter((at) => !hasColumns || at.closest(hooks.columns) !== null);
  const heading = inColumns(hasColumns ? hooks.name : hooks.heading).find(isShown);
  const name = textOf(heading) || bareTitle(doc.title, TITLE);
  const own = at.type === 'contact' ? inColumns(hooks.email) : [];
  const companies = new Set(inColumns(hooks.company).map((link) => textOf(link)));
  companies.delete('');
  // Of several companies the page does not say which one this is about.
  const [company = ''] = companies.size === 1 ? companies : [];
  return {
    ...at,
    name,
    company: ownCompany({ type: at.type, name }) || company,
    people: uniquePeople([
      ...own.flatMap((field) => personFrom(name, addressIn(fieldText(field))) ?? []),
      // In the timeline we stand beside them.
      ...inColumns(hooks.mail)
        .filter((link) => link.closest(hooks.entry) === null)
        .flatMap((link) => tilePerson(link, hooks)),
    ]),
  };
}

// The address in a contact's tile, with the name that stands there.
function tilePerson(link: Element, hooks: Hooks<Names>): Person[] {
  const name = textOf(link.closest(hooks.tile)?.querySelector(hooks.tileName));
  return mailtoPeople([link]).map((person) => (name === '' ? person : { ...person, name }));
}

// The page shows the record's name, but nothing of it stands where it stood.
function hasChanged({ name }: RecordReading, doc: Document, hooks: Hooks<Names>): boolean {
  if (found(doc, `${hooks.columns}, ${hooks.name}`, hooks).length > 0) return false;
  return name !== '' && oneLine(doc.body?.textContent).includes(name);
}

// Mails of one entry: each body belongs to the sender before it.
function readEntry(entry: Element, sourceUrl: string, hooks: Hooks<Names>): MessageReading[] {
  const messages: MessageReading[] = [];
  const dates = found(entry, hooks.date, hooks);
  const bodies = found(entry, hooks.body, hooks);
  const heads = found(entry, hooks.sender, hooks);
  for (const [place, head] of heads.entries()) {
    const next = heads[place + 1];
    const between = (element: Element) =>
      follows(element, head) && (next === undefined || follows(next, element));
    const body = bodies.find(between);
    if (body === undefined || !isShown(body)) continue;
    // The date above several mails is that of one of them.
    const date = heads.length === 1 ? dates[0] : dates.find(between);
    messages.push({
      ...PLAIN_MESSAGE,
      shown: body.closest(hooks.preview) === null ? 'whole' : 'clipped',
      element: entry,
      body,
      subject: textOf(found(entry, hooks.subject, hooks)[0]),
      from: personIn(head),
      to: found(entry, hooks.to, hooks)
        .filter(between)
        .flatMap((list) => peopleIn(list, hooks)),
      sentAt: isoTime(date?.getAttribute('datetime')),
      sentAtText: textOf(date),
      sourceUrl,
    });
  }
  return messages;
}

function follows(element: Element, earlier: Element): boolean {
  return (earlier.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
}

// "Name address", the name emphasised; a name alone is a person without an address.
function personIn(element: Element): Person | null {
  const strong = element.querySelector('strong');
  const rest = textOf(element, new Set(strong ? [strong] : []));
  const address = addressIn(rest);
  const name = textOf(strong) || rest.replace(address, '').replace(/[\s<>()]+$/, '');
  return personFrom(name, address) ?? (name === '' ? null : { name, address: '' });
}

function peopleIn(list: Element, hooks: Hooks<Names>): Person[] {
  const linked = mailtoPeople([...list.querySelectorAll(hooks.mail)]);
  const told = textOf(list)
    .split(/[,;]/)
    .flatMap((text) => personFrom('', addressIn(text)) ?? []);
  return uniquePeople([...linked, ...told]);
}

function readConversation(
  conversation: string,
  record: RecordReading | null,
  doc: Document,
  hooks: Hooks<Names>,
): PageReading {
  const heading = textOf(shown(doc, hooks.heading, hooks)[0]);
  const subject = heading || bareTitle(doc.title, TITLE);
  const messages = shown(doc, hooks.message, hooks).flatMap((element) => {
    const body = element.querySelector(hooks.body);
    if (body === null) return [];
    const time = found(element, hooks.time, hooks)[0];
    const name = textOf(found(element, hooks.author, hooks)[0]);
    const message: MessageReading = {
      ...PLAIN_MESSAGE,
      sentBy: element.matches(hooks.theirs) ? 'them' : 'us',
      element,
      body,
      subject,
      from: name === '' ? null : { name, address: '' },
      sentAt: isoTime(time?.getAttribute('datetime')),
      sentAtText: textOf(time),
      sourceUrl: webAddress(doc),
    };
    return [message];
  });
  return { ...PLAIN, site: 'hubspot', page: 'thread', conversation, subject, messages, record };
}
