import type { KnownMessage, TabContext } from '../messages/index.ts';
import { inContext } from './cards.ts';
import {
  type FrameState,
  mainFrame,
  neverIn,
  originOf,
  ownIn,
  readTab,
  recordIn,
  type TabState,
} from './contexts.ts';
import { guessFor, NO_CHOICE } from './guess.ts';
import { isNobodys } from './header-around.ts';
import { warningsFor } from './known-domains.ts';
import { isNever, type NeverList, neverList } from './never.ts';
import { isOurs, type Ours, oursOf } from './ours.ts';
import { alwaysOn } from './sites.ts';
import type { World } from './world.ts';

/** What a tab shows, with what is known of it here. */
export async function tabContext(world: World, tab: number | null): Promise<TabContext> {
  const state = tab === null ? {} : await shownIn(world, tab);
  const frame = mainFrame(state);
  if (frame === null) {
    const guess = { customer: NO_CHOICE, contact: NO_CHOICE, project: NO_CHOICE };
    return {
      ...{ tab, site: null, url: '', title: '', origin: '', always: 'impossible' },
      ...{ subject: '', messages: [], guess, page: 'other', record: null, changed: null, never: 0 },
    };
  }
  const here = await world.current();
  const ours = await oursOf(here, ownIn(state));
  const warnings = await warningsFor(here.db, ours, frame.messages);
  const messages = await inContext(here, frame.messages, warnings);
  const never = neverIn(state);
  const record = recordIn(state);
  const message = mainMessage(ours, frame.messages);
  // Of a page that shows something on the list, its title and address may tell what.
  const quiet = never > 0 && frame.messages.length === 0;
  return {
    tab,
    site: frame.site,
    url: quiet ? originOf(frame.url) : frame.url,
    title: quiet ? '' : frame.title,
    origin: originOf(frame.url),
    always: await alwaysOn(frame.url),
    subject: quiet ? '' : frame.subject,
    page: frame.page,
    record: record === null ? null : withoutSite(record),
    changed: frame.changed,
    never,
    messages,
    guess: await guessFor(here, { message, record, ours }),
  };
}

/** What a tab shows, without what is on the list by now: it may have grown since the page told this. */
export async function shownIn(world: World, tab: number): Promise<TabState> {
  return withoutNever(await readTab(tab), await neverList(world));
}

/** The newest message that the customer wrote, else the newest of all. */
export function mainMessage(ours: Ours, messages: readonly KnownMessage[]): KnownMessage | null {
  const theirs = messages.filter(
    ({ from, sentBy }) => from !== null && sentBy !== 'us' && !isOurs(ours, from.address),
  );
  return (theirs.length > 0 ? theirs : messages).at(-1) ?? null;
}

/** What a frame tells, without the messages on the list; and without what else may tell of them. */
export function quieted<F extends Omit<FrameState, 'told' | 'document'>>(
  frame: F,
  list: NeverList,
): F {
  const messages = frame.messages.filter((message) => !isNever(list, message, frame.subject));
  const never = frame.never + frame.messages.length - messages.length;
  if (never === frame.never) return frame;
  const quiet = { title: '', subject: '', record: null, url: originOf(frame.url) };
  return { ...frame, ...quiet, messages, never };
}

function withoutNever(state: TabState, list: NeverList): TabState {
  const frames = Object.entries(state).map(([id, frame]) => [id, quieted(frame, list)] as const);
  const quiet: TabState = Object.fromEntries(frames);
  if (neverIn(quiet) === 0) return quiet;
  // The words of a frame that cannot tell whose they are may be those of the mail on the list.
  const told = frames.map(([id, frame]) => {
    const messages = frame.messages.filter((message) => !isNobodys(message));
    return [id, { ...frame, messages }] as const;
  });
  return Object.fromEntries(told);
}

function withoutSite<R extends { site: string }>({ site: _site, ...record }: R): Omit<R, 'site'> {
  return record;
}
