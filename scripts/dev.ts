// npm run dev [-- --no-browser] [--port N] [--data DIR]: everything is built again when a source
// changes, the server starts again, and the browser that was opened here reloads what is new.
import { spawn } from 'node:child_process';
import { watch } from 'node:fs';
import { join, resolve } from 'node:path';
import type { BrowserContext } from 'playwright-core';
import { findChromium } from './browsers.ts';
import { build } from './build.ts';
import { openBrowser } from './people-browser.ts';
import { readStartOptions, USAGE } from './start-options.ts';

const root = resolve(import.meta.dirname, '..');
const extension = join(root, 'dist/extension');
const read = readStartOptions(process.argv.slice(2), process.env, root);
if (!read.ok) {
  console.error(`${read.error}\n\n${USAGE.replace('npm start', 'npm run dev')}`);
  process.exit(2);
}
const { port = 8787, dataDir } = read.options;
const url = `http://127.0.0.1:${port}`;

await build({ mode: 'production', out: 'dist', watch: true });

// Not `node --watch`: it watches what is installed as well, and that is no change of ours.
const program = ['src/server/cli.ts', 'serve', '--port', String(port), '--data', dataDir];
let server = serve();
let stopping = false;
let restarting: Promise<void> = Promise.resolve();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => void stop());
}
onChange(
  'src',
  /^(server|domain|ledger|audit|export)\b.*\.(ts|sql|css|html|js)$/,
  () => void restart(),
);

const { DISPLAY, WAYLAND_DISPLAY, UNSAID_HEADLESS } = process.env;
const headless = UNSAID_HEADLESS === '1';
const display = process.platform !== 'linux' || DISPLAY || WAYLAND_DISPLAY || headless;
const browser = read.options.browser && display ? await browse() : null;
if (browser === null) console.log(`Load ${extension} in a browser, and reload it after a change.`);
// What a build writes last.
onChange('dist', /^extension\/manifest\.json$/, () => void reloadExtension());
onChange('dist', /^console\/index\.html$/, () => void reloadPages());

function serve(): { end(): Promise<void> } {
  const flag = '--disable-warning=ExperimentalWarning';
  const child = spawn(process.execPath, [flag, ...program], { cwd: root, stdio: 'inherit' });
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  return {
    end() {
      child.kill('SIGTERM');
      return ended;
    },
  };
}

function restart(): Promise<void> {
  restarting = restarting.then(async () => {
    if (stopping) return;
    console.log('The server starts again.');
    await server.end();
    if (!stopping) server = serve();
  });
  return restarting;
}

/** A browser with the extension, on the practice inbox; its profile stays from time to time. */
async function browse(): Promise<BrowserContext> {
  const profile = join(dataDir, 'browser-dev');
  const { context } = await openBrowser(await findChromium(), profile, extension, headless);
  for (let tries = 0; tries < 300 && !stopping; tries += 1) {
    const answer = await fetch(`${url}/readyz`).catch(() => null);
    if (answer?.ok) break;
    await new Promise((done) => setTimeout(done, 200));
  }
  const page = context.pages()[0] ?? (await context.newPage());
  await page.goto(`${url}/practice/`);
  return context;
}

/** Several files that change within a moment are one change. */
function onChange(folder: string, which: RegExp, then: () => void): void {
  let timer: NodeJS.Timeout | undefined;
  watch(join(root, folder), { recursive: true }, (_event, path) => {
    if (path === null || !which.test(path.replaceAll('\\', '/'))) return;
    clearTimeout(timer);
    timer = setTimeout(then, 300);
  });
}

async function reloadExtension(): Promise<void> {
  console.log('The extension is built anew.');
  const [worker] = browser?.serviceWorkers() ?? [];
  // It ends the worker that was asked, so its answer may never come.
  worker?.evaluate('chrome.runtime.reload()').catch(() => undefined);
  await new Promise((done) => setTimeout(done, 500));
  await reloadPages();
}

async function reloadPages(): Promise<void> {
  for (const page of browser?.pages() ?? []) {
    if (page.url().startsWith(url)) await page.reload().catch(() => undefined);
  }
}

async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  await restarting;
  await server.end();
  await browser?.close().catch(() => undefined);
  process.exit(0);
}
