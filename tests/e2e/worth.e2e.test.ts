// What an expectation is worth, how it came out and what those asked say: typed in the sidebar over a
// mail in real Chromium, by keyboard, and still there after a reload.
import type { Frame, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launch, newProfile, removeProfile, type TestBrowser } from './support/chromium.ts';
import { type HostPage, mailPage, startHost } from './support/host.ts';
import { capture, expectMarked, expectSaid, sidebar } from './support/person.ts';

const WORDS = 'the calibration certificates are there before the audit';
const profile = newProfile();
let browser: TestBrowser;
let host: HostPage;
let page: Page;

beforeAll(async () => {
  browser = await launch(profile);
  host = await startHost(mailPage(`We assume that ${WORDS}.`));
});
afterAll(async () => {
  await browser?.close();
  await host?.close();
  removeProfile(profile);
});

/** Opens the part of this name, if it is closed. */
async function openPart(side: Frame, name: string): Promise<void> {
  const part = side.locator('details', { has: side.getByRole('heading', { name }) });
  await part.waitFor();
  if ((await part.getAttribute('open')) !== null) return;
  await part.locator('summary').focus();
  await page.keyboard.press('Enter');
}

async function openCard(): Promise<Frame> {
  const side = await sidebar(page);
  await side.locator('.s-row').first().click();
  await side.getByRole('heading', { name: 'Worth it?' }).waitFor();
  return side;
}

test('rated, decided, settled and asked both ways from the keyboard, and kept', async () => {
  page = await browser.context.newPage();
  await page.goto(host.url);
  await browser.clickAction(page);
  await expectSaid(page, /Sample: cold store/);
  await capture(page, page.locator('[data-body]'), WORDS, 'E', 'Certificates before the audit');
  await expectMarked(page, [WORDS]);
  let side = await openCard();

  await openPart(side, 'Worth it?');
  await side.getByRole('group', { name: 'Value to them' }).getByRole('radio').first().focus();
  await page.keyboard.press('5');
  await side.getByRole('group', { name: 'Effort for us' }).getByRole('radio').first().focus();
  await page.keyboard.press('2');
  await expectSaid(page, /Suggests: Exceed\. It means much to them and costs us little\./);
  await side.getByRole('group', { name: 'Decision' }).getByRole('radio').first().focus();
  await page.keyboard.press('Space');
  await expectSaid(page, /Decided by you · /);

  // Decided, so what came of it is the next thing to say.
  const outcome = side.getByRole('group', { name: 'Outcome' });
  await outcome.getByRole('radio', { name: 'Exceeded' }).focus();
  await page.keyboard.press('Space');
  await side.getByLabel('What exceeding brought').fill('1 200,50');
  await side.getByLabel('Currency').fill('eur');
  await page.keyboard.press('Tab');

  await openPart(side, 'Kano: ask both ways');
  await side.getByLabel('If it is so, how do they feel?').selectOption('like');
  await side.getByLabel('If it is not so, how do they feel?').selectOption('dislike');
  await side.getByRole('button', { name: 'Keep the answers' }).press('Enter');
  await expectSaid(page, /The more the better, by 1 of 1/);
  await expectSaid(page, /Better 1\.00, worse −1\.00, n = 1\./);

  await page.reload();
  await browser.clickAction(page);
  side = await openCard();
  await expectSaid(page, /Exceed · value 5, effort 2/);
  await openPart(side, 'Outcome');
  expect(await side.getByLabel('What exceeding brought').inputValue()).toBe('1200.5');
  expect(await side.getByLabel('Currency').inputValue()).toBe('EUR');
  await expectSaid(page, /Kano: ask both ways The more the better/);
});

test('looking back finds the question that was asked, and a line becomes a question', async () => {
  const side = await sidebar(page);
  await page.keyboard.press('Escape');
  await side.getByRole('button', { name: 'Look back on this customer' }).click();
  await side.getByRole('button', { name: 'Put in 1 from the records' }).press('Enter');
  await expect
    .poll(() => side.getByLabel('What was asked').inputValue())
    .toMatch(/how if it is not: Certificates before the audit$/);
  await side.getByLabel('What you would do differently').fill('Ask who signs');
  await side.getByRole('button', { name: 'Make it a question: Ask who signs' }).click();
  await side.getByLabel('The question').fill('Who signs for you?');
  await side.getByRole('button', { name: 'Keep the question' }).press('Enter');
  await expectSaid(page, /Ask who signs is a question of the workspace/);
  await page.keyboard.press('Escape');
  await side.getByRole('button', { name: 'Look back on this customer' }).click();
  await expect
    .poll(() => side.getByLabel('What you would do differently').inputValue())
    .toBe('Ask who signs');
});
