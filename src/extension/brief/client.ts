import type { callFromSidebar } from '../messages/send.ts';

/** All that the page of the brief knows of the world. */
export type BriefClient = {
  call: typeof callFromSidebar;
  /** Calls back whenever records changed, until the returned function is called. */
  changes(changed: () => void): () => void;
  /** Puts the same onto the clipboard as text and, where there is some, as HTML. */
  copy(both: { text: string; html?: string }): Promise<void>;
  print(): void;
};
