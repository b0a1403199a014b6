// What Zendesk's Agent Workspace gives to hold on to. All but the tabs at the top are looked for
// inside the open ticket and outside of bodies: the tickets of the other tabs stay in the page.

import type { Count } from '../site.ts';

export const selectors = {
  /** The tab at the top that is in front; its attributes tell which ticket, person or company. */
  tab: '[data-test-id="header-tab"]:is([data-entity-is-selected="true"], [aria-current="page"])',
  /** Its name: a ticket's subject. */
  tabName: '[data-test-id="header-tab-title"]',
  /** All of one ticket; its number is the attribute. */
  ticket: '[data-ticket-id]',
  /** The subject, a field that can be written in. */
  subject: '[data-test-id="omni-header-subject"]',
  /** One message of the conversation: a mail, a chat line, a note. */
  comment: 'article[data-test-id="omni-log-comment-item"]',
  /** What was written. */
  body: '[data-test-id="omni-log-message-content"]',
  /** Around what was written: "agent", "end-user" or "internal" is its type. */
  message: '[data-test-id="omni-log-item-message"]',
  /** The sender's name; further messages of one sender can be without. */
  sender: '[data-test-id="omni-log-item-sender"]',
  /** When it was sent, ISO 8601 with its zone. */
  date: 'time[data-test-id^="timestamp-"][datetime], [data-test-id^="timestamp-"] time[datetime]',
  /** Beside a note that customers do not see. */
  internal: '[data-test-id="omni-log-internal-note-tag"]',
  /** On the picture of one's own people. */
  agent: '[data-test-id="omni-log-avatar-badge-AgentBadge"]',
  /** A message that tells its own number. */
  numbered: '[data-comment-id], [data-audit-id]',
  /** The tabs above a ticket: its company, its requester, "#7". */
  place: 'nav',
  /** The last of them. */
  placeTicket: '[data-test-id="tabs-section-nav-item-ticket"]',
  /** The company's name. */
  placeCompany: '[data-test-id="tabs-nav-item-organizations"]',
  /** The requester's name. */
  placePerson: '[data-test-id="tabs-nav-item-users"]',
  /** The requester's name beside the ticket. */
  requester: '[data-test-id="ticket-system-field-requester-select"]',
  /** Addresses that the page shows of the requester. */
  mail: 'a[href^="mailto:" i]',
} as const;

/** How often each stands in a view of one message; a test holds fixtures against it. */
export const counts: Record<keyof typeof selectors, Count> = {
  tab: 'one',
  tabName: 'any',
  ticket: 'any',
  subject: 'any',
  comment: 'any',
  body: 'any',
  message: 'any',
  sender: 'any',
  date: 'any',
  internal: 'any',
  agent: 'any',
  numbered: 'any',
  place: 'any',
  placeTicket: 'any',
  placeCompany: 'any',
  placePerson: 'any',
  requester: 'any',
  mail: 'any',
};
