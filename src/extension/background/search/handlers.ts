// Searching all that is on this device, and the notebook. Answers messages/search-calls.ts.
import { browser } from '../../browser.ts';
import type { SearchAnswers, SidebarHandlers } from '../../messages/index.ts';
import { readHits, search } from '../../store/index.ts';
import type { SidebarDeps } from '../from-sidebar.ts';
import { backupLater } from './backup.ts';
import { bulk, bulkBack } from './bulk.ts';
import { keepUp, keepUpQuietly } from './keep-up.ts';
import { notebookPage, notebookRecords, takeRecords } from './notebook.ts';
import { dropSearch, keepSearch, savedSearches } from './saved.ts';
import { filtersIn, toHits } from './view.ts';

const NOTEBOOK = 'src/extension/notebook/index.html';

export function searchHandlers(deps: SidebarDeps): Pick<SidebarHandlers, keyof SearchAnswers> {
  const { world } = deps;
  return {
    async search({ words, filters: asked, order, from, count }) {
      const here = await world.current();
      const filters = await filtersIn(here, asked);
      const found = await search(here.db, { words, filters, order, from, count });
      // Whoever looks finds the index at work; and what is asked next is answered by it.
      if (found.left > 0) void keepUpQuietly(world).catch(() => undefined);
      const hits = await toHits(here, await readHits(here.db, found.hits, words));
      return { hits, total: found.total, left: found.left };
    },

    async searchRefs({ words, filters: asked, from }) {
      const here = await world.current();
      const filters = await filtersIn(here, asked);
      const order = 'newest' as const;
      const { hits, total } = await search(here.db, { words, filters, order, from, count: 500 });
      return { refs: hits, total };
    },

    savedSearches: async () => ({ searches: await savedSearches(world) }),
    keepSearch: async ({ search }) => ({ searches: await keepSearch(world, search) }),
    dropSearch: async ({ id }) => ({ searches: await dropSearch(world, id) }),

    async bulk(asked) {
      const answer = await bulk(world, asked);
      if (!asked.dry && answer.before.length > 0) deps.recordsChanged();
      return answer;
    },
    async bulkBack({ before }) {
      await bulkBack(world, before);
      deps.recordsChanged();
      return null;
    },

    async notebookPage({ after }) {
      const here = await world.current();
      // A file must have everything: what is not looked at yet is, first.
      if (after === '') await keepUp(here.db);
      return notebookPage(here, after);
    },
    notebookRecords: async ({ records }) => ({
      records: await notebookRecords(await world.current(), records),
    }),
    async notebookTake({ records, dry }) {
      const outcomes = await takeRecords(world, records, dry);
      if (!dry && outcomes.some(({ is }) => is === 'new')) deps.recordsChanged();
      return { outcomes };
    },

    async openNotebook({ words }) {
      const hash = words === '' ? '' : `#${encodeURIComponent(words)}`;
      await browser.tabs.create({ url: `${browser.runtime.getURL(NOTEBOOK)}${hash}` });
      return null;
    },

    async backupLater() {
      await backupLater(world);
      deps.statusChanged();
      return null;
    },
  };
}
