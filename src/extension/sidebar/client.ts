import type { SidebarEvent } from '../messages/calls.ts';
import type { callFromSidebar } from '../messages/send.ts';

/**
 * All the sidebar knows of the world. `events` hears the background until the returned function is
 * called; `missed` is called whenever events may have been lost, because the background was
 * restarted: ask for everything again.
 */
export type Client = {
  call: typeof callFromSidebar;
  events(hear: (event: SidebarEvent) => void, missed: () => void): () => void;
};
