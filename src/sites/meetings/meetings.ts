// Meetings and phones in the browser: only that this is one, and which. What is said there is
// noted by the person, never read.

import { addressOf, bareTitle } from '../by-address.ts';
import { PLAIN } from '../reading.ts';
import type { Site } from '../site.ts';
import { MEETING_HOSTS, PLACES } from './hosts.ts';

// "Meet – Weekly call", "Weekly call | Microsoft Teams", "Weekly call - Zoom"
const BEFORE = /^(Google )?Meet\s+[-–—|:]\s+/;
const BEHIND =
  /(^|\s+[-–—|]\s+)(Google Meet|Meet|Zoom( (Meetings?|Workplace))?|Microsoft Teams( \(.*\))?|Aircall( Phone)?|RingCentral( \w+)?|Dialpad( \w+)?)$/i;

export const meetings: Site<never> = {
  name: 'meetings',
  selectors: {},

  matches: (doc) => MEETING_HOSTS.test(addressOf(doc)?.hostname ?? ''),

  read(doc) {
    const address = addressOf(doc);
    const at = address && meetingAt(address);
    if (!at) return { ...PLAIN, site: 'meetings', page: 'other', messages: [] };
    const subject = bareTitle(doc.title, BEHIND).replace(BEFORE, '');
    return {
      ...PLAIN,
      site: 'meetings',
      page: 'meeting',
      // Where the meeting has no name, its code stands in the title.
      subject: at.conversation?.endsWith(`|${subject}`) ? '' : subject,
      conversation: at.conversation,
      messages: [],
    };
  },
};

/** What an address says of a meeting or a phone, "<place>|<code>"; null where it is neither. */
export function meetingAt(address: URL): { conversation: string | null } | null {
  const place = PLACES.find(({ host }) => host.test(address.hostname));
  if (place === undefined) return null;
  const path = decoded(address.pathname);
  // The older Teams keeps its state behind the #.
  const text = place.place === 'teams' ? path + decoded(address.hash) : path;
  for (const code of place.codes) {
    const found = code.exec(text)?.[1];
    if (found !== undefined) return { conversation: `${place.place}|${found}` };
  }
  return place.phone && isInProgram(address) ? { conversation: null } : null;
}

// The shop window of a phone company stands at the same host as its program.
function isInProgram({ hostname, pathname }: URL): boolean {
  return hostname !== 'dialpad.com' || /^\/(app|calls?)(\/|$)/.test(pathname);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
