// What Request Tracker's pages give to hold on to (seen in 5.0). Each is looked for outside of
// bodies only.

import type { Count } from '../site.ts';
import { knownBy } from './known.ts';

// Administrators name custom fields as they like; the name is a class, with "-" for what is no
// letter. Ends of names only: a "Company size" is not a company's name.
const COMPANY = [
  ...['company', 'company-name', 'organisation', 'organization', 'firma', 'firmenname'],
  ...['unternehmen', 'entreprise', 'société', 'empresa', 'azienda', 'bedrijf'],
  ...['custom-field-customer', 'custom-field-client', 'custom-field-kunde', 'custom-field-cliente'],
]
  .flatMap((name) => [`[class$="${name}" i]`, `[class*="${name} " i]`])
  .join(', ');

export const selectors = {
  ...knownBy,
  /** A page that shows the history of one ticket, now or when it has been loaded. */
  ticket:
    'body#comp-Ticket-Display, body#comp-Ticket-History, body#comp-SelfService-Display, body#comp-Transaction-Display',
  /** A page about one ticket: its history, a form to answer or to change it. */
  about: 'body[id^="comp-Ticket-"], body#comp-SelfService-Display, body#comp-SelfService-Update',
  /** "#7: Subject", with more words before the number on some pages. */
  heading: '#header h1',
  /** The history of a ticket that has been loaded; its id is "ticket-7-history". */
  history: '.history.ticket[id^="ticket-"]',
  /** One entry of the history: a mail, a comment, a change of a field. */
  transaction: '.transaction[data-transaction-id]',
  /** What senders wrote: one of it for each part of a mail, and all parts together. */
  body: '.messagebody, .messageattachments',
  /** A part that is shown as text; parts that are not shown have a sentence instead. */
  text: '.message-stanza',
  /** Who wrote an entry: "Name <address>", or "login (Name)" for colleagues. */
  user: '.metadata .user',
  /** The date of an entry in the reader's format and time zone. */
  date: '.metadata .date',
  /** The names of a mail's header lines, translated, with a colon. */
  headerName: '.content > table td.message-header-key',
  /** Their values, in the same order. */
  headerValue: '.content > table td.message-header-value',
  /** The people a ticket is for. */
  requestor: '.requestors .user',
  /** A custom field with the name of the customer's company. */
  company: `.custom-field:not(.unset-field):is(${COMPANY}) .current-value`,
  /** People of the company itself: those who may own the ticket. */
  staff: 'select[name="Owner"] option[value]',
  /** Tickets of a search or a dashboard. */
  list: 'table.collection-as-table',
  /** Scripts that tell who is signed in. */
  account: 'head script:not([src])',
} as const;

/** How often each stands in a view of one message; a test holds fixtures against it. */
export const counts: Record<keyof typeof selectors, Count> = {
  page: 'one',
  ticket: 'one',
  about: 'at most one',
  heading: 'one',
  history: 'at most one',
  transaction: 'any',
  body: 'any',
  text: 'any',
  user: 'any',
  date: 'any',
  headerName: 'any',
  headerValue: 'any',
  requestor: 'any',
  company: 'any',
  staff: 'any',
  list: 'any',
  account: 'any',
};
