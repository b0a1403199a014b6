// One durable capture in a real Chromium: sealed, folded, put into the outbox, on the disk; with
// many notes present. Beside it the least a durable write can be, one row in a strict transaction.
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { build } from 'vite';
import { findChromium } from '../scripts/browsers.ts';
import type { Prepare } from './capture.page.ts';
import { type Figure, figure } from './figure.ts';
import { inRounds } from './rounds.ts';

const root = resolve(import.meta.dirname, '..');

export async function run({ quick }: { quick: boolean }): Promise<Figure[]> {
  const figures: Figure[] = [];
  const profile = await mkdtemp(join(tmpdir(), 'unsaid-bench-'));
  const served = await serve(await bundle());
  // A profile on the disk: one that lives in memory would have nothing to be durable on.
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: await findChromium(),
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
  });
  try {
    const page = await context.newPage();
    await page.goto(served.url);
    for (const present of quick ? [0, 2_000] : [0, 2_000, 10_000]) {
      figures.push(await measure(page, present, quick ? 41 : 101));
    }
  } finally {
    await context.close();
    await served.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
  return figures;
}

async function measure(page: Page, present: number, rounds: number): Promise<Figure> {
  await page.evaluate(async (count) => {
    const own = globalThis as unknown as { prepare: Prepare; ready: Awaited<ReturnType<Prepare>> };
    own.ready = await own.prepare(count);
  }, present);
  const once = (which: 'ours' | 'bare') => () =>
    page.evaluate(
      (name) => (globalThis as unknown as { ready: Awaited<ReturnType<Prepare>> }).ready[name](),
      which,
    );
  const took = await inRounds(rounds, { ours: once('ours'), bare: once('bare') });
  return figure(
    { name: `a durable capture, ${present} notes present`, value: took.ours, unit: 'ms' },
    { name: 'one strict put', value: took.bare },
    // Below what a person notices at a key press, with room for slow machines.
    { of: 'value', at: 'most', bound: 50 },
  );
}

/** The page's program as one script. */
async function bundle(): Promise<string> {
  const result = await build({
    root,
    configFile: join(root, 'vite.config.ts'),
    logLevel: 'error',
    build: {
      write: false,
      minify: true,
      rolldownOptions: {
        input: join(root, 'bench/capture.page.ts'),
        output: { format: 'iife', codeSplitting: false },
      },
    },
  });
  if (!('output' in result)) throw new TypeError('one build gives one output');
  return result.output[0].code;
}

/** IndexedDB needs an origin, so the page comes from a server. */
async function serve(script: string): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    const isScript = request.url === '/page.js';
    response.setHeader('Content-Type', isScript ? 'text/javascript' : 'text/html');
    response.end(
      isScript ? script : '<!doctype html><title>Bench</title><script src="page.js"></script>',
    );
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    close: () => new Promise((done) => server.close(() => done())),
  };
}
