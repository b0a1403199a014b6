// Places in a mail where something unsaid may hide. Answers messages/cue-calls.ts.
import type { CueAnswers, CueSettings } from '../../messages/cue-calls.ts';
import { ExpectedError, type SidebarHandlers } from '../../messages/index.ts';
import type { SidebarDeps } from '../from-sidebar.ts';
import { draftFor } from './draft.ts';
import { forgetTaught, readTaught, rememberTaught, switchCues, teachNo } from './taught.ts';

export function cueHandlers({ world, cues }: SidebarDeps): Pick<SidebarHandlers, keyof CueAnswers> {
  async function settings(): Promise<CueSettings> {
    const { on, rules, none } = await readTaught(world);
    return {
      on,
      rules: Object.entries(rules)
        .map(([rule, counts]) => ({ rule, ...counts }))
        .filter(({ yes, no }) => yes + no > 0)
        .sort((a, b) => b.yes + b.no - a.yes - a.no || (a.rule < b.rule ? -1 : 1)),
      none: none.length,
      languages: Object.entries(cues.measured).map(([code, measured]) => ({ code, measured })),
    };
  }

  return {
    cues: ({ tab }, sender) => cues.view(tab ?? sender.tab),

    async cueDraft({ tab, cue }, sender) {
      const of = tab ?? sender.tab;
      if (of === null) throw new ExpectedError('no-page', 'There is no page with a mail.');
      return { draft: await draftFor(world, cues, of, cue) };
    },

    async cueNot({ cue, on }) {
      await teachNo(world, cue, on ? 1 : -1);
      cues.changed();
      return null;
    },

    cueSettings: settings,

    async setCues({ on }) {
      await switchCues(world, on);
      cues.changed({ again: on });
      return settings();
    },

    async cueForget({ rule }) {
      await forgetTaught(world, rule);
      cues.changed({ again: true });
      return settings();
    },

    async cueRemember() {
      await rememberTaught(world);
      cues.changed({ again: true });
      return settings();
    },
  };
}
