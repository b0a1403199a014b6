// The ladder of an expectation: questions asked, answers, steps. Answers messages/ladder-calls.ts.
import type { SidebarHandlers } from '../../messages/index.ts';
import type { LadderAnswers } from '../../messages/ladder-calls.ts';
import type { SidebarDeps } from '../from-sidebar.ts';
import { answerProbe, ask, ladderBack, moveStep } from './acts.ts';
import { historyOf } from './history.ts';
import { probesView, questionsFor } from './views.ts';

export function ladderHandlers(deps: SidebarDeps): Pick<SidebarHandlers, keyof LadderAnswers> {
  const { world } = deps;
  /** The handler, after which everybody who shows records looks again. */
  const changing =
    <A, R>(work: (asked: A) => Promise<R>) =>
    async (asked: A): Promise<R> => {
      const done = await work(asked);
      deps.recordsChanged();
      return done;
    };
  return {
    probes: async ({ expectation }) => ({
      probes: await probesView(await world.current(), expectation),
    }),
    questions: async ({ expectation }) => questionsFor(await world.current(), expectation),
    history: async ({ expectation }) => ({
      entries: await historyOf(await world.current(), expectation),
    }),
    ask: changing((asked) => ask(world, asked)),
    answer: changing((asked) => answerProbe(world, asked)),
    step: changing((asked) => moveStep(world, asked)),
    ladderBack: changing((asked) => ladderBack(world, asked)),
  };
}
