// What each tab shows, told by its frames. Kept in the browser's session storage: it survives the
// worker's death and nothing of it reaches the disk.
import * as z from 'zod/mini';
import { browser } from '../browser.ts';
import { frameReading, knownMessage } from '../messages/index.ts';
import { forgetCues } from './cue/found.ts';
import type { SiteRecord } from './site-record.ts';

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

let arrivals = 0;
/** The newest arrival that is kept, by tab and frame. Gone with the worker, as what it was about to keep is. */
const kept = new Map<number, Map<number, number>>();

/** A number for what a frame has just told, larger than those before. */
export function arrival(): number {
  arrivals += 1;
  return arrivals;
}

/**
 * Keeps what a frame told as the arrival with this number; what was told after it stays. Answers
 * whether the tab has a new top document, whose frames may have told too early.
 */
export function setFrame(
  tab: number,
  frame: number,
  state: FrameState,
  arrived: number,
): Promise<boolean> {
  return navigator.locks.request(`unsaid-tab-${tab}`, async () => {
    const frames = kept.get(tab) ?? new Map<number, number>();
    if ((frames.get(frame) ?? 0) > arrived) return false;
    kept.set(tab, frames.set(frame, arrived));
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
  kept.delete(tab);
  await browser.storage.session.remove(keyOf(tab));
  await forgetCues(tab);
}

/** The frame that shows messages and told so last; else what is about a record; else the top frame. */
export function mainFrame(state: TabState): FrameState | null {
  const frames = Object.values(state).sort((a, b) => b.told - a.told);
  return (
    frames.find((frame) => frame.messages.length > 0) ??
    frames.find((frame) => frame.record !== null) ??
    frames.find((frame) => frame.never > 0) ??
    state[0] ??
    frames[0] ??
    null
  );
}

/** The record that the tab's page is about, with its site: the top frame may tell it of the others. */
export function recordIn(state: TabState): SiteRecord | null {
  const main = mainFrame(state);
  for (const frame of [main, state[0], ...Object.values(state)]) {
    if (frame?.record) return { ...frame.record, site: frame.site };
  }
  return null;
}

/** Addresses that the tab's pages show as those of the person in front of them. */
export function ownIn(state: TabState): string[] {
  return [...new Set(Object.values(state).flatMap(({ own }) => own))];
}

/** Messages on the never-log list that the tab shows, in all its frames. */
export function neverIn(state: TabState): number {
  return Object.values(state).reduce((sum, { never }) => sum + never, 0);
}

export function originOf(url: string): string {
  try {
    const parsed = new URL(url);
    return parsed.protocol === 'http:' || parsed.protocol === 'https:' ? parsed.origin : '';
  } catch {
    return '';
  }
}
