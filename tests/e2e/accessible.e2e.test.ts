// axe on the pages as they are built and served, in light and dark.
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launch, newProfile, removeProfile, type TestBrowser } from './support/chromium.ts';
import { dragOver, sidebar } from './support/person.ts';
import { setUp, startTestServer, type TestServer } from './support/server.ts';

const profile = newProfile();
let server: TestServer;
let browser: TestBrowser;
let page: Page;

beforeAll(async () => {
  server = await startTestServer();
  browser = await launch(profile);
  page = await browser.context.newPage();
});
afterAll(async () => {
  await browser?.close();
  await server?.remove();
  removeProfile(profile);
});

type Ground = { evaluate(script: string): Promise<unknown> };

async function violations(ground: Ground): Promise<string[]> {
  // Evaluated by the debugger, which no content policy of the page forbids.
  await ground.evaluate(axe.source);
  const found = (await ground.evaluate('axe.run(document)')) as axe.AxeResults;
  return found.violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`,
  );
}

async function expectClean(ground: Ground): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    // Colours on their way from one scheme to the other are nobody's.
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    expect(await violations(ground), colorScheme).toEqual([]);
  }
}

test('the server’s pages and the console', async () => {
  await page.goto(server.setupLink);
  await expectClean(page);
  await setUp(browser.context, server);
  await page.goto(server.url);
  await page.getByRole('heading').first().waitFor();
  await expectClean(page);
  for (const link of await page.getByRole('navigation').getByRole('link').all()) {
    await link.click();
    await page.locator('main h1').waitFor();
    await expect.poll(() => page.locator('main .u-waiting').count()).toBe(0);
    await expectClean(page);
  }
});

test('the options', async () => {
  await page.goto(await browser.extensionUrl('src/extension/options/index.html'));
  await page.getByRole('heading').first().waitFor();
  await expectClean(page);
});

test('the sidebar over a page: with a card, and with the list', async () => {
  await page.goto(
    `${server.url}/practice/#/mail/${encodeURIComponent('saturday@omalley-sons.example')}`,
  );
  const body = page.locator('[data-body]');
  await body.waitFor();
  await dragOver(page, body, 'Saturday drops carry on as before, I take it?');
  await page.waitForTimeout(400);
  await page.keyboard.press('e');
  const side = await sidebar(page);
  await side.getByRole('textbox').first().waitFor();
  await expectClean(side);
  await page.keyboard.press('Control+Enter');
  await side.locator('[data-record]').first().waitFor();
  await expectClean(side);
});
