// What Roundcube's pages give to hold on to (skin Elastic, seen in 1.6). Each is looked for outside
// the message's body only.

import type { Count } from '../reading.ts';

/** Any page of the program; its task and action are class names. */
export const page = 'body[class*="task-"][class*="action-"]';

/** All parts of the open mail. */
export const body = '#messagebody';

/** Subject and header table of the open mail. */
export const header = '#message-header';

/** The list of mails. */
export const list = '#messagelist';

/** The subject, beside a translated word for screen readers and a button. */
export const subject = 'h2.subject';

/** The sender; the address is its title. */
export const from = 'td.header.from a.rcmContactAddress';

/** Recipients. */
export const to = 'td.header.to a.rcmContactAddress';

/** Recipients of copies. */
export const cc = 'td.header.cc a.rcmContactAddress';

/** The date in the reader's format and time zone. */
export const date = 'td.header.date';

/** How often each stands in a view of one message; a test holds fixtures against it. */
export const counts: Record<string, Count> = {
  page: 'one',
  body: 'one',
  header: 'one',
  list: 'at most one',
  subject: 'one',
  from: 'any',
  to: 'any',
  cc: 'any',
  date: 'at most one',
};
