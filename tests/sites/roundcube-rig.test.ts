// Reads every mail of a real Roundcube and compares with what its senders wrote. Needs the rig
// beside the repository; where it is not, the run says so in place of it.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { customerIdentifier } from '../../src/domain/free-mail.ts';
import { bundle, launch, open, type PageForTest, plain, read, squeezed } from './rig.ts';
import { RIG, STATE, startRig } from './start-rig.ts';

const WEBMAIL = 'http://127.0.0.1:8081/';
const hasRig = existsSync(join(RIG, 'mail.sh'));

type Mail = {
  n: number;
  messageId: string | null;
  subject: string | null;
  fromName: string;
  fromEmail: string;
  company: string;
  to: string[];
  cc: string[];
  date: string | null;
  probe: string | null;
  hostile: boolean;
};

function everyMail(): void {
  let browser: Browser | undefined;
  let page: Page;
  let script: string;
  let mails: Mail[];

  beforeAll(async () => {
    await startRig('mail.sh');
    mails = JSON.parse(readFileSync(join(STATE, 'mail/manifest.json'), 'utf8'));
    script = await bundle();
    browser = await launch();
    const context = await browser.newContext();
    page = await context.newPage();
    await page.goto(WEBMAIL);
    await page.fill('#rcmloginuser', 'mira');
    await page.fill('#rcmloginpwd', 'rig-pass-1');
    await page.click('#rcmloginsubmit');
    await page.waitForSelector('#messagelist');
  }, 300_000);

  afterAll(() => browser?.close());

  async function uids(folder: string): Promise<number[]> {
    const address = `${WEBMAIL}?_task=mail&_action=list&_mbox=${folder}&_remote=1`;
    const answer = await page.request.get(address);
    const { exec } = JSON.parse(await answer.text());
    return [...String(exec).matchAll(/add_message_row\((\d+)/g)].map(([, uid]) => Number(uid));
  }

  it('shows subject, people, date and words as they were sent', async () => {
    await page.goto(`${WEBMAIL}?_task=mail&_mbox=INBOX`);
    expect(await read(await open(page), script)).toMatchObject({
      site: 'roundcube',
      page: 'list',
      messages: [],
    });

    const left = new Set(mails);
    const wrong: unknown[] = [];
    const companies = new Map<string | null, Set<string>>();
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
        const reading = await read(session, script);
        const mail = [...left].find((one) => isOf(one, reading));
        if (!mail) {
          wrong.push({ place, reading });
          continue;
        }
        left.delete(mail);
        const customer = customerIdentifier(reading.messages[0]?.from?.address ?? '');
        companies.set(customer, (companies.get(customer) ?? new Set()).add(mail.company));
        const differs = differences(mail, reading);
        if (Object.keys(differs).length > 0) wrong.push({ n: mail.n, place, ...differs });
      }
    }
    await Promise.all([readOn(), readOn(), readOn()]);
    expect(wrong).toEqual([]);
    expect([...left].map((mail) => mail.n)).toEqual([]);
    // One company for each sender's domain, and no company for a free-mail domain.
    expect([...companies.values()].filter((names) => names.size !== 1)).toEqual([]);
    expect(companies.get('address:unsaid.rig.pat.quill@gmail.com')).toEqual(
      new Set(['Quill Consulting']),
    );
    expect(companies.get('domain:brightwater-hotels.example')).toEqual(
      new Set(['Brightwater Hotels']),
    );
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
function isOf(mail: Mail, { messages: [message] }: PageForTest): boolean {
  if (message === undefined || mail.messageId !== (message.headers?.messageId ?? null))
    return false;
  return mail.subject === null || message.subject.startsWith(mail.subject.slice(0, 20));
}

function differences(mail: Mail, reading: PageForTest): Record<string, unknown> {
  const differs: Record<string, unknown> = {};
  const same = (name: string, expected: unknown, read: unknown) => {
    if (JSON.stringify(expected) !== JSON.stringify(read)) differs[name] = { expected, read };
  };
  const { messages, ...page } = reading;
  const [message] = messages;
  if (message === undefined) return { messages };
  same('site', 'roundcube message 1', `${page.site} ${page.page} ${messages.length}`);
  same('rest', [null, null, [], null], [page.conversation, page.record, page.own, page.changed]);
  same('key', [null, 'whole', null], [message.key, message.shown, message.sentBy]);
  same('subject', mail.subject ?? false, message.headers?.hasSubject ? message.subject : false);
  same('from', mail.fromEmail, message.from?.address);
  // Roundcube leaves out a name that is itself an address.
  same('name', mail.fromName.includes('@') ? '' : plain(mail.fromName), message.from?.name);
  same('sentAt', mail.date, message.headers?.sentAt);
  const addresses = (people: { address: string }[]) => people.map(({ address }) => address);
  same('cc', mail.cc, addresses(message.cc));
  if (message.to.length > 0) same('to', mail.to, addresses(message.to));
  if (mail.probe) same('probe', true, squeezed(message.text).includes(squeezed(mail.probe)));
  same('found', true, message.found);
  return differs;
}
