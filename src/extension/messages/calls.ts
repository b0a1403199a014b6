// Every call between contexts, by direction. Payloads are parsed and the sender is proven where a
// call arrives (receive.ts); answers come back as Result.
import * as z from 'zod/mini';
import { base, id, json, selectors } from '../../domain/index.ts';
import { type BriefAnswers, briefCalls } from './brief-calls.ts';
import { type CallAnswers, callCalls } from './call-calls.ts';
import { type CueAnswers, cueCalls } from './cue-calls.ts';
import { type Draft, draft } from './draft.ts';
import { type LadderAnswers, ladderCalls } from './ladder-calls.ts';
import { type LoggingAnswers, loggingCalls } from './logging-calls.ts';
import { type SearchAnswers, searchCalls } from './search-calls.ts';
import {
  captureKind,
  frameReading,
  type KnownMessage,
  knownMessage,
  type Mark,
  markFate,
  markKind,
  selectedWords,
} from './shapes.ts';
import { type StoryAnswers, storyCalls } from './story-calls.ts';
import type {
  CustomerStory,
  DevicesView,
  FollowingView,
  Hit,
  NeverLog,
  PendingChange,
  SavedCard,
  SaveOutcome,
  SiteState,
  Status,
  TabContext,
  Unread,
} from './views.ts';
import { type WorthAnswers, worthCalls } from './worth-calls.ts';

const nothing = z.object({});

/** Page → background. The sender is a frame of a tab; it may know nothing of other pages. */
export const pageCalls = {
  /** Before anything is read: what must not be read, and how this page is read. */
  begin: nothing,
  /**
   * More of our script is needed in this frame: a pack of readers, what decides about the never-log
   * list, or what deals with marks and chosen words. It is there before the answer comes.
   */
  more: z.union([
    z.object({ part: z.literal('sites'), pack: z.string().check(z.maxLength(40)) }),
    z.object({ part: z.enum(['never', 'more']) }),
  ]),
  /** A frame tells what it shows, at first and whenever that changes. Answers each message's keys. */
  reading: frameReading,
  /** The marks of these messages, in the order of `messages`. */
  marks: z.object({ messages: z.array(knownMessage).check(z.maxLength(500)) }),
  /** How the marks were found. */
  fates: z.object({ fates: z.array(markFate).check(z.maxLength(5_000)) }),
  /** Words were selected and a kind chosen: becomes a draft, opens the sidebar. */
  capture: selectedWords,
  /** What was typed in the page for this card before it had the focus. */
  ahead: z.object({ draft: id, text: z.string().check(z.maxLength(4_000)) }),
  /** A mark was clicked: show its card. */
  show: z.object({ kind: z.string(), id }),
  /** A cue of this frame was clicked: a card for it opens in the sidebar. */
  cue: z.object({ id }),
  /** Open or close the sidebar in this tab (from a frame that is not the top one). */
  openSidebar: nothing,
  /** The page does not let the sidebar stay where it can be seen. */
  lost: nothing,
  /** The person gave up pointing out a mark's words. */
  pickEnded: nothing,
  /** A telephone number was clicked. */
  telephoned: z.object({
    number: z.string().check(z.maxLength(100)),
    /** What the link says. */
    text: z.string().check(z.maxLength(300)),
  }),
  /** A mark's words were pointed out anew by the person. */
  reattach: z.object({
    kind: markKind,
    id,
    evidence: id,
    selectors,
    /** The message they stand in. */
    message: z.nullable(knownMessage),
  }),
};
export type PageAnswers = {
  begin: PageSettings;
  more: null;
  /** `wanted`: places of the messages whose words should be told too. */
  reading: { messages: KnownMessage[]; tab: number; wanted: number[] };
  marks: { marks: Mark[][] };
  fates: null;
  capture: { draft: string };
  ahead: null;
  show: null;
  cue: null;
  openSidebar: null;
  lost: null;
  pickEnded: null;
  telephoned: null;
  reattach: null;
};

/** What a page's script goes by. */
export type PageSettings = {
  /** Lines of the never-log list, the person's and the workspace's (domain/never-log.ts). */
  never: string[];
  /** Site knowledge from one's own server, verified: by the site's name. */
  sites: Record<string, { on: boolean; selectors: Record<string, string> }>;
};

/** Sidebar and options → background. The sender is a page of this extension. */
export const sidebarCalls = {
  /** Connection, unsynced count, whether the server is reachable. */
  status: nothing,
  /**
   * What the tab shows; asks its frames to tell again, unless `quiet`: then what they told last.
   * `tab` null means the sidebar's own tab.
   */
  context: z.object({ tab: z.nullable(z.int()), quiet: z.optional(z.boolean()) }),
  /** Unsaved cards, newest first. */
  drafts: nothing,
  /** A new empty card, e.g. a note without any page, or kind 'mail' to log the open mail. */
  newDraft: z.object({
    kind: z.union([captureKind, z.literal('mail')]),
    tab: z.nullable(z.int()),
    message: z.nullable(knownMessage),
  }),
  keepDraft: z.object({ draft }),
  discardDraft: z.object({ id }),
  /** Saves the card: customer, contact, project, interaction as needed, then the record; durable. */
  save: z.object({ draft }),
  /**
   * Changes fields of a saved record; null clears. `seen`: the changes whose values the person saw,
   * as the card told them; without it, those that are stored now. `beside`: values of the patch's
   * fields that stand beside the new ones afterwards, as written at the same time.
   */
  edit: z.object({
    kind: z.string(),
    id,
    patch: z.record(z.string(), json),
    seen: z.optional(base),
    beside: z.optional(z.record(z.string(), z.array(json).check(z.maxLength(100)))),
    /** Colleagues who were chosen after an @ while these words were written. */
    mentions: z.optional(z.array(id).check(z.maxLength(100))),
  }),
  /** A record that was kept on this device becomes one of the workspace's, for good. */
  share: z.object({ kind: z.string(), id }),
  /** Takes a saved record back (deleted: true); `on: false` brings it back again. */
  remove: z.object({ kind: z.string(), id, on: z.boolean() }),
  /** One saved card. */
  card: z.object({ kind: z.string(), id }),
  /** Everything about a customer. */
  /** The newest of what is known of them, so many: 100 where it is not said. */
  story: z.object({ customer: id, most: z.optional(z.int().check(z.gt(0))) }),
  /** Customers, contacts of a customer or projects whose name has these words. */
  find: z.object({
    kind: z.enum(['customer', 'contact', 'project']),
    words: z.string().check(z.maxLength(200)),
    customer: z.nullable(id),
  }),
  /** Cards saved for the messages that a tab shows. */
  cards: z.object({ messages: z.array(knownMessage).check(z.maxLength(500)) }),
  /** The next words selected in the page become the new place of this mark; null ends that. */
  pickPlace: z.object({
    tab: z.nullable(z.int()),
    mark: z.nullable(z.object({ kind: z.string(), id, evidence: id })),
  }),
  /** The approximate place of this mark is right: it is kept as its place. */
  acceptPlace: z.object({ tab: z.nullable(z.int()), kind: z.string(), id, evidence: id }),
  /** What must not be read: lines of the person's own list (kept on this device) and the workspace's. */
  neverLog: nothing,
  setNeverLog: z.object({
    lines: z.array(z.string().check(z.maxLength(300))).check(z.maxLength(2_000)),
  }),
  /** Asks the page to scroll to a mark and focus it. */
  reveal: z.object({ tab: z.nullable(z.int()), id }),
  closeSidebar: z.object({ tab: z.nullable(z.int()) }),
  openOptions: z.object({ hash: z.string().check(z.maxLength(500)) }),
  syncNow: nothing,
  /** Changes the server stored but could not read, with reasons. */
  attention: nothing,
  /**
   * One of these written again with this body: a change to the same record, or a new record where
   * that one was erased.
   */
  mend: z.object({ id, body: z.record(z.string(), json) }),
  /** Out of the list and of the count; `on: false` puts it back. Nothing is deleted. */
  putAside: z.object({ id, on: z.boolean() }),
  /** All that the server does not have or could not read, page by page; `from`: 0 at first. */
  pending: z.object({ from: z.int().check(z.gte(0)) }),
  /** This device and the member's others. */
  devices: nothing,
  /** This device vouches for another one of the member's. */
  vouch: z.object({ id, on: z.boolean() }),
  /** Another one of the member's devices may not write any more. */
  revokeDevice: z.object({ id }),
  /** Whose records this member's devices get. */
  following: nothing,
  setFollowing: z.object({ mode: z.enum(['all', 'chosen']) }),
  follow: z.object({ customer: id, on: z.boolean() }),
  /** The person says that the server's history was begun anew on purpose. */
  beginAnew: nothing,
  // options
  sites: nothing,
  /** After the browser granted (or lost) access to an origin: (un)register the content script. */
  siteChanged: z.object({ origin: z.string().check(z.maxLength(300)), on: z.boolean() }),
  /** Starts RFC 8628 at this server; null device_code asks for one. */
  connectStart: z.object({ server: z.string().check(z.maxLength(300)) }),
  /** Resumes with a device code that was given out of band (the local launcher). */
  connectResume: z.object({
    server: z.string().check(z.maxLength(300)),
    deviceCode: z.string().check(z.maxLength(200)),
  }),
  /** Asks once whether the code was approved. */
  connectPoll: nothing,
  connectCancel: nothing,
  disconnect: nothing,
  ...callCalls,
  ...ladderCalls,
  ...briefCalls,
  ...storyCalls,
  ...searchCalls,
  ...cueCalls,
  ...loggingCalls,
  ...worthCalls,
};
export type SidebarAnswers = CallAnswers &
  LadderAnswers &
  BriefAnswers &
  StoryAnswers &
  SearchAnswers &
  CueAnswers &
  LoggingAnswers &
  WorthAnswers & {
    status: Status;
    context: TabContext;
    drafts: { drafts: Draft[] };
    newDraft: { draft: Draft };
    keepDraft: null;
    discardDraft: null;
    save: SaveOutcome;
    edit: null;
    share: SavedCard;
    remove: null;
    card: SavedCard;
    story: CustomerStory;
    find: { hits: Hit[] };
    cards: { cards: SavedCard[] };
    pickPlace: null;
    acceptPlace: null;
    neverLog: NeverLog;
    setNeverLog: NeverLog;
    reveal: null;
    closeSidebar: null;
    openOptions: null;
    syncNow: Status;
    attention: { changes: Unread[] };
    mend: null;
    putAside: null;
    /** `next`: where the next page begins; null when this was the last. */
    pending: { changes: PendingChange[]; next: number | null };
    devices: DevicesView;
    vouch: DevicesView;
    revokeDevice: DevicesView;
    following: FollowingView;
    setFollowing: FollowingView;
    follow: FollowingView;
    beginAnew: Status;
    sites: { sites: SiteState[] };
    siteChanged: null;
    connectStart: ConnectState;
    connectResume: ConnectState;
    connectPoll: ConnectState;
    connectCancel: null;
    disconnect: { unsynced: number };
  };

export type ConnectState =
  | { state: 'idle' }
  | {
      state: 'waiting';
      server: string;
      userCode: string;
      verificationUri: string;
      /** Seconds until the next poll is allowed. */
      interval: number;
      /** ms since 1970 */
      expiresAt: number;
    }
  | { state: 'connected'; server: string; workspace: string; member: string }
  | { state: 'failed'; message: string };

/** Background → page, by tabs.sendMessage. */
export const pageEvents = {
  /** Tell again what you show; `wholly`: with the words of every message, from now on. */
  announce: z.object({ wholly: z.boolean() }),
  /** Records changed: ask for the marks again. */
  redraw: nothing,
  /** Top frame only: mount, unmount or toggle the sidebar. */
  /** `waits`: it takes the focus itself, for the card that it opens. */
  sidebar: z.object({ open: z.nullable(z.boolean()), waits: z.optional(z.boolean()) }),
  /** A browser command: capture the selection of the focused frame as this kind. */
  captureSelection: z.object({ kind: captureKind }),
  reveal: z.object({ id }),
  /** What must not be read, or how pages are read, has changed: begin anew. */
  settings: nothing,
  /** The next words selected are offered as this mark's place; null ends that. */
  pickPlace: z.object({
    mark: z.nullable(z.object({ kind: markKind, id, evidence: id, summary: z.string() })),
  }),
  /** Tell the place where this mark is shown now as its place. */
  acceptPlace: z.object({ kind: markKind, id, evidence: id }),
};

/** Background → sidebar, posted on the sidebar's port. */
export type SidebarEvent =
  /** A frame of a tab told what it shows. */
  | { event: 'context'; tab: number; context: TabContext }
  /** A new card was made by a capture in a tab. */
  | { event: 'draft'; tab: number | null; draft: Draft }
  /** Words were typed for this card before it had the focus. */
  | { event: 'ahead'; tab: number; draft: string; text: string }
  /** A mark was clicked. */
  | { event: 'show'; tab: number | null; kind: string; id: string }
  | { event: 'fates'; tab: number; frame: number; fates: z.infer<typeof markFate>[] }
  /** The person gave up pointing out a mark's words in the page. */
  | { event: 'pickEnded'; tab: number }
  /** Records of these kinds changed here or by a pull; of any kind, where none are named. */
  | { event: 'changed'; kinds?: readonly string[] }
  /** The cues of this tab, or (null) of all, are not as they were told: ask for `cues` again. */
  | { event: 'cues'; tab: number | null }
  /** Something about calls is not as it was told last: ask for `calls` again. */
  | { event: 'calls' }
  /** The page's mark was put to another place; `before` is what it was, to take it back. */
  | { event: 'replaced'; tab: number; kind: string; id: string; evidence: string; before: unknown }
  | { event: 'status'; status: Status }
  /** To one sidebar only: hold this event stream from now on; null: hold none. */
  | { event: 'pokes'; from: PokeSource | null };

/** Where a sidebar listens for the profile. The token never goes to a page of somebody else's. */
export type PokeSource = { server: string; token: string };

export type PageCall = keyof typeof pageCalls;
export type SidebarCall = keyof typeof sidebarCalls;
export type PageEvent = keyof typeof pageEvents;
export type Payload<S extends z.ZodMiniType> = z.input<S>;
