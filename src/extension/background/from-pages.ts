// Answers what the content scripts ask. A page's frame may be hostile: it learns the keys and marks
// of the messages it shows, nothing else.
import { newId } from '../../domain/index.ts';
import type { Draft, PageHandlers } from '../messages/index.ts';
import { ExpectedError, tellPage } from '../messages/index.ts';
import { keysOf, marksFor } from './cards.ts';
import { setFrame } from './contexts.ts';
import { guessFor } from './guess.ts';
import { showLost } from './lost.ts';
import type { Ports } from './ports.ts';
import { injectMore } from './sites.ts';
import { tabContext } from './tab-context.ts';
import { wantedOf } from './wanted.ts';
import { putDraftInWords, type World } from './world.ts';

export type PageDeps = {
  world: World;
  ports: Ports;
  /** A page was looked at: a good moment to see what colleagues wrote. */
  looked(): void;
};

export function pageHandlers({ world, ports, looked }: PageDeps): PageHandlers {
  return {
    async reading(reading, { tab, frame, document }) {
      const messages = reading.messages.map(({ text, ...message }) => ({
        ...message,
        keys: keysOf(reading.site, { ...message, text }),
      }));
      const told = { ...reading, messages, told: world.source.now(), document };
      if (await setFrame(tab, frame, told)) void tellPage(tab, 'announce', { wholly: false });
      looked();
      // Not awaited: the frame needs its keys at once, the sidebar can wait for the guess.
      void tabContext(world, tab).then((context) => ports.post({ event: 'context', tab, context }));
      return { messages, tab, wanted: await wantedOf(await world.current(), reading.messages) };
    },

    async begin() {
      return { never: [], sites: {} };
    },

    async more({ pack }, { tab, frame }) {
      await injectMore(tab, frame, pack);
      return null;
    },

    async lost(_nothing, { tab }) {
      await showLost(tab);
      return null;
    },

    async reattach() {
      throw new ExpectedError('not-found', 'This card is not on this device.');
    },

    async marks({ messages }) {
      return { marks: await marksFor(await world.current(), messages) };
    },

    async fates({ fates }, { tab }) {
      ports.post({ event: 'fates', tab, fates });
      return null;
    },

    async capture(words, { tab }) {
      const draft = await world.write(async (here) => {
        const now = world.source.now();
        const guess = await guessFor(here, words.message);
        const made: Draft = {
          ...words,
          ...guess,
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
      await tellPage(tab, 'sidebar', { open: true }, 0);
      return { draft: draft.id };
    },

    async show({ kind, id }, { tab }) {
      await tellPage(tab, 'sidebar', { open: true }, 0);
      ports.post({ event: 'show', tab, kind, id });
      return null;
    },

    async openSidebar(_nothing, { tab }) {
      await tellPage(tab, 'sidebar', { open: true }, 0);
      return null;
    },
  };
}

/** What a card begins with: a hunch about something the customer takes for granted. */
export function defaultFields(kind: Draft['kind']): Draft['fields'] {
  if (kind === 'expectation') {
    return { class: 'unstated', unstatedBecause: 'assumes', stage: 'hunch', outcome: 'open' };
  }
  return kind === 'commitment' ? { by: 'us', state: 'open' } : {};
}
