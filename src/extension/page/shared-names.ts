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
  /** All that were put there, by their packs: a click on our button puts the first one there again. */
  packs: { [pack: string]: readonly Site[] };
  /** What the first pack begins, where the script came before it. */
  start: (() => void) | null;
  more: CreateMore | null;
  never: NeverLogOf | null;
};

const NAME = Symbol.for('unsaid');

const world = globalThis as { [NAME]?: Shared };
world[NAME] ??= { running: null, sites: [], packs: {}, start: null, more: null, never: null };
// That of a version before this one, in a page that was open during the update.
world[NAME].packs ??= {};

export const shared: Shared = world[NAME];
