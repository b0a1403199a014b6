// Before you talk, in a real Chromium with the extension as built: a question goes from the brief into
// the reply that is being written, and what is due is counted on the toolbar's button.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launch, newProfile, removeProfile, type TestBrowser } from './support/chromium.ts';
import { dragOver, sidebar } from './support/person.ts';
import { startTestServer, type TestServer } from './support/server.ts';
import { sheetCount, sheetTexts } from './support/sheets.ts';

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
  page.setDefaultTimeout(10_000);
  await page.goto(`${server.url}/practice/#/mail/${encodeURIComponent(CERTIFICATES)}`);
  await page.locator('[data-body]').waitFor();
});
afterAll(async () => {
  await browser?.close();
  await server?.remove();
  removeProfile(profile);
});

/** A box as mail programs have one, in the page itself or in a frame of it. */
async function addBox(where: 'page' | 'frame'): Promise<void> {
  await page.evaluate((kind) => {
    const box = document.createElement('div');
    box.contentEditable = 'true';
    box.id = 'reply';
    box.textContent = kind === 'page' ? 'Dear all,' : '';
    box.style.cssText =
      'position: fixed; inset: auto auto 0 0; inline-size: 500px; min-block-size: 40px; background: white;';
    if (kind === 'page') return document.body.append(box);
    const frame = document.createElement('iframe');
    frame.id = 'compose';
    frame.style.cssText =
      'position: fixed; inset: auto auto 60px 0; inline-size: 500px; block-size: 80px; background: white;';
    frame.src = 'about:blank';
    frame.addEventListener('load', () => frame.contentDocument?.body.append(box), { once: true });
    document.body.append(frame);
  }, where);
}

test('a hunch is in the brief with a question made of their words', async () => {
  await browser.clickAction(page);
  const side = await sidebar(page);
  await side.getByText('Halden Foods').first().waitFor();
  await dragOver(page, page.locator('[data-body]'), WORDS);
  await page.keyboard.press('e');
  await side.getByRole('textbox', { name: /what they expect/i }).waitFor();
  await page.keyboard.type('Certificates are there before the audit');
  await page.keyboard.press('Enter');
  await side.getByText('Before you talk: 1 open').waitFor();
  await side.locator('body').press('b');
  await side.getByRole('heading', { name: 'Before you talk to Halden Foods' }).waitFor();
  const question = () => side.locator('.b-question').innerText();
  await expect.poll(question).toContain('calibration certificates');
});

test('R puts it where the person was writing, and nowhere else', async () => {
  await addBox('page');
  const box = page.locator('#reply');
  await box.click();
  await page.keyboard.press('End');
  const side = await sidebar(page);
  await side.locator('[data-line]').first().focus();
  await page.keyboard.press('r');
  await expect.poll(() => box.innerText()).toContain('calibration certificates');
  expect(await box.innerText()).toMatch(/^Dear all,\s+You said/);
  await side.locator('.b-said').getByText('It stands in your reply.').waitFor();
  // Back in the reply, to write on.
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('reply');
  await box.evaluate((element) => element.remove());
});

test('without a box it is copied, and that is said', async () => {
  const side = await sidebar(page);
  await side.locator('[data-line]').first().focus();
  await page.keyboard.press('r');
  await side.locator('.b-said').getByText('so it was copied instead').waitFor();
});

test('in a frame that comes later it is found too', async () => {
  await addBox('frame');
  const box = page.frameLocator('#compose').locator('#reply');
  await box.click();
  const side = await sidebar(page);
  await side.locator('[data-line]').first().focus();
  await page.keyboard.press('r');
  await expect
    .poll(() => box.innerText(), { timeout: 10_000 })
    .toContain('calibration certificates');
  await page.locator('#compose').evaluate((frame) => frame.remove());
});

test('asked with one key: the ladder stands at asked, and it can be taken back', async () => {
  const side = await sidebar(page);
  await side.locator('[data-line]').first().focus();
  await page.keyboard.press('a');
  await side.locator('.u-undo').getByText('Noted as asked.').waitFor();
  await side.getByText(/no answer yet/).waitFor();
  await side.getByText('today', { exact: false }).first().waitFor();
  await side.getByRole('button', { name: 'Undo' }).click();
  await side.getByText('Nobody has ever asked them anything.').waitFor();
});

test('the page of its own shows the same, and prints without its buttons', async () => {
  const side = await sidebar(page);
  const [own] = await Promise.all([
    browser.context.waitForEvent('page'),
    side.getByRole('button', { name: 'Print or copy it all' }).click(),
  ]);
  await own.getByRole('heading', { name: 'Before you talk to Halden Foods' }).waitFor();
  await own.getByText('Certificates are there before the audit').waitFor();
  await own.emulateMedia({ media: 'print' });
  expect(await own.getByRole('button', { name: 'Print', includeHidden: true }).isVisible()).toBe(
    false,
  );
  expect(await own.getByText('Certificates are there before the audit').isVisible()).toBe(true);
  const pdf = await own.pdf({ format: 'A4', preferCSSPageSize: true });
  expect(sheetCount(pdf)).toBe(1);
  const [sheet] = sheetTexts(pdf) ?? ['1 / 1'];
  expect(sheet).toMatch(/\b1 ?\/ ?1\b/);
  await own.close();
});
