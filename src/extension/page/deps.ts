import type { hearEvents } from '../messages/hear.ts';
import type { callFromPage } from '../messages/send.ts';

/** What the script takes from outside, so that a test can own it. main.ts wires the real ones. */
export type PageDeps = {
  call: typeof callFromPage;
  hear: typeof hearEvents;
  /** False once the extension was updated or switched off under the open page. */
  alive: () => boolean;
  /** Whether this is the tab's top frame, which carries the sidebar. */
  top: boolean;
  /** Address of the sidebar's page. */
  sidebar: string;
};
