// One load of the mail page in a fresh tab, measured over the browser's own protocol.

import type { BrowserContext, CDPSession, Page } from 'playwright-core';

export type Load = {
  /** ms of CPU time of all tasks on the page's main thread, until it rests. */
  mainThread: number;
  /** ms of it in which script was read or ran, anybody's. */
  script: number;
  /** Bytes of V8's heap after collecting garbage, all worlds together. */
  heap: number;
  /** Elements of the document and of all shadow roots in it, closed ones too. */
  elements: number;
  iframes: number;
};

const MOST_MS = 8_000;
const REST_MS = 400;
// What a resting page's thread does in a rest, timers of the browser itself among it.
const RESTING = 1;

/** An empty tab whose time is counted as CPU time: other programs of the machine are not in it. */
export async function newTab(context: BrowserContext): Promise<[Page, CDPSession]> {
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
  return [page, cdp];
}

/** Opens the page and waits until nothing happens in it any more. */
export async function open(context: BrowserContext, url: string): Promise<[Page, CDPSession]> {
  const [page, cdp] = await newTab(context);
  await page.goto(url, { waitUntil: 'load' });
  await rest(cdp);
  return [page, cdp];
}

/** Waits until the main thread of a tab made by `newTab` has nothing to do. */
export async function rest(cdp: CDPSession): Promise<void> {
  const began = performance.now();
  let before = (await metrics(cdp)).TaskDuration;
  while (performance.now() - began < MOST_MS) {
    await new Promise((done) => setTimeout(done, REST_MS));
    const now = (await metrics(cdp)).TaskDuration;
    if (now - before < RESTING) return;
    before = now;
  }
}

export async function load(context: BrowserContext, url: string): Promise<Load> {
  const [page, cdp] = await open(context, url);
  const { TaskDuration, ScriptDuration } = await metrics(cdp);
  for (let times = 0; times < 3; times += 1) await cdp.send('HeapProfiler.collectGarbage');
  const { JSHeapUsedSize } = await metrics(cdp);
  const { root } = await cdp.send('DOM.getDocument', { depth: -1, pierce: true });
  const counts = { elements: 0, iframes: 0 };
  count(root, counts);
  await page.close();
  return { mainThread: TaskDuration, script: ScriptDuration, heap: JSHeapUsedSize, ...counts };
}

type Metrics = { TaskDuration: number; ScriptDuration: number; JSHeapUsedSize: number };

/** Durations in ms. */
async function metrics(cdp: CDPSession): Promise<Metrics> {
  const told = await cdp.send('Performance.getMetrics');
  const of = (name: string) => told.metrics.find((one) => one.name === name)?.value ?? Number.NaN;
  return {
    TaskDuration: of('TaskDuration') * 1_000,
    ScriptDuration: (of('ScriptDuration') + of('V8CompileDuration')) * 1_000,
    JSHeapUsedSize: of('JSHeapUsedSize'),
  };
}

type Node = {
  nodeType: number;
  nodeName: string;
  shadowRootType?: string | undefined;
  children?: Node[] | undefined;
  shadowRoots?: Node[] | undefined;
};

// What is in a frame is no element of this page; the browser's own shadow trees are nobody's.
function count(node: Node, into: { elements: number; iframes: number }): void {
  if (node.nodeType === 1) into.elements += 1;
  if (node.nodeName === 'IFRAME') into.iframes += 1;
  for (const child of node.children ?? []) count(child, into);
  for (const root of node.shadowRoots ?? []) {
    if (root.shadowRootType !== 'user-agent') count(root, into);
  }
}
