// Reads every mail of a real Roundcube and compares with what its senders wrote. Needs the rig
// beside the repository; where it is not, the run says so in place of it.

import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Browser, type CDPSession, chromium, type Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');
const RIG = resolve(ROOT, '../shared/rig/mail.sh');
const STATE = process.env.RIG_STATE ?? '/var/tmp/unsaid-rig';
const WEBMAIL = 'http://127.0.0.1:8081/';
const hasRig = existsSync(RIG);

type Mail = {
  n: number;
  messageId: string | null;
  subject: string | null;
  fromName: string;
  fromEmail: string;
  to: string[];
  cc: string[];
  date: string | null;
  probe: string | null;
  hostile: boolean;
};

type Reading = {
  site: string;
  page: string;
  count: number;
  subject: string;
  from: { name: string; address: string } | null;
  to: string[];
  cc: string[];
  sourceUrl: string;
  text: string;
  headers: { messageId: string | null; sentAt: string | null; hasSubject: boolean } | null;
  found: number;
};

// What the page script does with a document: read it, index the body, describe and find again.
const ENTRY = `
import { describeText, find, indexText } from ${JSON.stringify(join(ROOT, 'src/anchor/index.ts'))};
import { readPage, chooseSite } from ${JSON.stringify(join(ROOT, 'src/sites/index.ts'))};
import { SITES } from ${JSON.stringify(join(ROOT, 'src/sites/all.ts'))};
globalThis.readForTest = async () => {
  const reading = readPage(document, SITES);
  const [message] = reading.messages;
  if (!message) return { site: reading.site, page: reading.page, count: 0 };
  const index = indexText(message.body);
  const headers = await chooseSite(document, SITES).site.headersOf(message, document, AbortSignal.timeout(5000));
  const selectors = describeText(index, 0, Math.min(120, index.text.length));
  return {
    site: reading.site, page: reading.page, count: reading.messages.length,
    subject: message.subject, from: message.from, sourceUrl: message.sourceUrl,
    to: message.to.map((p) => p.address), cc: message.cc.map((p) => p.address),
    text: index.text, headers, found: selectors === null ? -1 : (find(index, selectors)?.start ?? -1),
  };
};`;

async function bundle(): Promise<string> {
  const id = '\0entry';
  const output = await build({
    configFile: false,
    logLevel: 'silent',
    root: ROOT,
    build: {
      write: false,
      minify: false,
      lib: { entry: 'entry', formats: ['iife'], name: 'unused', fileName: 'entry' },
    },
    plugins: [
      {
        name: 'entry',
        resolveId: (name) => (/(^|[\\/])entry$/.test(name) ? id : null),
        load: (name) => (name === id ? ENTRY : null),
      },
    ],
  });
  const [first] = Array.isArray(output) ? output : [output];
  if (!first || !('output' in first)) throw new Error('no bundle');
  return first.output[0].code;
}

function everyMail(): void {
  let browser: Browser | undefined;
  let page: Page;
  let script: string;
  let mails: Mail[];

  beforeAll(async () => {
    execFileSync(RIG, ['up'], { stdio: 'ignore' });
    mails = JSON.parse(readFileSync(join(STATE, 'mail/manifest.json'), 'utf8'));
    script = await bundle();
    browser = await chromium.launch({
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'],
    });
    const context = await browser.newContext();
    page = await context.newPage();
    await page.goto(WEBMAIL);
    await page.fill('#rcmloginuser', 'mira');
    await page.fill('#rcmloginpwd', 'rig-pass-1');
    await page.click('#rcmloginsubmit');
    await page.waitForSelector('#messagelist');
  }, 180_000);

  afterAll(() => browser?.close());

  // Pictures and fonts say nothing about what is read.
  async function open(tab: Page): Promise<CDPSession> {
    const session = await tab.context().newCDPSession(tab);
    await session.send('Network.enable');
    await session.send('Network.setBlockedURLs', {
      urls: ['*.svg*', '*.woff*', '*.png*', '*.css*', '*jquery-ui*'],
    });
    return session;
  }

  // In a world of its own, as a content script runs: names that a mail clobbers are not seen.
  async function read(session: CDPSession): Promise<Reading> {
    const { frameTree } = await session.send('Page.getFrameTree');
    const { executionContextId } = await session.send('Page.createIsolatedWorld', {
      frameId: frameTree.frame.id,
    });
    const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
      expression: `${script}\n;globalThis.readForTest()`,
      contextId: executionContextId,
      awaitPromise: true,
      returnByValue: true,
    });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description);
    return result.value;
  }

  async function uids(folder: string): Promise<number[]> {
    const address = `${WEBMAIL}?_task=mail&_action=list&_mbox=${folder}&_remote=1`;
    const answer = await page.request.get(address);
    const { exec } = JSON.parse(await answer.text());
    return [...String(exec).matchAll(/add_message_row\((\d+)/g)].map(([, uid]) => Number(uid));
  }

  it('shows subject, people, date and words as they were sent', async () => {
    await page.goto(`${WEBMAIL}?_task=mail&_mbox=INBOX`);
    expect(await read(await open(page))).toMatchObject({
      site: 'roundcube',
      page: 'list',
      count: 0,
    });

    const left = new Set(mails);
    const wrong: unknown[] = [];
    const queue: [string, number][] = [];
    for (const folder of ['INBOX', 'Sent', 'Archive', 'Customers', 'Customers/Brightwater']) {
      for (const uid of await uids(folder)) queue.push([folder, uid]);
    }
    async function readOn(): Promise<void> {
      const tab = await page.context().newPage();
      const session = await open(tab);
      for (let next = queue.shift(); next; next = queue.shift()) {
        const [folder, uid] = next;
        const view = uid % 2 ? '_action=show' : '_action=preview&_framed=1';
        const place = `_task=mail&_mbox=${encodeURIComponent(folder)}&_uid=${uid}&${view}`;
        await tab.goto(`${WEBMAIL}?${place}`, { waitUntil: 'domcontentloaded' });
        const reading = await read(session);
        const mail = [...left].find((one) => isOf(one, reading));
        if (!mail) {
          wrong.push({ place, reading });
          continue;
        }
        left.delete(mail);
        const differs = differences(mail, reading);
        if (Object.keys(differs).length > 0) wrong.push({ n: mail.n, place, ...differs });
      }
    }
    await Promise.all([readOn(), readOn(), readOn()]);
    expect(wrong).toEqual([]);
    expect([...left].map((mail) => mail.n)).toEqual([]);
  }, 120_000);
}

if (hasRig) {
  describe('Roundcube, every mail of the rig', everyMail);
} else {
  it('Roundcube is not tried: there is no mail rig beside this repository', () => {
    console.warn(`NOT RUN: no Roundcube at ${RIG}. Its mails are read from fixtures only.`);
    expect(hasRig).toBe(false);
  });
}

// One mail has no Message-ID, and two have the same.
function isOf(mail: Mail, reading: Reading): boolean {
  if (mail.messageId !== (reading.headers?.messageId ?? null)) return false;
  return mail.subject === null || reading.subject.startsWith(mail.subject.slice(0, 20));
}

const plain = (text: string) => text.replace(/[\u202A-\u202E\u2066-\u2069]/g, '');
const squeezed = (text: string) => text.replace(/\s+/g, ' ');

function differences(mail: Mail, reading: Reading): Record<string, unknown> {
  const differs: Record<string, unknown> = {};
  const same = (name: string, expected: unknown, read: unknown) => {
    if (JSON.stringify(expected) !== JSON.stringify(read)) differs[name] = { expected, read };
  };
  same('site', 'roundcube message 1', `${reading.site} ${reading.page} ${reading.count}`);
  same('subject', mail.subject ?? false, reading.headers?.hasSubject ? reading.subject : false);
  same('from', mail.fromEmail, reading.from?.address);
  // Roundcube leaves out a name that is itself an address.
  same('name', mail.fromName.includes('@') ? '' : plain(mail.fromName), reading.from?.name);
  same('sentAt', mail.date, reading.headers?.sentAt);
  same('cc', mail.cc, reading.cc);
  if (reading.to.length > 0) same('to', mail.to, reading.to);
  if (mail.probe) same('probe', true, squeezed(reading.text).includes(squeezed(mail.probe).trim()));
  same('found', 0, Math.sign(reading.found + 1) - 1);
  return differs;
}
