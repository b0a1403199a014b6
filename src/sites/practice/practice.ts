// The practice inbox: mails of one conversation below each other, everything in attributes.

import { type Person, parseAddress } from '../../domain/email.ts';
import { isoTime, oneLine, personFrom, webAddress } from '../reading.ts';
import type { MessageReading, Site } from '../site.ts';
import * as hooks from './selectors.ts';

export const practice: Site = {
  name: 'practice',

  matches: (doc) => doc.querySelector(hooks.page) !== null,

  read(doc) {
    const subject = oneLine(outsideBodies(doc, hooks.subject)[0]?.textContent);
    const messages = outsideBodies(doc, hooks.message).flatMap(
      (article) => readMessage(article, subject, doc) ?? [],
    );
    return {
      site: 'practice',
      page: messages.length > 1 ? 'thread' : messages.length === 1 ? 'message' : 'list',
      conversation: null,
      subject,
      messages,
    };
  },
};

function readMessage(article: Element, subject: string, doc: Document): MessageReading | null {
  const body = article.querySelector(hooks.body);
  if (body === null) return null;
  const value = (css: string, name: string) =>
    [article, ...outsideBodies(article, css)].find((at) => at.matches(css))?.getAttribute(name) ??
    '';
  const date = outsideBodies(article, hooks.date)[0];
  const messageId = article.getAttribute('data-message-id')?.trim().replace(/^<|>$/g, '') ?? '';
  return {
    element: article,
    body,
    subject: oneLine(outsideBodies(article, hooks.subject)[0]?.textContent) || subject,
    from: people(value(hooks.from, 'data-from'))[0] ?? null,
    to: people(value(hooks.to, 'data-to')),
    cc: people(value(hooks.cc, 'data-cc')),
    sentAt: isoTime(date?.getAttribute('datetime')),
    sentAtText: oneLine(date?.textContent),
    messageId: messageId === '' ? null : `<${messageId}>`,
    sourceUrl: webAddress(doc),
  };
}

function outsideBodies(root: ParentNode, css: string): Element[] {
  return [...root.querySelectorAll(css)].filter(
    (at) => at.parentElement?.closest(hooks.body) == null,
  );
}

// Commas inside quotation marks belong to a name.
function people(list: string): Person[] {
  return (list.match(/(?:"(?:[^"\\]|\\.)*"|[^,"])+/g) ?? []).flatMap((text) => {
    const { name, address } = parseAddress(text);
    return personFrom(name, address) ?? [];
  });
}
