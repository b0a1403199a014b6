import { requestTracker } from '../request-tracker/request-tracker.ts';
import type { Site } from '../site.ts';

export const sites: readonly Site[] = [requestTracker];
