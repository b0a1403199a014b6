import { meetings } from '../meetings/meetings.ts';
import type { Site } from '../site.ts';

export const sites: readonly Site[] = [meetings];
