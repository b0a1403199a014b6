// The practice inbox that our own server serves. All but the page are looked for outside of bodies.

import type { Count } from '../reading.ts';

/** Any page of the practice inbox. */
export const page = 'html[data-unsaid-practice]';

/** An open mail; the attribute is its Message-ID. */
export const message = 'article[data-message-id]';

/** What the sender wrote. */
export const body = '[data-body]';

/** The subject of the open conversation. */
export const subject = 'h1[data-subject]';

/** The sender, "Name <address>" in the attribute. */
export const from = '[data-from]';

/** Recipients, the same with commas between. */
export const to = '[data-to]';

/** Recipients of copies. */
export const cc = '[data-cc]';

/** When it was sent, ISO 8601 with its zone. */
export const date = 'time[datetime]';

/** How often each stands in a view of one message; a test holds fixtures against it. */
export const counts: Record<string, Count> = {
  page: 'one',
  message: 'any',
  body: 'any',
  subject: 'at most one',
  from: 'any',
  to: 'any',
  cc: 'any',
  date: 'any',
};
