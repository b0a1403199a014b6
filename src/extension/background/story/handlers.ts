// A customer’s timeline, and mentions. Answers messages/story-calls.ts.
import type { SidebarHandlers } from '../../messages/index.ts';
import type { StoryAnswers } from '../../messages/story-calls.ts';
import type { SidebarDeps } from '../from-sidebar.ts';

export function storyHandlers(_deps: SidebarDeps): Pick<SidebarHandlers, keyof StoryAnswers> {
  return {};
}
