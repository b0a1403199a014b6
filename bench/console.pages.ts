// Pages of the console in a real Chromium, signed in: from going to a page until it has drawn what it
// read and takes the next key; and which calls each page makes.
import type { BrowserContext } from 'playwright-core';
import { chromium } from 'playwright-core';
import { findChromium } from '../scripts/browsers.ts';
import type { Workspace } from './console.workspace.ts';

export type Visit = {
  name: string;
  /** ms since navigation began; one for each time. */
  took: number[];
  /** "GET /v1/…", each once. */
  calls: string[];
  /** What the page said went wrong. */
  failed: string | null;
};

const LONGEST_MS = 30_000;

export async function visitPages(
  { url, cookie }: Pick<Workspace, 'url' | 'cookie'>,
  pages: readonly (readonly [name: string, hash: string])[],
  times: number,
): Promise<Visit[]> {
  const browser = await chromium.launch({
    executablePath: await findChromium(),
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
  });
  try {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    await context.addCookies(
      cookie.split('; ').map((pair) => {
        const at = pair.indexOf('=');
        return { name: pair.slice(0, at), value: pair.slice(at + 1), url };
      }),
    );
    await context.addInitScript(watch);
    // Scripts are in the browser's cache for whoever uses the console every day.
    for (const [, hash] of pages) await visit(context, url, hash);
    const visits: Visit[] = [];
    for (const [name, hash] of pages) {
      const took: number[] = [];
      let last: Awaited<ReturnType<typeof visit>> | null = null;
      for (let time = 0; time < times; time += 1) {
        last = await visit(context, url, hash);
        took.push(last.ms);
      }
      visits.push({ name, took, calls: last?.calls ?? [], failed: last?.failed ?? null });
    }
    return visits;
  } finally {
    await browser.close();
  }
}

async function visit(context: BrowserContext, url: string, hash: string) {
  const page = await context.newPage();
  try {
    const calls = new Set<string>();
    page.on('request', (request) => {
      const { pathname, search } = new URL(request.url());
      if (!pathname.startsWith('/v1/') || pathname === '/v1/pokes') return;
      const body = request.postData();
      calls.add(`${request.method()} ${pathname}${search}${body === null ? '' : ` ${body}`}`);
    });
    await page.goto(`${url}/${hash}`);
    const ms = await page
      .waitForFunction(() => Reflect.get(window, 'drawnAt'), null, { timeout: LONGEST_MS })
      .then((handle) => handle.jsonValue() as Promise<number>)
      .catch(() => LONGEST_MS);
    const problem = page.locator('main .u-problem-what').first();
    const failed = (await problem.count()) > 0 ? await problem.textContent() : null;
    return { ms, calls: [...calls], failed };
  } finally {
    await page.close();
  }
}

/** In the page: when it had a heading, nothing was waited for any more, and a frame after that came. */
function watch(): void {
  const look = () => {
    const main = document.querySelector('main.c-main');
    const isDrawn =
      main?.querySelector('h1') && !main.querySelector('.u-waiting, [aria-busy=true]');
    if (!isDrawn) return void requestAnimationFrame(look);
    // Painted, and whatever the frame brought with it done.
    requestAnimationFrame(() =>
      setTimeout(() => {
        if (main?.querySelector('.u-waiting')) requestAnimationFrame(look);
        else Reflect.set(window, 'drawnAt', performance.now());
      }),
    );
  };
  requestAnimationFrame(look);
}
