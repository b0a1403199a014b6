// Gmail's print view, where "view entire message" leads too: each message is a table of three rows
// (sender and date, recipients, words) or of the words alone.

import { oneLine, outside, PLAIN, PLAIN_MESSAGE, personFrom, webAddress } from '../reading.ts';
import type { Hooks, MessageReading, PageReading, Person } from '../site.ts';
import { hexId, messageAddress } from './addresses.ts';
import type { selectors } from './selectors.ts';

type Names = keyof typeof selectors;

/** null when this is no such page. */
export function readPrinted(doc: Document, hooks: Hooks<Names>): PageReading | null {
  const asked = new URL(doc.URL).searchParams;
  if (!/^(pt|lg)$/.test(asked.get('view') ?? '')) return null;
  const tables = outside(doc, hooks.printed, hooks.printed);
  if (tables.length === 0) return null;
  const title = outside(doc, hooks.printedSubject, hooks.printed)[0];
  const subject = oneLine(title?.textContent ?? doc.title);
  const key = tables.length === 1 ? hexId(asked.get('msg'), asked.get('permmsgid')) : null;
  return {
    ...PLAIN,
    site: 'gmail',
    page: tables.length > 1 ? 'thread' : 'message',
    conversation: hexId(asked.get('th'), asked.get('permthid')),
    subject,
    messages: tables.map((table) => ({
      ...readTable(table, hooks),
      ...{ subject, key, sourceUrl: messageAddress(doc.URL, key) ?? webAddress(doc) },
    })),
  };
}

function readTable(table: Element, hooks: Hooks<Names>): Omit<MessageReading, 'subject'> {
  // Rows of this table only, not of those in the mail.
  const rows = [...(table as HTMLTableElement).rows];
  const body = rows.at(-1)?.cells[0] ?? null;
  const [sender, date] = rows.length > 1 ? [...(rows[0]?.cells ?? [])] : [];
  const lines = rows.length > 2 ? [...(rows[1]?.querySelectorAll(hooks.printedTo) ?? [])] : [];
  const [to = [], cc = []] = lines.map((line) => people(line.textContent));
  return {
    ...PLAIN_MESSAGE,
    element: table,
    body,
    from: people(sender?.textContent)[0] ?? null,
    to,
    cc,
    sentAtText: oneLine(date?.textContent),
  };
}

// "To: Name <address>, address", the word before the colon in the reader's language.
function people(line: string | null | undefined): Person[] {
  const list = oneLine(line).replace(/^[^<>@:：]*[:：]\s*/, '');
  const each = list.matchAll(/([^<>]*)<\s*([^<>\s]+@[^<>\s]+)\s*>|([^\s<>,]+@[^\s<>,]+)/g);
  return [...each].flatMap(([, name = '', bracketed, bare]) => {
    return personFrom(name.replace(/^[\s,]+/, ''), bracketed ?? bare ?? null) ?? [];
  });
}
