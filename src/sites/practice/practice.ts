// The practice inbox: mails of one conversation below each other, everything in attributes.

import { type Person, parseAddress } from '../../domain/email.ts';
import {
  isoTime,
  oneLine,
  outside,
  PLAIN,
  PLAIN_MESSAGE,
  personFrom,
  webAddress,
} from '../reading.ts';
import type { Hooks, MessageReading, Site } from '../site.ts';
import { known } from './known.ts';
import { selectors } from './selectors.ts';

type Names = keyof typeof selectors;

export const practice: Site<Names> = {
  ...known,
  selectors,

  read(doc, hooks) {
    const subject = oneLine(outside(doc, hooks.subject, hooks.body)[0]?.textContent);
    const messages = outside(doc, hooks.message, hooks.body).flatMap(
      (article) => readMessage(article, subject, doc, hooks) ?? [],
    );
    return {
      ...PLAIN,
      site: 'practice',
      page: messages.length > 1 ? 'thread' : messages.length === 1 ? 'message' : 'list',
      subject,
      messages,
    };
  },
};

function readMessage(
  article: Element,
  subject: string,
  doc: Document,
  hooks: Hooks<Names>,
): MessageReading | null {
  const body = article.querySelector(hooks.body);
  if (body === null) return null;
  const value = (css: string, name: string) =>
    [article, ...outside(article, css, hooks.body)]
      .find((at) => at.matches(css))
      ?.getAttribute(name) ?? '';
  const date = outside(article, hooks.date, hooks.body)[0];
  const messageId = article.getAttribute('data-message-id')?.trim().replace(/^<|>$/g, '') ?? '';
  return {
    ...PLAIN_MESSAGE,
    element: article,
    body,
    subject: oneLine(outside(article, hooks.subject, hooks.body)[0]?.textContent) || subject,
    from: people(value(hooks.from, 'data-from'))[0] ?? null,
    to: people(value(hooks.to, 'data-to')),
    cc: people(value(hooks.cc, 'data-cc')),
    sentAt: isoTime(date?.getAttribute('datetime')),
    sentAtText: oneLine(date?.textContent),
    messageId: messageId === '' ? null : `<${messageId}>`,
    sourceUrl: webAddress(doc),
  };
}

// Commas inside quotation marks belong to a name.
function people(list: string): Person[] {
  return (list.match(/(?:"(?:[^"\\]|\\.)*"|[^,"])+/g) ?? []).flatMap((text) => {
    const { name, address } = parseAddress(text);
    return personFrom(name, address) ?? [];
  });
}
