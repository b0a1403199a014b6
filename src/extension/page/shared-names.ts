// Our scripts in one frame find each other by this name on the global object of the extension's own
// world, which the page does not share.
import type { Site } from '../../sites/index.ts';
import type { CreateMore } from './more.ts';
import type { NeverLogOf } from './never.ts';
import type { Page } from './start.ts';

type Shared = {
  running: Page | null;
  /** Put there by a pack of readers. */
  sites: readonly Site[];
  /** What the first pack begins, where the script came before it. */
  start: (() => void) | null;
  more: CreateMore | null;
  never: NeverLogOf | null;
};

const NAME = Symbol.for('unsaid');

const world = globalThis as { [NAME]?: Shared };
world[NAME] ??= { running: null, sites: [], start: null, more: null, never: null };

export const shared: Shared = world[NAME];
