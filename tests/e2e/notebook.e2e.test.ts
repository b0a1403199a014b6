// Searching everything and the notebook's page, in a real Chromium with the extension as built: what
// was written is found while it is typed, in the sidebar and in the notebook, by keyboard; many
// records are changed at once and back; and all of it is there after the browser was killed.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launch, newProfile, removeProfile, type TestBrowser } from './support/chromium.ts';

const NOTES = [
  'Calibration certificates lay on the desk before the audit',
  'The rota for weekends is not settled',
  'Calibration of the second oven is due in spring',
  '校正証明書がそこにあると思います。',
];

const profile = newProfile();
let browser: TestBrowser;
/** The sidebar in a tab of its own. */
let side: Page;
let book: Page;

beforeAll(async () => {
  browser = await launch(profile);
  side = await opened('src/extension/sidebar/index.html');
});
afterAll(async () => {
  await browser?.close();
  removeProfile(profile);
});

async function opened(path: string): Promise<Page> {
  const page = await browser.context.newPage();
  page.setDefaultTimeout(20_000);
  await page.goto(await browser.extensionUrl(path));
  return page;
}

const found = async () => (await side.locator('.s-search .s-row .s-cut').allInnerTexts()).sort();
const rows = async () => (await book.locator('.n-row .n-open').allInnerTexts()).map(plain).sort();
const plain = (text: string) => text.replace(/\s+/g, ' ').trim();

test('notes are found while the word is typed, by a phrase, without a word, in any script', async () => {
  for (const note of NOTES) {
    await side.locator('body').press('n');
    await side.locator('textarea:focus').waitFor();
    await side.keyboard.type(note);
    await side.keyboard.press('Enter');
    await side.getByText(note).first().waitFor();
  }
  await side.locator('body').press('/');
  const field = side.getByRole('searchbox', { name: 'Search everything' });
  await field.waitFor();
  await side.keyboard.type('calib');
  await expect.poll(found).toEqual([NOTES[0], NOTES[2]]);
  expect(await side.locator('.s-search .s-cut mark').allInnerTexts()).toEqual([
    ...['Calibration', 'Calibration'],
  ]);
  await field.fill('calibration -audit');
  await expect.poll(found).toEqual([NOTES[2]]);
  await field.fill('"before the audit"');
  await expect.poll(found).toEqual([NOTES[0]]);
  await field.fill('証明');
  await expect.poll(found).toEqual([NOTES[3]]);
});

test('the arrow keys walk what was found; Enter opens a card, and Escape comes back', async () => {
  const field = side.getByRole('searchbox', { name: 'Search everything' });
  await field.fill('rota');
  await expect.poll(found).toEqual([NOTES[1]]);
  await field.press('ArrowDown');
  await side.keyboard.press('Enter');
  await side.getByRole('heading', { name: 'Note' }).first().waitFor();
  await side.keyboard.press('Escape');
});

test('the notebook opens with the words that were asked, and its list is walked by keyboard', async () => {
  await side.locator('body').press('/');
  const field = side.getByRole('searchbox', { name: 'Search everything' });
  await field.fill('calibration');
  await expect.poll(found).toHaveLength(2);
  const [page] = await Promise.all([
    browser.context.waitForEvent('page'),
    side.getByRole('button', { name: 'Open in the notebook' }).click(),
  ]);
  book = page;
  book.setDefaultTimeout(20_000);
  await expect.poll(rows).toEqual([NOTES[0], NOTES[2]]);
  await book.getByText('2 records.').waitFor();
  // A search field that is emptied shows everything.
  await book.locator('body').press('/');
  await book.keyboard.press('Control+a');
  await book.keyboard.press('Backspace');
  await expect.poll(rows).toEqual([...NOTES].sort());
  await book.keyboard.type('rota');
  await expect.poll(rows).toEqual([NOTES[1]]);
});

test('many are deleted at once, after saying how many, and brought back', async () => {
  await book.getByRole('searchbox').fill('calibration');
  await expect.poll(rows).toHaveLength(2);
  await book.getByRole('checkbox', { name: 'Choose all' }).check();
  await book.getByText('2 chosen').waitFor();
  await book.getByRole('button', { name: 'Delete' }).click();
  await book.getByText('This changes 2 records.').waitFor();
  await book.getByRole('button', { name: 'Change 2 records' }).click();
  await expect.poll(rows).toEqual([]);
  await book.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(rows).toEqual([NOTES[0], NOTES[2]]);
});

test('a browser that was killed has it all, and finds it', async () => {
  await browser.kill();
  browser = await launch(profile);
  book = await opened('src/extension/notebook/index.html');
  await expect.poll(rows, { timeout: 20_000 }).toEqual([...NOTES].sort());
  await book.getByRole('searchbox').fill('wee');
  await expect.poll(rows).toEqual([NOTES[1]]);
});
