// The call bar's window and the page of all calls.
import * as z from 'zod/mini';
import { browser } from '../../browser.ts';

const BAR = '/src/extension/call/index.html';
const PAGE = '/src/extension/calls/index.html';
const OPEN = 'call-window';
const PLACE = 'call-window-place';
const SIZE = { width: 420, height: 360 };

const place = z.object({
  width: z.int().check(z.gte(200)),
  height: z.int().check(z.gte(120)),
  left: z.int(),
  top: z.int(),
});

/** By our own address: getURL may give the one for frames, which a tab refuses. */
function addressOf(path: string): string {
  return new URL(path, location.href).href;
}

/** Opens the bar, or brings it to the front. */
export function openBar(): Promise<void> {
  return navigator.locks.request('unsaid-call-window', async () => {
    const { [OPEN]: open } = await browser.storage.session.get(OPEN);
    if (typeof open === 'number') {
      try {
        await browser.windows.update(open, { focused: true, drawAttention: true });
        return;
      } catch {
        // It was closed.
      }
    }
    const parsed = place.safeParse((await browser.storage.local.get(PLACE))[PLACE]);
    const made = await create(parsed.success ? parsed.data : SIZE);
    await browser.storage.session.set({ [OPEN]: made });
  });
}

async function create(where: Partial<z.infer<typeof place>>): Promise<number | null> {
  const wanted = { url: addressOf(BAR), type: 'popup' as const };
  try {
    return (await browser.windows.create({ ...wanted, ...where })).id ?? null;
  } catch {
    // The screen that it lay on is not there any more.
    return (await browser.windows.create({ ...wanted, ...SIZE })).id ?? null;
  }
}

export function isBar(url: string): boolean {
  return url.startsWith(addressOf(BAR));
}

/** Where the bar's window lies is kept for the next time; told by the tab in it. */
export async function rememberPlace(tab: number): Promise<void> {
  try {
    const { windowId } = await browser.tabs.get(tab);
    if (windowId === undefined) return;
    const { type, state, width, height, left, top } = await browser.windows.get(windowId);
    const now = place.safeParse({ width, height, left, top });
    if (type !== 'popup' || state !== 'normal' || !now.success) return;
    const { [PLACE]: before } = await browser.storage.local.get(PLACE);
    if (JSON.stringify(before) === JSON.stringify(now.data)) return;
    await browser.storage.local.set({ [PLACE]: now.data });
  } catch {
    // It is closing.
  }
}

/** The tab that the person had in front of them before a window of ours. */
export async function tabBehind(): Promise<number | null> {
  const tabs = await browser.tabs.query({ active: true, windowType: 'normal' });
  const [last] = tabs.sort((a, b) => (b.lastAccessed ?? 0) - (a.lastAccessed ?? 0));
  return last?.id ?? null;
}

export async function openCalls(call: string | null, waiting = false): Promise<void> {
  const hash = call === null ? (waiting ? '#/waiting' : '') : `#${call}`;
  await browser.tabs.create({ url: addressOf(PAGE) + hash });
}
