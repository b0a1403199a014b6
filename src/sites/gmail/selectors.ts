// What Gmail's pages give to hold on to. Attributes have stayed for years, containers have not. All
// but the last are looked for outside of bodies: anybody can send these in a mail.

import type { Count } from '../site.ts';

export const selectors = {
  /** The subject of an open conversation, with the conversation's ids. */
  subject: 'h2.hP',
  /** A message's header and body, with its ids; also in a message that is folded, hidden there. */
  message: '.adn.ads[data-message-id]',
  /** A folded message, and one of those that "3 older messages" stands for. */
  collapsed: '.kv, .kQ',
  /** What the sender wrote, with what they quoted. */
  body: '.ii.gt > .a3s',
  /** The sender; attributes `email` and `name`. */
  from: '.gD[email]',
  /** Recipients, of copies too: the line does not tell them apart but by words. */
  to: '.hb .g2[email]',
  /** The date; the title has it in full, in the reader's language and zone. */
  date: '.g3[title]',
  /** Rows of a list of conversations. */
  list: 'tr.zA',
  /** The part of the page that is in use. */
  main: '[role="main"]',
  /** Where a mail is being written. */
  editor: '[contenteditable="true"]',
  /** The picture that stands for the account; its label holds the account's address. */
  account: '[href^="https://accounts.google.com/SignOutOptions"][aria-label]',
  /** A message of the print view, which long messages are opened in; three rows of a table. */
  printed: '.maincontent > table.message',
  /** The subject there. */
  printedSubject: '.maincontent > table:not(.message) b',
  /** Recipients there, a line for each of to, cc and bcc. */
  printedTo: '.recipient > div:not(.replyto)',
  /** In a body: the way to the rest of a message that is cut off. */
  rest: '.iX a[href]',
} as const;

/** How often each stands in a view of one message; a test holds fixtures against it. */
export const counts: Record<keyof typeof selectors, Count> = {
  subject: 'one',
  message: 'one',
  collapsed: 'any',
  body: 'one',
  from: 'one',
  to: 'any',
  date: 'one',
  list: 'any',
  main: 'one',
  editor: 'any',
  account: 'at most one',
  printed: 'any',
  printedSubject: 'any',
  printedTo: 'any',
  rest: 'at most one',
};
