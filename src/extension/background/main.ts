// The background: one writer of IndexedDB, and what the other contexts talk to. Nothing is done
// while this file loads but listening: any event may be the first one of the worker's life.

import { findCues, languageOf, measured } from '../../cues/index.ts';
import { browser, type Tabs } from '../browser.ts';
import {
  answerCalls,
  captureKind,
  type PageEvent,
  type Payload,
  type pageEvents,
  tellPage,
} from '../messages/index.ts';
import {
  hearReminders,
  REMINDERS_ALARM,
  recount,
  remind,
  scheduleReminders,
} from './brief/remind.ts';
import { callCommand, isCallCommand } from './calls/commands.ts';
import { onTimers, tellCalls } from './calls/telling.ts';
import { forgetTab } from './contexts.ts';
import { Cues } from './cue/cues.ts';
import { pageHandlers } from './from-pages.ts';
import { sidebarHandlers } from './from-sidebar.ts';
import { refreshKnowledge } from './knowledge.ts';
import { LOGGING_ALARM, lookAtAll, tabGone, tabInFront } from './logging/opened.ts';
import { isLost } from './lost.ts';
import { neverChanged } from './page-settings.ts';
import { pokeSource } from './pokes.ts';
import { listenForSidebars } from './ports.ts';
import { indexSoon } from './search/keep-up.ts';
import { injectInto, registerSites } from './sites.ts';
import { statusOf } from './status.ts';
import { sync } from './sync.ts';
import { tellChanges } from './tell-changes.ts';
import { createWorld } from './world.ts';

const world = createWorld();
const send: typeof fetch = (input, init) => fetch(input, init);
const written = indexSoon(world);
const ports = listenForSidebars({
  opened: () => void syncSoon(),
  source: () => pokeSource(world),
  poked: (size) => void poked(size),
});

const cues = new Cues({
  world,
  finder: { find: findCues, languageOf, measured },
  changed(where) {
    ports.post({ event: 'cues', tab: where?.tab ?? null });
    if (where === null) void redrawMarks();
    else void tellPage(where.tab, 'redraw', {}, where.frame);
  },
  again: () => void tellAll('announce', { wholly: false }),
});

const SYNC_ALARM = 'sync';
const RETRY_ALARM = 'retry';
/** A page that is looked at is reason enough to ask the server, but not at every click. */
const LOOK_MS = 5_000;

function syncSoon(options: { force?: boolean; unlessAt?: number } = {}): Promise<void> {
  const deps = { world, fetch: send, changed: showChange, status: () => void showStatus() };
  return sync(deps, options).then(async (outcome) => {
    if (outcome === 'failed' || outcome === 'waiting') {
      // Alarms outlive the worker; 30 s is the least that browsers allow.
      browser.alarms.create(RETRY_ALARM, { delayInMinutes: 0.5 });
    }
    if (outcome === 'knew') return;
    if (outcome === 'even') {
      const asked = { world, fetch: send, changed: () => void tellSettings() };
      await refreshKnowledge(asked, options.force);
    }
    await showStatus();
  });
}

/** The server has this many changes; null: its stream cannot be heard, so it is asked. */
function poked(size: number | null): Promise<void> {
  return syncSoon(size === null ? {} : { unlessAt: size });
}

const showChange = tellChanges({
  lists: (kinds) => {
    written();
    ports.post({ event: 'changed', ...(kinds === undefined ? {} : { kinds }) });
  },
  rest: () => {
    ports.post({ event: 'calls' });
    void redrawMarks();
    void recount(world);
    void neverChanged(world).then((changed) => (changed ? tellSettings() : undefined));
  },
  later: (run, ms) => void setTimeout(run, ms),
});

/** The counts a moment later, once for all that happens until then: what is new goes first. */
const STATUS_MS = 100;
let telling: Promise<void> | null = null;

function showStatus(): Promise<void> {
  telling ??= new Promise((done) => setTimeout(done, STATUS_MS)).then(async () => {
    telling = null;
    if (ports.count() > 0) ports.post({ event: 'status', status: await statusOf(world) });
  });
  return telling;
}

function redrawMarks(): Promise<void> {
  return tellAll('redraw', {});
}

/** How pages are to be read has changed. */
function tellSettings(): Promise<void> {
  return tellAll('settings', {});
}

/** Every tab is told; those without our script do not hear it. */
async function tellAll<E extends PageEvent>(
  event: E,
  payload: Payload<(typeof pageEvents)[E]>,
): Promise<void> {
  const tabs = await browser.tabs.query({});
  await Promise.all(tabs.map(({ id }) => (id === undefined ? null : tellPage(id, event, payload))));
}

function recordsChanged(kinds?: readonly string[]): void {
  // First on its way, then shown: colleagues wait for it as well.
  void syncSoon();
  showChange(kinds);
  void showStatus();
}

const callsChanged = tellCalls({
  calls: () => ports.post({ event: 'calls' }),
  all: recordsChanged,
  later: onTimers,
});

async function looked(): Promise<void> {
  const { session } = browser.storage;
  const last = Number((await session.get('looked')).looked ?? 0);
  if (Date.now() - last < LOOK_MS) return;
  await session.set({ looked: Date.now() });
  await syncSoon();
}

answerCalls(
  pageHandlers({ world, ports, cues, looked: () => void looked(), recordsChanged }),
  sidebarHandlers({
    world,
    cues,
    fetch: send,
    recordsChanged,
    callsChanged,
    syncNow: () => syncSoon({ force: true }),
    statusChanged: () => void showStatus(),
    settingsChanged: () => void tellSettings(),
    connectionChanged: () => {
      ports.choose();
      showChange();
      void tellSettings();
      browser.alarms.create(SYNC_ALARM, { periodInMinutes: 1 });
      scheduleReminders();
      void syncSoon({ force: true });
    },
  }),
);

async function openSidebar(tab: Tabs.Tab, open: boolean | null): Promise<boolean> {
  if (tab.id === undefined || (await isLost(tab.id)) || !(await injectInto(tab.id))) return false;
  await tellPage(tab.id, 'sidebar', { open }, 0);
  return true;
}

browser.action.onClicked.addListener((tab) => {
  void openSidebar(tab, null).then((opened) => {
    // A browser page, a store or a PDF: the sidebar in a tab of its own still takes notes.
    if (opened) return;
    // By our own address: getURL gives the one for frames, which a tab refuses.
    const url = new URL('/src/extension/sidebar/index.html', location.href);
    void browser.tabs.create({ url: url.href });
  });
});

browser.commands.onCommand.addListener((command, tab) => {
  // Before anything is awaited: a command's arrival is its time.
  const at = Date.now();
  if (isCallCommand(command)) {
    void callCommand({ world, callsChanged }, command, tab?.id ?? null, at);
    return;
  }
  const kind = captureKind.safeParse(
    command.replace(/^capture-/, '').replace('promise', 'commitment'),
  );
  const id = tab?.id;
  if (!kind.success || tab === undefined || id === undefined) return;
  void injectInto(id).then(() => tellPage(id, 'captureSelection', { kind: kind.data }));
});

browser.alarms.onAlarm.addListener(({ name }) => {
  if (name === SYNC_ALARM || name === RETRY_ALARM) void syncSoon();
  // What the last worker did not come to.
  if (name === SYNC_ALARM) written();
  if (name === REMINDERS_ALARM) void remind(world);
  if (name === LOGGING_ALARM) void lookAtAll({ world, recordsChanged });
});

hearReminders(world);
browser.permissions.onAdded.addListener(({ permissions }) => {
  void registerSites();
  if (!permissions?.includes('notifications')) return;
  hearReminders(world);
  void remind(world);
});
browser.permissions.onRemoved.addListener(() => void registerSites());
browser.tabs.onRemoved.addListener((tab) => {
  void forgetTab(tab);
  void tabGone(tab);
});
browser.tabs.onActivated.addListener(({ tabId }) => {
  void tabInFront({ world, recordsChanged }, tabId);
});

browser.runtime.onInstalled.addListener(() => {
  browser.alarms.create(SYNC_ALARM, { periodInMinutes: 1 });
  scheduleReminders();
  void registerSites();
});
browser.runtime.onStartup.addListener(() => {
  browser.alarms.create(SYNC_ALARM, { periodInMinutes: 1 });
  scheduleReminders();
  void registerSites();
  void syncSoon();
});
