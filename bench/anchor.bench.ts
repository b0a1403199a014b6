// Finding quotes again in a real Chromium, beside the peers: pages of 100 KB and 1 MB, quotes that
// stand where they stood, moved, were edited, repeat a sentence of every paragraph, or are gone.
// Each finder gets a fresh page, and they take turns.

import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { build } from 'vite';
import { findChromium } from '../scripts/browsers.ts';
import { CASES, type Case } from './anchor.cases.ts';
import { mail } from './anchor.mail.ts';
import type { Built, Measure, Measured, MeasureIndex } from './anchor.page.ts';
import { type Figure, figure, type Goal } from './figure.ts';
import { median } from './rounds.ts';

const root = resolve(import.meta.dirname, '..');
const PEERS = ['dom-anchor-text-quote', '@apache-annotator/dom', 'hypothesis'] as const;
type Name = 'ours' | (typeof PEERS)[number];
type Size = { name: string; length: number; ours: number; peers: number };

/** How many times the fastest peer's speed, at 1 MB. */
const SPEED: Partial<Record<Case, number>> = { a: 50, b: 100, c: 30, d: 10 };

/** `quotes`: of ours, per case; peers get fewer, since some take a quarter of a second for each. */
export async function run({
  quick,
  seed = 1,
  quotes = quick ? 200 : 1_000,
}: {
  quick: boolean;
  seed?: number;
  quotes?: number;
}): Promise<Figure[]> {
  const few = (count: number) => Math.min(quotes, count);
  const sizes: Size[] = [
    { name: '100 KB', length: 100_000, ours: quotes, peers: few(quick ? 10 : 50) },
    { name: '1 MB', length: 1_000_000, ours: quotes, peers: few(quick ? 4 : 20) },
  ];
  const script = await bundle();
  const browser = await chromium.launch({
    executablePath: await findChromium(),
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
  });
  const figures: Figure[] = [];
  try {
    for (const size of sizes) {
      const served = await serve(script, mail(size.length, seed));
      try {
        const taken = await inTurns(browser, served.url, size, seed, quick ? 1 : 3);
        const built = await firstIndexes(browser, served.url, quick ? 7 : 15);
        figures.push(...asFigures(size, taken), ...indexFigures(size, built));
      } finally {
        await served.close();
      }
    }
  } finally {
    await browser.close();
  }
  // What is judged first, then what the peers did.
  return [...figures.filter(({ goal }) => goal), ...figures.filter(({ goal }) => !goal)];
}

type Taken = Record<Name, Measured[]>;

async function inTurns(
  browser: Browser,
  url: string,
  size: Size,
  seed: number,
  rounds: number,
): Promise<Taken> {
  const names: Name[] = ['ours', ...PEERS];
  const taken: Taken = {
    ours: [],
    'dom-anchor-text-quote': [],
    '@apache-annotator/dom': [],
    hypothesis: [],
  };
  for (let round = 0; round < rounds; round += 1) {
    const order = round % 2 === 0 ? names : names.toReversed();
    for (const name of order) {
      const quotes = name === 'ours' ? size.ours : size.peers;
      taken[name].push(await once(browser, url, name, quotes, seed + round));
    }
  }
  return taken;
}

async function once(
  browser: Browser,
  url: string,
  name: Name,
  quotes: number,
  seed: number,
): Promise<Measured> {
  const page = await browser.newPage();
  try {
    await page.goto(url);
    return await page.evaluate(
      ([who, many, from]) =>
        (globalThis as unknown as { measure: Measure }).measure(who, many, from),
      [name, quotes, seed] as const,
    );
  } finally {
    await page.close();
  }
}

type FirstIndex = Built & {
  /** ms of processor time of the page's main thread for `cold`. */
  processor: number;
};

// The first index of a page: its code was never run there, and no node was ever looked at by a
// script. The page is at rest before, as it is when a content script comes to it.
async function firstIndexes(browser: Browser, url: string, pages: number): Promise<FirstIndex[]> {
  const all: FirstIndex[] = [];
  for (let left = pages; left > 0; left -= 1) {
    const page = await browser.newPage();
    try {
      await page.goto(url);
      await page.evaluate(
        () =>
          new Promise<void>((done) => {
            requestAnimationFrame(() => requestIdleCallback(() => done(), { timeout: 5_000 }));
          }),
      );
      const session = await page.context().newCDPSession(page);
      await session.send('Performance.enable', { timeDomain: 'threadTicks' });
      const processor = async () => {
        const { metrics } = await session.send('Performance.getMetrics');
        const time = metrics.find(({ name }) => name === 'ThreadTime');
        if (time === undefined) throw new TypeError('no time of the thread');
        return 1_000 * time.value;
      };
      const build = (times: number) =>
        page.evaluate(
          (many) => (globalThis as unknown as { measureIndex: MeasureIndex }).measureIndex(many),
          times,
        );
      await build(0);
      const asked = await processor();
      await build(0);
      const began = await processor();
      const cold = await build(1);
      const ended = await processor();
      const warm = await build(5);
      // Asking takes some of it as well, and no index is built for that.
      all.push({ cold, warm, processor: ended - began - (began - asked) });
    } finally {
      await page.close();
    }
  }
  return all;
}

// Judged by the processor's time: others who push the page off a shared processor are no part of
// what an index takes. The time on the clock stands beside it.
function indexFigures({ name, length }: Size, built: readonly FirstIndex[]): Figure[] {
  const of = (what: keyof FirstIndex) => built.map((one) => one[what]);
  const ms = (words: string, value: number, goal: Goal | null = null) =>
    figure({ name: `${name}, ${words}`, value, unit: 'ms' }, null, goal);
  const goal: Goal | null = length >= 1_000_000 ? { of: 'value', at: 'most', bound: 15 } : null;
  return [
    ms('index built, first in a fresh page, processor time', median(of('processor')), goal),
    ms('index built, first in a fresh page, on the clock', median(of('cold'))),
    ms('index built, first in a fresh page, on the clock, least', Math.min(...of('cold'))),
    ms('index built, later ones, on the clock', median(of('warm'))),
  ];
}

function asFigures(size: Size, taken: Taken): Figure[] {
  const big = size.length >= 1_000_000;
  const at = (name: string) => `${size.name}, ${name}`;
  const speed = (name: Name, kind: Case) =>
    1_000 / median(taken[name].map(({ cases }) => cases[kind].took));
  const share = (name: Name, kind: Case, what: 'found' | 'right') => {
    const results = taken[name].map(({ cases }) => cases[kind]);
    const sum = (of: 'found' | 'right' | 'quotes') =>
      results.reduce((total, result) => total + result[of], 0);
    return (100 * sum(what)) / sum('quotes');
  };
  const figures: Figure[] = [];
  for (const [kind, words] of Object.entries(CASES) as [Case, string][]) {
    const of = kind === 'deleted' ? words : `${kind} ${words}`;
    const fastest = PEERS.toSorted((x, y) => speed(y, kind) - speed(x, kind))[0] ?? PEERS[0];
    const peer = (value: number) => ({ name: fastest, value });
    const bound = big ? SPEED[kind] : undefined;
    const goal: Goal | null = bound ? { of: 'ratio', at: 'least', bound } : null;
    const ours = { name: at(of), value: speed('ours', kind), unit: 'quotes/s' };
    figures.push(figure(ours, peer(speed(fastest, kind)), goal));
    const all: Goal = { of: 'value', at: 'least', bound: 100 };
    const none: Goal = { of: 'value', at: 'most', bound: 0.1 };
    const wanted = kind === 'deleted' ? none : kind === 'e' ? null : all;
    for (const what of kind === 'deleted' ? (['found'] as const) : (['found', 'right'] as const)) {
      const value = share('ours', kind, what);
      const beside = peer(share(fastest, kind, what));
      const measured = { name: at(`${of}: ${SAID[what]}`), value, unit: '%' };
      const { ratio: _, ...judged } = figure(measured, beside, wanted);
      figures.push(judged);
    }
    for (const name of PEERS) {
      const who = `${of}, ${name} (${size.peers} quotes)`;
      figures.push(
        figure({ name: at(who), value: speed(name, kind), unit: 'quotes/s' }, null, null),
      );
      if (kind === 'deleted') continue;
      const value = share(name, kind, 'right');
      figures.push(figure({ name: at(`${who}: placed rightly`), value, unit: '%' }, null, null));
    }
  }
  // A median like all else: a page that others push off the processor looks like a long task.
  const longest = median(taken.ours.flatMap((one) => one.longest ?? []));
  const goal: Goal = { of: 'value', at: 'most', bound: 50 };
  figures.push(figure({ name: at('longest task'), value: longest, unit: 'ms' }, null, goal));
  return figures;
}

const SAID = { found: 'found', right: 'placed rightly' } as const;

/** The page's program as one script, Hypothesis' own modules in it. */
async function bundle(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'unsaid-peers-'));
  try {
    await unpack(folder);
    const result = await build({
      root,
      configFile: join(root, 'vite.config.ts'),
      logLevel: 'error',
      resolve: {
        alias: {
          'hypothesis/annotator/anchoring': join(folder, 'src/annotator/anchoring/html.ts'),
          'approx-string-match': join(
            folder,
            'node_modules/approx-string-match/build/src/index.js',
          ),
        },
      },
      build: {
        write: false,
        minify: true,
        rolldownOptions: {
          input: join(root, 'bench/anchor.page.ts'),
          output: { format: 'iife', codeSplitting: false },
        },
      },
    });
    if (!('output' in result)) throw new TypeError('one build gives one output');
    return result.output[0].code;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Writes the modules Hypothesis anchors with, from the source map in its package. */
async function unpack(folder: string): Promise<void> {
  const path = join(root, 'node_modules/hypothesis/build/scripts/annotator.bundle.js.map');
  const map = JSON.parse(await readFile(path, 'utf8')) as {
    sources: string[];
    sourcesContent: string[];
  };
  for (const [at, source] of map.sources.entries()) {
    const name = source.replace(/^app:\/+/, '');
    if (!/^(src\/annotator\/(anchoring|util)|node_modules\/approx-string-match)\//.test(name))
      continue;
    if (name.split('/').includes('..')) throw new RangeError(`${name} leads out of its folder`);
    const file = join(folder, name);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, map.sourcesContent[at] ?? '');
  }
}

async function serve(
  script: string,
  html: string,
): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    const isScript = request.url === '/page.js';
    const type = isScript ? 'text/javascript' : 'text/html';
    response.setHeader('Content-Type', `${type}; charset=utf-8`);
    response.end(
      isScript
        ? script
        : `<!doctype html><title>Bench</title><main>${html}</main><script src="page.js"></script>`,
    );
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    close: () => new Promise((done) => server.close(() => done())),
  };
}
