import { mailTime } from '../mail-time.ts';
import type { MessageHeaders, MessageReading } from '../site.ts';

// Header lines end long before this; a source without an empty line is no mail.
const LONGEST_HEAD = 256 * 1024;

/** Reads a mail's header lines from Roundcube's own view of the source, and no more than those. */
export async function headersOf(
  message: MessageReading,
  _doc: Document,
  signal: AbortSignal,
  fetcher: typeof fetch = fetch,
): Promise<MessageHeaders | null> {
  if (message.sourceUrl === '') return null;
  const address = new URL(message.sourceUrl);
  address.searchParams.set('_action', 'viewsource');
  try {
    const response = await fetcher(address.href, { signal, credentials: 'include' });
    // Signed out, it answers with a page.
    if (!response.ok || !/^text\/plain\b/i.test(response.headers.get('content-type') ?? '')) {
      return null;
    }
    return parseHeaders(await headOf(response));
  } catch (error) {
    if (signal.aborted) throw error;
    return null;
  }
}

async function headOf(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  if (!reader) return '';
  const decoder = new TextDecoder();
  let head = '';
  while (head.length < LONGEST_HEAD && !/\r?\n\r?\n/.test(head)) {
    const { done, value } = await reader.read();
    if (done) break;
    head += decoder.decode(value, { stream: true });
  }
  await reader.cancel();
  return head.split(/\r?\n\r?\n/, 1)[0] ?? '';
}

/** Message-ID and date of RFC 5322 header lines; the first of each counts. */
export function parseHeaders(head: string): MessageHeaders {
  const lines = head.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/);
  const field = (name: string) =>
    lines
      .find((line) => line.toLowerCase().startsWith(`${name}:`))
      ?.slice(name.length + 1)
      .trim();
  return {
    messageId: /^<[^<>\s]+>/.exec(field('message-id') ?? '')?.[0] ?? null,
    sentAt: mailTime(field('date') ?? ''),
    hasSubject: (field('subject') ?? '') !== '',
  };
}
