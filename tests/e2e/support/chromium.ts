// A real Chromium with the extension as built for tests, in a profile that survives a restart.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { type BrowserContext, chromium, type Page, type Worker } from 'playwright-core';
import { findChromium } from '../../../scripts/browsers.ts';
import { BUILD } from './build.ts';

const EXTENSION = resolve(BUILD, 'extension');

export type TestBrowser = {
  context: BrowserContext;
  /** The extension's background, woken when it sleeps. */
  worker(): Promise<Worker>;
  extensionUrl(path: string): Promise<string>;
  /** The toolbar button, pressed on this page's tab. */
  clickAction(page: Page): Promise<void>;
  /** Ends the browser's processes at once, as a crash would. */
  kill(): Promise<void>;
  close(): Promise<void>;
};

export function newProfile(): string {
  return mkdtempSync(join(tmpdir(), 'unsaid-profile-'));
}

export function removeProfile(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

/** `extension`: another folder than the build's. */
export type Launch = { extension?: string; args?: string[]; ignoreHTTPSErrors?: boolean };

/** The build for tests with access to these hosts and no others, in a folder to be removed. */
export function buildFor(hosts: string[], name = 'extension'): string {
  const folder = mkdtempSync(join(tmpdir(), 'unsaid-extension-'));
  cpSync(resolve(BUILD, name), folder, { recursive: true });
  const manifest = join(folder, 'manifest.json');
  const own = JSON.parse(readFileSync(manifest, 'utf8')) as object;
  writeFileSync(manifest, JSON.stringify({ ...own, host_permissions: hosts }));
  return folder;
}

/** A worker that was just begun may never answer the browser's tools: then the browser is begun anew. */
export async function launch(profile: string, options: Launch = {}): Promise<TestBrowser> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await launchOnce(profile, options);
    } catch (error) {
      if (!(error instanceof Unanswered) || tries === 3) throw error;
    }
  }
}

class Unanswered extends Error {}

/** Playwright waits for some things without end; a test should say what it waited for. */
async function answered<T>(what: string, work: Promise<T>): Promise<T> {
  const timer = new AbortController();
  const late = setTimeout(20_000, undefined, { signal: timer.signal }).then(() => {
    throw new Unanswered(`The browser did not answer: ${what}`);
  });
  late.catch(() => undefined);
  try {
    return await Promise.race([work, late]);
  } finally {
    timer.abort();
  }
}

/**
 * Opening and closing a tab have no time limit either. On a loaded machine a browser once in a while
 * never says that it did: another tab is opened then, and one that does not close is left.
 */
function watchTabs(context: BrowserContext): void {
  const open = context.newPage.bind(context);
  context.newPage = async () => {
    const page = await answered('a new tab', open()).catch((error: unknown) => {
      if (!(error instanceof Unanswered)) throw error;
      console.warn(error.message);
      return answered('another new tab', open());
    });
    const close = page.close.bind(page);
    page.close = (...options) =>
      answered('a tab to be closed', close(...options)).catch((error: unknown) => {
        if (!(error instanceof Unanswered)) throw error;
        console.warn(error.message);
      });
    return page;
  };
}

async function launchOnce(
  profile: string,
  { extension = EXTENSION, args = [], ignoreHTTPSErrors = false }: Launch,
): Promise<TestBrowser> {
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: await findChromium(),
    headless: false,
    viewport: { width: 1600, height: 900 },
    ignoreHTTPSErrors,
    args: [
      '--headless=new',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      `--disable-extensions-except=${extension}`,
      `--load-extension=${extension}`,
      ...args,
    ],
  });
  watchTabs(context);
  const worker = async () =>
    context.serviceWorkers()[0] ??
    (await context.waitForEvent('serviceworker', { timeout: 20_000 }));
  // A page opened before the extension has registered itself gets the script only by a click, and
  // then behind the page's own listeners. A person is never that fast after installing.
  const background = await worker();
  const registered = () =>
    background.evaluate(async () => (await chrome.scripting.getRegisteredContentScripts()).length);
  try {
    for (
      let tries = 0;
      (await answered('the worker about its scripts', registered())) === 0;
      tries += 1
    ) {
      if (tries === 200) throw new Error('The extension did not register its script.');
      await setTimeout(50);
    }
  } catch (error) {
    await context.close();
    throw error;
  }
  const extensionUrl = async (path: string) => {
    const { host } = new URL((await worker()).url());
    return `chrome-extension://${host}/${path}`;
  };
  return {
    context,
    worker,
    extensionUrl,
    async clickAction(page) {
      await page.bringToFront();
      const background = await worker();
      const clicked = background.evaluate(async () => {
        const [tab] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
        // The browser gives the tab to a listener; a test has to give it itself.
        (chrome.action.onClicked as unknown as { dispatch(tab: unknown): void }).dispatch(tab);
      });
      await answered('the worker about a click', clicked);
    },
    async kill() {
      const { execFileSync } = await import('node:child_process');
      try {
        // All processes of this profile, the main one first.
        execFileSync('pkill', ['-9', '-f', '--', `--user-data-dir=${profile}`]);
      } catch {
        // None left.
      }
      await context.close().catch(() => undefined);
    },
    close: () => context.close(),
  };
}
