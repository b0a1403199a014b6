// Outlook on the web, old hosts and new: the messages of one conversation in a pane beside the list,
// some folded to a line; or one message by itself.

import { isShown, oneLine, outside, PLAIN, PLAIN_MESSAGE, webAddress } from '../reading.ts';
import type { Hooks, MessageReading, Site } from '../site.ts';
import { ownAddresses, recipientsOf, senderOf } from './people.ts';
import { selectors } from './selectors.ts';

type Names = keyof typeof selectors;

const HOSTS = /^https:\/\/outlook\.(?:live\.com|office\.com|office365\.com|cloud\.microsoft)\//i;

export const outlook: Site<Names> = {
  name: 'outlook',
  selectors,

  matches: (doc) => HOSTS.test(doc.URL),

  read(doc, hooks) {
    const pane = outside(doc, hooks.pane, bodies(hooks)).find(isShown) ?? null;
    const subject = pane === null ? '' : subjectOf(pane, hooks);
    const own = ownAddresses(doc, bodies(hooks), hooks);
    const messages = pane === null ? [] : readMessages(pane, { doc, subject, own }, hooks);
    if (messages.length === 0 && hasMessage(doc, pane, hooks)) return null;
    if (pane === null || messages.length === 0) {
      const isList = outside(doc, hooks.conversation, bodies(hooks)).some(isShown);
      return { ...PLAIN, site: 'outlook', page: isList ? 'list' : 'other', messages, own };
    }
    return {
      ...PLAIN,
      site: 'outlook',
      page: messages.length > 1 ? 'thread' : 'message',
      conversation: conversationOf(doc, pane, hooks),
      subject,
      messages,
      own,
    };
  },
};

/** What the sender wrote, and what they quoted. */
function bodies(hooks: Hooks<Names>): string {
  return `${hooks.body}, ${hooks.document}`;
}

function readMessages(
  pane: Element,
  page: { doc: Document; subject: string; own: string[] },
  hooks: Hooks<Names>,
): MessageReading[] {
  const found = outside(pane, `${hooks.message}, ${hooks.collapsed}`, bodies(hooks))
    .filter(isShown)
    .filter((at) => isMessage(at, hooks));
  // Both hooks may stand on one message, one inside the other.
  return found
    .filter((at) => !found.some((other) => other !== at && other.contains(at)))
    .map((at) => readMessage(at, page, hooks));
}

// Buttons with a menu count as folded too; a draft has no body of this kind.
function isMessage(at: Element, hooks: Hooks<Names>): boolean {
  if (bodyOf(at, hooks) !== null) return true;
  return at.matches(hooks.collapsed) && outside(at, hooks.date, bodies(hooks)).length > 0;
}

// The first: what follows it in the same message is the history of quotations.
function bodyOf(message: Element, hooks: Hooks<Names>): Element | null {
  return outside(message, hooks.body, hooks.body)[0] ?? null;
}

function readMessage(
  element: Element,
  { doc, subject, own }: { doc: Document; subject: string; own: string[] },
  hooks: Hooks<Names>,
): MessageReading {
  const body = bodyOf(element, hooks);
  const from = senderOf(element, body, bodies(hooks), hooks);
  const date = outside(element, hooks.date, bodies(hooks))[0];
  return {
    ...PLAIN_MESSAGE,
    shown: body === null ? 'collapsed' : 'whole',
    sentBy: from !== null && own.includes(from.address) ? 'us' : null,
    element,
    body,
    subject,
    from,
    ...recipientsOf(element, bodies(hooks), hooks),
    sentAtText: oneLine(date?.getAttribute('title')) || oneLine(date?.textContent),
    sourceUrl: webAddress(doc),
  };
}

function subjectOf(pane: Element, hooks: Hooks<Names>): string {
  const heading = outside(pane, hooks.subject, bodies(hooks)).find(isShown);
  const words = [...(heading?.childNodes ?? [])].filter(
    (node) => !(node instanceof Element && node.matches('button, [role="button"]')),
  );
  return (
    oneLine(heading?.getAttribute('title')) || oneLine(words.map((at) => at.textContent).join(''))
  );
}

// Where several rows are ticked, none of them is surely the open one.
function conversationOf(doc: Document, pane: Element, hooks: Hooks<Names>): string | null {
  const inside = [pane, ...outside(pane, hooks.conversation, bodies(hooks))];
  // Rows can be chosen; where the list is inside too, they tell of other conversations.
  const told = idsOf(inside.filter((at) => !at.hasAttribute('aria-selected')));
  const ids = told.length > 0 ? told : idsOf(outside(doc, hooks.selected, bodies(hooks)));
  return ids.length === 1 ? (ids[0] ?? null) : null;
}

function idsOf(elements: Element[]): string[] {
  const ids = elements.map((at) => oneLine(at.getAttribute('data-convid')));
  return [...new Set(ids)].filter((id) => id !== '');
}

// A document with words in it, where messages are read: then one is open, whatever holds it.
function hasMessage(doc: Document, pane: Element | null, hooks: Hooks<Names>): boolean {
  if (pane === null && !/^[^?#]*\/mail\/(?:[^?#]*\/)?(?:id|read)\//.test(doc.URL)) return false;
  const documents = outside(pane ?? doc, hooks.document, hooks.document);
  return documents.some((at) => {
    const isWritten = at.closest(hooks.editor) ?? at.querySelector(hooks.editor);
    return isWritten === null && isShown(at) && oneLine(at.textContent) !== '';
  });
}
