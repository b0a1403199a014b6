// What the extension costs the page it lies over: a mail of 300 KB in a real Chromium, with ours as
// built, beside the same page without any, with the least extension there can be, and with peers.
// Everything is net of the bare page and the median of interleaved rounds.
import { mkdtemp, readFile, realpath, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { findChromium } from '../scripts/browsers.ts';
import { type Figure, figure, type Goal } from './figure.ts';
import {
  type Extension,
  makeExtensions,
  ORIGINS,
  VARIANTS,
  type Variant,
} from './page.extensions.ts';
import { type Load, load, newTab, open, rest } from './page.load.ts';
import { HOSTS, type Host, mailPage, WORDS_OF } from './page.mail.ts';
import { addMarks } from './page.marks.ts';
import { framesOf, longOnes, type Task, tasksOf, traced } from './page.trace.ts';
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
  /** Hosts whose loading is traced, and those on which a mail with marks is scrolled. */
  traced: readonly Host[];
  scrolled: readonly Host[];
};
const FULL: Plan = {
  ...{ loads: 35_000, least: 3, most: 15, idle: 10_000, scroll: 3_000 },
  traced: HOSTS,
  scrolled: ['practice', 'roundcube'],
};
const QUICK: Plan = {
  ...{ loads: 8_000, least: 1, most: 5, idle: 3_000, scroll: 3_000 },
  traced: ['practice'],
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
  let context: BrowserContext | undefined;
  try {
    const extensions = await makeExtensions(folder, served.port);
    context = await launch(folder, extensions);
    await answerForGmail(context, pages);
    await registered(context, extensions.ours);
    return await measure(plan, {
      ...{ context, extensions, seed },
      url: (variant, host) => `${ORIGINS[variant](served.port)}/${host}`,
    });
  } finally {
    await context?.close();
    await served.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function measure(plan: Plan, rig: Rig): Promise<Figure[]> {
  const figures: Figure[] = [...(await sizes(rig))];
  for (const host of HOSTS) figures.push(...(await loads(rig, host, plan)));
  for (const host of plan.traced) figures.push(...(await longTasks(rig, host)));
  figures.push(...(await idle(rig, plan.idle)));
  for (const host of plan.scrolled) figures.push(...(await marked(rig, host, plan.scroll)));
  return figures;
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
  const peers = variants.filter((name) => name !== 'ours' && name !== 'bare');
  const compare = (what: string, of: keyof Load, unit: string, goal: Goal | null, divisor = 1) =>
    beside(
      { name: `${host}: ${what}`, value: net('ours', of) / divisor, unit },
      peers.map((name) => ({ name: NAMES[name], value: net(name, of) / divisor })),
      goal,
    );
  const allowed = Math.round((net('floor', 'script') + 8) * 10) / 10;
  return [
    ...compare('main thread, script', 'script', 'ms', atMost(allowed)),
    // With layout, painting and the rest. The mail's own layout takes so much that what changes
    // from load to load is more than what is looked for, so this has no goal.
    ...compare('main thread, all', 'mainThread', 'ms', null),
    ...compare('heap', 'heap', 'KB', atMost(350), KB),
    ...compare('elements', 'elements', 'elements', atMost(3)),
    ...compare('iframes', 'iframes', 'iframes', atMost(0)),
  ];
}

function atMost(bound: number): Goal {
  return { of: 'value', at: 'most', bound };
}

/** One figure for each peer; the goal is judged once. */
function beside(
  measured: { name: string; value: number; unit: string },
  peers: { name: string; value: number }[],
  goal: Goal | null,
): Figure[] {
  return peers.map((peer, turn) => {
    const { ratio, ...rest } = figure(measured, peer, turn === 0 ? goal : null);
    // Nothing, or less than nothing in the noise, has no ratio.
    return ratio !== undefined && peer.value > 0 && ratio >= 0 ? { ...rest, ratio } : rest;
  });
}

async function sizes(rig: Rig): Promise<Figure[]> {
  const script = {
    ours: await scriptOf(rig, 'ours'),
    floor: await scriptOf(rig, 'floor'),
    hypothesis: await scriptOf(rig, 'hypothesis'),
    inboxsdk: await scriptOf(rig, 'inboxsdk'),
  };
  // Whatever did not run would cost nothing below.
  for (const [name, size] of Object.entries(script)) {
    if (size === 0) throw new Error(`the page did not run the script of ${name}`);
  }
  const name = 'script put into the page by itself, gzip';
  return [
    ...beside(
      { name, value: script.ours, unit: 'KB' },
      [
        { name: NAMES.floor, value: script.floor },
        { name: NAMES.hypothesis, value: script.hypothesis },
        { name: NAMES.inboxsdk, value: script.inboxsdk },
      ],
      atMost(10),
    ),
    figure(
      {
        name: 'sidebar when opened, gzip',
        value: await sidebarOf(rig.extensions.ours),
        unit: 'KB',
      },
      { name: NAMES.hypothesis, value: await sidebarOfHypothesis(rig.extensions.hypothesis) },
      atMost(70),
    ),
  ];
}

async function longTasks(rig: Rig, host: Host): Promise<Figure[]> {
  const found = new Map<Variant, Task[]>();
  for (const name of variantsOn(host)) {
    if (name === 'bare') continue;
    const url = rig.url(name, host);
    const [page, cdp] = await newTab(rig.context);
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
  const peers = [...found.keys()].filter((name) => name !== 'ours');
  const compare = (what: string, unit: string, of: (name: Variant) => number, goal: Goal | null) =>
    beside(
      { name: `${host}: ${what}`, value: of('ours'), unit },
      peers.map((name) => ({ name: NAMES[name], value: of(name) })),
      goal,
    );
  return [
    ...compare('tasks over 50 ms by its script', 'tasks', long, atMost(0)),
    ...compare('its longest part of a task', 'ms', longest, null),
  ];
}

async function idle(rig: Rig, ms: number): Promise<Figure[]> {
  const url = rig.url('ours', HOSTS[0]);
  const [page, cdp] = await open(rig.context, url);
  await page.waitForTimeout(1_000);
  const events = await traced(cdp, () => page.waitForTimeout(ms));
  await page.close();
  const tasks = tasksOf(events, url, originOf(rig, 'ours'), worldOf('ours'));
  const script = tasks.reduce((sum, task) => sum + task.script, 0);
  const calls = tasks.filter((task) => task.script > 0).length;
  const name = `idle for ${ms / 1_000} s`;
  return [
    figure({ name: `${name}: script`, value: script, unit: 'ms' }, null, atMost(0)),
    figure({ name: `${name}: tasks with it`, value: calls, unit: 'tasks' }, null, atMost(0)),
  ];
}

async function marked(rig: Rig, host: Host, ms: number): Promise<Figure[]> {
  const url = rig.url('ours', host);
  const extension = originOf(rig, 'ours');
  await addMarks({
    ...{ context: rig.context, extension, url, bareUrl: rig.url('bare', host) },
    ...{ css: WORDS_OF[host], count: MARKS, seed: rig.seed },
  });
  const [page, cdp] = await newTab(rig.context);
  let drawn = Number.NaN;
  const drawing = await traced(cdp, async () => {
    await page.goto(url, { waitUntil: 'load' });
    // The registry belongs to the document, so the page itself sees whether anything is in it.
    // Marks far from the window may be left out there.
    const seen = await page.waitForFunction(
      () => (CSS.highlights.size > 0 ? performance.now() : null),
      undefined,
      { timeout: 60_000 },
    );
    drawn = (await seen.jsonValue()) ?? Number.NaN;
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
    figure({ name: `${name}: the first are drawn after`, value: drawn, unit: 'ms' }, null, null),
    figure({ name: `${name}: script until all are`, value: total, unit: 'ms' }, null, null),
    figure(
      { name: `${name}: its longest part of a task`, value: longest, unit: 'ms' },
      null,
      atMost(50),
    ),
    ...([0.5, 0.95, 1] as const).map((part) =>
      figure(
        {
          name: `${name}: script of a scrolled frame, ${part === 1 ? 'longest' : `p${part * 100}`}`,
          ...{ value: at(script, part), unit: 'ms' },
        },
        null,
        part === 1 ? atMost(16.7) : null,
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

async function scroll(page: Page, ms: number): Promise<void> {
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
  const [page, cdp] = await newTab(rig.context);
  const parsed = new Set<string>();
  cdp.on('Debugger.scriptParsed', ({ url }) => {
    const origin = `${originOf(rig, name)}/`;
    if (url.startsWith(origin)) parsed.add(url.slice(origin.length).replace(/[?#].*$/s, ''));
  });
  await cdp.send('Debugger.enable');
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

async function launch(folder: string, extensions: Rig['extensions']): Promise<BrowserContext> {
  const folders = Object.values(extensions).map((one) => one.folder);
  return chromium.launchPersistentContext(join(folder, 'profile'), {
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
}

// The only host on which InboxSDK starts; nothing asks the real one.
async function answerForGmail(context: BrowserContext, pages: Map<string, string>): Promise<void> {
  await context.route('https://mail.google.com/**', (route) => {
    const body = pages.get(new URL(route.request().url()).pathname);
    return route.fulfill(body === undefined ? { status: 404 } : { contentType: 'text/html', body });
  });
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
