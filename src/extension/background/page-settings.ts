import { browser } from '../browser.ts';
import type { PageSettings } from '../messages/index.ts';
import { siteKnowledge } from './knowledge.ts';
import { neverList } from './never.ts';
import type { World } from './world.ts';

/** What a page's script goes by. */
export async function pageSettings(world: World): Promise<PageSettings> {
  const { lines } = await neverList(world);
  return { never: lines, sites: await siteKnowledge(world) };
}

/** Whether the never-log list differs from when this was last asked, by whomever. */
export async function neverChanged(world: World): Promise<boolean> {
  const { lines } = await neverList(world);
  const print = JSON.stringify(lines);
  return navigator.locks.request('unsaid-never', async () => {
    const { never } = await browser.storage.session.get('never');
    if (never === print) return false;
    await browser.storage.session.set({ never: print });
    return true;
  });
}
