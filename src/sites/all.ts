import { generic } from './generic/generic.ts';
import { plain } from './generic/plain.ts';
import * as crm from './packs/crm.ts';
import * as gmail from './packs/gmail.ts';
import * as hubspot from './packs/hubspot.ts';
import * as meetings from './packs/meetings.ts';
import * as outlook from './packs/outlook.ts';
import * as salesforce from './packs/salesforce.ts';
import * as zendesk from './packs/zendesk.ts';
import { practice } from './practice/practice.ts';
import { requestTracker } from './request-tracker/request-tracker.ts';
import { roundcube } from './roundcube/roundcube.ts';
import type { Site } from './site.ts';

/** Every site, the one for any page last; for tests and lists, never for a page. */
export const SITES: readonly Site[] = [
  ...gmail.sites,
  ...outlook.sites,
  ...zendesk.sites,
  ...hubspot.sites,
  ...salesforce.sites,
  ...crm.sites,
  ...meetings.sites,
  roundcube,
  requestTracker,
  practice,
  plain,
  generic,
];
