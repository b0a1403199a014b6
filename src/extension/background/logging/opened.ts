// Which mails were really opened: shown with their words, in the tab in front, for a few seconds.
// What is waited for is kept in the browser's session storage, so that a worker that dies meanwhile
// finds it again.
import * as z from 'zod/mini';
import { browser } from '../../browser.ts';
import type { KnownMessage } from '../../messages/index.ts';
import { type FrameState, ownIn, recordIn, type TabState } from '../contexts.ts';
import { shownIn } from '../tab-context.ts';
import type { World } from '../world.ts';
import { logsItself } from './choice.ts';
import { logOpened, strongOf } from './log.ts';

export type OpenedDeps = { world: World; recordsChanged(): void };

/** So long it is looked at before it counts as opened. */
export const DWELL_MS = 4_000;
/** Should the worker die before that. Browsers allow no less than 30 s. */
export const LOGGING_ALARM = 'log-opened';

/** A mail's key → since when the tab shows it in front, ms since 1970. */
const waiting = z.record(z.string(), z.number());
type Waiting = z.infer<typeof waiting>;

/** In the place of a time: decided, not to be looked at again while it is shown. */
const SETTLED = Number.MAX_SAFE_INTEGER;

const keyOf = (tab: number) => `opened:${tab}`;
const LIST = 'opened-tabs';

/** A tab told what it shows. */
export async function tabTold(deps: OpenedDeps, tab: number): Promise<void> {
  const { world } = deps;
  if (!(await logsItself(world, await world.current()))) return;
  const keys = openIn(await shownIn(world, tab)).flatMap(({ message }) => strongOf(message));
  const now = world.source.now();
  const isNew = await change(tab, (before) => {
    const next: Waiting = {};
    for (const key of keys) next[key] = before[key] ?? now;
    return next;
  });
  if (isNew) await lookLater(deps, tab);
}

/** A tab came to the front: what it shows is looked at from now on. */
export async function tabInFront(deps: OpenedDeps, tab: number): Promise<void> {
  const now = deps.world.source.now();
  const some = await change(tab, (before) =>
    Object.fromEntries(Object.entries(before).map(([key, at]) => [key, at === SETTLED ? at : now])),
  );
  if (some) await lookLater(deps, tab);
}

export async function tabGone(tab: number): Promise<void> {
  await change(tab, () => ({}));
}

/** Looks again at all that is waited for; for a worker that has just been woken. */
export async function lookAtAll(deps: OpenedDeps): Promise<void> {
  for (const tab of await tabsWaiting()) await lookAt(deps, tab);
}

async function lookLater(deps: OpenedDeps, tab: number): Promise<void> {
  browser.alarms.create(LOGGING_ALARM, { delayInMinutes: 0.5 });
  setTimeout(() => void lookAt(deps, tab).catch(() => undefined), DWELL_MS + 50);
}

/** Logs what the tab has shown in front for long enough. */
export async function lookAt(deps: OpenedDeps, tab: number): Promise<void> {
  const { world } = deps;
  if (!(await isInFront(tab))) return;
  const since = await readWaiting(tab);
  if (Object.keys(since).length === 0) return;
  const state = await shownIn(world, tab);
  const now = world.source.now();
  const isDue = (message: KnownMessage) =>
    strongOf(message).some((key) => now - (since[key] ?? now) >= DWELL_MS);
  let some = false;
  const done = new Set<string>();
  for (const { message, frame } of openIn(state)) {
    if (!isDue(message)) continue;
    const place = { frame, record: recordIn(state), own: ownIn(state) };
    if (await logOpened(world, message, place)) some = true;
    for (const key of strongOf(message)) done.add(key);
  }
  // Whatever was decided holds as long as it stays open.
  await change(tab, (before) =>
    Object.fromEntries(
      Object.entries(before).map(([key, at]) => [key, done.has(key) ? SETTLED : at]),
    ),
  );
  if (some) deps.recordsChanged();
}

/** Mails that are open in a tab: a list's preview and a record's timeline are not looked at by that. */
function openIn(state: TabState): { message: KnownMessage; frame: FrameState }[] {
  return Object.values(state)
    .filter(({ page }) => page === 'message' || page === 'thread')
    .flatMap((frame) => frame.messages.map((message) => ({ message, frame })))
    .filter(({ message }) => message.shown !== 'collapsed');
}

async function isInFront(tab: number): Promise<boolean> {
  try {
    const { active, windowId } = await browser.tabs.get(tab);
    if (!active) return false;
    // A browser without windows has one tab in front.
    if (browser.windows === undefined || windowId === undefined) return true;
    return (await browser.windows.get(windowId)).state !== 'minimized';
  } catch {
    return false; // closed meanwhile
  }
}

async function readWaiting(tab: number): Promise<Waiting> {
  const stored = await browser.storage.session.get(keyOf(tab));
  const parsed = waiting.safeParse(stored[keyOf(tab)]);
  return parsed.success ? parsed.data : {};
}

async function tabsWaiting(): Promise<number[]> {
  const stored = await browser.storage.session.get(LIST);
  const parsed = z.array(z.number()).safeParse(stored[LIST]);
  return parsed.success ? parsed.data : [];
}

/** Answers whether something is waited for that was not before, or from another time on. */
function change(tab: number, next: (before: Waiting) => Waiting): Promise<boolean> {
  return navigator.locks.request('unsaid-opened', async () => {
    const before = await readWaiting(tab);
    const after = next(before);
    const tabs = (await tabsWaiting()).filter((one) => one !== tab);
    const isEmpty = Object.keys(after).length === 0;
    if (isEmpty && Object.keys(before).length === 0) return false;
    if (isEmpty) await browser.storage.session.remove(keyOf(tab));
    else await browser.storage.session.set({ [keyOf(tab)]: after });
    await browser.storage.session.set({ [LIST]: isEmpty ? tabs : [...tabs, tab] });
    return Object.entries(after).some(([key, at]) => at !== SETTLED && before[key] !== at);
  });
}
