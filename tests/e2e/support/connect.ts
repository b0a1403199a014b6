import { expect } from 'vitest';
import type { TestBrowser } from './chromium.ts';
import type { TestServer } from './server.ts';

/** Connects the extension as a person does: options, code compared, approved on the server's page. */
export async function connect(browser: TestBrowser, server: TestServer): Promise<void> {
  const options = await browser.context.newPage();
  await options.goto(await browser.extensionUrl('src/extension/options/index.html'));
  await options.getByLabel(/server/i).fill(server.url);
  await options.getByRole('button', { name: /^(connect|get a code)/i }).click();
  const link = options.locator(`a[href^="${server.url}/connect"]`);
  await link.waitFor();
  const shown = (await options.locator('body').innerText()).match(/[A-Z0-9]{4}-?[A-Z0-9]{4}/)?.[0];
  const approval = await browser.context.newPage();
  await approval.goto((await link.getAttribute('href')) ?? '');
  // The same code on both sides is what a person compares.
  expect((await approval.locator('body').innerText()).replaceAll('-', '')).toContain(
    shown?.replaceAll('-', '') ?? 'no code',
  );
  await approval.getByRole('button', { name: 'Allow' }).click();
  await approval.waitForLoadState();
  await approval.close();
  await options.bringToFront();
  await options.getByRole('button', { name: /disconnect/i }).waitFor({ timeout: 30_000 });
  await options.close();
}
