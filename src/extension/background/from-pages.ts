// Answers what the content scripts ask. A page's frame may be hostile: it learns the keys and marks
// of the messages it shows, nothing else.
import { newId } from '../../domain/index.ts';
import type { Draft, KnownMessage, PageHandlers } from '../messages/index.ts';
import { tellPage } from '../messages/index.ts';
import { proposeMeeting, proposeNumber } from './calls/proposal.ts';
import { keysOf } from './cards.ts';
import {
  arrival,
  mainFrame,
  neverIn,
  ownIn,
  readTab,
  recordIn,
  setFrame,
  type TabState,
} from './contexts.ts';
import type { Cues } from './cue/cues.ts';
import { draftFor } from './cue/draft.ts';
import { guessFor } from './guess.ts';
import { bareFrames, isNobodys, withHeader } from './header-around.ts';
import { tabTold } from './logging/opened.ts';
import { wordsTold } from './logging/words.ts';
import { showLost } from './lost.ts';
import { marksFor } from './marks.ts';
import { isNever, neverList, onTheList, refuseNever } from './never.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { directed, oursOf } from './ours.ts';
import { pageSettings } from './page-settings.ts';
import { messageAround, reattach, rememberPick } from './places.ts';
import type { Ports } from './ports.ts';
import { injectMore } from './sites.ts';
import { quieted, shownIn, tabContext } from './tab-context.ts';
import { wantedOf } from './wanted.ts';
import { putDraftInWords, type World } from './world.ts';

export type PageDeps = {
  world: World;
  ports: Ports;
  cues: Cues;
  /** A page was looked at: a good moment to see what colleagues wrote. */
  looked(): void;
  /** Records changed here: sidebars, marks and the server want to know. */
  recordsChanged(): void;
};

export function pageHandlers(deps: PageDeps): PageHandlers {
  const { world, ports, cues, looked, recordsChanged } = deps;
  const tellContext = oneAtATime(async (tab: number) => {
    ports.post({ event: 'context', tab, context: await tabContext(world, tab) });
  });

  return {
    async reading(alone, { tab, frame, document }) {
      const arrived = arrival();
      const here = await world.current();
      const list = await neverList(world);
      // What this frame showed before may have been another account's.
      const { [frame]: _before, ...others } = await readTab(tab);
      const reading = withHeader(alone, frame, others[0]);
      const ours = await oursOf(here, [...ownIn(others), ...reading.own]);
      // The page obeys the list before it reads; it may not have heard of its newest line.
      const listed = reading.messages.map((message) => isNever(list, message, reading.subject));
      const messages = reading.messages.map(({ text, quoted: _, ...message }, at) => ({
        ...directed(ours, message),
        keys: listed[at] === true ? [] : keysOf(reading.site, { ...message, text }),
      }));
      const told = { ...reading, messages, told: world.source.now(), document };
      const kept = quieted(told, list);
      if (await setFrame(tab, frame, kept, arrived))
        void tellPage(tab, 'announce', { wholly: false });
      if (kept !== told) void tellPage(tab, 'settings', {}, frame);
      if (frame === 0) {
        for (const bare of bareFrames({ ...others, 0: kept })) {
          void tellPage(tab, 'announce', { wholly: false }, bare);
        }
      }
      looked();
      void tabTold({ world, recordsChanged }, tab).catch(() => undefined);
      const withWords = messages.flatMap((message, at) => {
        const text = reading.messages[at]?.text ?? '';
        return text === '' || listed[at] === true
          ? []
          : [{ message, text, subject: reading.subject }];
      });
      wordsTold(tab, withWords);
      const words = messages.flatMap((message, at) => {
        const { text = null, quoted } = reading.messages[at] ?? {};
        return listed[at] === true ? [] : [{ message, text, quoted }];
      });
      void cues.look(tab, frame, words);
      void proposeMeeting(world, tab, kept).then((isNew) => {
        if (isNew) ports.post({ event: 'calls' });
      });
      // Not awaited: the frame needs its keys at once, the sidebar can wait for the guess.
      void tellContext(tab);
      const wanted = (await wantedOf(here, reading.messages)).filter((at) => listed[at] !== true);
      // As many as were told: the page counts places by them.
      return { messages, tab, wanted };
    },

    begin: () => pageSettings(world),

    async more(wanted, { tab, frame }) {
      await injectMore(tab, frame, wanted);
      return null;
    },

    async lost(_nothing, { tab }) {
      await showLost(tab);
      return null;
    },

    async pickEnded(_nothing, { tab }) {
      await endPick(tab);
      ports.post({ event: 'pickEnded', tab });
      return null;
    },

    async reattach(asked, { tab, frame }) {
      await refuseNever(world, asked.message);
      const state = await shownIn(world, tab);
      refuseBeside(asked.message, state);
      const before = await reattach(world, asked, tab, state[frame]);
      await endPick(tab);
      recordsChanged();
      const { kind, id, evidence } = asked;
      ports.post({ event: 'replaced', tab, kind, id, evidence, before });
      return null;
    },

    async marks({ messages }, { tab, frame }) {
      const here = await world.current();
      const list = await neverList(world);
      const ours = await oursOf(here, ownIn(await readTab(tab)));
      const found = await marksFor(
        here,
        ours,
        messages.filter((message) => !isNever(list, message)),
      );
      const marks = messages.map((message) =>
        isNever(list, message) ? [] : (found.shift() ?? []),
      );
      const faint = await cues.marks(tab, frame, messages, marks);
      return {
        marks: messages.map((message, at) =>
          isNever(list, message) ? [] : [...(marks[at] ?? []), ...(faint[at] ?? [])],
        ),
      };
    },

    async fates({ fates }, { tab, frame }) {
      ports.post({ event: 'fates', tab, frame, fates });
      return null;
    },

    async capture(words, { tab, frame }) {
      const state = await shownIn(world, tab);
      refuseBeside(words.message, state);
      const message = messageAround(words, frame, state[frame], mainFrame(state));
      await refuseNever(world, message);
      const record = recordIn(state);
      const draft = await world.write(async (here) => {
        const now = world.source.now();
        const ours = await oursOf(here, ownIn(state));
        const guess = await guessFor(here, { message, record, ours });
        const made: Draft = {
          ...words,
          ...guess,
          ...{ message, record },
          id: newId(world.source),
          tab,
          fields: defaultFields(words.kind),
          keepHere: false,
          startedAt: now,
          changedAt: now,
        };
        await putDraftInWords(here.db, made);
        return made;
      });
      ports.post({ event: 'draft', tab, draft });
      await tellPage(tab, 'sidebar', { open: true, waits: true }, 0);
      return { draft: draft.id };
    },

    async ahead({ draft, text }, { tab }) {
      await world.write(async ({ db }) => {
        const stored = await db.get('drafts', draft);
        // A frame knows of no cards but those of its own tab.
        if (stored?.tab === tab) {
          const whole: typeof stored = { ...stored, ahead: text };
          await putDraftInWords(db, whole);
        }
      });
      ports.post({ event: 'ahead', tab, draft, text });
      return null;
    },

    async show({ kind, id }, { tab }) {
      await tellPage(tab, 'sidebar', { open: true }, 0);
      ports.post({ event: 'show', tab, kind, id });
      return null;
    },

    async cue({ id }, { tab }) {
      const draft = await draftFor(world, cues, tab, id);
      ports.post({ event: 'draft', tab, draft });
      await tellPage(tab, 'sidebar', { open: true }, 0);
      return null;
    },

    async telephoned(clicked, { tab }) {
      if (await proposeNumber(world, tab, clicked)) ports.post({ event: 'calls' });
      return null;
    },

    async openSidebar(_nothing, { tab }) {
      await tellPage(tab, 'sidebar', { open: true }, 0);
      return null;
    },
  };
}

// Words of no message, or of one without a sender, where one that must not be read is open: they
// may be its.
function refuseBeside(message: KnownMessage | null, state: TabState): void {
  if ((message === null || isNobodys(message)) && neverIn(state) > 0) throw onTheList();
}

// In every frame of the tab: each of them waits for the words.
async function endPick(tab: number): Promise<void> {
  await rememberPick(tab, null);
  await tellPage(tab, 'pickPlace', { mark: null });
}

/** What a card begins with: a hunch about something the customer takes for granted. */
export function defaultFields(kind: Draft['kind']): Draft['fields'] {
  if (kind === 'expectation') {
    return { class: 'unstated', unstatedBecause: 'assumes', stage: 'hunch', outcome: 'open' };
  }
  return kind === 'commitment' ? { by: 'us', state: 'open' } : {};
}
