import { hubspot } from '../hubspot/hubspot.ts';
import type { Site } from '../site.ts';

export const sites: readonly Site[] = [hubspot];
