// What to know before talking, what is due, and handing over. Answers messages/brief-calls.ts.

import type { BriefAnswers } from '../../messages/brief-calls.ts';
import type { SidebarHandlers } from '../../messages/index.ts';
import type { SidebarDeps } from '../from-sidebar.ts';

export function briefHandlers(_deps: SidebarDeps): Pick<SidebarHandlers, keyof BriefAnswers> {
  return {};
}
