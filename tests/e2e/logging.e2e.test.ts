// Mails that log themselves, in real Chromium on the practice inbox: what is in front for a few
// seconds, once, and not what was taken back.
import type { Frame, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launch, newProfile, removeProfile, type TestBrowser } from './support/chromium.ts';
import { dragOver, expectSaid, sidebar } from './support/person.ts';
import { startTestServer, type TestServer } from './support/server.ts';

const profile = newProfile();
let server: TestServer;
let browser: TestBrowser;
let page: Page;

const FIRST = 'certificates-1@halden-foods.example';
const WORDS = 'I assume the calibration certificates will simply be there by then';

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

async function openMail(id: string, on = page): Promise<void> {
  await on.goto('about:blank');
  await on.goto(`${server.url}/practice/#/mail/${encodeURIComponent(id)}`);
  await on.locator('[data-body]').first().waitFor();
}

const itself = (side: Frame) => side.getByText('Logged by itself');

test('nothing logs itself before it is asked for; the settings say what it means', async () => {
  await openMail(FIRST);
  await dragOver(page, page.locator('[data-body]'), WORDS);
  await page.keyboard.press('e');
  const side = await sidebar(page);
  await side.getByRole('textbox', { name: /what they expect/i }).waitFor();
  await page.keyboard.type('Certificates are there before the audit');
  await page.keyboard.press('Enter');
  await expectSaid(page, /1 saved on this device/i);
  await page.waitForTimeout(6_000);
  expect(await itself(side).count()).toBe(0);

  const options = await browser.context.newPage();
  await options.goto(await browser.extensionUrl('src/extension/options/index.html#logging'));
  const box = options.getByLabel('Log mails of followed customers when I open them');
  expect(await box.isChecked()).toBe(false);
  await box.check();
  await options.getByText('Mails that you open from now on log themselves.').waitFor();
  await options.close();
});

test('a mail that is open in front logs itself, is taken back, and stays so', async () => {
  await page.bringToFront();
  await openMail(FIRST);
  await browser.clickAction(page);
  const side = await sidebar(page);
  await itself(side).waitFor({ timeout: 15_000 });
  await side.getByRole('button', { name: /^Not this one/ }).click();
  await side.getByText('It does not log itself again.').waitFor();
  await openMail(FIRST);
  await browser.clickAction(page);
  const again = await sidebar(page);
  await again.getByRole('button', { name: /^Log this mail/ }).waitFor();
  await page.waitForTimeout(6_000);
  expect(await itself(again).count()).toBe(0);
}, 60_000);

test('a tab behind another waits until it is in front; the words are kept when asked for', async () => {
  const behind = await browser.context.newPage();
  const id = 'fiscal-year@halden-foods.example';
  await behind.goto(`${server.url}/practice/#/mail/${encodeURIComponent(id)}`);
  await page.bringToFront();
  const saved = async () => (await (await sidebar(page)).locator('.u-foot').textContent()) ?? '';
  const before = await saved();
  await page.waitForTimeout(7_000);
  expect(await saved()).toBe(before);
  await behind.bringToFront();
  await browser.clickAction(behind);
  const side = await sidebar(behind);
  await itself(side).waitFor({ timeout: 15_000 });
  await side.getByRole('button', { name: /^Keep its words too/ }).click();
  await side.getByText('Logged by itself, with its words').waitFor();
}, 60_000);
