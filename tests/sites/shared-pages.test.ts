// Reads the pages that lie beside the repository: one trimmed from the real site, the others in the
// shape that real markup has. Each is answered at the address of its site, in a real Chromium. Where
// they are not, the run says so in place of it.

import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundle, launch, type PageForTest, ROOT, read, squeezed } from './rig.ts';

const PAGES = resolve(ROOT, '../shared/pages');
const hasPages = existsSync(PAGES);
const LIST = readFileSync(join(ROOT, 'src/sites/all.ts'), 'utf8');

/** `from` is the sender's address, or the name where the page shows no more. */
type Expected = Pick<PageForTest, 'site' | 'page' | 'subject' | 'conversation'> & {
  messages: { from: string | null; to: string[]; shown: string; text: string }[];
};

const CASES: { file: string; address: string; expected: Expected }[] = [
  {
    file: 'shapes/gmail-conversation.html',
    address: 'https://mail.google.com/mail/u/0/#inbox/FMfcgzSampleSampleSampleSampleAA',
    expected: {
      ...{ site: 'gmail', page: 'thread', conversation: '198c6747aabb71a9' },
      subject: 'Night desk rollout: what we 🏨 still need',
      messages: [
        {
          ...{ from: 'claire.dunmore@brightwater-hotels.example', to: [] },
          ...{ shown: 'collapsed', text: '' },
        },
        {
          from: 'r.patel@brightwater-hotels.example',
          to: ['mira@halden.example', 'tom@halden.example'],
          shown: 'whole',
          text: 'Jumping in: the old data (six years of guest notes) needs to come over before opening day on 14 October.',
        },
        {
          from: 'mira@halden.example',
          to: ['r.patel@brightwater-hotels.example'],
          shown: 'whole',
          text: 'I paste the other conversation so that you have it in one place: Someone Else',
        },
      ],
    },
  },
  {
    file: 'outlook/conversation-en.html',
    address: 'https://outlook.live.com/mail/0/inbox',
    expected: {
      ...{ site: 'outlook', page: 'message', subject: '' },
      conversation: 'AQQkADAwATMwMAItYjBiZi03YmY3LTAwAi0wMAoAEABjgKbAj7DwSKnW58xs6QY7',
      messages: [
        {
          ...{ from: 'sender@example.com', to: [], shown: 'whole' },
          text: '-----BEGIN PGP MESSAGE----- Version:',
        },
      ],
    },
  },
  {
    file: 'outlook/conversation-attachment-en.html',
    address: 'https://outlook.office.com/mail/inbox',
    expected: {
      ...{ site: 'outlook', page: 'message', subject: '' },
      conversation: 'AQQkADAwATMwMAItYjBiZi03YmY3LTAwAi0wMAoAEABjgKbAj7DwSKnW58xs6QY7',
      messages: [{ from: null, to: [], shown: 'whole', text: 'See attached file.' }],
    },
  },
  {
    file: 'shapes/zendesk-ticket.html',
    address: 'https://halden.zendesk.com/agent/tickets/4711',
    expected: {
      ...{ site: 'zendesk', page: 'thread', conversation: 'halden|ticket|4711' },
      subject: 'Front desk 3 is down again',
      messages: [
        {
          ...{ from: 'Claire Dunmore', to: [], shown: 'whole' },
          text: 'It is the third time. We were under the impression that someone comes within four hours.',
        },
        { from: 'Tom Osei', to: [], shown: 'whole', text: 'On my way to the phone, Claire.' },
      ],
    },
  },
];

function everyPage(): void {
  let browser: Browser | undefined;
  let page: Page;
  let script: string;

  beforeAll(async () => {
    script = await bundle();
    browser = await launch();
    page = await browser.newPage();
  }, 120_000);

  afterAll(() => browser?.close());

  for (const { file, address, expected } of CASES) {
    const isRead = LIST.includes(`./packs/${expected.site}.ts`);
    const title = isRead ? file : `${file}: there is no reader for ${expected.site} yet`;
    it.skipIf(!isRead)(title, async () => {
      const html = readFileSync(join(PAGES, file), 'utf8');
      await page.route('**/*', (route) =>
        route.request().isNavigationRequest()
          ? route.fulfill({ contentType: 'text/html; charset=utf-8', body: html })
          : route.abort(),
      );
      await page.goto(address);
      const reading = await read(await page.context().newCDPSession(page), script);
      expect(plain(reading, expected)).toEqual(expected);
      for (const message of reading.messages) {
        expect(message.found).toBe(message.shown !== 'collapsed');
      }
    });
  }
}

if (hasPages) {
  describe('pages of sites', everyPage);
} else {
  it('pages of sites are not tried: there are none beside this repository', () => {
    console.warn(`NOT RUN: no pages at ${PAGES}. Sites are read from fixtures only.`);
    expect(hasPages).toBe(false);
  });
}

// Of each text as much of its beginning as is expected, and nothing where nothing is.
function plain(reading: PageForTest, expected: Expected): Expected {
  const { site, page, subject, conversation } = reading;
  const messages = reading.messages.map(({ from, to, shown, text }, at) => ({
    from: from && (from.address || from.name),
    to: to.map(({ address }) => address),
    shown,
    text: squeezed(text).slice(0, expected.messages[at]?.text.length || undefined),
  }));
  return { site, page, subject, conversation, messages };
}
