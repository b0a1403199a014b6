// One durable capture in a real Chromium: sealed, folded, put into the outbox, on the disk; with
// many notes present. Beside it the least a durable write can be, one row in a strict transaction.
import type { Page } from 'playwright-core';
import type { Prepare } from './capture.page.ts';
import { type Figure, figure } from './figure.ts';
import { inChromium } from './in-chromium.ts';
import { inRounds } from './rounds.ts';

export async function run({ quick }: { quick: boolean }): Promise<Figure[]> {
  // A profile on the disk: one that lives in memory would have nothing to be durable on.
  return inChromium('capture.page.ts', async (page) => {
    const figures: Figure[] = [];
    for (const present of quick ? [0, 2_000] : [0, 10_000, 100_000]) {
      figures.push(...(await measure(page, present, quick ? 41 : 201)));
    }
    return figures;
  });
}

async function measure(page: Page, present: number, rounds: number): Promise<Figure[]> {
  await page.evaluate(async (count) => {
    const own = globalThis as unknown as { prepare: Prepare; ready: Awaited<ReturnType<Prepare>> };
    own.ready = await own.prepare(count);
  }, present);
  const times = { ours: [] as number[], bare: [] as number[] };
  const once = (which: 'ours' | 'bare') => async () => {
    const ms = await page.evaluate(
      (name) => (globalThis as unknown as { ready: Awaited<ReturnType<Prepare>> }).ready[name](),
      which,
    );
    times[which].push(ms);
    return ms;
  };
  const took = await inRounds(rounds, { ours: once('ours'), bare: once('bare') });
  const name = `a durable capture, ${present} notes present`;
  const peer = 'one strict put';
  return [
    figure(
      { name: `${name}, p50`, value: took.ours, unit: 'ms' },
      { name: peer, value: took.bare },
      { of: 'value', at: 'most', bound: 3 },
    ),
    figure(
      { name: `${name}, p99`, value: slowest(times.ours), unit: 'ms' },
      { name: peer, value: slowest(times.bare) },
      { of: 'value', at: 'most', bound: 30 },
    ),
  ];
}

/** The 99th of a hundred. */
function slowest(times: number[]): number {
  return times.toSorted((a, b) => a - b)[Math.ceil(times.length * 0.99) - 1] ?? 0;
}
