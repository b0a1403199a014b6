// The real webmail beside the repository. Where it is not, tests say so in their name.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Frame, Page } from 'playwright-core';

const RIG = resolve(import.meta.dirname, '../../../../shared/rig/mail.sh');
const WEBMAIL = 'http://127.0.0.1:8081/';

export const hasRoundcube = existsSync(RIG);
if (!hasRoundcube)
  console.log('NOT RUN: the end-to-end tests on Roundcube (no ../shared/rig here)');

export const MIRA = { user: 'mira', password: 'rig-pass-1' };
export const TOM = { user: 'tom', password: 'rig-pass-2' };

export function startRoundcube(): void {
  // Tests of another file may be starting it just now. What runs on must not hold the lock (-o).
  const lock = join(tmpdir(), 'unsaid-rig.lock');
  execFileSync('flock', ['-o', lock, 'bash', RIG, 'up'], { stdio: 'ignore', timeout: 150_000 });
}

export async function logIn(page: Page, who: { user: string; password: string }): Promise<void> {
  await page.goto(WEBMAIL);
  await page.fill('#rcmloginuser', who.user);
  await page.fill('#rcmloginpwd', who.password);
  await page.click('#rcmloginsubmit');
  await page.locator('#messagelist tr.message').first().waitFor();
}

function row(page: Page, subject: string) {
  return page
    .locator('#messagelist tr.message')
    .filter({ has: page.locator(`td.subject a:has(span:text-is("${subject}"))`) })
    .last();
}

/** Opens a mail in the three-pane view; answers the frame that shows it. */
export async function openInPane(page: Page, subject: string): Promise<Frame> {
  await page.goto(`${WEBMAIL}?_task=mail&_mbox=INBOX`);
  await row(page, subject).locator('td.subject').click();
  const frame = page.frame({ name: 'messagecontframe' });
  if (frame === null) throw new Error('no preview pane');
  await frame.locator('#messagebody').waitFor();
  return frame;
}

/** Opens the same mail in a window of its own. */
export async function openInFull(page: Page, subject: string): Promise<Frame> {
  await page.goto(`${WEBMAIL}?_task=mail&_mbox=INBOX`);
  const link = row(page, subject).locator('td.subject a');
  const uid = /_uid=(\d+)/.exec((await link.getAttribute('href')) ?? '')?.[1];
  await page.goto(`${WEBMAIL}?_task=mail&_action=show&_mbox=INBOX&_uid=${uid}`);
  await page.locator('#messagebody').waitFor();
  return page.mainFrame();
}

/** What a reader should find in one mail, as its manifest says. */
export type RigMail = {
  n: number;
  messageId: string | null;
  subject: string | null;
  fromName: string;
  fromEmail: string;
  /** ISO 8601 in UTC */
  date: string | null;
  /** Some of the words of its body. */
  probe: string;
  hostile: boolean;
};

/** The mails of both mailboxes; there once the webmail has been started. */
export function rigMails(): RigMail[] {
  const state = process.env.RIG_STATE ?? '/var/tmp/unsaid-rig';
  return JSON.parse(readFileSync(join(state, 'mail', 'manifest.json'), 'utf8')) as RigMail[];
}

/** Which mail each number of a folder is, by the sources that the webmail shows. */
export async function mailsOf(
  page: Page,
  folder: string,
  mails: readonly RigMail[],
): Promise<{ uid: number; mail: RigMail }[]> {
  const found: { uid: number; mail: RigMail }[] = [];
  for (let uid = 1; ; uid += 1) {
    const address = `${WEBMAIL}?_task=mail&_action=viewsource&_mbox=${folder}&_uid=${uid}`;
    const source = await (await page.request.get(address)).text();
    const header = source.split(/\r?\n\r?\n/, 1)[0] ?? '';
    if (!/^From:/im.test(header)) return found;
    const id = /^Message-ID: (.*?)\r?$/im.exec(header)?.[1] ?? null;
    // One mail has no Message-ID, and two share theirs.
    const same = mails.filter(({ messageId }) => messageId === id);
    const mail = same.find(({ subject }) => same.length === 1 || header.includes(`${subject}`));
    if (mail) found.push({ uid, mail });
  }
}

/** Opens a mail by its number, in the full view. */
export async function openByNumber(page: Page, folder: string, uid: number): Promise<void> {
  await page.goto(`${WEBMAIL}?_task=mail&_mbox=${folder}&_uid=${uid}&_action=show`);
  await page.locator('#messagebody').waitFor();
}
