// Mails that log themselves, and what nobody has asked for long. Answers messages/logging-calls.ts.
import { ExpectedError, type SidebarHandlers } from '../../messages/index.ts';
import type { LoggingAnswers } from '../../messages/logging-calls.ts';
import type { SidebarDeps } from '../from-sidebar.ts';
import { blindSpotHere } from './blind.ts';
import { loggingView, setLogsItself } from './choice.ts';
import { notThisOne } from './take-back.ts';
import { keepWords } from './words.ts';

export function loggingHandlers({
  world,
  recordsChanged,
}: SidebarDeps): Pick<SidebarHandlers, keyof LoggingAnswers> {
  return {
    logging: async () => loggingView(world, await world.current()),

    async setLogging({ on }) {
      const here = await world.current();
      await setLogsItself(world, here, on);
      return loggingView(world, here);
    },

    async notThisOne({ interaction, on }) {
      await notThisOne(world, interaction, on);
      recordsChanged();
      return null;
    },

    async keepWords({ tab, interaction }, sender) {
      const shown = tab ?? sender.tab;
      if (shown === null) throw new ExpectedError('no-page', 'There is no page that shows it.');
      await keepWords(world, shown, interaction);
      recordsChanged();
      return null;
    },

    blindSpot: async ({ customer }) => ({
      spot: await blindSpotHere(await world.current(), customer, world.source.now()),
    }),
  };
}
