// The header lines that Request Tracker's pages leave out, Message-IDs above all. One request gives
// them for a whole ticket: the history that its pages load, with full headers.

import { mailTime } from '../mail-time.ts';
import { oneLine, outside } from '../reading.ts';
import type { MessageHeaders, MessageReading } from '../site.ts';
import { selectors } from './selectors.ts';

// What each document's ticket answered, by the number of the entry.
const answered = new WeakMap<Document, Map<string, MessageHeaders>>();

export async function headersOf(
  message: MessageReading,
  doc: Document,
  signal: AbortSignal,
  fetcher: typeof fetch = fetch,
): Promise<MessageHeaders | null> {
  const entry = message.key?.split('|').at(-1) ?? '';
  const known = answered.get(doc)?.get(entry);
  if (known !== undefined) return known;
  const address = historyOf(message.sourceUrl);
  if (address === null || entry === '') return null;
  try {
    const response = await fetcher(address, { signal, credentials: 'include' });
    const type = response.headers.get('content-type') ?? '';
    if (!response.ok || !/^text\/html\b/i.test(type)) return null;
    const headers = parseHistory(await response.text());
    answered.set(doc, headers);
    return headers.get(entry) ?? null;
  } catch (error) {
    if (signal.aborted) throw error;
    return null;
  }
}

// Pages of customers (SelfService) have none, and neither has an entry shown by itself.
function historyOf(sourceUrl: string): string | null {
  if (sourceUrl === '') return null;
  const address = new URL(sourceUrl);
  const ticket = address.searchParams.get('id');
  const folder = /^(.*\/)Ticket\/Display\.html$/.exec(address.pathname)?.[1];
  if (ticket === null || folder === undefined) return null;
  address.pathname = `${folder}Helpers/TicketHistory`;
  address.search = new URLSearchParams({ id: ticket, ShowHeaders: '1' }).toString();
  address.hash = '';
  return address.href;
}

/** Header lines of each entry of a history with full headers, by the entry's number. */
export function parseHistory(html: string): Map<string, MessageHeaders> {
  // Another document: nothing in it is loaded or run.
  const doc = new DOMParser().parseFromString(html, 'text/html');
  const all = new Map<string, MessageHeaders>();
  for (const entry of outside(doc, selectors.transaction, selectors.body)) {
    const names = outside(entry, selectors.headerName, selectors.body);
    const values = outside(entry, selectors.headerValue, selectors.body);
    const line = (name: string) => {
      const at = names.findIndex(({ textContent }) => oneLine(textContent).toLowerCase() === name);
      return oneLine(values[at]?.textContent);
    };
    all.set(entry.getAttribute('data-transaction-id') ?? '', {
      messageId: /^<[^<>\s]+>$/.exec(line('message-id:'))?.[0] ?? null,
      sentAt: mailTime(line('date:')),
      // Where a mail has none, the ticket's is right.
      hasSubject: true,
    });
  }
  return all;
}
