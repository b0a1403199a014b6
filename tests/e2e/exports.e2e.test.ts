// What people take with them: chosen in the console, made by the server, opened as they would.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parse } from 'csv-parse/sync';
import exceljs from 'exceljs';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findChromium } from '../../scripts/browsers.ts';
import { startTestServer, type TestServer } from './support/server.ts';

const PASSWORD = 'sample password 1';
const data = mkdtempSync(join(tmpdir(), 'unsaid-data-'));
const folder = mkdtempSync(join(tmpdir(), 'unsaid-files-'));
let server: TestServer;
let browser: Browser;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  execFileSync(process.execPath, [
    'scripts/seed.ts',
    ...['--customers', '6', '--seed', '7', '--data', data],
  ]);
  server = await startTestServer(data);
  const executablePath = await findChromium();
  const args = ['--no-sandbox', '--disable-gpu', '--no-first-run'];
  browser = await chromium.launch({ executablePath, args });
  context = await browser.newContext({ acceptDownloads: true });
  page = await context.newPage();
  await page.goto(`${server.url}/sign-in`);
  await page.fill('[name=email]', 'member-1@unsaid.example');
  await page.fill('[name=password]', PASSWORD);
  await Promise.all([page.waitForURL(`${server.url}/`), page.click('button.primary')]);
}, 300_000);
afterAll(async () => {
  await browser?.close();
  await server?.remove();
  rmSync(folder, { recursive: true });
});

type Row = { id: string; kind: string; quote: string | null };

/** All rows that the page with this query shows, newest first. */
async function shown(query: string): Promise<Row[]> {
  const rows: Row[] = [];
  let cursor = '';
  for (;;) {
    const answer = await context.request.get(
      `${server.url}/v1/register?${query}&limit=200${cursor}`,
    );
    const told = (await answer.json()) as { rows: Row[]; next: string | null };
    rows.push(...told.rows);
    if (told.next === null) return rows;
    cursor = `&cursor=${encodeURIComponent(told.next)}`;
  }
}

async function open(place: string): Promise<void> {
  await page.goto(`${server.url}/${place}`);
  await page.getByRole('heading', { level: 1 }).first().waitFor();
}

/** Presses what starts it in the open dialog, waits, and downloads: the file's path. */
async function make(): Promise<string> {
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Make the file' }).click();
  const link = dialog.getByRole('link', { name: 'Download' });
  await link.waitFor({ timeout: 60_000 });
  const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
  const path = join(folder, download.suggestedFilename());
  await download.saveAs(path);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  return path;
}

test('a register with a filter: CSV with chosen columns in their order, for Excel in German', async () => {
  await open('#/?kind=expectation');
  const rows = await shown('kind=expectation');
  expect(rows.length).toBeGreaterThan(5);
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  const dialog = page.getByRole('dialog');
  expect(await dialog.innerText()).toContain('Kind: Expectation');
  await dialog.getByText('CSV', { exact: true }).click();
  await dialog.getByText(/^Columns/).click();
  for (const box of await dialog.getByRole('checkbox').all()) {
    const isWanted = /^(Quote|Id)$/.test((await box.evaluate(nameOf)) ?? '');
    if ((await box.isChecked()) !== isWanted) await box.setChecked(isWanted);
  }
  // Its id goes before what they said, one line up at a time.
  const id = dialog.getByRole('checkbox', { name: 'Id', exact: true });
  await id.focus();
  for (let line = 0; line < 8; line += 1) await page.keyboard.press('Alt+ArrowUp');
  await dialog.getByText('More', { exact: true }).click();
  await dialog.getByLabel('Headings').selectOption('de');
  await dialog.getByLabel('Between the cells').selectOption(';');
  const path = await make();
  expect(path).toMatch(/\.csv$/);
  const bytes = readFileSync(path);
  expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  const [head, ...lines] = parse(bytes, { bom: true, delimiter: ';' }) as string[][];
  expect(head).toEqual(['Kennung', 'Zitat']);
  expect(lines).toEqual(rows.map(({ id, quote }) => [id, safe(quote ?? '')]));
}, 120_000);

/** A cell that begins like a formula has an apostrophe before it. */
function safe(text: string): string {
  return /^\s*[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}

function nameOf(box: Element): string | null {
  return box.closest('label')?.textContent ?? null;
}

test('the same as a workbook that Excel’s readers open', async () => {
  await open('#/?kind=expectation');
  const rows = await shown('kind=expectation');
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Excel workbook (XLSX)').click();
  const path = await make();
  const book = new exceljs.Workbook();
  await book.xlsx.readFile(path);
  const sheet = book.worksheets.find(({ rowCount }) => rowCount > rows.length);
  if (sheet === undefined) throw new Error('no sheet has all rows');
  // Values begin at 1.
  const heads = (sheet.getRow(1).values as string[]).slice(1);
  expect(heads).toContain('Kennung');
  const at = heads.indexOf('Kennung') + 1;
  const ids: unknown[] = [];
  sheet.eachRow((row, number) => {
    if (number > 1) ids.push(row.getCell(at).value);
  });
  expect(ids).toEqual(rows.map(({ id }) => id));
}, 120_000);

test('a bundle of the whole log, and the verifier page from disk says it is whole', async () => {
  await open('#/exports');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download the verifier page' }).click(),
  ]);
  const verifier = join(folder, download.suggestedFilename());
  await download.saveAs(verifier);
  await page.getByRole('button', { name: 'An evidence bundle' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('checkbox', { name: /\(text\)/ }).check();
  const bundle = await make();
  const offline = await browser.newContext({ offline: true });
  const check = await offline.newPage();
  await check.goto(pathToFileURL(verifier).href);
  await check.getByLabel('Bundle').setInputFiles(bundle);
  await check.getByRole('button', { name: 'Verify' }).click();
  await check.getByRole('heading', { name: 'Nothing in this bundle was changed.' }).waitFor();
  expect(await check.getByLabel('Result').innerText()).toContain('It is the whole log');
  await offline.close();
}, 180_000);

test('all of it stands on the page of exports, and files are thrown away there', async () => {
  await open('#/exports');
  const files = page.locator('.c-exports-jobs tbody tr');
  await files.nth(2).waitFor();
  expect(await files.count()).toBe(3);
  const log = page.locator('.c-exports-log tbody tr');
  await log.nth(2).waitFor();
  const text = await log.allInnerTexts();
  expect(text[0]).toContain('Evidence bundle');
  expect(text[2]).toContain('Register, CSV');
  expect(text[2]).toContain('Kind: Expectation');
  await page.getByRole('button', { name: /^Throw away unsaid-register.*csv$/ }).click();
  await expect.poll(() => files.count()).toBe(2);
}, 60_000);
