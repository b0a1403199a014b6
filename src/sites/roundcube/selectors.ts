// What Roundcube's pages give to hold on to (skin Elastic, seen in 1.6). Each is looked for outside
// the message's body only.

import type { Hook } from '../reading.ts';

export const page = {
  css: 'body[class*="task-"][class*="action-"]',
  finds: 'any page of the program; its task and action are class names',
  count: 'one',
} satisfies Hook;

export const body = {
  css: '#messagebody',
  finds: 'all parts of the open mail',
  count: 'one',
} satisfies Hook;

export const header = {
  css: '#message-header',
  finds: 'subject and header table of the open mail',
  count: 'one',
} satisfies Hook;

export const list = {
  css: '#messagelist',
  finds: 'the list of mails',
  count: 'at most one',
} satisfies Hook;

/** Inside the header. */
export const subject = {
  css: 'h2.subject',
  finds: 'the subject, beside a translated word for screen readers and a button',
  count: 'one',
} satisfies Hook;

export const from = {
  css: 'td.header.from a.rcmContactAddress',
  finds: 'the sender; the address is its title',
  count: 'any',
} satisfies Hook;

export const to = {
  css: 'td.header.to a.rcmContactAddress',
  finds: 'recipients',
  count: 'any',
} satisfies Hook;

export const cc = {
  css: 'td.header.cc a.rcmContactAddress',
  finds: 'recipients of copies',
  count: 'any',
} satisfies Hook;

export const date = {
  css: 'td.header.date',
  finds: "the date in the reader's format and time zone",
  count: 'at most one',
} satisfies Hook;
