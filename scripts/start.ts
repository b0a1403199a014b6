// npm start [-- --no-browser --port N --data DIR]: everything built, the server with its PostgreSQL
// running, and a browser open in which one can capture at once. Ctrl-C stops all of it.
import { join, resolve } from 'node:path';
import type { Running } from '../src/server/main.ts';
import { installedChromium } from './browsers.ts';
import {
  connectExtension,
  markConnected,
  type Opened,
  openBrowser,
  wasConnected,
} from './people-browser.ts';
import { isStale, markBuilt, newestSource } from './stale.ts';
import { readStartOptions, USAGE } from './start-options.ts';

const root = resolve(import.meta.dirname, '..');
const dist = join(root, 'dist');
const say = (words: string) => console.log(words);

// A terminal that was closed takes no more words, and is no reason to stop half-way.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

let stopping = false;
const asked = new Promise<void>((stop) => {
  // Several may come for one Ctrl-C: from the terminal and from npm.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (!stopping) say('\nStopping.');
      stopping = true;
      stop();
    });
  }
});

const read = readStartOptions(process.argv.slice(2), process.env, root);
if (!read.ok) refuse(`${read.error}\n\n${USAGE}`);
const { options } = read;
const headless = process.env.UNSAID_HEADLESS === '1';
const executable = options.browser ? browserToOpen() : null;

await Promise.race([buildIfStale(), asked]);
if (stopping) process.exit(0);

const server = await serve();
sayAddresses(server);
const browser =
  executable === null || stopping ? null : await Promise.race([browse(executable), asked]);
if (executable === null) sayHowToLoad();
if (!stopping) say('\nCtrl-C stops Unsaid.');

await asked;
await browser?.context.close().catch(() => undefined);
await server.close();
process.exit(0);

function refuse(words: string): never {
  console.error(words);
  process.exit(2);
}

/** Path of a browser, or null when none can be opened here, said why. */
function browserToOpen(): string | null {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  if (process.platform === 'linux' && !DISPLAY && !WAYLAND_DISPLAY && !headless) {
    say('There is no display here, so no browser is opened.');
    return null;
  }
  try {
    const found = installedChromium();
    if (found === null) {
      say(
        'No Chromium, Edge or Brave was found, so no browser is opened. (Chrome itself takes no ' +
          'extension from a program.) Install one, or name one in the variable CHROMIUM.',
      );
    }
    return found;
  } catch (error) {
    return refuse(wordsOf(error));
  }
}

async function buildIfStale(): Promise<void> {
  const newest = newestSource(root);
  if (!isStale(dist, newest)) return;
  say('Building the extension and the console.');
  // Not needed, and not loaded, at most starts.
  const { build } = await import('./build.ts');
  await build({ mode: 'production', out: dist });
  markBuilt(dist, newest);
}

async function serve(): Promise<Running> {
  say('Starting the server.');
  const { startServer } = await import('../src/server/main.ts');
  try {
    return await startServer({
      port: options.port,
      dataDir: options.dataDir,
      consoleDir: join(dist, 'console'),
      // Each request as a line of JSON would bury the addresses.
      ...(process.env.UNSAID_LOG ? {} : { logLevel: 'warn' }),
    });
  } catch (error) {
    return refuse(wordsOf(error));
  }
}

function sayAddresses({ url, setupLink }: Running): void {
  say(`\nConsole         ${url}/`);
  say(`Practice inbox  ${url}/practice/`);
  if (setupLink !== null) {
    say(`Set up once     ${setupLink}`);
    say('                makes you the first admin; works once, then sign in at the console');
  }
}

/** The browser with its first pages; null when it did not start, said why. */
async function browse(executablePath: string): Promise<Opened | null> {
  const profile = join(options.dataDir, 'browser');
  let opened: Opened;
  try {
    opened = await openBrowser(executablePath, profile, join(dist, 'extension'), headless);
  } catch (error) {
    say(`\nThe browser did not start: ${wordsOf(error).split('\n')[0]}`);
    sayHowToLoad();
    return null;
  }
  const { context, extension } = opened;
  context.on('close', () => {
    if (!stopping)
      say(`\nThe browser is closed. Unsaid goes on at ${server.url}/; Ctrl-C stops it.`);
  });
  try {
    const first = !wasConnected(profile, server.url, extension);
    const page = context.pages()[0] ?? (await context.newPage());
    await page.goto(`${server.url}/practice/`);
    if (first && server.setupLink !== null) await (await context.newPage()).goto(server.setupLink);
    if (first) await connect(opened, profile);
    await page.bringToFront();
  } catch (error) {
    // A person may close tabs and windows while they open.
    if (!stopping) say(`\nNot all pages could be opened: ${wordsOf(error).split('\n')[0]}`);
  }
  return opened;
}

async function connect(opened: Opened, profile: string): Promise<void> {
  const { deviceCode } = await server.createDeviceCode();
  const result = await connectExtension(opened, server.url, deviceCode);
  if (!result.connected) {
    say(`\nThe extension is not connected. ${result.words} Its settings page is open for you.`);
    return;
  }
  markConnected(profile, server.url, opened.extension);
  say(`\nConnected: the extension in this browser saves to ${server.url}.`);
}

function sayHowToLoad(): void {
  say('\nTo load the extension into a browser of yours:');
  say('  Chrome, Edge, Chromium  chrome://extensions → Developer mode → Load unpacked →');
  say(`                          ${join(dist, 'extension')}`);
  say('  Firefox                 about:debugging → This Firefox → Load Temporary Add-on →');
  say(`                          ${join(dist, 'extension-firefox', 'manifest.json')}`);
  say(`Then connect it in its settings, to ${server.url}`);
}

function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code, syscall, path } = error as NodeJS.ErrnoException;
  if (code === 'ECONNREFUSED' || code === 'ENOTFOUND') {
    return 'The database of DATABASE_URL does not answer.';
  }
  if (syscall === 'listen') {
    return `The server cannot listen on this port (${code}). Choose another with --port.`;
  }
  if (path?.startsWith(options.dataDir)) {
    return `The data folder ${options.dataDir} cannot be written to (${code}). Choose another with --data.`;
  }
  return error.message;
}
