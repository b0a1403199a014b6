// Whoever is quick types on at once after the key that keeps words: none of that may be lost, and
// none may reach the host's page, where letters are commands.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launch, newProfile, removeProfile, type TestBrowser } from './support/chromium.ts';
import { dragOver, sidebar } from './support/person.ts';
import { startTestServer, type TestServer } from './support/server.ts';

const profile = newProfile();
let server: TestServer;
let browser: TestBrowser;
let page: Page;

const WORDS = 'I assume the calibration certificates will simply be there by then';
const OTHER = 'Who picks up the phone at weekends?';
const SAID = 'Everything is ready when the #1 auditor comes';

beforeAll(async () => {
  server = await startTestServer();
  browser = await launch(profile);
  page = await browser.context.newPage();
  await page.goto(`${server.url}/practice/#/mail/certificates-1%40halden-foods.example`);
  await page.locator('[data-body]').waitFor();
});
afterAll(async () => {
  await browser?.close();
  await server?.remove();
  removeProfile(profile);
});

/** Keys that went down in the host's page and that it heard of. */
const heard = () =>
  page.evaluate(() =>
    (window as never as { practiceKeys: string[] }).practiceKeys.filter((key) =>
      key.startsWith('keydown'),
    ),
  );

/** As the browser does after half a minute without anything to do. */
async function stopWorkers(): Promise<void> {
  const cdp = await browser.context.newCDPSession(page);
  await cdp.send('ServiceWorker.enable');
  await cdp.send('ServiceWorker.stopAllWorkers');
  await cdp.detach();
}

/** What stands in the field of the card that is open. */
async function inField(): Promise<string> {
  const side = await sidebar(page);
  const field = side.getByRole('textbox').first();
  await field.waitFor();
  return field.inputValue();
}

async function saved(): Promise<void> {
  await page.keyboard.press('Enter');
  const side = await sidebar(page);
  await side.getByRole('textbox').first().waitFor({ state: 'detached' });
  await side.getByText(SAID).first().waitFor();
}

test('after the key that keeps words, with the sidebar open', async () => {
  await browser.clickAction(page);
  await sidebar(page);
  const before = await heard();
  await dragOver(page, page.locator('[data-body]'), WORDS);
  await page.waitForTimeout(300);
  await page.keyboard.press('e');
  await page.keyboard.type(SAID, { delay: 5 });
  await expect.poll(inField).toBe(SAID);
  expect(await heard()).toEqual(before);
  await saved();
});

test('with the sidebar closed, and a background that sleeps', async () => {
  await browser.clickAction(page);
  await expect.poll(() => page.frames().length).toBe(1);
  const before = await heard();
  await dragOver(page, page.locator('[data-body]'), OTHER);
  await page.waitForTimeout(300);
  await stopWorkers();
  await page.keyboard.press('n');
  await page.keyboard.type(SAID, { delay: 5 });
  await expect.poll(inField).toBe(SAID);
  expect(await heard()).toEqual(before);
  await saved();
});

test('in a page that was just loaded, and in the very moment in which the words are selected', async () => {
  await page.reload();
  await page.locator('[data-body]').waitFor();
  await page.waitForTimeout(500);
  const before = await heard();
  await dragOver(page, page.locator('[data-body]'), 'You said an alarm');
  await page.keyboard.press('p');
  await page.keyboard.type(SAID, { delay: 5 });
  await expect.poll(inField).toBe(SAID);
  expect(await heard()).toEqual(before);
  await saved();
});

test('after the key for a note without a page', async () => {
  const side = await sidebar(page);
  await stopWorkers();
  await side.locator('body').press('n');
  await page.keyboard.type(SAID, { delay: 5 });
  await expect.poll(inField).toBe(SAID);
});
