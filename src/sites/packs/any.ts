// Programs that people run on servers of their own are known by their pages. Their readers come only
// to those: most pages are none of them.

import { later } from '../later.ts';
import { known as practice } from '../practice/known.ts';
import { known as requestTracker } from '../request-tracker/known.ts';
import { known as roundcube } from '../roundcube/known.ts';
import type { Site } from '../site.ts';

export const sites: readonly Site[] = [
  later(roundcube, 'roundcube'),
  later(requestTracker, 'request-tracker'),
  later(practice, 'practice'),
  // What needs more than this one's few looks is for the one that stands last.
  later({ name: 'generic', selectors: {}, matches: () => true }, 'generic'),
];
