// An installed browser for a person to work in: own profile, the extension loaded and connected.
// Playwright only opens it; whatever it changes for tests is given back.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type BrowserContext, chromium } from 'playwright-core';

export type Opened = {
  context: BrowserContext;
  /** Id that the browser gave the extension; it follows from the folder it lies in. */
  extension: string;
};

const OPTIONS_PAGE = 'src/extension/options/index.html';
const WORKER_LIMIT_MS = 30_000;
const RELOAD_LIMIT_MS = 3_000;
const CONNECT_LIMIT_MS = 30_000;

/** Playwright's switches that serve tests and would only be in a person's way. */
const FOR_TESTS = [
  '--enable-automation',
  '--disable-extensions',
  '--disable-back-forward-cache',
  '--disable-background-timer-throttling',
  '--disable-ipc-flooding-protection',
  '--disable-popup-blocking',
  '--disable-prompt-on-repost',
  '--force-color-profile=srgb',
  '--unsafely-disable-devtools-self-xss-warnings',
];

/** Rejects when the browser does not start or does not load the extension. */
export async function openBrowser(
  executablePath: string,
  profile: string,
  extensionDir: string,
  headless: boolean,
): Promise<Opened> {
  const loaded = join(profile, 'unsaid-loaded');
  const background = readFileSync(join(extensionDir, 'background.js'));
  const build = createHash('sha256').update(background).digest('hex');
  const before = existsSync(loaded) ? readFileSync(loaded, 'utf8') : null;
  mkdirSync(profile, { recursive: true, mode: 0o700 });
  if (before !== null && before !== build) {
    await dropOldWorker(await launch(executablePath, profile, extensionDir, true));
  }
  const opened = await launch(executablePath, profile, extensionDir, headless);
  writeFileSync(loaded, build);
  return opened;
}

/**
 * Chromium keeps a service worker's script until the extension's version changes, and would run the
 * old one with the new pages. A reload makes it forget; the extension is back at the next launch.
 */
async function dropOldWorker({ context }: Opened): Promise<void> {
  try {
    const [worker] = context.serviceWorkers();
    const gone = new Promise<void>((done) => worker?.once('close', () => done()));
    await worker?.evaluate('chrome.runtime.reload()').catch(() => undefined);
    await Promise.race([gone, sleep(RELOAD_LIMIT_MS)]);
  } finally {
    await context.close();
  }
}

async function launch(
  executablePath: string,
  profile: string,
  extensionDir: string,
  headless: boolean,
): Promise<Opened> {
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    headless: false,
    viewport: null,
    // The person's own settings, not Playwright's.
    colorScheme: null,
    reducedMotion: null,
    forcedColors: null,
    contrast: null,
    // Signals are the launcher's: browser, server and database stop in order.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    ignoreDefaultArgs: FOR_TESTS,
    args: [
      `--load-extension=${extensionDir}`,
      `--disable-extensions-except=${extensionDir}`,
      '--no-first-run',
      '--no-default-browser-check',
      '--hide-crash-restore-bubble',
      ...(headless ? ['--headless=new'] : []),
      // Chromium's sandbox refuses to run as root.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
  });
  try {
    await giveBack(context);
    return { context, extension: await extensionId(context) };
  } catch (error) {
    await context.close();
    throw error;
  }
}

/** Downloads go where the person's browser puts them; questions of pages wait for the person. */
async function giveBack(context: BrowserContext): Promise<void> {
  context.on('dialog', () => undefined);
  const session = await context.browser()?.newBrowserCDPSession();
  await session?.send('Browser.setDownloadBehavior', { behavior: 'default' });
  await session?.detach();
}

async function extensionId(context: BrowserContext): Promise<string> {
  const isOurs = (url: string) =>
    url.startsWith('chrome-extension://') && url.endsWith('/background.js');
  const worker =
    context.serviceWorkers().find((one) => isOurs(one.url())) ??
    (await context.waitForEvent('serviceworker', {
      predicate: (one) => isOurs(one.url()),
      timeout: WORKER_LIMIT_MS,
    }));
  return new URL(worker.url()).host;
}

export type Connecting = { connected: true } | { connected: false; words: string };

/**
 * Connects the extension with a code that the server has approved already, in a tab that closes
 * when it is done and stays when it could not be.
 */
export async function connectExtension(
  { context, extension }: Opened,
  server: string,
  deviceCode: string,
): Promise<Connecting> {
  const asked = new URLSearchParams({ server, device_code: deviceCode });
  const page = await context.newPage();
  await page.goto(`chrome-extension://${extension}/${OPTIONS_PAGE}#${asked}`);
  const section = page.locator('#connect');
  const done = section.getByText(`Connected to ${server}.`);
  const elsewhere = section.getByText('This browser is connected to');
  const failed = section.getByText('Not connected.');
  try {
    await done.or(elsewhere).or(failed).first().waitFor({ timeout: CONNECT_LIMIT_MS });
  } catch {
    return { connected: false, words: 'The extension did not answer in time.' };
  }
  if (await done.isVisible()) {
    await page.close();
    return { connected: true };
  }
  const text = await elsewhere.or(failed).first().innerText();
  return { connected: false, words: text };
}

const markerOf = (profile: string) => join(profile, 'unsaid-connected.json');

/** What stands in the marker: a moved folder gives the extension another id and an empty store. */
const markOf = (server: string, extension: string) => `${JSON.stringify({ server, extension })}\n`;

/** Whether this profile was connected before; a person who disconnected it since meant it. */
export function wasConnected(profile: string, server: string, extension: string): boolean {
  const marker = markerOf(profile);
  return existsSync(marker) && readFileSync(marker, 'utf8') === markOf(server, extension);
}

export function markConnected(profile: string, server: string, extension: string): void {
  writeFileSync(markerOf(profile), markOf(server, extension));
}
