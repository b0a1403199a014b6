// Roundcube: one open mail per document. In the three-pane view it is in a frame of its own, and
// the outer document is a list.

import type { Person } from '../../domain/email.ts';
import { mailtoAddress, oneLine, ownText, PLAIN, PLAIN_MESSAGE, personFrom } from '../reading.ts';
import type { Hooks, MessageReading, Site } from '../site.ts';
import { headersOf } from './headers.ts';
import { known } from './known.ts';
import { selectors } from './selectors.ts';

type Names = keyof typeof selectors;

export const roundcube: Site<Names> = {
  ...known,
  selectors,

  read(doc, hooks) {
    const message = readMessage(doc, hooks);
    const isList = doc.querySelector(hooks.list) !== null;
    return {
      ...PLAIN,
      site: 'roundcube',
      page: message !== null ? 'message' : isList ? 'list' : 'other',
      subject: message?.subject ?? '',
      messages: message === null ? [] : [message],
    };
  },

  headersOf,
};

function readMessage(doc: Document, hooks: Hooks<Names>): MessageReading | null {
  // The first is the page's own: what a mail brings along comes after it, and inside.
  const body = doc.querySelector(hooks.body);
  const header = [...doc.querySelectorAll(hooks.header)].find((at) => !body?.contains(at));
  if (!body || !header) return null;
  const date = header.querySelector(hooks.date);
  return {
    ...PLAIN_MESSAGE,
    element: header.closest('[role="main"]') ?? body,
    body,
    subject: ownText(header.querySelector(hooks.subject)),
    from: people(header, hooks.from)[0] ?? null,
    to: people(header, hooks.to),
    cc: people(header, hooks.cc),
    // The reader's own format, in a zone the page does not tell: only the source says it surely.
    sentAtText: oneLine(date?.textContent),
    sourceUrl: addressOf(doc),
  };
}

function people(header: Element, css: string): Person[] {
  return [...header.querySelectorAll(css)].flatMap((link) => {
    const address = link.getAttribute('title') || mailtoAddress(link);
    return personFrom(link.textContent, address) ?? [];
  });
}

// The mail by itself, whatever view it was read in.
function addressOf(doc: Document): string {
  const [, path, query = ''] = /^(https?:[^?#]*)\?([^#]*)/.exec(doc.URL) ?? [];
  // Taken as written: to touch URL for the first time costs seven KB of a page's memory.
  const given = (name: string) => query.split('&').find((part) => part.startsWith(`${name}=`));
  const uid = given('_uid');
  if (path === undefined || uid === undefined) return '';
  return `${path}?_task=mail&${given('_mbox') ?? '_mbox=INBOX'}&${uid}&_action=show`;
}
