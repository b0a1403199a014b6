// Reads every ticket of a real Request Tracker and compares with what it was filled with. Needs the
// rig beside the repository; where it is not, the run says so in place of it.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundle, launch, open, type PageForTest, read } from './rig.ts';
import { RIG, startRig } from './start-rig.ts';

const TRACKER = 'http://127.0.0.1:8083/';
const HOST = '127.0.0.1:8083';
const hasRig = existsSync(join(RIG, 'rt.sh'));

/** company, sender, subject, body, answers: who ("cust" for the customer) and what. */
type Seed = {
  c: string;
  from: [name: string, address: string];
  s: string;
  b: string;
  html?: boolean;
  t: [who: string, text: string][];
};

const COLLEAGUES: Record<string, { name: string; address: string }> = {
  mira: { name: 'Mira Halvorsen', address: 'mira@halden.example' },
  // Addresses of colleagues are not on the page.
  tom: { name: 'Tom Osei', address: '' },
};

// The rig's own list, from the script that fills the program.
function seeds(): Seed[] {
  const script = readFileSync(join(RIG, 'seed-rt.mjs'), 'utf8');
  const list = /const tickets = (\[\n.*?\n\]);/s.exec(script)?.[1];
  return runInNewContext(list ?? '') as Seed[];
}

function everyTicket(): void {
  let browser: Browser;
  let script: string;
  let mira: BrowserContext;

  beforeAll(async () => {
    await startRig('rt.sh');
    script = await bundle();
    browser = await launch();
    mira = await signedIn();
  }, 300_000);

  afterAll(() => browser?.close());

  async function signedIn(locale = 'en-GB'): Promise<BrowserContext> {
    const context = await browser.newContext({ locale });
    const page = await context.newPage();
    await page.goto(TRACKER);
    await page.fill('input[name=user]', 'mira');
    await page.fill('input[name=pass]', 'rig-pass-1');
    await page.click('[type=submit]');
    await page.waitForSelector('#rt-header-container');
    await page.close();
    return context;
  }

  async function reading(path: string, context = mira): Promise<PageForTest> {
    const tab = await context.newPage();
    const session = await open(tab);
    await tab.goto(TRACKER + path, { waitUntil: 'load' });
    // The history comes by a request of its own.
    if (path.includes('Display.html')) await tab.waitForSelector('.transaction');
    const result = await read(session, script);
    await tab.close();
    return result;
  }

  it('shows subject, requestor, company, messages, dates and words as they were sent', async () => {
    const all = seeds();
    expect(all).toHaveLength(6);
    for (const [at, seed] of all.entries()) {
      const page = await reading(`Ticket/Display.html?id=${at + 1}`);
      const { messages, ...facts } = page;
      expect(facts).toEqual(ticketOf(seed, at + 1));
      expect(messages.map(({ text: _text, sentAtText: _shown, ...rest }) => rest)).toEqual(
        messagesOf(seed, at + 1).map(({ text: _text, ...rest }, index) => ({
          ...rest,
          key: messages[index]?.key,
          sourceUrl: `${TRACKER}Ticket/Display.html?id=${at + 1}#txn-${entryOf(messages[index]?.key)}`,
        })),
      );
      expect(messages.map(({ text }) => bare(text))).toEqual(
        messagesOf(seed, at + 1).map(({ text }) => bare(text)),
      );
      expect(new Set(messages.map(({ key }) => key)).size).toBe(messages.length);
      for (const { key, sentAtText } of messages) {
        expect(key).toMatch(/^127\.0\.0\.1:8083\|transaction\|\d+$/);
        expect(sentAtText).toMatch(/\d\d:\d\d:\d\d/);
      }
    }
  }, 120_000);

  it('has the same keys, people and dates in another language', async () => {
    const french = await signedIn('fr-FR');
    for (const path of ['Ticket/Display.html?id=1', 'Ticket/History.html?id=2']) {
      const [ours, theirs] = [await reading(path), await reading(path, french)];
      expect(theirs.subject).toBe(ours.subject);
      expect(theirs.record).toEqual(ours.record);
      expect(theirs.messages.length).toBeGreaterThan(1);
      const same = ({
        key,
        from,
        subject,
        sentAt,
        sentBy,
        headers,
      }: PageForTest['messages'][0]) => ({
        ...{ key, from, subject, sentAt, sentBy, headers },
      });
      expect(theirs.messages.map(same)).toEqual(ours.messages.map(same));
    }
    await french.close();
  }, 60_000);

  it('reads a history that is loaded after the page', async () => {
    const tab = await mira.newPage();
    const session = await open(tab);
    const held = Promise.withResolvers<void>();
    await tab.route('**/Helpers/TicketHistory?*', async (route) => {
      await held.promise;
      await route.continue();
    });
    await tab.goto(`${TRACKER}Ticket/Display.html?id=1`, { waitUntil: 'load' });
    const before = await read(session, script);
    expect(before).toMatchObject({ page: 'thread', messages: [], changed: null });
    expect(before.record).toMatchObject({ id: `${HOST}|1`, company: 'Brightwater Hotels' });
    held.resolve();
    await tab.waitForSelector('.transaction');
    expect((await read(session, script)).messages).toHaveLength(4);
    await tab.close();
  }, 60_000);

  it('knows lists, forms and the one entry of a page', async () => {
    const list = await reading('Search/Results.html?Query=id%3E0');
    expect(list).toMatchObject({ site: 'request-tracker', page: 'list', messages: [] });
    expect(list.own).toEqual(['mira@halden.example']);
    const form = await reading('Ticket/Modify.html?id=1');
    expect(form).toMatchObject({ page: 'record', messages: [], changed: null });
    expect(form.record).toMatchObject({ type: 'ticket', id: `${HOST}|1` });
    const ticket = await reading('Ticket/Display.html?id=1');
    const [first] = ticket.messages;
    const entry = await reading(`Transaction/Display.html?id=${entryOf(first?.key)}`);
    expect(entry).toMatchObject({ page: 'message', changed: null });
    expect(entry.messages.map(({ key }) => key)).toEqual([first?.key]);
    expect(entry.messages[0]?.text).toBe(first?.text);
  }, 60_000);
}

if (hasRig) {
  describe('Request Tracker, every ticket of the rig', everyTicket);
} else {
  it('Request Tracker is not tried: there is no rig beside this repository', () => {
    console.warn(`NOT RUN: no Request Tracker at ${RIG}. Its pages are read from fixtures only.`);
    expect(hasRig).toBe(false);
  });
}

function entryOf(key: string | null | undefined): string {
  return key?.split('|').at(-1) ?? '';
}

function ticketOf(seed: Seed, id: number): Omit<PageForTest, 'messages'> {
  const [name, address] = seed.from;
  return {
    site: 'request-tracker',
    page: 'thread',
    conversation: `${HOST}|ticket|${id}`,
    subject: seed.s,
    record: {
      type: 'ticket',
      id: `${HOST}|${id}`,
      name: seed.s,
      company: seed.c,
      people: [{ name, address }],
    },
    own: ['mira@halden.example'],
    changed: null,
  };
}

// Mails of the customer have header lines; answers that were written in the program have none.
function messagesOf(seed: Seed, id: number) {
  const [name, address] = seed.from;
  const domain = address.split('@')[1];
  const mail = (subject: string, messageId: string, text: string) => ({
    ...{ shown: 'whole', sentBy: 'them', subject, from: { name, address }, cc: [] },
    to: [{ name: '', address: 'support@halden.example' }],
    sentAt: '2026-09-07T09:00:00.000Z',
    messageId: null,
    headers: { messageId, sentAt: '2026-09-07T09:00:00.000Z', hasSubject: true },
    found: true,
    text,
  });
  return [
    mail(seed.s, `<rt-seed-${id}@${domain}>`, seed.b),
    ...seed.t.map(([who, text], at) => {
      if (who === 'cust') {
        const subject = `Re: [halden.example #${id}] ${seed.s}`;
        return mail(subject, `<rt-seed-${id}-${at + 1}@${domain}>`, text);
      }
      return {
        ...{ shown: 'whole', sentBy: 'us', subject: seed.s, to: [], cc: [], sentAt: null },
        from: COLLEAGUES[who.replace('-html', '')],
        messageId: null,
        // The program's own, of that answer.
        headers: {
          messageId: expect.stringMatching(/^<rt-.*@halden\.example>$/),
          sentAt: null,
          hasSubject: true,
        },
        found: true,
        text,
      };
    }),
  ];
}

// Tags of what was sent as HTML are left out, and white space is up to the program. So is the
// button that it puts before a quotation.
function bare(text: string): string {
  const words = text.replace(/<script>.*?<\/script>|<[^>]+>/gs, '').replace(/\s+/g, '');
  return words.replace(/^Showquotedtext(?=>)/, '');
}
