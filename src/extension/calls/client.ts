import type { SidebarEvent } from '../messages/calls.ts';
import type { callFromSidebar } from '../messages/send.ts';

/** All that the page of calls knows of the world. */
export type CallsClient = {
  call: typeof callFromSidebar;
  /** Hears the background until the returned function is called; `missed`: ask for all again. */
  events(hear: (event: SidebarEvent) => void, missed: () => void): () => void;
  /** Puts the same onto the clipboard as text and as HTML. */
  copy(both: { text: string; html: string }): Promise<void>;
  /** Gives the person a file with this text. */
  save(name: string, type: string, text: string): void;
  /** ms since 1970 */
  now(): number;
  newId(): string;
};
