// Any page: its main block of text as one message, with what headings, links and dates say; or the
// record of a CRM, when its address tells of one thing among many. What it reads is a first guess
// that the person sees and can change. Never throws.

import { oneLine, PLAIN, PLAIN_MESSAGE, webAddress } from '../reading.ts';
import type { Hooks, MessageReading, PageReading, Site } from '../site.ts';
import { isOfMail, isOfRecord, pageName } from './address.ts';
import { mainBlock, type Names } from './block.ts';
import { lettersOnce } from './dom.ts';
import { factsOf, headingIn } from './facts.ts';
import { headerAround, isAroundMail } from './frame.ts';
import { selectors } from './selectors.ts';

export const generic: Site<Names> = {
  name: 'generic',
  selectors,

  matches: () => true,

  read(doc, hooks) {
    const plain = { ...PLAIN, site: 'generic', page: 'other' as const };
    try {
      return { ...plain, ...readAny(doc, hooks) };
    } catch {
      // A page may be made to break any reader; then there is no message to be had.
      return { ...plain, subject: oneLine(doc.title), messages: [] };
    }
  },
};

type Told = Pick<PageReading, 'page' | 'subject' | 'messages' | 'record'>;

function readAny(doc: Document, hooks: Hooks<Names>): Told {
  const title = oneLine(doc.title);
  const letters = lettersOnce();
  const main = mainBlock(doc, hooks, letters);
  const nothing: Told = { page: 'other', subject: title, record: null, messages: [] };
  if (main === null || isAroundMail(doc, hooks, letters)) return nothing;
  const { element: block, lists } = main;
  const header = headerAround(doc, hooks, letters);
  if (header !== null) {
    // What stands in the frame was sent, and says nothing surely about who sent it.
    const message = messageOf(block, {
      ...header,
      subject: header.subject || header.heading || oneLine(header.title),
      address: header.address,
    });
    return { ...nothing, page: 'message', subject: message.subject, messages: [message] };
  }
  // The people of a list are those of its rows.
  const facts = factsOf(block, hooks, letters, null, lists);
  const inBlock = headingIn(block, title, hooks, letters);
  const heading = inBlock || headingIn(doc.body, title, hooks, letters);
  const subject =
    facts.subject || (block === doc.body ? title || inBlock : inBlock || title) || heading;
  const message = messageOf(block, { ...facts, subject, address: webAddress(doc) });
  const isMail = facts.people.length > 0 && (facts.isMail || facts.sentAt !== null);
  if (isMail) return { ...nothing, page: 'message', subject, messages: [message] };
  const name = pageName(doc.URL);
  const list = facts.people.length === 0 && lists.length > 0;
  const plain = { ...nothing, page: list ? ('list' as const) : ('other' as const), subject };
  if (name === null || isOfMail(name.name)) return { ...plain, messages: [message] };
  const isRecord = name.isOfOne && heading !== '' && !list;
  if (isRecord && (facts.people.length === 0 || isOfRecord(name.name))) {
    const id = name.name;
    const record = { type: 'page', id, name: heading, company: '', people: facts.people };
    const about = { ...message, key: id, subject: heading, from: null, to: [] };
    return { page: 'record', subject: heading, record, messages: [about] };
  }
  const key = message.from === null ? name.name : null;
  return { ...plain, messages: [{ ...message, key }] };
}

type About = ReturnType<typeof factsOf> & { address: string };

function messageOf(block: Element, about: About): MessageReading {
  const [from = null, ...to] = about.people;
  return {
    ...PLAIN_MESSAGE,
    element: block,
    body: block,
    subject: about.subject,
    from,
    to,
    sentAt: about.sentAt,
    sentAtText: about.sentAtText,
    messageId: about.messageId,
    sourceUrl: about.address,
  };
}
