// The practice inbox that our own server serves. All but the page are looked for outside of bodies.

import type { Count } from '../site.ts';
import { knownBy } from './known.ts';

export const selectors = {
  ...knownBy,
  /** An open mail; the attribute is its Message-ID. */
  message: 'article[data-message-id]',
  /** What the sender wrote. */
  body: '[data-body]',
  /** The subject of the open conversation. */
  subject: 'h1[data-subject]',
  /** The sender, "Name <address>" in the attribute. */
  from: '[data-from]',
  /** Recipients, the same with commas between. */
  to: '[data-to]',
  /** Recipients of copies. */
  cc: '[data-cc]',
  /** When it was sent, ISO 8601 with its zone. */
  date: 'time[datetime]',
} as const;

/** How often each stands in a view of one message; a test holds fixtures against it. */
export const counts: Record<keyof typeof selectors, Count> = {
  page: 'one',
  message: 'any',
  body: 'any',
  subject: 'at most one',
  from: 'any',
  to: 'any',
  cc: 'any',
  date: 'any',
};
