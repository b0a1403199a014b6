// Reminds of what is due: a count on the toolbar's button and, where the person allowed it, the
// browser's notifications. The same is never told twice for the same day.
import { dayAfter, daysBetween } from '../../../domain/due.ts';
import { plain } from '../../../domain/plain.ts';
import { shorten } from '../../../domain/text.ts';
import { browser } from '../../browser.ts';
import type { DueItem } from '../../messages/index.ts';
import { dayOf } from '../calls/kept.ts';
import type { World } from '../world.ts';
import { asItems, dueAmong, dueUntil, keyOf } from './due.ts';
import { changeReminders, type KeptReminders, readReminders } from './kept.ts';
import { say } from './words.ts';

export const REMINDERS_ALARM = 'reminders';
/** One by one up to here; more at once are one notification. */
const ONE_BY_ONE = 3;
const SIDEBAR = '/src/extension/sidebar/index.html';
const LOCK = 'unsaid-reminders';

export function scheduleReminders(): void {
  browser.alarms.create(REMINDERS_ALARM, { delayInMinutes: 0.5, periodInMinutes: 60 });
}

/** Looks at everything; `now` in ms since 1970. */
export function remind(world: World, now: number = world.source.now()): Promise<void> {
  return navigator.locks.request(LOCK, async () => {
    const here = await world.current();
    const today = dayOf(now);
    const found = await dueUntil(here, today);
    const keys = new Set(found.map(({ due }) => keyOf(due)));
    const allowed = await mayNotify();
    // What is told is written down first: told twice is worse than told never.
    let fresh: typeof found = [];
    const { after } = await changeReminders(world, (kept) => {
      const snoozed = only(kept.snoozed, keys);
      const told = only(kept.told, keys);
      fresh = found.filter(({ due }) => {
        const key = keyOf(due);
        return (
          dayToTell(due.on, snoozed[key]) <= today && told[key] !== dayToTell(due.on, snoozed[key])
        );
      });
      if (!allowed || !kept.notify) fresh = [];
      for (const { due } of fresh) told[keyOf(due)] = dayToTell(due.on, snoozed[keyOf(due)]);
      return { told, snoozed, due: found.map(({ due: { kind, id } }) => ({ kind, id })) };
    });
    await showCount(found.filter(({ due }) => isNow(after, due, today)).length);
    if (fresh.length > 0) await tell(await asItems(here, fresh, today, {}), after.words);
  });
}

/** The count anew, of what was due at the last look: something of it may be done. */
export function recount(world: World, now: number = world.source.now()): Promise<void> {
  return navigator.locks.request(LOCK, async () => {
    const kept = await readReminders(world);
    if (kept.due.length === 0) return;
    const today = dayOf(now);
    const still = await dueAmong(await world.current(), kept.due, today);
    await showCount(still.filter(({ due }) => isNow(kept, due, today)).length);
  });
}

function isNow(
  { snoozed }: KeptReminders,
  due: { what: DueItem['what']; id: string; on: string },
  today: string,
): boolean {
  return dayToTell(due.on, snoozed[keyOf(due)]) <= today;
}

/** The day it is due, or a later one that it was put off to. */
function dayToTell(on: string, snoozed: string | undefined): string {
  return snoozed !== undefined && snoozed > on ? snoozed : on;
}

/** Without what is not due any more: it may become due again on another day. */
function only(all: { readonly [key: string]: string }, keys: ReadonlySet<string>) {
  return Object.fromEntries(Object.entries(all).filter(([key]) => keys.has(key)));
}

async function showCount(count: number): Promise<void> {
  await browser.action.setBadgeText({
    text: count === 0 ? '' : count > 99 ? '99+' : String(count),
  });
  await browser.action.setTitle({ title: count === 0 ? 'Unsaid' : say.button(count) });
}

/** Without the permission the browser has no such thing. */
type Notifications = typeof browser.notifications | undefined;

export async function mayNotify(): Promise<boolean> {
  const notifications: Notifications = browser.notifications;
  if (notifications === undefined) return false;
  return browser.permissions.contains({ permissions: ['notifications'] });
}

/** On a locked screen anybody reads it: whom and what it is about is said only where allowed. */
async function tell(items: readonly DueItem[], words: boolean): Promise<void> {
  const many = items.length > ONE_BY_ONE;
  const told = many
    ? [{ id: 'due', title: say.many(items.length), message: say.look }]
    : items.map((item) => ({
        id: `due/${item.kind}/${item.id}/${item.on}/${item.what}`,
        title: say.due(item.what, daysBetween(item.on, dayToday(item))),
        message: words ? aboutOf(item) || say.look : say.look,
      }));
  for (const { id, ...shown } of told) {
    await browser.notifications.create(id, {
      ...{ type: 'basic', iconUrl: addressOf('/icons/unsaid-128.png') },
      ...shown,
      ...(many || !hasButtons() ? {} : { buttons: [{ title: say.tomorrow }] }),
    });
  }
}

function dayToday({ on, days }: DueItem): string {
  return new Date(Date.parse(`${on}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10);
}

function aboutOf({ customer, text }: DueItem): string {
  const said = [customer?.name ?? '', text].map((part) => plain(part).replace(/\s+/g, ' ').trim());
  return shorten(said.filter(Boolean).join(': '), 200);
}

/** A notification was clicked: its card, in a tab of its own. */
export async function openReminder(id: string): Promise<void> {
  if (!id.startsWith('due')) return;
  const [, kind, record] = id.split('/');
  // A question has no card of its own: it stands in the inbox.
  const card =
    kind === 'commitment' || kind === 'expectation' ? `?card=${kind}/${record}` : '?at=inbox';
  await browser.tabs.create({ url: addressOf(SIDEBAR) + card });
  await browser.notifications.clear(id);
}

/** Reminds of it again on that day (ISO 8601); null: as if never put off. Answers the day before. */
export async function putOff(
  world: World,
  due: { what: DueItem['what']; id: string },
  until: string | null,
): Promise<string | null> {
  const key = keyOf(due);
  const { before } = await changeReminders(world, ({ snoozed: { [key]: _, ...others } }) => ({
    snoozed: until === null ? others : { ...others, [key]: until },
  }));
  void recount(world);
  return before.snoozed[key] ?? null;
}

/** The button of a notification: tomorrow is soon enough. */
export async function putOffReminder(
  world: World,
  id: string,
  now: number = world.source.now(),
): Promise<void> {
  const [of, , record, , what] = id.split('/');
  if (of !== 'due' || record === undefined || what === undefined) return;
  await putOff(world, { what: what as DueItem['what'], id: record }, dayAfter(dayOf(now), 1));
  await browser.notifications.clear(id);
}

/** Firefox refuses a notification that asks for buttons. */
function hasButtons(): boolean {
  const { onButtonClicked } = browser.notifications as { onButtonClicked?: unknown };
  return onButtonClicked !== undefined;
}

/** Listens for clicks, as soon as there can be any. */
export function hearReminders(world: World): void {
  const notifications: Notifications = browser.notifications;
  if (notifications === undefined || notifications.onClicked.hasListener(clicked)) return;
  notifications.onClicked.addListener(clicked);
  if (!hasButtons()) return;
  notifications.onButtonClicked.addListener((id) => void putOffReminder(world, id));
}

function clicked(id: string): void {
  void openReminder(id);
}

/** By our own address: getURL may give the one for frames, which a tab refuses. */
function addressOf(path: string): string {
  return new URL(path, location.href).href;
}
