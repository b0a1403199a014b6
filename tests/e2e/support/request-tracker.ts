// The real help desk beside the repository. Where it is not, tests say so in their name.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';

const RIG = resolve(import.meta.dirname, '../../../../shared/rig/rt.sh');
const DESK = 'http://127.0.0.1:8083/';

export const hasRequestTracker = existsSync(RIG);
if (!hasRequestTracker)
  console.log('NOT RUN: the end-to-end tests on Request Tracker (no ../shared/rig here)');

export function startRequestTracker(): void {
  // Tests of another file may be starting it just now. What runs on must not hold the lock (-o).
  const lock = join(tmpdir(), 'unsaid-rig.lock');
  execFileSync('flock', ['-o', lock, 'bash', RIG, 'up'], { stdio: 'ignore', timeout: 150_000 });
}

export async function logInToDesk(
  page: Page,
  who: { user: string; password: string },
): Promise<void> {
  await page.goto(DESK);
  await page.fill('input[name=user]', who.user);
  await page.fill('input[name=pass]', who.password);
  await Promise.all([
    page.locator('#rt-header-container').waitFor(),
    page.locator('input[name=pass]').press('Enter'),
  ]);
}

export async function openTicket(page: Page, ticket: number): Promise<void> {
  await page.goto('about:blank');
  await page.goto(`${DESK}Ticket/Display.html?id=${ticket}`);
  await page.locator('.transaction .messagebody').first().waitFor();
}
