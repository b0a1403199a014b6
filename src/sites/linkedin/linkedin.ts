// LinkedIn messaging: the open conversation. It shows names, but no addresses and no dates that
// could be read surely.

import { addressOf, bareTitle } from '../by-address.ts';
import { outside, PLAIN, PLAIN_MESSAGE, webAddress } from '../reading.ts';
import type { Hooks, MessageReading, Site } from '../site.ts';
import { textOf } from '../text-of.ts';
import { isMessaging, threadAt } from './address.ts';
import { selectors } from './selectors.ts';

type Names = keyof typeof selectors;

const TITLE = /(^|\s+[-–|]\s+)LinkedIn$/i;

export const linkedin: Site<Names> = {
  name: 'linkedin',
  selectors,

  matches(doc) {
    const address = addressOf(doc);
    return address !== null && isMessaging(address);
  },

  read(doc, hooks) {
    const address = addressOf(doc);
    const conversation = address && threadAt(address);
    if (conversation === null) return { ...PLAIN, site: 'linkedin', page: 'list', messages: [] };
    const inThread = (css: string) =>
      outside(doc, css, hooks.body).filter((at) => at.closest(hooks.overlay) === null);
    const subject = textOf(inThread(hooks.title)[0]) || bareTitle(doc.title, TITLE);
    const items = inThread(hooks.message);
    const messages = readMessages(items, inThread, subject, doc, hooks);
    // Messages are there, and what they say is not where it was.
    if (items.length > 0 && messages.length === 0) return null;
    return { ...PLAIN, site: 'linkedin', page: 'thread', conversation, subject, messages };
  },
};

// Walks messages, names, days and times as they stand: the first message of a run may hold its
// name and time, or they may stand before it.
function readMessages(
  items: readonly Element[],
  inThread: (css: string) => Element[],
  subject: string,
  doc: Document,
  hooks: Hooks<Names>,
): MessageReading[] {
  const marks = inThread([hooks.day, hooks.time, hooks.author].join(', '));
  const latest = { author: '', day: '', time: '' };
  let at = 0;
  return items.flatMap((element) => {
    for (let mark = marks[at]; mark && !follows(mark, element); mark = marks[at]) {
      if (mark.matches(hooks.author)) latest.author = textOf(mark);
      else if (mark.matches(hooks.day)) latest.day = textOf(mark);
      else latest.time = textOf(mark);
      at += 1;
    }
    const body = element.querySelector(hooks.body);
    if (body === null) return [];
    const message: MessageReading = {
      ...PLAIN_MESSAGE,
      key: keyOf(element.getAttribute('data-event-urn') ?? ''),
      sentBy: element.matches(hooks.theirs) ? 'them' : 'us',
      element,
      body,
      subject,
      from: latest.author === '' ? null : { name: latest.author, address: '' },
      sentAtText: [latest.day, latest.time].filter(Boolean).join(' '),
      sourceUrl: webAddress(doc),
    };
    return [message];
  });
}

// Behind this message, and not in it.
function follows(mark: Element, element: Element): boolean {
  return (
    !element.contains(mark) &&
    (element.compareDocumentPosition(mark) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0
  );
}

// "urn:li:msg_message:(urn:li:fsd_profile:<whose mailbox>,<message>)": the message alone.
function keyOf(urn: string): string | null {
  const id = /([\w+/=-]+)\)?$/.exec(urn)?.[1] ?? '';
  return id.length < 6 ? null : `linkedin|message|${id}`;
}
