// The cues of what each tab shows. Kept in the browser's session storage, beside what its frames
// told: they hold words of mails, which must not reach the disk.
import * as z from 'zod/mini';
import { id, selectors } from '../../../domain/index.ts';
import { browser } from '../../browser.ts';

const found = z.object({
  id,
  becomes: z.enum(['expectation', 'commitment']),
  rule: z.string(),
  why: z.string(),
  /** Of a promise: who gave it, and the day it is due. */
  by: z.optional(z.enum(['writer', 'reader'])),
  due: z.optional(z.string()),
  reason: z.optional(z.enum(['cannot-say', 'assumes', 'does-not-know'])),
  dimension: z.optional(z.string()),
  /** The words that are marked, and the sentence around them that a card quotes. */
  selectors,
  sentence: selectors,
  print: z.string(),
  language: z.nullable(z.string()),
});
/** One cue, as it was found in a message's words. */
export type FoundCue = z.infer<typeof found>;

const searched = z.object({
  /** What the message was known by, its words among that. */
  keys: z.array(z.string()),
  /** How much had been taught by then (taught.ts). */
  lessons: z.number(),
  cues: z.array(found),
});
/** A message whose words were looked through. */
export type Searched = z.infer<typeof searched>;

const tabState = z.record(z.string(), z.array(searched));
/** frame → the messages that it told the words of */
export type TabCues = z.infer<typeof tabState>;

const keyOf = (tab: number) => `cues:${tab}`;

export async function readCues(tab: number): Promise<TabCues> {
  const stored = await browser.storage.session.get(keyOf(tab));
  const parsed = tabState.safeParse(stored[keyOf(tab)]);
  return parsed.success ? parsed.data : {};
}

/** `frames`: those the tab has now; what others showed is forgotten. */
export function writeCues(
  tab: number,
  frame: number,
  messages: readonly Searched[],
  frames: readonly string[],
): Promise<void> {
  return navigator.locks.request(`unsaid-cues-${tab}`, async () => {
    const next = Object.entries(await readCues(tab)).filter(([one]) => frames.includes(one));
    const all = { ...Object.fromEntries(next), [frame]: messages };
    await browser.storage.session.set({ [keyOf(tab)]: all });
  });
}

export async function forgetCues(tab: number): Promise<void> {
  await browser.storage.session.remove(keyOf(tab));
}

export function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((one, at) => one === b[at]);
}
