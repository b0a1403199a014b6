// Which sites' readers go into a page, by its address alone: a page gets the few it may need, not
// all. Plain data, also for the background. A pack is a file in packs/; one for each company's hosts.

import { HOSTS as dynamics } from './dynamics/address.ts';
import { HOSTS as hubspot } from './hubspot/address.ts';
import { HOSTS as linkedin } from './linkedin/address.ts';
import { MEETING_HOSTS as meetings } from './meetings/address.ts';
import { HOSTS as pipedrive } from './pipedrive/address.ts';
import { HOSTS as salesforce } from './salesforce/address.ts';
import { HOSTS as zoho } from './zoho/address.ts';

export { meetingAt } from './meetings/address.ts';

/** Programs that people run on servers of their own; for every host that no other pack names. */
export const ANY = 'any';

/** Pack → the hosts it is for, matched against the whole host name in lower case. */
const HOSTS: Readonly<Record<string, RegExp>> = {
  gmail: /^mail\.google\.com$/,
  outlook: /^outlook\.(?:live\.com|office\.com|office365\.com|cloud\.microsoft)$/,
  zendesk: /^[^.]+\.zendesk\.com$/,
  hubspot,
  salesforce,
  crm: new RegExp([pipedrive, zoho, dynamics, linkedin].map(({ source }) => source).join('|')),
  meetings,
};

/** Packs that are put into pages that were found to need them. */
const LATER = ['roundcube', 'request-tracker', 'practice', 'generic', 'generic-more'];

/** Names of all packs. */
export const PACKS: readonly string[] = [...Object.keys(HOSTS), ANY, ...LATER];

/** The pack for a page at this address, or for the pages of this match pattern's host. */
export function packFor(url: string): string {
  const host = /^[a-z*]+:\/\/([^/:]+)/i.exec(url)?.[1]?.toLowerCase() ?? '';
  return Object.keys(HOSTS).find((pack) => HOSTS[pack]?.test(host)) ?? ANY;
}
