// The main job on the practice inbox, in real Chromium with the extension as built and a real server.
import { parse } from 'csv-parse/sync';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launch, newProfile, removeProfile, type TestBrowser } from './support/chromium.ts';
import { connect } from './support/connect.ts';
import { dragOver, expectMarked, expectSaid, expectSynced, sidebar } from './support/person.ts';
import { setUp, startTestServer, type TestServer } from './support/server.ts';

const profile = newProfile();
let server: TestServer;
let browser: TestBrowser;
let page: Page;

const CERTIFICATES = 'certificates-1@halden-foods.example';
const WORDS = 'I assume the calibration certificates will simply be there by then';
const mail = (id: string) => `${server.url}/practice/#/mail/${encodeURIComponent(id)}`;

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

const body = () => page.locator('[data-body]');
const foot = (words: RegExp) => expectSaid(page, words);

async function openMail(id: string): Promise<void> {
  await page.goto('about:blank');
  await page.goto(mail(id));
  await body().waitFor();
}

describe('before ever connecting', () => {
  test('the sidebar says which mail and which customer this is', async () => {
    await openMail(CERTIFICATES);
    await browser.clickAction(page);
    const side = await sidebar(page);
    await side.getByText('Sample: a few things before March').waitFor();
    await side.getByText('Halden Foods').first().waitFor();
  });

  test('select words with the mouse, one key, Enter: saved, and the words are marked', async () => {
    await dragOver(page, body(), WORDS);
    await page.keyboard.press('e');
    const side = await sidebar(page);
    await side.getByRole('textbox', { name: /what they expect/i }).waitFor();
    await page.keyboard.type('Certificates are there before the audit');
    await page.keyboard.press('Enter');
    await expectMarked(page, [WORDS]);
    await side.getByText('Certificates are there before the audit').waitFor();
    await foot(/1 saved on this device/i);
  });

  test('keys typed in the sidebar reach neither the page’s shortcuts nor its listeners', async () => {
    const seenBefore = await page.evaluate(
      () => (window as never as { practiceKeys: string[] }).practiceKeys.length,
    );
    await dragOver(page, body(), 'Who picks up the phone at weekends?');
    await page.keyboard.press('n');
    const side = await sidebar(page);
    const field = side.getByRole('textbox').first();
    await field.waitFor();
    await field.focus();
    await page.keyboard.type('e#jkr weekends');
    expect(await field.inputValue()).toBe('e#jkr weekends');
    const after = await page.evaluate(() => ({
      keys: (window as never as { practiceKeys: string[] }).practiceKeys,
      last: document.body.dataset.lastKey ?? null,
    }));
    expect(after.last).toBeNull();
    // The capture key itself was caught by us; a listener may see at most its release.
    expect(after.keys.slice(seenBefore).filter((key) => key.startsWith('keydown'))).toEqual([]);
    await page.reload();
    await body().waitFor();
  });

  test('a draft survives the reload at each keystroke', async () => {
    await browser.clickAction(page);
    const side = await sidebar(page);
    // The card opens by itself where it was just being written, else it stands in a list.
    const typed = async () => {
      const fields = await side.locator('textarea, input').all();
      const values = await Promise.all(fields.map((field) => field.inputValue().catch(() => '')));
      return `${values.join(' ')} ${await side.locator('body').innerText()}`;
    };
    await expect.poll(typed, { timeout: 15_000 }).toContain('e#jkr weekends');
  });

  test('the mark is back after a reload and after closing the browser', async () => {
    await expectMarked(page, [WORDS]);
    await browser.close();
    browser = await launch(profile);
    page = await browser.context.newPage();
    await openMail(CERTIFICATES);
    await expectMarked(page, [WORDS]);
  });
});

describe('connected', () => {
  test('connecting sends what was captured before', async () => {
    await setUp(browser.context, server);
    await connect(browser, server);
    await openMail(CERTIFICATES);
    await browser.clickAction(page);
    await foot(/all saved and synced/i);
    await expectMarked(page, [WORDS]);
  });

  test('captured by keyboard alone, with the server stopped; synced after', async () => {
    await server.stop();
    // The page is open already; a person moves the caret and selects with the keyboard.
    await body()
      .locator('p', { hasText: 'You said an alarm' })
      .evaluate((paragraph) => {
        const selection = getSelection();
        selection?.collapse(paragraph.firstChild, 0);
        window.focus();
      });
    await page.evaluate(() => getSelection()?.modify('extend', 'forward', 'lineboundary'));
    await page.locator('#mail').focus();
    await page.keyboard.press('Shift+ArrowLeft');
    const words = await page.evaluate(() => String(getSelection()));
    expect(words).toContain('You said an alarm');
    // The toolbar follows the selection after a moment; it is closed to scripts, so nothing to poll.
    await page.waitForTimeout(400);
    await page.keyboard.press('p');
    const side = await sidebar(page);
    await side.getByRole('textbox').first().waitFor();
    await page.keyboard.type('Alarm within two minutes');
    await page.keyboard.press('Enter');
    await expectMarked(page, [WORDS, words]);
    await foot(/offline since|not yet synced/i);
    await server.start();
    await expectSynced(page);
  });

  test('a mail is logged without a capture, and a very long note without a page', async () => {
    await openMail('lift-panel@brightwater-hotels.example');
    await browser.clickAction(page);
    const side = await sidebar(page);
    await side.getByText('Sample: lift panel text').first().waitFor();
    await side.getByRole('button', { name: /log this mail/i }).click();
    await side.getByRole('textbox', { name: /text to keep/i }).fill('They open soon');
    await page.keyboard.press('Control+Enter');
    await side.getByText('Sample: lift panel text').first().waitFor();
    await side.getByRole('button', { name: /note without a page/i }).click();
    const field = side.getByRole('textbox').first();
    await field.fill('x'.repeat(100_000));
    await field.press('Control+Enter');
    await expectSynced(page);
  });

  test('the register shows the rows, and the CSV has the quote byte for byte', async () => {
    const desk = await browser.context.newPage();
    await desk.goto(server.url);
    await desk.getByText(WORDS).first().waitFor();
    const answer = await desk.request.get(`${server.url}/v1/export.csv`);
    expect(answer.ok()).toBe(true);
    const rows = parse(await answer.body(), { columns: true, bom: true }) as Record<
      string,
      string
    >[];
    const quotes = rows.flatMap((row) => Object.values(row));
    expect(quotes).toContain(WORDS);
    expect(quotes).toContain('Sample: lift panel text');
    expect(quotes.some((cell) => cell === 'x'.repeat(100_000))).toBe(true);
    await desk.close();
  });
});
