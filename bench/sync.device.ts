// A device's half of syncing, in a real Chromium with its profile on the disk: the first sync of a
// large workspace, and the return of a device that was long offline. The server's answers lie ready.

import { type Figure, figure } from './figure.ts';
import { inChromium } from './in-chromium.ts';
import type { FirstSync, SendPending } from './sync.device.page.ts';

type Program = { firstSync: FirstSync; pending: SendPending };

export async function runDevice({ quick }: { quick: boolean }): Promise<Figure[]> {
  const notes = quick ? 5_000 : 100_000;
  const offline = quick ? 2_000 : 20_000;
  return inChromium('sync.device.page.ts', async (page) => {
    const first = await page.evaluate(
      (count) => (globalThis as unknown as Program).firstSync(count),
      notes,
    );
    if (first.notes !== notes) throw new Error(`${first.notes} of ${notes} notes arrived`);
    const back = await page.evaluate(
      (count) => (globalThis as unknown as Program).pending(count),
      offline,
    );
    const most = (bound: number) => ({ of: 'value', at: 'most', bound }) as const;
    const of = (name: string, value: number, bound: number) =>
      figure({ name, value, unit: 'ms' }, null, most(bound));
    return [
      of(`first sync of ${notes} notes, proven`, first.ms, 6_000),
      of('slowest call of a sidebar meanwhile', first.slowest, 500),
      of(`opening with ${offline} pending`, back.opens, 1_000),
      figure({ name: `sending ${offline} pending`, value: back.ms, unit: 'ms' }, null, null),
      of('slowest call of a sidebar meanwhile', back.slowest, 500),
    ];
  });
}
