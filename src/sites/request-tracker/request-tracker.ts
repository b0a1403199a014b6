// Request Tracker: a ticket is a conversation; each entry of its history that carries a mail or a
// comment is a message. Histories can be long, and can be loaded after the page.

import { type Person, parseAddress } from '../../domain/email.ts';
import { mailTime } from '../mail-time.ts';
import { oneLine, outside, PLAIN, PLAIN_MESSAGE, personFrom, webAddress } from '../reading.ts';
import type { Hooks, MessageReading, PageReading, RecordReading, Site } from '../site.ts';
import { headersOf } from './headers.ts';
import { known } from './known.ts';
import { selectors } from './selectors.ts';

type Names = keyof typeof selectors;
type Account = { id: string; person: Person };
/** What all messages of a page are read by. */
type Around = {
  hooks: Hooks<Names>;
  host: string;
  ticket: string;
  subject: string;
  /** The address of the ticket itself, '' when the page is not about one. */
  address: string;
  account: Account | null;
  ours: ReadonlySet<string>;
  theirs: ReadonlySet<string>;
};

export const requestTracker: Site<Names> = {
  ...known,
  selectors,

  read(doc, hooks) {
    const account = accountOf(doc, hooks);
    const own = account === null || account.person.address === '' ? [] : [account.person.address];
    const plain = { ...PLAIN, site: 'request-tracker', own };
    const isTicket = doc.querySelector(hooks.ticket) !== null;
    const isAbout = doc.querySelector(hooks.about) !== null;
    if (!isTicket && !isAbout) {
      const isList = outside(doc, hooks.list, hooks.body).length > 0;
      return { ...plain, page: isList ? 'list' : 'other', messages: [] };
    }
    const heading = oneLine(outside(doc, hooks.heading, hooks.body)[0]?.textContent);
    // All of these pages have one; without it, nothing else can be trusted to be in its place.
    if (heading === '') return null;
    const [, number = '', title = ''] = /^\D*(\d+)\s*[::]\s*(.*)$/.exec(heading) ?? [];
    const ticket = isAbout ? number || numberOf(doc, hooks) : '';
    const record = ticket === '' ? null : recordOf(doc, hooks, ticket, title);
    const around: Around = {
      ...{ hooks, ticket, account, subject: title },
      host: new URL(doc.URL).host,
      address: ticket === '' ? '' : addressOf(doc, ticket),
      ours: new Set(outside(doc, hooks.staff, hooks.body).map((at) => attributeOf(at, 'value'))),
      theirs: new Set(outside(doc, hooks.requestor, hooks.body).map(userOf)),
    };
    const messages = isTicket
      ? outside(doc, hooks.transaction, hooks.body).flatMap((entry) =>
          readEntry(entry, doc, around),
        )
      : [];
    return {
      ...plain,
      page: pageOf(isTicket, ticket),
      conversation: ticket === '' ? null : `${around.host}|ticket|${ticket}`,
      subject: title || messages[0]?.subject || '',
      messages,
      record,
    };
  },

  headersOf,
};

function pageOf(isTicket: boolean, ticket: string): PageReading['page'] {
  if (ticket === '') return 'message';
  return isTicket ? 'thread' : 'record';
}

// Merged tickets show the one they went into, so the address is the last to be asked.
function numberOf(doc: Document, hooks: Hooks<Names>): string {
  const history = outside(doc, hooks.history, hooks.body)[0];
  const shown = /^ticket-(\d+)-/.exec(attributeOf(history, 'id'))?.[1];
  return shown ?? /^\d+$/.exec(new URL(doc.URL).searchParams.get('id') ?? '')?.[0] ?? '';
}

function addressOf(doc: Document, ticket: string): string {
  const here = new URL(doc.URL);
  const folder = /^(.*?\/)(Ticket|SelfService)\//.exec(here.pathname);
  here.pathname = `${folder?.[1] ?? '/'}${folder?.[2] ?? 'Ticket'}/Display.html`;
  here.search = `?id=${ticket}`;
  here.hash = '';
  return here.href;
}

function recordOf(doc: Document, hooks: Hooks<Names>, ticket: string, name: string): RecordReading {
  return {
    type: 'ticket',
    id: `${new URL(doc.URL).host}|${ticket}`,
    name,
    company: oneLine(outside(doc, hooks.company, hooks.body)[0]?.textContent),
    people: outside(doc, hooks.requestor, hooks.body).map((user) => personOf(user.textContent)),
  };
}

function readEntry(entry: Element, doc: Document, around: Around): MessageReading[] {
  const { hooks, host } = around;
  const id = attributeOf(entry, 'data-transaction-id');
  const parts = outside(entry, hooks.body, hooks.body);
  if (!/^\d+$/.test(id) || parts.length === 0) return [];
  const body = bodyOf(parts, hooks);
  const header = headerOf(entry, around);
  const user = outside(entry, hooks.user, hooks.body)[0];
  return [
    {
      ...PLAIN_MESSAGE,
      key: `${host}|transaction|${id}`,
      shown: body === null ? 'collapsed' : 'whole',
      sentBy: sideOf(userOf(user), around),
      element: entry,
      body,
      subject: header.subject || around.subject,
      from: senderOf(user, header.from, around),
      to: header.to,
      cc: header.cc,
      // The date beside the name is in a zone that the page does not tell.
      sentAt: header.sentAt,
      sentAtText: oneLine(outside(entry, hooks.date, hooks.body)[0]?.textContent),
      messageId: header.messageId,
      sourceUrl: `${around.address || webAddress(doc).replace(/#.*$/s, '')}#txn-${id}`,
    },
  ];
}

// The part with text in it, or what holds all parts where several have: the footer of a mailing
// list is a part of its own, and so is a mail forwarded as an attachment. null where the program
// shows no text, a mail that is too large for it for one.
function bodyOf(parts: Element[], hooks: Hooks<Names>): Element | null {
  const texts = parts.flatMap((part) => [...part.querySelectorAll(hooks.text)]);
  // The first is the program's own, so what is around it is too.
  const part = texts[0]?.closest(hooks.body) ?? null;
  if (part === null || texts.every((text) => part.contains(text))) return part;
  return parts.length === 1 ? (parts[0] ?? null) : (parts[0]?.parentElement ?? null);
}

// Colleagues' addresses are not shown, but one's own is known.
function senderOf(user: Element | undefined, claimed: Person | null, around: Around) {
  const { account } = around;
  if (account !== null && account.id === userOf(user)) return account.person;
  const shown = personOf(user?.textContent);
  if (shown.address !== '') return shown;
  return claimed ?? (shown.name === '' ? null : shown);
}

function sideOf(user: string, { account, ours, theirs }: Around): MessageReading['sentBy'] {
  if (user === '') return null;
  if (user === account?.id || ours.has(user)) return 'us';
  return theirs.has(user) ? 'them' : null;
}

// A mail's header lines. Their names are translated, so lines are also known by what they hold.
function headerOf(entry: Element, { hooks, subject }: Around) {
  const names = outside(entry, hooks.headerName, hooks.body);
  const lines = outside(entry, hooks.headerValue, hooks.body).map((value, at) => ({
    name: oneLine(names[at]?.textContent).replace(/\s*:$/, '').toLowerCase(),
    value: oneLine(value.textContent),
  }));
  const line = (name: string) => lines.find((one) => one.name === name)?.value ?? '';
  const times = lines.flatMap(({ value }) => mailTime(value) ?? []);
  const about = subject === '' ? [] : lines.filter(({ value }) => value.endsWith(subject));
  return {
    subject: line('subject') || (about.length === 1 ? (about[0]?.value ?? '') : ''),
    from: peopleIn(line('from'))[0] ?? null,
    to: peopleIn(line('to')),
    cc: peopleIn(line('cc')),
    sentAt: mailTime(line('date')) ?? (times.length === 1 ? (times[0] ?? null) : null),
    messageId: /^<[^<>\s]+>$/.exec(line('message-id'))?.[0] ?? null,
  };
}

// Commas inside quotation marks belong to a name.
function peopleIn(list: string): Person[] {
  return (list.match(/(?:"(?:[^"\\]|\\.)*"|[^,"])+/g) ?? []).flatMap((text) => {
    const { name, address } = parseAddress(text);
    return personFrom(name, address) ?? [];
  });
}

// "Name <address>", or for colleagues "login (Name)".
function personOf(text: string | null | undefined): Person {
  const { name, address } = parseAddress(oneLine(text));
  return { name: address === '' ? name.replace(/^\S+ \((.+)\)$/, '$1') : name, address };
}

function userOf(user: Element | undefined): string {
  return attributeOf(user, 'data-user-id');
}

function attributeOf(element: Element | undefined, name: string): string {
  return element?.getAttribute(name)?.trim() ?? '';
}

/** Who is signed in, as the page's own script says at its beginning; null when it does not. */
function accountOf(doc: Document, hooks: Hooks<Names>): Account | null {
  for (const script of doc.querySelectorAll(hooks.account)) {
    const json = /^RT\.CurrentUser\s*=\s*(\{.*\});$/m.exec(script.textContent ?? '')?.[1];
    if (json === undefined) continue;
    try {
      const { id, RealName, Name, EmailAddress } = JSON.parse(json);
      const name = oneLine(String(RealName || Name || ''));
      const person = personFrom(name, String(EmailAddress ?? '')) ?? { name, address: '' };
      return { id: String(id ?? ''), person };
    } catch {
      return null; // another version writes it in another way
    }
  }
  return null;
}
