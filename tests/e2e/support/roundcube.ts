// The real webmail beside the repository. Where it is not, tests say so in their name.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Frame, Page } from 'playwright-core';

const RIG = resolve(import.meta.dirname, '../../../../shared/rig/mail.sh');
const WEBMAIL = 'http://127.0.0.1:8081/';

export const hasRoundcube = existsSync(RIG);
if (!hasRoundcube)
  console.log('NOT RUN: the end-to-end tests on Roundcube (no ../shared/rig here)');

export const MIRA = { user: 'mira', password: 'rig-pass-1' };
export const TOM = { user: 'tom', password: 'rig-pass-2' };

export function startRoundcube(): void {
  execFileSync('bash', [RIG, 'up'], { stdio: 'ignore', timeout: 150_000 });
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
