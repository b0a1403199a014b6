// Searching all that is on this device, and the notebook. Answers messages/search-calls.ts.
import type { SidebarHandlers } from '../../messages/index.ts';
import type { SearchAnswers } from '../../messages/search-calls.ts';
import type { SidebarDeps } from '../from-sidebar.ts';

export function searchHandlers(_deps: SidebarDeps): Pick<SidebarHandlers, keyof SearchAnswers> {
  return {};
}
