// Worth, Kano, outcomes and looking back. Answers messages/worth-calls.ts.
import type { SidebarHandlers } from '../../messages/index.ts';
import type { WorthAnswers } from '../../messages/worth-calls.ts';
import type { SidebarDeps } from '../from-sidebar.ts';

export function worthHandlers(_deps: SidebarDeps): Pick<SidebarHandlers, keyof WorthAnswers> {
  return {};
}
