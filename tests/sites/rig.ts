// Reading pages of real programs, as the page script does: in a world of its own, where names that
// a page clobbers are not seen.

import { join, resolve } from 'node:path';
import { type Browser, type CDPSession, chromium, type Page } from 'playwright-core';
import { build } from 'vite';
import { installedChromium } from '../../scripts/browsers.ts';
import type { MessageHeaders, MessageReading, PageReading } from '../../src/sites/site.ts';

export const ROOT = resolve(import.meta.dirname, '../..');

/** A message as it was read, with its text, and whether its first words were found again in it. */
export type ReadForTest = Omit<MessageReading, 'element' | 'body'> & {
  text: string;
  headers: MessageHeaders | null;
  found: boolean;
};

export type PageForTest = Omit<PageReading, 'messages'> & { messages: ReadForTest[] };

const ENTRY = `
import { describeText, find, indexText } from ${JSON.stringify(join(ROOT, 'src/anchor/index.ts'))};
import { readPage, chooseSite } from ${JSON.stringify(join(ROOT, 'src/sites/index.ts'))};
import { SITES } from ${JSON.stringify(join(ROOT, 'src/sites/all.ts'))};
globalThis.readForTest = async () => {
  const reading = readPage(document, SITES);
  const site = chooseSite(document, SITES)?.site;
  const messages = [];
  for (const message of reading.messages) {
    const { element, body, ...facts } = message;
    const headers = (await site?.headersOf?.(message, document, AbortSignal.timeout(5000))) ?? null;
    const index = body === null ? null : indexText(body);
    const selectors = index && describeText(index, 0, Math.min(120, index.text.length));
    const found = selectors ? find(index, selectors) !== null : false;
    messages.push({ ...facts, text: index?.text ?? '', headers, found });
  }
  return { ...reading, messages };
};`;

/** The readers and what they need, as one script. */
export async function bundle(): Promise<string> {
  const id = '\0entry';
  const output = await build({
    configFile: false,
    logLevel: 'silent',
    root: ROOT,
    build: {
      write: false,
      minify: false,
      lib: { entry: 'entry', formats: ['iife'], name: 'unused', fileName: 'entry' },
    },
    plugins: [
      {
        name: 'entry',
        resolveId: (name) => (/(^|[\\/])entry$/.test(name) ? id : null),
        load: (name) => (name === id ? ENTRY : null),
      },
    ],
  });
  const [first] = Array.isArray(output) ? output : [output];
  if (!first || !('output' in first)) throw new Error('no bundle');
  return first.output[0].code;
}

/** A browser that reaches nothing but this machine. */
export function launch(): Promise<Browser> {
  const executablePath = process.env.CHROMIUM ?? installedChromium();
  return chromium.launch({
    ...(executablePath === null ? {} : { executablePath }),
    args: ['--no-sandbox', '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'],
  });
}

/** A session with a tab that loads no pictures and fonts: they say nothing about what is read. */
export async function open(tab: Page): Promise<CDPSession> {
  const session = await tab.context().newCDPSession(tab);
  await session.send('Network.enable');
  await session.send('Network.setBlockedURLs', {
    urls: ['*.svg*', '*.woff*', '*.png*', '*.css*', '*jquery-ui*'],
  });
  return session;
}

/** Reads what the tab shows. */
export async function read(session: CDPSession, script: string): Promise<PageForTest> {
  const { frameTree } = await session.send('Page.getFrameTree');
  const { executionContextId } = await session.send('Page.createIsolatedWorld', {
    frameId: frameTree.frame.id,
  });
  const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
    expression: `${script}\n;globalThis.readForTest()`,
    contextId: executionContextId,
    awaitPromise: true,
    returnByValue: true,
  });
  if (exceptionDetails) throw new Error(exceptionDetails.exception?.description);
  return result.value;
}

/** Without what turns letters round, which readers leave out. */
export const plain = (text: string) => text.replace(/[\u202A-\u202E\u2066-\u2069]/g, '');
export const squeezed = (text: string) => text.replace(/\s+/g, ' ').trim();
