// A real Firefox with the extension as built for tests, driven over WebDriver BiDi.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import puppeteer, { type Browser, type Page, TimeoutError } from 'puppeteer-core';
import { findFirefox } from '../../../scripts/browsers.ts';
import { BUILD } from './build.ts';

const EXTENSION = resolve(BUILD, 'extension-firefox');
const ID = 'unsaid@unsaid.invalid';
/** Random in every installation; fixed here, so that a test knows the extension's addresses. */
const HOST = '6b7f8f0e-5a2c-4b7d-9d3e-0f1a2b3c4d5e';

export type TestFirefox = {
  browser: Browser;
  /** One of the extension's pages in a tab of its own. */
  extensionPage(path: string): Promise<Page>;
  /** A tab in front, as large as a person's window. */
  newPage(): Promise<Page>;
  /** Ends its processes at once, as a crash would. */
  kill(): Promise<void>;
  close(): Promise<void>;
};

export type FirefoxLaunch = {
  dumpio?: boolean;
  /** Certificates of nobody's are taken. */
  acceptInsecureCerts?: boolean;
  /** Another folder than the build's. */
  extension?: string;
  /** A folder that outlives the browser; by default one of its own that goes with it. */
  profile?: string;
  /** Beside those every test needs. */
  prefs?: Record<string, unknown>;
};

export async function launchFirefox({
  extension = EXTENSION,
  profile: kept,
  prefs = {},
  ...options
}: FirefoxLaunch = {}): Promise<TestFirefox> {
  const profile = kept ?? mkdtempSync(join(tmpdir(), 'unsaid-firefox-'));
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: await findFirefox(),
    headless: true,
    userDataDir: profile,
    defaultViewport: null,
    // The last one lets a test open the extension's own pages in a tab.
    args: ['--width=1400', '--height=900', '--remote-allow-system-access'],
    ...options,
    extraPrefsFirefox: {
      'extensions.webextensions.uuids': JSON.stringify({ [ID]: HOST }),
      // The browser's own questions cannot be answered over BiDi: a click counts as a yes.
      'extensions.webextOptionalPermissionPrompts': false,
      ...prefs,
      ...(options.dumpio
        ? { 'devtools.console.stdout.content': true, 'devtools.console.stdout.chrome': true }
        : {}),
    },
  });
  await browser.installExtension(extension);
  return {
    browser,
    async extensionPage(path) {
      const page = await browser.newPage();
      // The tab changes its process on the way there, and BiDi never says that it has loaded.
      await page
        .goto(`moz-extension://${HOST}/${path}`, { timeout: 1_500 })
        .catch((error: unknown) => {
          if (!(error instanceof TimeoutError)) throw error;
        });
      await page.waitForSelector('h1, h2', { timeout: 20_000 });
      return page;
    },
    newPage: () => browser.newPage(),
    async kill() {
      const main = browser.process();
      const gone = new Promise((done) => main?.once('exit', done));
      main?.kill('SIGKILL');
      await gone;
    },
    async close() {
      await browser.close();
      if (kept === undefined) rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
