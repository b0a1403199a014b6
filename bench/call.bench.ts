// From the key to the tag on the disk, in a real Chromium with the extension as built: a key pressed
// in a page of ours, a message to the background, one strict transaction, and the answer.
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { launch, newProfile, removeProfile } from '../tests/e2e/support/chromium.ts';
import type { CallBench } from './call.page.ts';
import { type Figure, figure } from './figure.ts';
import { bundle } from './in-chromium.ts';
import { median } from './rounds.ts';

const root = resolve(import.meta.dirname, '..');
/** A page of ours with few keys of its own. */
const PAGE = 'src/extension/options/index.html';

declare const callBench: CallBench;

export async function run({ quick }: { quick: boolean }): Promise<Figure[]> {
  const built = await mkdtemp(join(tmpdir(), 'unsaid-bench-build-'));
  const profile = newProfile();
  try {
    // A process of its own: what it reports is no figure of this bench.
    const args = [join(root, 'scripts/build.ts'), '--mode', 'e2e', '--out', built];
    const { status, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
    if (status !== 0) throw new Error(`the extension does not build:\n${stderr}`);
    let { browser, page } = await open(profile, built);
    try {
      await page.evaluate(() => callBench.connect());
      await page.evaluate(() => callBench.begin());
      const presses = quick ? 60 : 400;
      const notes = quick ? 5_000 : 100_000;
      const figures = await measure(page, presses, 0);
      await page.evaluate((many) => callBench.fill(many), notes);
      // As on any morning: the notes of yesterday are there, and nothing is left over from storing them.
      await browser.close();
      ({ browser, page } = await open(profile, built));
      await page.evaluate(() => callBench.begin());
      figures.push(...(await measure(page, presses, notes)));
      return figures;
    } finally {
      await browser.close();
    }
  } finally {
    await rm(built, { recursive: true, force: true, maxRetries: 5 });
    removeProfile(profile);
  }
}

async function open(profile: string, built: string) {
  const browser = await launch(profile, { extension: join(built, 'extension') });
  const page = await browser.context.newPage();
  await page.goto(await browser.extensionUrl(PAGE));
  await page.evaluate(await bundle('call.page.ts'));
  return { browser, page };
}

async function measure(page: Page, presses: number, notes: number): Promise<Figure[]> {
  const [tags, puts]: [number[], number[]] = [[], []];
  for (let press = 0; press < presses; press += 1) {
    const waiting = page.evaluate(() => callBench.nextTag());
    // The browser hears of the wait first; and nobody presses at even distances.
    await setTimeout(20 + (press % 7) * 12);
    await page.keyboard.press(String(1 + (press % 9)));
    tags.push(await waiting);
    puts.push(await page.evaluate(() => callBench.put()));
  }
  const stored = await page.evaluate(() => callBench.count());
  if (stored !== presses) throw new Error(`${stored} tags of ${presses} are stored`);
  const name = `a key to its tag stored, ${notes} notes present`;
  const peer = 'one strict put';
  return [
    figure(
      { name: `${name}, p50`, value: median(tags), unit: 'ms' },
      { name: peer, value: median(puts) },
      null,
    ),
    figure(
      { name: `${name}, p99`, value: slowest(tags), unit: 'ms' },
      { name: peer, value: slowest(puts) },
      { of: 'value', at: 'most', bound: 50 },
    ),
  ];
}

/** The 99th of a hundred. */
function slowest(times: number[]): number {
  return times.toSorted((a, b) => a - b)[Math.ceil(times.length * 0.99) - 1] ?? 0;
}
