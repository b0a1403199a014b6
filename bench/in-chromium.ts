// A program of a bench on a page of a real Chromium, with a profile on the disk.
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { build } from 'vite';
import { findChromium } from '../scripts/browsers.ts';

const root = resolve(import.meta.dirname, '..');

/** `program`: a file of this folder, which is bundled into one script. */
export async function inChromium<T>(program: string, work: (page: Page) => Promise<T>): Promise<T> {
  const profile = await mkdtemp(join(tmpdir(), 'unsaid-bench-'));
  const served = await serve(await bundle(program));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: await findChromium(),
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
  });
  try {
    const page = await context.newPage();
    await page.goto(served.url);
    return await work(page);
  } finally {
    await context.close();
    await served.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** One script that needs no other. */
export async function bundle(program: string): Promise<string> {
  const result = await build({
    root,
    configFile: join(root, 'vite.config.ts'),
    logLevel: 'error',
    build: {
      write: false,
      minify: true,
      rolldownOptions: {
        input: join(import.meta.dirname, program),
        output: { format: 'iife', codeSplitting: false },
      },
    },
  });
  if (!('output' in result)) throw new TypeError('one build gives one output');
  return result.output[0].code;
}

/** IndexedDB and WebCrypto need an origin, so the page comes from a server. */
async function serve(script: string): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    const isScript = request.url === '/page.js';
    response.setHeader(
      'Content-Type',
      isScript ? 'text/javascript; charset=utf-8' : 'text/html; charset=utf-8',
    );
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
