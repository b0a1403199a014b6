import type { Site } from '../../sites/index.ts';
import type { hearEvents } from '../messages/hear.ts';
import type { callFromPage } from '../messages/send.ts';
import type { CreateMore } from './more.ts';
import type { NeverLogOf } from './never.ts';

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
  /** The readers that were put into this page. */
  sites: readonly Site[];
  /** Brings the readers of one more pack. */
  unpack: (pack: string) => Promise<readonly Site[]>;
  /** Brings what decides about the never-log list; null when it cannot be had. */
  never: () => Promise<NeverLogOf | null>;
  /** Brings the part of the script that most pages never need; null when it cannot be had. */
  load: () => Promise<CreateMore | null>;
};
