// What an open conversation of LinkedIn's messaging gives to hold on to (classes that have stayed
// since 2018). Names and times stand once for each run of messages by one person.

import type { Count } from '../site.ts';

export const selectors = {
  /** The list of a conversation's messages; small windows over other pages have one too. */
  list: '.msg-s-message-list-content, .msg-s-message-list',
  /** The small windows that lie over other pages. */
  overlay: '[class*="msg-overlay"]',
  /** Whom the open conversation is with. */
  title: '.msg-entity-lockup__entity-title',
  /** One message; the attribute names it. */
  message: '.msg-s-event-listitem[data-event-urn]',
  /** Such a message of somebody else's. */
  theirs: '.msg-s-event-listitem--other',
  /** Who wrote it and those that follow. */
  author: '.msg-s-message-group__name',
  /** The day of this message and those that follow, in the reader's language. */
  day: '.msg-s-message-list__time-heading',
  /** When it and those that follow were written, in the reader's language. */
  time: '.msg-s-message-group__timestamp',
  /** What the person wrote. */
  body: '.msg-s-event-listitem__body',
} as const;

/** How often each stands in a view of one message; a test holds fixtures against it. */
export const counts: Record<keyof typeof selectors, Count> = {
  list: 'any',
  overlay: 'any',
  title: 'at most one',
  message: 'one',
  theirs: 'at most one',
  author: 'at most one',
  day: 'at most one',
  time: 'at most one',
  body: 'one',
};
