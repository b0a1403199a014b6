// Meetings and phones in the browser: only that this is one, and which. What is said there is
// noted by the person, never read.

import { addressOf, bareTitle } from '../by-address.ts';
import { PLAIN } from '../reading.ts';
import type { Site } from '../site.ts';
import { MEETING_HOSTS, meetingAt } from './address.ts';

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
