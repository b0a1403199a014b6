import type { SidebarEvent } from '../messages/calls.ts';
import type { callFromSidebar } from '../messages/send.ts';

/** All that the notebook knows of the world. */
export type NotebookClient = {
  call: typeof callFromSidebar;
  /** Hears the background until the returned function is called; `missed`: ask for all again. */
  events(hear: (event: SidebarEvent) => void, missed: () => void): () => void;
  /** Gives the person a file with this in it. */
  save(name: string, type: string, content: readonly (string | Uint8Array<ArrayBuffer>)[]): void;
  /** IANA name of the time zone that the person is in. */
  zone(): string;
  /** ms since 1970 */
  now(): number;
  newId(): string;
};
