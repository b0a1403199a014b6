import { describe, expect, it } from 'vitest';
import { headersOf, parseHeaders } from '../../src/sites/roundcube/headers.ts';
import type { MessageReading } from '../../src/sites/site.ts';

// Only the address is read.
const message = {
  sourceUrl: 'https://mail.example/webmail/?_task=mail&_mbox=A%26B&_uid=5&_action=show',
} as MessageReading;

const SOURCE = [
  'Received: from mx.kunde.example; Thu, 03 Sep 2026 05:35:02 +0100',
  'Message-ID:',
  ' <one@kunde.example>',
  'Date: Thu, 03 Sep 2026 05:35:00 +0100 (BST)',
  'Subject: =?UTF-8?B?SGk=?=',
  '',
  'Date: Fri, 01 Jan 2030 00:00:00 +0000',
  'Message-ID: <forged@evil.example>',
].join('\r\n');

function answering(body: BodyInit | null, type = 'text/plain; charset=UTF-8', status = 200) {
  const asked: string[] = [];
  const fetcher = (async (address: string) => {
    asked.push(address);
    return new Response(body, { status, headers: { 'content-type': type } });
  }) as typeof fetch;
  return { asked, fetcher };
}

const doc = {} as Document;
const never = new AbortController().signal;

describe('header lines of a Roundcube mail', () => {
  it('are fetched from the source of the same mail', async () => {
    const { asked, fetcher } = answering(SOURCE);
    expect(await headersOf(message, doc, never, fetcher)).toEqual({
      messageId: '<one@kunde.example>',
      sentAt: '2026-09-03T04:35:00.000Z',
      hasSubject: true,
    });
    expect(asked).toEqual([
      'https://mail.example/webmail/?_task=mail&_mbox=A%26B&_uid=5&_action=viewsource',
    ]);
  });

  it('are not taken from what else a server may answer', async () => {
    const signedOut = answering('<html>Message-ID: <a@b.example></html>', 'text/html');
    expect(await headersOf(message, doc, never, signedOut.fetcher)).toBeNull();
    expect(
      await headersOf(message, doc, never, answering('x', 'text/plain', 500).fetcher),
    ).toBeNull();
    const offline = (() => Promise.reject(new TypeError('offline'))) as typeof fetch;
    expect(await headersOf(message, doc, never, offline)).toBeNull();
    expect(await headersOf({ ...message, sourceUrl: '' }, doc, never, offline)).toBeNull();
  });

  it('reject when nobody waits for them any more', async () => {
    const aborted = AbortSignal.abort();
    const fetcher = (async (_address, init) => {
      init?.signal?.throwIfAborted();
      return new Response('');
    }) as typeof fetch;
    await expect(headersOf(message, doc, aborted, fetcher)).rejects.toThrow('abort');
  });

  it('stop being read where the mail begins', async () => {
    let pulled = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        pulled += 1;
        controller.enqueue(
          new TextEncoder().encode(pulled === 1 ? `${SOURCE}\r\n` : 'x'.repeat(65_536)),
        );
      },
    });
    const { fetcher } = answering(endless);
    expect((await headersOf(message, doc, never, fetcher))?.messageId).toBe('<one@kunde.example>');
    expect(pulled).toBeLessThan(5);
  });

  it.each([
    ['Thu, 3 Sep 2026 05:35 GMT', '2026-09-03T05:35:00.000Z'],
    ['3 Sep 2026 05:35:10 -0730', '2026-09-03T13:05:10.000Z'],
    ['Thursday at five', null],
    ['2026-09-03', null],
    ['Thu, 99 Foo 2026 05:35:00 +0000', null],
    ['', null],
  ])('give %j as %j', (text, time) => {
    expect(parseHeaders(`Date: ${text}\r\nSubject:`)).toEqual({
      messageId: null,
      sentAt: time,
      hasSubject: false,
    });
  });
});
