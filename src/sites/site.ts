// What every site gives to the page script. Start here to add a site: a folder with a `Site` and
// its `selectors.ts`, a line in packs/, hosts.ts and all.ts, fixtures in tests/sites/fixtures. For the
// page script; may import domain and anchor.

import type { Person } from '../domain/email.ts';

export type { Person } from '../domain/email.ts';

/**
 * One message as this document shows it. Texts are one line, without white space at the ends. What
 * a CRM record shows about itself counts as a message without a sender, so that words in it can be
 * marked too.
 */
export type MessageReading = {
  /**
   * The site's own key of it, unique on this site for everybody ("<host>|transaction|81"); null
   * where the page shows none, or one that is different in each mailbox and not worth keeping.
   */
  key: string | null;
  /** clipped: the page shows the beginning only; collapsed: one line of it, `body` is null. */
  shown: 'whole' | 'clipped' | 'collapsed';
  /** As far as the page itself tells (an agent, one's own account); null where it does not. */
  sentBy: 'us' | 'them' | null;
  /** All of the message, with its header where that is inside. */
  element: Element;
  /** What the sender wrote. Nothing in here is ever believed as a fact about the message. */
  body: Element | null;
  subject: string;
  from: Person | null;
  to: Person[];
  cc: Person[];
  /** ISO 8601 in UTC, to the minute or finer; null when the page's date cannot be read surely. */
  sentAt: string | null;
  /** The date as the page words it. */
  sentAtText: string;
  /** As in the header, in angle brackets; null when the page does not show it. */
  messageId: string | null;
  /** Address to reopen the message at; '' when there is none of http(s). */
  sourceUrl: string;
};

/** The record of a CRM or help desk that a page is about. */
export type RecordReading = {
  /** The site's own word in lower case: contact, company, deal, ticket, case, lead, account, … */
  type: string;
  /** Unique on this site for everybody: with the account's or the server's part where needed. */
  id: string;
  name: string;
  /** Name of the company it belongs to, '' where the page does not say. */
  company: string;
  /** People on the customer's side, the main one first. */
  people: Person[];
};

export type PageReading = {
  site: string;
  page: 'message' | 'thread' | 'list' | 'record' | 'meeting' | 'other';
  /** The site's own key of the conversation. */
  conversation: string | null;
  subject: string;
  /** In document order. Empty where nothing is open. */
  messages: MessageReading[];
  record: RecordReading | null;
  /** Mail addresses of the person whose page this is, where it shows them. */
  own: string[];
  /** Name of the site whose pages have changed, so that this is a generic reading; else null. */
  changed: string | null;
};

/** How often a selector finds something in a page that shows one message. */
export type Count = 'one' | 'at most one' | 'any';

/** The selectors a reading goes by: the site's own, or what site knowledge put in their place. */
export type Hooks<Name extends string = string> = Readonly<Record<Name, string>>;

/** Facts from a message's own header lines. */
export type MessageHeaders = {
  messageId: string | null;
  /** ISO 8601 in UTC, to the second. */
  sentAt: string | null;
  /** False when the page's subject is only its words for "no subject". */
  hasSubject: boolean;
};

export type Site<Name extends string = string> = {
  name: string;
  /**
   * For a site that is known by its pages on any host: the pack its reader is in, which is put only
   * into pages of the site. What has a pack only matches, its `read` is never called.
   */
  pack?: string;
  selectors: Hooks<Name>;
  matches(doc: Document, hooks: Hooks<Name>): boolean;
  /**
   * Reads this document only; frames are read by the script that runs in them. null when this is a
   * page of the site but what should be in it is not where it was: it is then read as any page.
   */
  read(doc: Document, hooks: Hooks<Name>): PageReading | null;
  /**
   * Fetches the message's header lines from the page's own origin, where the page itself does not
   * show them. null when they cannot be had; rejects with AbortError only.
   */
  headersOf?(
    message: MessageReading,
    doc: Document,
    signal: AbortSignal,
    fetcher?: typeof fetch,
  ): Promise<MessageHeaders | null>;
};
