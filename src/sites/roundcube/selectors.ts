// What Roundcube's pages give to hold on to (skin Elastic, seen in 1.6). Each is looked for outside
// the message's body only.

import type { Count } from '../site.ts';
import { knownBy } from './known.ts';

export const selectors = {
  ...knownBy,
  /** Subject and header table of the open mail. */
  header: '#message-header',
  /** The subject, beside a translated word for screen readers and a button. */
  subject: 'h2.subject',
  /** The sender; the address is its title. */
  from: 'td.header.from a.rcmContactAddress',
  /** Recipients. */
  to: 'td.header.to a.rcmContactAddress',
  /** Recipients of copies. */
  cc: 'td.header.cc a.rcmContactAddress',
  /** The date in the reader's format and time zone. */
  date: 'td.header.date',
} as const;

/** How often each stands in a view of one message; a test holds fixtures against it. */
export const counts: Record<keyof typeof selectors, Count> = {
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
