// Programs that people run on servers of their own, known by their pages.

import { practice } from '../practice/practice.ts';
import { requestTracker } from '../request-tracker/request-tracker.ts';
import { roundcube } from '../roundcube/roundcube.ts';
import type { Site } from '../site.ts';

export const sites: readonly Site[] = [roundcube, requestTracker, practice];
