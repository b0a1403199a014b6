// Zendesk's Agent Workspace: one page for all open tickets, of which one is in front. Its messages
// show names, not addresses.

import { type Person, parseAddress } from '../../domain/email.ts';
import { isoTime, mailtoAddress, oneLine, outside, PLAIN, PLAIN_MESSAGE } from '../reading.ts';
import type { Hooks, MessageReading, PageReading, RecordReading, Site } from '../site.ts';
import { selectors } from './selectors.ts';

type Names = keyof typeof selectors;
/** What is in front. `account` is the company's name in the host. */
type Front = { account: string; type: string; id: string; name: string };

export const zendesk: Site<Names> = {
  name: 'zendesk',
  selectors,

  matches: (doc) => /^https:\/\/[a-z0-9-]+\.zendesk\.com\/agent(\/|$)/i.test(doc.URL),

  read(doc, hooks) {
    const plain = { ...PLAIN, site: 'zendesk' };
    const front = frontOf(doc, hooks);
    if (front === null) return { ...plain, page: viewOf(doc), messages: [] };
    const record = { ...{ type: front.type, name: front.name, company: '', people: [] } };
    const id = `${front.account}|${front.id}`;
    if (front.type !== 'ticket') {
      return {
        ...plain,
        page: 'record',
        subject: front.name,
        record: { ...record, id },
        messages: [],
      };
    }
    const inTicket = (css: string) =>
      outside(doc, css, hooks.body).filter(
        (at) => at.closest(hooks.ticket)?.getAttribute('data-ticket-id') === front.id,
      );
    const subject = fieldOf(inTicket(hooks.subject)[0]) || front.name;
    const place = placeOf(doc, hooks, front.id);
    const requester = requesterOf(inTicket, hooks, place);
    const articles = inTicket(hooks.comment);
    const messages = articles.flatMap((at) =>
      readComment(at, doc, hooks, front, subject, requester),
    );
    // A log of messages in which nothing was written is one that has changed.
    if (articles.length > 0 && messages.every(({ body }) => body === null)) return null;
    return {
      ...plain,
      page: 'thread',
      conversation: `${front.account}|ticket|${front.id}`,
      subject,
      messages,
      record: {
        ...record,
        id,
        name: subject,
        company: oneLine(place?.querySelector(hooks.placeCompany)?.textContent),
        people: requester === null ? [] : [requester],
      } satisfies RecordReading,
    };
  },
};

// The tab in front says it, and until there is one the address.
function frontOf(doc: Document, hooks: Hooks<Names>): Front | null {
  const address = new URL(doc.URL);
  const account = address.hostname.replace(/\.zendesk\.com$/i, '').toLowerCase();
  const [tab] = outside(doc, hooks.tab, hooks.body);
  const told = /^(ticket|user|organization)/i.exec(tab?.getAttribute('data-entity-type') ?? '');
  const shown = /^\/agent\/(ticket|user|organization)s\/(\d+)/.exec(address.pathname);
  const type = (told?.[1] ?? shown?.[1] ?? '').toLowerCase();
  const id = (told === null ? shown?.[2] : tab?.getAttribute('data-entity-id')?.trim()) ?? '';
  if (type === '' || !/^\d+$/.test(id)) return null;
  return { account, type, id, name: oneLine(tab?.querySelector(hooks.tabName)?.textContent) };
}

function viewOf(doc: Document): PageReading['page'] {
  return /^\/agent\/(filters|search|tickets\/?$|home)/.test(new URL(doc.URL).pathname)
    ? 'list'
    : 'other';
}

function placeOf(doc: Document, hooks: Hooks<Names>, id: string): Element | null {
  const own = outside(doc, hooks.placeTicket, hooks.body).find(
    (at) => /#(\d+)/.exec(at.textContent ?? '')?.[1] === id,
  );
  return own?.closest(hooks.place) ?? null;
}

// The page shows a name; an address is taken to be the requester's only when it is the only one.
function requesterOf(
  inTicket: (css: string) => Element[],
  hooks: Hooks<Names>,
  place: Element | null,
): Person | null {
  const shown = place?.querySelector(hooks.placePerson) ?? inTicket(hooks.requester)[0];
  const { name, address } = parseAddress(oneLine(shown?.textContent));
  const [only = '', ...more] = new Set(
    inTicket(hooks.mail).map((link) => parseAddress(mailtoAddress(link)).address),
  );
  if (address !== '') return { name, address };
  if (name === '') return null;
  return { name, address: more.length === 0 ? only : '' };
}

function readComment(
  article: Element,
  doc: Document,
  hooks: Hooks<Names>,
  { account, id }: Front,
  subject: string,
  requester: Person | null,
): MessageReading[] {
  const message = outside(article, hooks.message, hooks.body)[0];
  const isHidden = message?.getAttribute('aria-hidden') === 'true';
  const body = isHidden ? null : (outside(article, hooks.body, hooks.body)[0] ?? null);
  const [date] = outside(article, hooks.date, hooks.body);
  const sentBy = sideOf(article, message, hooks);
  const shown = parseAddress(oneLine(outside(article, hooks.sender, hooks.body)[0]?.textContent));
  const isRequester = sentBy !== 'us' && shown.address === '' && shown.name === requester?.name;
  return [
    {
      ...PLAIN_MESSAGE,
      key: keyOf(article, hooks, account),
      shown: body === null ? 'collapsed' : 'whole',
      sentBy,
      element: article,
      body,
      subject,
      from: isRequester ? requester : shown.name === '' && shown.address === '' ? null : shown,
      sentAt: isoTime(date?.getAttribute('datetime')),
      sentAtText: oneLine(date?.textContent),
      sourceUrl: `${new URL(doc.URL).origin}/agent/tickets/${id}`,
    },
  ];
}

function sideOf(
  article: Element,
  message: Element | undefined,
  hooks: Hooks<Names>,
): MessageReading['sentBy'] {
  const type = message?.getAttribute('type') ?? '';
  if (type === 'end-user') return 'them';
  const marks = `${hooks.internal}, ${hooks.agent}`;
  const isOurs = type === 'agent' || type === 'internal';
  return isOurs || outside(article, marks, hooks.body).length > 0 ? 'us' : null;
}

function keyOf(article: Element, hooks: Hooks<Names>, account: string): string | null {
  const numbered = article.matches(hooks.numbered)
    ? article
    : outside(article, hooks.numbered, hooks.body)[0];
  for (const kind of ['comment', 'audit']) {
    const id = numbered?.getAttribute(`data-${kind}-id`)?.trim() ?? '';
    if (/^\d+$/.test(id)) return `${account}|${kind}|${id}`;
  }
  return null;
}

// What stands in a field now, not what it came with.
function fieldOf(field: Element | undefined): string {
  const isField = field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement;
  return oneLine(isField ? field.value : field?.textContent);
}
