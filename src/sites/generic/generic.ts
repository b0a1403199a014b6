// Any page: its main block of text as one message, with what headings, links and dates say. What
// it reads is a first guess that the person sees and can change. Never throws.

import type { Person } from '../../domain/email.ts';
import {
  isoTime,
  mailtoAddress,
  oneLine,
  PLAIN,
  PLAIN_MESSAGE,
  personFrom,
  webAddress,
} from '../reading.ts';
import type { Hooks, MessageReading, Site } from '../site.ts';
import { selectors } from './selectors.ts';

type Names = keyof typeof selectors;

// Addresses stand near the top of what they belong to; further down they belong to quotations.
const LOOKED_THROUGH = 20_000;
const MOST_PEOPLE = 20;
const SMALLEST_SHARE = 1 / 3;
const ADDRESS = /[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu;

export const generic: Site<Names> = {
  name: 'generic',
  selectors,

  matches: () => true,

  read(doc, hooks) {
    let message: MessageReading | null = null;
    try {
      message = readMessage(doc, hooks);
    } catch {
      // A page may be made to break any reader; then there is no message to be had.
    }
    const isMail = message !== null && message.from !== null && message.sentAt !== null;
    return {
      ...PLAIN,
      site: 'generic',
      page: isMail ? 'message' : 'other',
      subject: message?.subject ?? oneLine(doc.title),
      messages: message === null ? [] : [message],
    };
  },
};

function readMessage(doc: Document, hooks: Hooks<Names>): MessageReading | null {
  const block = mainBlock(doc, hooks);
  if (block === null) return null;
  const date = block.querySelector(hooks.date);
  const [from = null, ...to] = peopleIn(block, hooks);
  return {
    ...PLAIN_MESSAGE,
    element: block,
    body: block,
    subject:
      (block !== doc.body && headingOf(block, hooks)) ||
      oneLine(doc.title) ||
      headingOf(block, hooks),
    from,
    to,
    sentAt: isoTime(date?.getAttribute('datetime')),
    sentAtText: oneLine(date?.textContent),
    sourceUrl: webAddress(doc),
  };
}

// The marked-up block with the most text; the whole page where nothing is marked up, or only a
// small part, which may have come with somebody's mail.
function mainBlock(doc: Document, hooks: Hooks<Names>): Element | null {
  const all = doc.body?.textContent?.trim().length ?? 0;
  let best: Element | null = null;
  let most = all * SMALLEST_SHARE;
  for (const block of doc.querySelectorAll(hooks.main)) {
    const length = block.textContent?.trim().length ?? 0;
    if (length <= most) continue;
    best = block;
    most = length;
  }
  if (best !== null) return best;
  return all > 0 ? doc.body : null;
}

function headingOf(root: ParentNode, hooks: Hooks<Names>): string {
  for (const heading of root.querySelectorAll(hooks.heading)) {
    const text = oneLine(heading.textContent);
    if (text !== '') return text;
  }
  return '';
}

function peopleIn(block: Element, hooks: Hooks<Names>): Person[] {
  const people = new Map<string, Person>();
  const add = (name: string | null, address: string) => {
    const person = personFrom(name, address);
    if (person && !people.has(person.address) && people.size < MOST_PEOPLE) {
      people.set(person.address, person);
    }
  };
  for (const link of block.querySelectorAll(hooks.mail)) {
    add(link.textContent, mailtoAddress(link));
  }
  const text = block.textContent?.slice(0, LOOKED_THROUGH) ?? '';
  for (const [address] of text.matchAll(ADDRESS)) add('', address);
  return [...people.values()];
}
