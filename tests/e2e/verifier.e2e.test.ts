// The page that verifies a bundle, opened from disk in both browsers, without a network.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import axe from 'axe-core';
import { zipSync } from 'fflate';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findChromium } from '../../scripts/browsers.ts';
import { writeNoteKey } from '../../src/ledger/index.ts';
import { bundleOf, sampleLog } from '../evidence/sample-bundle.ts';
import { LOG_KEY } from '../ledger/sample-log.ts';
import { BUILD } from './support/build.ts';
import { launchFirefox } from './support/firefox.ts';

const PAGE = resolve(BUILD, 'console/unsaid-verify.html');
const KEY = writeNoteKey(LOG_KEY);
const folder = mkdtempSync(join(tmpdir(), 'unsaid-verifier-'));
const [good, bad] = [join(folder, 'good.zip'), join(folder, 'bad.zip')];
let browser: Browser;

beforeAll(async () => {
  const files = await bundleOf(sampleLog(1_500), { hide: ['text'] });
  writeFileSync(good, zipSync(Object.fromEntries(files)));
  const text = Buffer.from(files.get('changes.ndjson') ?? []).toString();
  files.set('changes.ndjson', Buffer.from(text.replace('"value":"note"', '"value":"nite"')));
  writeFileSync(bad, zipSync(Object.fromEntries(files)));
  const executablePath = await findChromium();
  const args = [
    '--no-sandbox',
    '--disable-gpu',
    '--no-first-run',
    '--disable-background-networking',
  ];
  browser = await chromium.launch({ executablePath, args });
});
afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true });
});

test('Chromium, by keyboard: what is proven, what was left out, what does not fit and where', async () => {
  const context = await browser.newContext({ offline: true });
  const page = await context.newPage();
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.goto(pathToFileURL(PAGE).href);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.type('nonsense');
  await page.getByLabel('Bundle').setInputFiles(good);
  await page.keyboard.press('Enter');
  await page.getByText('This is no key').waitFor();
  await page.getByLabel('Key of the log').fill(KEY);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Nothing in this bundle was changed.' }).waitFor();
  const told = await page.getByLabel('Result').innerText();
  expect(told).toContain('The log’s key was given by you.');
  expect(told).toContain('1,500 changes are proven to be in the log');
  expect(told).toContain('It is the whole log');

  await page.getByLabel('Key of the log').fill('');
  await page.getByLabel('Bundle').setInputFiles(bad);
  await page.getByRole('button', { name: 'Verify' }).click();
  await page.getByRole('heading', { name: /do not fit|does not fit/ }).waitFor();
  const wrong = await page.getByLabel('Result').innerText();
  expect(wrong).toContain('changes.ndjson, line 1');
  expect(wrong).toContain('No key was given');
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    // The page’s own policy forbids scripts that are put in.
    await page.evaluate(axe.source);
    const found = (await page.evaluate('axe.run(document)')) as axe.AxeResults;
    expect(found.violations.map(({ id }) => id)).toEqual([]);
  }
  expect(asked).toEqual([pathToFileURL(PAGE).href]);
  await context.close();
});

test('Firefox', async () => {
  const firefox = await launchFirefox();
  try {
    const page = await firefox.newPage();
    await page.goto(pathToFileURL(PAGE).href);
    const input = await page.waitForSelector('input[type=file]');
    await (input as unknown as { uploadFile(path: string): Promise<void> }).uploadFile(good);
    await page.type('#key', KEY);
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.querySelector('#result h2') !== null);
    const told = await page.$eval('#result', (element) => (element as HTMLElement).innerText);
    expect(told).toContain('Nothing in this bundle was changed.');
    expect(told).toContain('1,500 changes are proven');
  } finally {
    await firefox.close();
  }
});

test('it is one file below 30 KB', () => {
  const page = readFileSync(PAGE, 'utf8');
  expect(gzipSync(page).length).toBeLessThan(30 * 1024);
  expect(page).not.toMatch(/<(script|link|img)[^>]+(src|href)=/);
});
