import * as any from './packs/any.ts';
import type { Site } from './site.ts';

/** Every site that is read by a reader of its own; for tests and lists, never for a page. */
export const SITES: readonly Site[] = [...any.sites];
