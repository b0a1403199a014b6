// What every site gives to the page script. Start here to add a site: a folder with a `Site` and
// its `selectors.ts`, a line in choose.ts, a fixture in tests/sites/fixtures. For the page script;
// may import domain and anchor.

import type { Person } from '../domain/email.ts';

export type { Person } from '../domain/email.ts';

/** One message as this document shows it. Texts are one line, without white space at the ends. */
export type MessageReading = {
  /** All of the message, with its header where that is inside. */
  element: Element;
  /** What the sender wrote. Nothing in here is ever believed as a fact about the message. */
  body: Element;
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

export type PageReading = {
  site: string;
  page: 'message' | 'thread' | 'list' | 'record' | 'other';
  /** The site's own key of the conversation. */
  conversation: string | null;
  subject: string;
  /** In document order. Empty where nothing is open. */
  messages: MessageReading[];
};

/** Facts from a message's own header lines. */
export type MessageHeaders = {
  messageId: string | null;
  /** ISO 8601 in UTC, to the second. */
  sentAt: string | null;
  /** False when the page's subject is only its words for "no subject". */
  hasSubject: boolean;
};

export type Site = {
  name: string;
  matches(doc: Document): boolean;
  /** Reads this document only; frames are read by the script that runs in them. */
  read(doc: Document): PageReading;
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
