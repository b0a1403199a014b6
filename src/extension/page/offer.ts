import type { Site } from '../../sites/index.ts';
import { shared } from './shared-names.ts';

/** A pack of readers is there; the script that uses them comes after it. */
export function offer(sites: readonly Site[]): void {
  shared.sites = sites;
}
