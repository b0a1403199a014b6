// Places in a mail where something unsaid may hide. Answers messages/cue-calls.ts.

import type { CueAnswers } from '../../messages/cue-calls.ts';
import type { SidebarHandlers } from '../../messages/index.ts';
import type { SidebarDeps } from '../from-sidebar.ts';

export function cueHandlers(_deps: SidebarDeps): Pick<SidebarHandlers, keyof CueAnswers> {
  return {};
}
