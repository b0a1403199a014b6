// What the extension costs the page it lies over: a mail of 300 KB in a real Chromium, with ours as
// built, beside the same page without any, with the least extension there can be, and with peers.
// Everything is net of the bare page and the median of interleaved rounds.
import { mkdtemp, readFile, realpath, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type BrowserContext, chromium } from 'playwright-core';
import { findChromium } from '../scripts/browsers.ts';
import { type Figure, figure } from './figure.ts';
import {
  type Extension,
  makeExtensions,
  ORIGINS,
  VARIANTS,
  type Variant,
} from './page.extensions.ts';
import { type Load, load, open, rest } from './page.load.ts';
import { HOSTS, type Host, mailPage, WORDS_OF } from './page.mail.ts';
import { addMarks } from './page.marks.ts';
import { callsOf, framesOf, longOnes, type Task, tasksOf, traced } from './page.trace.ts';
import { median } from './rounds.ts';

const MARKS = 1_000;
const KB = 1_024;

type Plan = {
  /** ms for the loads of one host, and how many rounds at least and at most. */
  loads: number;
  least: number;
  most: number;
  /** ms of watching a page that rests. */
  idle: number;
  scroll: number;
  scrolled: readonly Host[];
};
const FULL: Plan = {
  ...{ loads: 60_000, least: 3, most: 15, idle: 10_000, scroll: 3_000 },
  scrolled: ['practice', 'roundcube'],
};
const QUICK: Plan = {
  ...{ loads: 10_000, least: 1, most: 5, idle: 3_000, scroll: 3_000 },
  scrolled: ['practice'],
};

type Rig = {
  context: BrowserContext;
  extensions: Record<Exclude<Variant, 'bare'>, Extension>;
  url(variant: Variant, host: Host): string;
  seed: number;
};

export async function run({
  quick,
  seed = 1,
}: {
  quick: boolean;
  seed?: number;
}): Promise<Figure[]> {
  const plan = quick ? QUICK : FULL;
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'unsaid-bench-')));
  const pages = new Map(HOSTS.map((host) => [`/${host}`, mailPage(host, seed)]));
  const served = await serve(pages);
  const extensions = await makeExtensions(folder, served.port);
  const context = await launch(folder, extensions, pages);
  const rig: Rig = {
    ...{ context, extensions, seed },
    url: (variant, host) => `${ORIGINS[variant](served.port)}/${host}`,
  };
  try {
    const figures: Figure[] = [];
    const evaluated = await scriptOf(rig, 'ours');
    figures.push(
      figure(
        { name: 'script put into the page by itself, gzip', value: evaluated, unit: 'KB' },
        { name: 'Hypothesis', value: await scriptOf(rig, 'hypothesis') },
        { of: 'value', at: 'most', bound: 10 },
      ),
      figure(
        { name: 'the same', value: evaluated, unit: 'KB' },
        { name: 'InboxSDK', value: await scriptOf(rig, 'inboxsdk') },
        null,
      ),
      figure(
        { name: 'sidebar when opened, gzip', value: await sidebarOf(extensions.ours), unit: 'KB' },
        { name: 'Hypothesis', value: await sidebarOfHypothesis(extensions.hypothesis) },
        { of: 'value', at: 'most', bound: 70 },
      ),
    );
    for (const host of HOSTS) figures.push(...(await loads(rig, host, plan)));
    for (const host of HOSTS) figures.push(...(await longTasks(rig, host)));
    figures.push(...(await idle(rig, plan.idle)));
    for (const host of plan.scrolled) figures.push(...(await marked(rig, host, plan.scroll)));
    return figures;
  } finally {
    await context.close();
    await served.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

const NAMES: Record<Variant, string> = {
  ...{ bare: 'bare page', ours: 'ours', floor: 'floor' },
  ...{ hypothesis: 'Hypothesis', inboxsdk: 'InboxSDK' },
};

// Peers are measured on one host only: what they do is the same on each.
function variantsOn(host: Host): readonly Variant[] {
  return host === HOSTS[0] ? VARIANTS : (['bare', 'ours', 'floor'] as const);
}

async function loads(rig: Rig, host: Host, plan: Plan): Promise<Figure[]> {
  const variants = variantsOn(host);
  const taken = Object.fromEntries(variants.map((name) => [name, [] as Load[]])) as Record<
    Variant,
    Load[]
  >;
  const until = performance.now() + plan.loads * (host === HOSTS[0] ? 2 : 1);
  for (let round = 0; round < plan.most; round += 1) {
    if (round >= plan.least && performance.now() > until) break;
    // The order turns round as well: nobody is always the first after a pause.
    for (const name of round % 2 === 0 ? variants : variants.toReversed()) {
      taken[name].push(await load(rig.context, rig.url(name, host)));
    }
  }
  // What each round's load took more than the bare page's of the same round.
  const net = (name: Variant, of: keyof Load) =>
    median(taken[name].map((one, round) => one[of] - (taken.bare[round]?.[of] ?? Number.NaN)));
  const judge = (what: string, of: keyof Load, unit: string, bound: number, divisor = 1) => {
    const value = net('ours', of) / divisor;
    return variants.flatMap((name) => {
      if (name === 'ours' || name === 'bare') return [];
      const peer = { name: NAMES[name], value: net(name, of) / divisor };
      const goal = { of: 'value', at: 'most', bound } as const;
      return [
        figure({ name: `${host}: ${what}`, value, unit }, peer, name === 'floor' ? goal : null),
      ];
    });
  };
  const floor = net('floor', 'script');
  return [
    ...judge('main thread, script', 'script', 'ms', floor + 8),
    // With layout, painting and the rest: the same goal, but the machine's noise is in it.
    ...judge('main thread, all', 'mainThread', 'ms', Number.NaN).map(ungoaled),
    ...judge('heap', 'heap', 'KB', 350, KB),
    ...judge('elements', 'elements', 'elements', 3),
    ...judge('iframes', 'iframes', 'iframes', 0),
  ];
}

function ungoaled(one: Figure): Figure {
  const { goal: _goal, ...rest } = one;
  return { ...rest, ok: true };
}

async function longTasks(rig: Rig, host: Host): Promise<Figure[]> {
  const found = new Map<Variant, Task[]>();
  for (const name of variantsOn(host)) {
    if (name === 'bare') continue;
    const url = rig.url(name, host);
    const page = await rig.context.newPage();
    const cdp = await rig.context.newCDPSession(page);
    const events = await traced(cdp, async () => {
      await page.goto(url, { waitUntil: 'load' });
      await rest(cdp);
    });
    await page.close();
    found.set(name, tasksOf(events, url, originOf(rig, name), worldOf(name)));
  }
  const long = (name: Variant) => longOnes(found.get(name) ?? []).length;
  const longest = (name: Variant) =>
    Math.max(0, ...(found.get(name) ?? []).map(({ script }) => script));
  return [...found.keys()]
    .filter((name) => name !== 'ours')
    .flatMap((name) => [
      figure(
        { name: `${host}: tasks over 50 ms by its script`, value: long('ours'), unit: 'tasks' },
        { name: NAMES[name], value: long(name) },
        name === 'floor' ? { of: 'value', at: 'most', bound: 0 } : null,
      ),
      figure(
        { name: `${host}: its longest part of a task`, value: longest('ours'), unit: 'ms' },
        { name: NAMES[name], value: longest(name) },
        null,
      ),
    ]);
}

async function idle(rig: Rig, ms: number): Promise<Figure[]> {
  const url = rig.url('ours', HOSTS[0]);
  const [page, cdp] = await open(rig.context, url);
  await page.waitForTimeout(1_000);
  const events = await traced(cdp, () => page.waitForTimeout(ms));
  await page.close();
  const tasks = tasksOf(events, url, originOf(rig, 'ours'), worldOf('ours'));
  const script = tasks.reduce((sum, task) => sum + task.script, 0);
  const inPage = callsOf(events, `${originOf(rig, 'ours')}/page`).length;
  const name = `idle for ${ms / 1_000} s`;
  return [
    figure({ name: `${name}: script`, value: script, unit: 'ms' }, null, {
      ...{ of: 'value', at: 'most', bound: 0 },
    }),
    figure({ name: `${name}: calls of it`, value: inPage, unit: 'calls' }, null, {
      ...{ of: 'value', at: 'most', bound: 0 },
    }),
  ];
}

async function marked(rig: Rig, host: Host, ms: number): Promise<Figure[]> {
  const url = rig.url('ours', host);
  const extension = originOf(rig, 'ours');
  await addMarks({
    ...{ context: rig.context, extension, url, bareUrl: rig.url('bare', host) },
    ...{ css: WORDS_OF[host], count: MARKS, seed: rig.seed },
  });
  const page = await rig.context.newPage();
  const cdp = await rig.context.newCDPSession(page);
  await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
  let drawn = Number.NaN;
  const drawing = await traced(cdp, async () => {
    await page.goto(url, { waitUntil: 'load' });
    // The registry belongs to the document, so the page itself can count what is in it.
    const counted = await page.waitForFunction(
      (wanted) => {
        const ranges = [...CSS.highlights.values()].reduce((sum, { size }) => sum + size, 0);
        return ranges >= wanted ? performance.now() : null;
      },
      MARKS * 0.99,
      { timeout: 60_000 },
    );
    drawn = (await counted.jsonValue()) ?? Number.NaN;
    await rest(cdp);
  });
  const draw = tasksOf(drawing, url, extension, worldOf('ours'));
  const scrolling = await traced(cdp, () => scroll(page, ms));
  const frames = framesOf(scrolling, url, tasksOf(scrolling, url, extension, worldOf('ours')));
  await page.close();
  const bare = await bareScroll(rig, host, ms);
  const script = frames.map((frame) => frame.script).sort((a, b) => a - b);
  const work = frames.map((frame) => frame.took).sort((a, b) => a - b);
  const name = `${host}, ${MARKS} marks`;
  const at = (values: number[], part: number) =>
    values[Math.min(values.length - 1, Math.floor(values.length * part))] ?? Number.NaN;
  const total = draw.reduce((sum, task) => sum + task.script, 0);
  const longest = Math.max(0, ...draw.map((task) => task.script));
  return [
    figure({ name: `${name}: drawn after`, value: drawn, unit: 'ms' }, null, null),
    figure({ name: `${name}: script until then`, value: total, unit: 'ms' }, null, null),
    figure({ name: `${name}: its longest part of a task`, value: longest, unit: 'ms' }, null, {
      ...{ of: 'value', at: 'most', bound: 50 },
    }),
    ...([0.5, 0.95, 1] as const).map((part) =>
      figure(
        {
          name: `${name}: script of a scrolled frame, ${part === 1 ? 'longest' : `p${part * 100}`}`,
          ...{ value: at(script, part), unit: 'ms' },
        },
        null,
        part === 1 ? { of: 'value', at: 'most', bound: 16.7 } : null,
      ),
    ),
    ...([0.5, 0.95, 1] as const).map((part) =>
      figure(
        {
          name: `${name}: all of a scrolled frame, ${part === 1 ? 'longest' : `p${part * 100}`}`,
          ...{ value: at(work, part), unit: 'ms' },
        },
        { name: NAMES.bare, value: at(bare, part) },
        null,
      ),
    ),
  ];
}

async function bareScroll(rig: Rig, host: Host, ms: number): Promise<number[]> {
  const url = rig.url('bare', host);
  const [page, cdp] = await open(rig.context, url);
  const events = await traced(cdp, () => scroll(page, ms));
  await page.close();
  const frames = framesOf(events, url, tasksOf(events, url, 'none:', 'none'));
  return frames.map(({ took }) => took).sort((a, b) => a - b);
}

async function scroll(page: import('playwright-core').Page, ms: number): Promise<void> {
  await page.mouse.move(500, 400);
  const until = performance.now() + ms;
  while (performance.now() < until) {
    await page.mouse.wheel(0, 120);
    await page.waitForTimeout(8);
  }
}

function originOf({ extensions }: Rig, name: Exclude<Variant, 'bare'>): string {
  return `chrome-extension://${extensions[name].id}`;
}

// The names in the manifests.
function worldOf(name: Variant): string {
  return name === 'ours' ? 'Unsaid' : `bench ${name}`;
}

/** KB of all script of the extension that the page's process parsed by itself, each file zipped. */
async function scriptOf(rig: Rig, name: Exclude<Variant, 'bare'>): Promise<number> {
  const page = await rig.context.newPage();
  const cdp = await rig.context.newCDPSession(page);
  const parsed = new Set<string>();
  cdp.on('Debugger.scriptParsed', ({ url }) => {
    const origin = `${originOf(rig, name)}/`;
    if (url.startsWith(origin)) parsed.add(url.slice(origin.length).replace(/[?#].*$/s, ''));
  });
  await cdp.send('Debugger.enable');
  await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
  await page.goto(rig.url(name, HOSTS[0]), { waitUntil: 'load' });
  await rest(cdp);
  await page.close();
  const { folder } = rig.extensions[name];
  const sizes = await Promise.all([...parsed].map((file) => zipped(join(folder, file))));
  return sizes.reduce((sum, size) => sum + size, 0) / KB;
}

async function zipped(file: string): Promise<number> {
  return gzipSync(await readFile(file)).length;
}

/** KB of the sidebar's page and everything it loads to start. */
async function sidebarOf({ folder }: Extension): Promise<number> {
  const page = join(folder, 'src/extension/sidebar/index.html');
  const seen = new Set<string>();
  const add = async (file: string): Promise<number> => {
    if (seen.has(file)) return 0;
    seen.add(file);
    const text = await readFile(file, 'utf8');
    const links = file.endsWith('.html')
      ? text.matchAll(/(?:src|href)="([^"#:]+)"/g)
      : text.matchAll(/(?:from|import)\s*["'](\.[^"']+)["']/g);
    let sum = gzipSync(text).length;
    if (file.endsWith('.css')) return sum;
    for (const [, path = ''] of links) sum += await add(join(dirname(file), path));
    return sum;
  };
  return (await add(page)) / KB;
}

async function sidebarOfHypothesis({ folder }: Extension): Promise<number> {
  const files = ['scripts/sidebar.bundle.js', 'styles/sidebar.css', 'styles/katex.min.css'];
  const sizes = await Promise.all(files.map((file) => zipped(join(folder, 'build', file))));
  return sizes.reduce((sum, size) => sum + size, 0) / KB;
}

async function launch(
  folder: string,
  extensions: Rig['extensions'],
  pages: Map<string, string>,
): Promise<BrowserContext> {
  const folders = Object.values(extensions).map((one) => one.folder);
  const context = await chromium.launchPersistentContext(join(folder, 'profile'), {
    executablePath: await findChromium(),
    headless: false,
    viewport: { width: 1280, height: 800 },
    args: [
      ...['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
      ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
      `--disable-extensions-except=${folders.join(',')}`,
      `--load-extension=${folders.join(',')}`,
    ],
  });
  await context.route('https://mail.google.com/**', (route) => {
    const body = pages.get(new URL(route.request().url()).pathname);
    return route.fulfill(body === undefined ? { status: 404 } : { contentType: 'text/html', body });
  });
  await registered(context, extensions.ours);
  return context;
}

// A page opened before ours has registered itself would be a bare one.
async function registered(context: BrowserContext, { id }: Extension): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    const worker = context.serviceWorkers().find((one) => one.url().includes(id));
    const scripts = await worker?.evaluate(() => {
      const { scripting } = (globalThis as unknown as { chrome: Chrome }).chrome;
      return scripting.getRegisteredContentScripts();
    });
    if (scripts !== undefined && scripts.length > 0) return;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error('our extension did not register its script');
}
type Chrome = { scripting: { getRegisteredContentScripts(): Promise<unknown[]> } };

async function serve(
  pages: Map<string, string>,
): Promise<{ port: number; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    const page = pages.get(request.url ?? '');
    response.statusCode = page === undefined ? 404 : 200;
    response.setHeader('Content-Type', 'text/html');
    response.end(page);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}
