import { describe, expect, it } from 'vitest';
import { headersOf, parseHistory } from '../../src/sites/request-tracker/headers.ts';
import type { MessageReading } from '../../src/sites/site.ts';

const message = (entry: number) =>
  ({
    key: `rt.example|transaction|${entry}`,
    sourceUrl: `https://rt.example/rt/Ticket/Display.html?id=7#txn-${entry}`,
  }) as MessageReading; // only these are read

const row = (name: string, value: string) =>
  `<tr><td class="message-header-key">${name}:</td><td class="message-header-value"> ${value}</td></tr>`;
const HISTORY = `<div class="history ticket" id="ticket-7-history">
<div class="transaction" data-transaction-id="40"><div class="content"><table>
${row('Subject', 'Late again')}${row('Message-ID', '&lt;one@kunde.example&gt;')}${row('Date', 'Tue, 08 Sep 2026 09:00:00 +0200')}</table>
<div class="messageattachments"><table>${row('Message-ID', '&lt;inner@evil.example&gt;')}</table><div class="messagebody">
<div class="transaction" data-transaction-id="41"><div class="content"><table>${row('Message-ID', '&lt;forged@evil.example&gt;')}</table></div></div>
</div></div></div></div>
<div class="transaction" data-transaction-id="42"><div class="content"></div></div></div>`;

describe('header lines of a ticket', () => {
  it('are asked for once, for all of its entries', async () => {
    const asked: string[] = [];
    const fetcher = (async (address: string) => {
      asked.push(address);
      return new Response(HISTORY, { headers: { 'content-type': 'text/html; charset=utf-8' } });
    }) as typeof fetch;
    const doc = document.implementation.createHTMLDocument('');
    const signal = new AbortController().signal;
    expect(await headersOf(message(40), doc, signal, fetcher)).toEqual({
      messageId: '<one@kunde.example>',
      sentAt: '2026-09-08T07:00:00.000Z',
      hasSubject: true,
    });
    const none = { messageId: null, sentAt: null, hasSubject: true };
    expect(await headersOf(message(42), doc, signal, fetcher)).toEqual(none);
    expect(asked).toEqual(['https://rt.example/rt/Helpers/TicketHistory?id=7&ShowHeaders=1']);
  });

  it('are those of entries, never of what was sent', () => {
    expect([...parseHistory(HISTORY).keys()]).toEqual(['40', '42']);
  });

  it('are not taken from what else a server may answer', async () => {
    const answer = (async () =>
      new Response('no', {
        status: 403,
        headers: { 'content-type': 'text/html' },
      })) as typeof fetch;
    const doc = document.implementation.createHTMLDocument('');
    const signal = new AbortController().signal;
    expect(await headersOf(message(40), doc, signal, answer)).toBeNull();
    const offline = (() => Promise.reject(new TypeError('offline'))) as typeof fetch;
    expect(await headersOf(message(40), doc, signal, offline)).toBeNull();
    const own = { ...message(40), sourceUrl: 'https://rt.example/SelfService/Display.html?id=7' };
    expect(await headersOf(own, doc, signal, offline)).toBeNull();
  });
});
