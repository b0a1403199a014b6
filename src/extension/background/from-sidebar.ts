// Answers the sidebar and the options page.
import { newId } from '../../domain/index.ts';
import { browser } from '../browser.ts';
import {
  type Draft,
  draft as draftSchema,
  ExpectedError,
  type SidebarHandlers,
  tellPage,
} from '../messages/index.ts';
import { mend, pendingPage, putAside, unreadIn } from './attention.ts';
import { briefHandlers } from './brief/handlers.ts';
import { callHandlers } from './calls/handlers.ts';
import type { CallsChanged } from './calls/telling.ts';
import { cardOf, cardsFor, findByName, storyOf } from './cards.ts';
import { cancelConnect, disconnect, pollConnect, resumeConnect, startConnect } from './connect.ts';
import { mainFrame, ownIn, recordIn } from './contexts.ts';
import type { Cues } from './cue/cues.ts';
import { cueHandlers } from './cue/handlers.ts';
import { takenBack, teachYes } from './cue/taught.ts';
import { devicesOf } from './devices.ts';
import { follow, followingView, followMode } from './follow-choice.ts';
import { defaultFields } from './from-pages.ts';
import { guessFor } from './guess.ts';
import { beginAnew } from './integrity.ts';
import { ladderHandlers } from './ladder/handlers.ts';
import { shareProbes } from './ladder/share.ts';
import { loggingHandlers } from './logging/handlers.ts';
import { readNeverLog, refuseNever, writeNeverLog } from './never.ts';
import { oursOf } from './ours.ts';
import { asPick, pickSummary, rememberPick } from './places.ts';
import { editRecord, saveDraft, shareRecord } from './save.ts';
import { searchHandlers } from './search/handlers.ts';
import { registerSites, siteStates } from './sites.ts';
import { statusOf } from './status.ts';
import { storyHandlers } from './story/handlers.ts';
import { shownIn, tabContext } from './tab-context.ts';
import { putDraftInWords, type World } from './world.ts';
import { worthHandlers } from './worth/handlers.ts';

export type SidebarDeps = {
  world: World;
  cues: Cues;
  fetch: typeof fetch;
  /** Records changed here: sidebars, marks and the server want to know. */
  recordsChanged(kinds?: readonly string[]): void;
  /** Asks the server for everything at once, also while it is being left in peace. */
  syncNow(): Promise<void>;
  /** Calls, tags or what is kept about them are not as they were told. */
  callsChanged: CallsChanged;
  /** Counts changed, and no record. */
  statusChanged(): void;
  /** What must not be read has changed. */
  settingsChanged(): void;
  /** Another database is current from now on. */
  connectionChanged(): void;
};

/** Cards of a customer that are told at once. */
const STORY = 100;

export function sidebarHandlers(deps: SidebarDeps): SidebarHandlers {
  const { world } = deps;

  return {
    ...callHandlers(deps),
    ...ladderHandlers(deps),
    ...briefHandlers(deps),
    ...storyHandlers(deps),
    ...searchHandlers(deps),
    ...cueHandlers(deps),
    ...loggingHandlers(deps),
    ...worthHandlers(deps),
    status: () => statusOf(world),

    async context({ tab, quiet }, sender) {
      const id = tab ?? sender.tab;
      if (id !== null && quiet !== true) await tellPage(id, 'announce', { wholly: true });
      return tabContext(world, id);
    },

    async drafts() {
      const { db } = await world.current();
      const drafts = (await db.getAll('drafts')).flatMap((stored) => {
        const parsed = draftSchema.safeParse(stored);
        return parsed.success ? [parsed.data] : [];
      });
      return { drafts: drafts.sort((a, b) => b.startedAt - a.startedAt) };
    },

    async newDraft({ kind, tab, message }, sender) {
      const id = tab ?? sender.tab;
      const state = id === null ? {} : await shownIn(world, id);
      await refuseNever(world, message);
      const frame = mainFrame(state);
      // A note without the mail that is open is about nothing on the page.
      const record = message === null && (frame?.messages.length ?? 0) > 0 ? null : recordIn(state);
      const from = message === null && record === null ? null : frame;
      return world.write(async (here) => {
        const now = world.source.now();
        const ours = await oursOf(here, ownIn(state));
        const made: Draft = {
          ...{ id: newId(world.source), kind, tab: id, fields: defaultFields(kind) },
          ...(await guessFor(here, { message, record, ours })),
          ...{ quote: '', selectors: null, message, record },
          site: from?.site ?? '',
          url: message?.url || (record === null ? '' : (from?.url ?? '')),
          title: from?.title ?? '',
          ...{ keepHere: false, startedAt: now, changedAt: now },
        };
        await putDraftInWords(here.db, made);
        return { draft: made };
      });
    },

    async keepDraft({ draft }) {
      await refuseNever(world, draft.message);
      return world.write(async ({ db }) => {
        await putDraftInWords(db, draft);
        return null;
      });
    },

    discardDraft: ({ id }) =>
      world.write(async ({ db }) => {
        await db.delete('drafts', id);
        return null;
      }),

    async save({ draft }) {
      const { kind, id, wrote } = await saveDraft(world, draft);
      if (draft.cue) await teachYes(world, draft.cue, id);
      deps.recordsChanged(draft.cue ? undefined : wrote);
      return { card: await cardOf(await world.current(), kind, id), status: await statusOf(world) };
    },

    async edit({ kind, id, patch, seen, beside, mentions }) {
      await editRecord(world, kind, id, patch, { seen, beside, mentions });
      deps.recordsChanged();
      return null;
    },

    async share({ kind, id }) {
      await shareRecord(world, kind, id);
      await shareProbes(world, kind, id);
      deps.recordsChanged();
      return cardOf(await world.current(), kind, id);
    },

    async remove({ kind, id, on }) {
      await editRecord(world, kind, id, { deleted: on });
      await takenBack(world, id, on);
      deps.recordsChanged();
      return null;
    },

    card: async ({ kind, id }) => cardOf(await world.current(), kind, id),
    story: async ({ customer, most = STORY }) => storyOf(await world.current(), customer, most),
    find: async ({ kind, words, customer }) => ({
      hits: await findByName(await world.current(), kind, words, customer),
    }),
    cards: async ({ messages }) => ({ cards: await cardsFor(await world.current(), messages) }),

    async reveal({ tab, id }, sender) {
      const target = tab ?? sender.tab;
      if (target !== null) await tellPage(target, 'reveal', { id });
      return null;
    },

    async pickPlace({ tab, mark }, sender) {
      const target = tab ?? sender.tab;
      if (target === null) throw new ExpectedError('no-page', 'There is no page to point at.');
      const picked = mark === null ? null : await asPick(mark);
      const here = await world.current();
      const told = picked && { ...picked, summary: await pickSummary(here, picked) };
      await rememberPick(target, picked);
      await tellPage(target, 'pickPlace', { mark: told });
      return null;
    },

    async acceptPlace({ tab, kind, id, evidence }, sender) {
      const target = tab ?? sender.tab;
      if (target === null) throw new ExpectedError('no-page', 'There is no page to point at.');
      const picked = await asPick({ kind, id, evidence });
      await pickSummary(await world.current(), picked); // it is there
      await rememberPick(target, picked);
      await tellPage(target, 'acceptPlace', picked);
      return null;
    },

    neverLog: () => readNeverLog(world),

    async setNeverLog({ lines }) {
      await writeNeverLog(world, lines);
      deps.settingsChanged();
      return readNeverLog(world);
    },

    async closeSidebar({ tab }, sender) {
      const target = tab ?? sender.tab;
      if (target !== null) await tellPage(target, 'sidebar', { open: false }, 0);
      return null;
    },

    async openOptions({ hash }) {
      const path = 'src/extension/options/index.html';
      await browser.tabs.create({ url: `${browser.runtime.getURL(path)}#${hash}` });
      return null;
    },

    async syncNow() {
      await deps.syncNow();
      return statusOf(world);
    },

    attention: async () => ({ changes: await unreadIn(await world.current()) }),
    async mend({ id, body }) {
      await mend(world, id, body);
      deps.recordsChanged();
      return null;
    },
    async putAside({ id, on }) {
      await putAside(world, id, on);
      deps.statusChanged();
      return null;
    },
    pending: async ({ from }) => pendingPage(await world.current(), from),

    devices: async () => devicesOf(await world.current()),
    async vouch({ id, on }) {
      const { connection } = await world.current();
      if (connection === null) throw notConnected();
      await editRecord(world, 'device', id, { attestedBy: on ? connection.device : null });
      deps.recordsChanged();
      return devicesOf(await world.current());
    },
    async revokeDevice({ id }) {
      await editRecord(world, 'device', id, { revoked: true });
      deps.recordsChanged();
      return devicesOf(await world.current());
    },

    following: async () => followingView(await world.current()),
    async setFollowing({ mode }) {
      await followMode(world, mode);
      deps.recordsChanged();
      return followingView(await world.current());
    },
    async follow({ customer, on }) {
      await follow(world, customer, on);
      deps.recordsChanged();
      return followingView(await world.current());
    },

    async beginAnew() {
      await beginAnew(world);
      await deps.syncNow();
      return statusOf(world);
    },

    sites: async () => ({ sites: await siteStates() }),

    async siteChanged() {
      // What the browser granted is asked of the browser, not believed of the caller.
      await registerSites();
      return null;
    },

    async connectStart({ server }) {
      return startConnect(deps, server);
    },
    async connectResume({ server, deviceCode }) {
      return told(deps, await resumeConnect(deps, server, deviceCode));
    },
    async connectPoll() {
      return told(deps, await pollConnect(deps));
    },
    async connectCancel() {
      await cancelConnect(world);
      return null;
    },
    async disconnect() {
      const result = await disconnect(deps);
      deps.connectionChanged();
      return result;
    },
  };
}

function notConnected(): ExpectedError {
  return new ExpectedError('not-connected', 'This browser is not connected to a server.');
}

function told<S extends { state: string }>(deps: SidebarDeps, state: S): S {
  if (state.state === 'connected') deps.connectionChanged();
  return state;
}
