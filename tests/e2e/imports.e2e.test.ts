// A table from a spreadsheet, brought in by a manager: what its columns mean is said, the rows that do
// not fit are shown before anything is written, and all of it can be taken back.
import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findChromium } from '../../scripts/browsers.ts';
import { startTestServer, type TestServer } from './support/server.ts';

const data = mkdtempSync(join(tmpdir(), 'unsaid-data-'));
let server: TestServer;
let browser: Browser;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  execFileSync(process.execPath, [
    'scripts/seed.ts',
    ...['--customers', '2', '--seed', '7', '--data', data],
  ]);
  server = await startTestServer(data);
  const args = ['--no-sandbox', '--disable-gpu', '--no-first-run'];
  browser = await chromium.launch({ executablePath: await findChromium(), args });
  context = await browser.newContext();
  page = await context.newPage();
  await page.goto(`${server.url}/sign-in`);
  await page.fill('[name=email]', 'member-1@unsaid.example');
  await page.fill('[name=password]', 'sample password 1');
  await Promise.all([page.waitForURL(`${server.url}/`), page.click('button.primary')]);
}, 300_000);
afterAll(async () => {
  await browser?.close();
  await server?.remove();
});

const HEAD = 'Firma;E-Mail-Domäne;Unsere Nr.;Bemerkung\r\n';
const ROWS = [
  'Sample Öl & Söhne;oel.example;A-1;"sagt, was sie ""meint"""',
  'Sample Hotel;gmail.com;A-2;',
  ';leer.example;A-3;ohne Namen',
  'Sample Werke;werke.example;A-4;=1+1',
];

async function choose(text: string): Promise<void> {
  await page.getByLabel('Choose a file').setInputFiles({
    ...{ name: 'kunden.csv', mimeType: 'text/csv' },
    buffer: Buffer.from(text, 'utf8'),
  });
}

/** Names of the customers that the server knows. */
async function customers(): Promise<string[]> {
  const answer = await context.request.get(`${server.url}/v1/facets`);
  const { customers: all } = (await answer.json()) as { customers: { name: string }[] };
  return all.map(({ name }) => name).sort();
}

test('columns are named, wrong rows are shown and left out, and the import is taken back', async () => {
  const before = await customers();
  await page.goto(`${server.url}/#/import`);
  await page.getByRole('heading', { level: 1, name: 'Import' }).waitFor();
  await choose(HEAD + ROWS.join('\r\n'));

  // Headings that nobody could guess are left out until somebody says what they mean.
  await page.getByLabel('Firma').selectOption({ label: 'Name' });
  await page.getByLabel('E-Mail-Domäne').selectOption({ label: 'Mail domain' });
  await page.getByLabel('Unsere Nr.').selectOption({ label: 'CRM id' });
  await page.getByLabel('Bemerkung').selectOption({ label: 'Remark' });
  const preview = page.locator('.c-preview');
  await preview.getByText('4 rows, 2 with a problem').waitFor();
  const cells = await preview.locator('tbody tr').allInnerTexts();
  expect(cells[0]).toContain('sagt, was sie "meint"');
  expect(cells[1]).toContain('Anybody can have an address at gmail.com.');
  expect(cells[2]).toContain('Name');
  expect(cells[3]).toContain('=1+1');
  // A look writes nothing.
  expect(await customers()).toEqual(before);

  await page.getByRole('button', { name: 'Import 2 rows' }).click();
  const result = page.locator('.c-result');
  await result.waitFor();
  expect(await result.innerText()).toContain('2 imported.');
  expect(await result.innerText()).toContain('2 rows were left out');
  expect(await customers()).toEqual([...before, 'Sample Werke', 'Sample Öl & Söhne'].sort());

  // The same file again changes nothing.
  await choose(HEAD.replace('Firma', 'Name') + ROWS.join('\r\n'));
  await page.getByLabel('E-Mail-Domäne').selectOption({ label: 'Mail domain' });
  await preview.getByText('are there already').waitFor();

  const imports = page.getByRole('table').filter({ hasText: 'kunden.csv' }).last();
  await imports.getByText('2 new').waitFor();
  await imports.getByRole('button', { name: 'Take back kunden.csv' }).click();
  await page.getByText('2 records of this import go again').waitFor();
  await page.getByRole('button', { name: 'Take it back' }).click();
  await imports.getByText(/Taken back .*2 records/).waitFor();
  expect(await customers()).toEqual(before);
}, 120_000);

test('a file that is no table is refused in words, and nothing is written', async () => {
  const before = await customers();
  await page.goto(`${server.url}/#/import`);
  await page.reload();
  await page.getByLabel('Choose a file').setInputFiles({
    ...{ name: 'kunden.xlsx', mimeType: 'application/octet-stream' },
    buffer: Buffer.from([0x50, 0x4b, 3, 4, 0, 0xff, 0xfe, 0, 1, 2, 3]),
  });
  await page.getByText('This file is no text.').waitFor();
  await page.getByText('Nothing was imported.').waitFor();
  expect(await customers()).toEqual(before);
}, 60_000);
