// Our scripts in one frame find each other by these names on the global object of the extension's
// own world, which the page does not share.
import type { Site } from '../../sites/index.ts';
import type { CreateMore } from './more.ts';
import type { NeverLogOf } from './never.ts';
import type { Page } from './start.ts';

const RUNNING = Symbol.for('unsaid.page');
const SITES = Symbol.for('unsaid.sites');
const MORE = Symbol.for('unsaid.more');
const NEVER = Symbol.for('unsaid.never');

type World = {
  [RUNNING]?: Page;
  [SITES]?: readonly Site[];
  [MORE]?: CreateMore;
  [NEVER]?: NeverLogOf;
};

export const shared = {
  get running(): Page | undefined {
    return (globalThis as World)[RUNNING];
  },
  set running(page: Page | undefined) {
    if (page) (globalThis as World)[RUNNING] = page;
  },
  get sites(): readonly Site[] {
    return (globalThis as World)[SITES] ?? [];
  },
  /** Put there by a pack of readers, which comes before the script that uses them. */
  set sites(sites: readonly Site[]) {
    (globalThis as World)[SITES] = sites;
  },
  get more(): CreateMore | null {
    return (globalThis as World)[MORE] ?? null;
  },
  set more(create: CreateMore | null) {
    if (create) (globalThis as World)[MORE] = create;
  },
  get never(): NeverLogOf | null {
    return (globalThis as World)[NEVER] ?? null;
  },
  set never(of: NeverLogOf | null) {
    if (of) (globalThis as World)[NEVER] = of;
  },
};
