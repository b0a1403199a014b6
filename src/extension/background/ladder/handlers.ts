// The ladder of an expectation: questions asked, answers, steps. Answers messages/ladder-calls.ts.
import type { SidebarHandlers } from '../../messages/index.ts';
import type { LadderAnswers } from '../../messages/ladder-calls.ts';
import type { SidebarDeps } from '../from-sidebar.ts';

export function ladderHandlers(_deps: SidebarDeps): Pick<SidebarHandlers, keyof LadderAnswers> {
  return {};
}
