// Gmail: the messages of one conversation below each other, some folded to a line. Conversations
// that were open before stay in the document, hidden.

import {
  addressIn,
  isShown,
  oneLine,
  outside,
  PLAIN,
  PLAIN_MESSAGE,
  personFrom,
  webAddress,
} from '../reading.ts';
import type { Hooks, MessageReading, PageReading, Person, Site } from '../site.ts';
import { hexId, isConversation, messageAddress } from './addresses.ts';
import { readPrinted } from './printed.ts';
import { selectors } from './selectors.ts';

type Names = keyof typeof selectors;

export const gmail: Site<Names> = {
  name: 'gmail',
  selectors,

  matches: (doc) => /^https:\/\/mail\.google\.com\//i.test(doc.URL),

  read(doc, hooks) {
    const printed = readPrinted(doc, hooks);
    if (printed !== null) return printed;
    const heading = outside(doc, hooks.subject, hooks.body).find(isShown) ?? null;
    const subject = wordsOf(heading);
    const own = ownAddresses(doc, subject, hooks);
    const messages = readMessages(doc, { subject, own }, hooks);
    if (!fits(messages, hooks) && hasConversation(doc, heading, messages, hooks)) return null;
    return {
      ...PLAIN,
      site: 'gmail',
      page: pageOf(messages, doc, hooks),
      conversation:
        heading &&
        hexId(
          heading.getAttribute('data-legacy-thread-id'),
          heading.getAttribute('data-thread-perm-id'),
        ),
      subject,
      messages,
      own,
    };
  },
};

function pageOf(
  messages: readonly MessageReading[],
  doc: Document,
  hooks: Hooks<Names>,
): PageReading['page'] {
  if (messages.length > 0) return messages.length > 1 ? 'thread' : 'message';
  return outside(doc, hooks.list, hooks.body).some(isShown) ? 'list' : 'other';
}

function readMessages(
  doc: Document,
  page: { subject: string; own: string[] },
  hooks: Hooks<Names>,
): MessageReading[] {
  // The parent is asked: what is folded away is itself not shown.
  const found = outside(doc, `${hooks.message}, ${hooks.collapsed}`, hooks.body).filter((at) =>
    isShown(at.parentElement),
  );
  const folded = found.filter((at) => at.matches(hooks.collapsed));
  return found
    .filter((at) => !folded.some((other) => other !== at && other.contains(at)))
    .map((at) => readMessage(at, folded.includes(at), doc, page, hooks))
    .filter(({ body, from, key }) => body !== null || from !== null || key !== null);
}

function readMessage(
  element: Element,
  isFolded: boolean,
  doc: Document,
  { subject, own }: { subject: string; own: string[] },
  hooks: Hooks<Names>,
): MessageReading {
  const all = (css: string) => outside(element, css, hooks.body);
  const ids = element.matches(hooks.message) ? element : all(hooks.message)[0];
  const permanent = ids?.getAttribute('data-message-id') ?? null;
  const key = hexId(ids?.getAttribute('data-legacy-message-id') ?? null, permanent);
  const body = isFolded ? null : (all(hooks.body)[0] ?? null);
  const sender = all(hooks.from)[0];
  const from = sender ? personOf(sender, []) : null;
  const date = all(hooks.date)[0];
  return {
    ...PLAIN_MESSAGE,
    key,
    shown: body === null ? 'collapsed' : isCutOff(body, key, hooks) ? 'clipped' : 'whole',
    sentBy: from !== null && own.includes(from.address) ? 'us' : null,
    element,
    body,
    subject,
    from,
    to: distinct(all(hooks.to).flatMap((at) => personOf(at, own) ?? [])),
    sentAtText: oneLine(date?.getAttribute('title')) || oneLine(date?.textContent),
    sourceUrl: messageAddress(doc.URL, key) ?? webAddress(doc),
  };
}

// One's own name among recipients is a word for "me".
function personOf(at: Element, own: readonly string[]): Person | null {
  const person = personFrom(at.getAttribute('name') || at.textContent, at.getAttribute('email'));
  return person !== null && own.includes(person.address) ? { ...person, name: '' } : person;
}

function distinct(people: Person[]): Person[] {
  return [...new Map(people.map((person) => [person.address, person])).values()];
}

// The way to the rest names the message itself, by an id that no sender knows.
function isCutOff(body: Element, key: string | null, hooks: Hooks<Names>): boolean {
  return [...body.querySelectorAll(hooks.rest)].some((link) => {
    const rest = /^[^#]*[?&]permmsgid=(msg-f(?::|%3A)\d+)/i.exec(link.getAttribute('href') ?? '');
    const id = rest?.[1]?.replace(/%3A/i, ':') ?? null;
    return key !== null && hexId(null, id) === key;
  });
}

// Emoji in a subject are pictures.
function wordsOf(heading: Element | null): string {
  const words = (node: Node): string => {
    if (node.nodeType === 3) return node.nodeValue ?? '';
    if (node instanceof Element && node.matches('img[data-emoji]')) {
      return node.getAttribute('alt') ?? '';
    }
    return [...node.childNodes].map(words).join('');
  };
  return heading === null ? '' : oneLine(words(heading));
}

// The title is "subject - address - name of the program"; the subject is a stranger's, so the
// address is believed only right behind all of it.
function ownAddresses(doc: Document, subject: string, hooks: Hooks<Names>): string[] {
  const labels = outside(doc, hooks.account, hooks.body).map((at) => at.getAttribute('aria-label'));
  const title = oneLine(doc.title);
  if (subject !== '' && title.startsWith(`${subject} - `)) {
    labels.push(/^(\S+@\S+) - /.exec(title.slice(subject.length + 3))?.[1] ?? null);
  }
  const people = labels.flatMap((label) => personFrom(null, addressIn(label)) ?? []);
  return [...new Set(people.map(({ address }) => address))];
}

// Each has a sender, and one that is not folded has a body.
function fits(messages: readonly MessageReading[], hooks: Hooks<Names>): boolean {
  const open = messages.filter(({ element }) => !element.matches(hooks.collapsed));
  if (open.length > 0) return open.some(({ from, body }) => from !== null && body !== null);
  return messages.some(({ from }) => from !== null);
}

// Certain only where no mail is being written (a draft is a conversation without messages) and no
// list is shown (its page stays until the conversation has arrived).
function hasConversation(
  doc: Document,
  heading: Element | null,
  messages: readonly MessageReading[],
  hooks: Hooks<Names>,
): boolean {
  if (messages.length > 0) return true;
  if (outside(doc, hooks.editor, hooks.body).length > 0) return false;
  if (heading !== null) return true;
  const main = outside(doc, hooks.main, hooks.body).find(isShown);
  if (!main || oneLine(main.textContent) === '' || !isConversation(doc.URL)) return false;
  return main.querySelector(hooks.list) === null;
}
