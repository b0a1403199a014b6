import type { Site } from '../../sites/index.ts';
import { shared } from './shared-names.ts';

/** A pack of readers is there. The script that uses them comes after it, or waits for it. */
export function offer(pack: string, sites: readonly Site[]): void {
  shared.sites = sites;
  shared.packs[pack] = sites;
  const { start } = shared;
  shared.start = null;
  start?.();
}
