// The story and naming a customer, in a real Chromium with the extension as built, by keyboard.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launch, newProfile, removeProfile, type TestBrowser } from './support/chromium.ts';
import { dragOver, sidebar } from './support/person.ts';
import { startTestServer, type TestServer } from './support/server.ts';

const profile = newProfile();
let server: TestServer;
let browser: TestBrowser;
let page: Page;

const CERTIFICATES = 'certificates-1@halden-foods.example';
const WORDS = 'I assume the calibration certificates will simply be there by then';

beforeAll(async () => {
  server = await startTestServer();
  browser = await launch(profile);
  page = await browser.context.newPage();
  page.setDefaultTimeout(20_000);
  await page.goto(`${server.url}/practice/#/mail/${encodeURIComponent(CERTIFICATES)}`);
  await page.locator('[data-body]').waitFor();
});
afterAll(async () => {
  await browser?.close();
  await server?.remove();
  removeProfile(profile);
});

test('a customer is named with # while a card is written, from the keyboard', async () => {
  await browser.clickAction(page);
  const side = await sidebar(page);
  await side.getByText('Halden Foods').first().waitFor();
  await dragOver(page, page.locator('[data-body]'), WORDS);
  await page.keyboard.press('e');
  await side.getByRole('textbox', { name: /what they expect/i }).waitFor();
  await page.keyboard.type('Certificates in time');
  await page.keyboard.press('Enter');
  await side.getByText('Certificates in time').first().waitFor();
  // That card made the customer.
  await side.locator('body').press('m');
  const text = side.getByRole('textbox', { name: /text to keep/i });
  await text.focus();
  await page.keyboard.type('As last year, #hal');
  await side.getByRole('option', { name: /Halden Foods/ }).waitFor();
  await page.keyboard.press('Enter');
  await expect.poll(() => text.inputValue()).toBe('As last year, #Halden Foods ');
  await page.keyboard.press('Control+Enter');
  await side.getByText('Logged', { exact: true }).waitFor();
});

test('the story tells both, newest first; Enter opens the card, Escape comes back to its entry', async () => {
  const side = await sidebar(page);
  await side.locator('body').press('s');
  const rows = side.locator('.u-long > li');
  await expect.poll(() => rows.count()).toBe(2);
  const told = await rows.allInnerTexts();
  expect(told.join()).toContain('As last year, #Halden Foods');
  expect(told[0]).toContain('Certificates in time');
  await side.locator('[data-main]').first().focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await side.getByRole('textbox', { name: /what they expect/i }).waitFor();
  await page.keyboard.press('Escape');
  await rows.first().waitFor();
  await expect
    .poll(() => side.evaluate(() => document.activeElement?.closest('li')?.ariaPosInSet))
    .toBe('1');
});

test('the inbox says what to do while nothing waits', async () => {
  const side = await sidebar(page);
  await side.locator('body').press('i');
  await side.getByText('Nothing waits for you.').waitFor();
});
