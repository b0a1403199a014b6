// Mails that log themselves, and what nobody has asked for long. Answers messages/logging-calls.ts.
import type { SidebarHandlers } from '../../messages/index.ts';
import type { LoggingAnswers } from '../../messages/logging-calls.ts';
import type { SidebarDeps } from '../from-sidebar.ts';

export function loggingHandlers(_deps: SidebarDeps): Pick<SidebarHandlers, keyof LoggingAnswers> {
  return {};
}
