// What each tab shows, told by its frames. Kept in the browser's session storage: it survives the
// worker's death and nothing of it reaches the disk.
import * as z from 'zod/mini';
import { browser } from '../browser.ts';
import { frameReading, knownMessage } from '../messages/index.ts';

const frameState = z.object({
  ...z.omit(frameReading, { messages: true }).shape,
  messages: z.array(knownMessage),
  told: z.number(),
  /** Tells one document from the next in the same frame. */
  document: z.string(),
});
export type FrameState = z.infer<typeof frameState>;
const tabState = z.record(z.string(), frameState);
export type TabState = Record<string, FrameState>;

const keyOf = (tab: number) => `tab:${tab}`;

export async function readTab(tab: number): Promise<TabState> {
  const stored = await browser.storage.session.get(keyOf(tab));
  const parsed = tabState.safeParse(stored[keyOf(tab)]);
  return parsed.success ? parsed.data : {};
}

/** Answers whether the tab has a new top document, whose frames may have told too early. */
export function setFrame(tab: number, frame: number, state: FrameState): Promise<boolean> {
  return navigator.locks.request(`unsaid-tab-${tab}`, async () => {
    const present = await readTab(tab);
    // A new top document has new frames: what the old ones showed is gone.
    const renewed =
      frame === 0 && present[0] !== undefined && present[0].document !== state.document;
    const next: TabState = renewed ? {} : { ...present };
    next[frame] = state;
    await browser.storage.session.set({ [keyOf(tab)]: next });
    return renewed;
  });
}

export async function forgetTab(tab: number): Promise<void> {
  await browser.storage.session.remove(keyOf(tab));
}

/** The frame that shows messages and told so last, else the top frame. */
export function mainFrame(state: TabState): FrameState | null {
  const frames = Object.values(state);
  const telling = frames
    .filter((frame) => frame.messages.length > 0)
    .sort((a, b) => b.told - a.told)[0];
  return telling ?? state[0] ?? frames[0] ?? null;
}

export function originOf(url: string): string {
  try {
    const parsed = new URL(url);
    return parsed.protocol === 'http:' || parsed.protocol === 'https:' ? parsed.origin : '';
  } catch {
    return '';
  }
}
