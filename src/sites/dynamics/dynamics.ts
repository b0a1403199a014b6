import { byAddress } from '../by-address.ts';
import { HOSTS, LISTS, recordAt } from './address.ts';
import { selectors } from './selectors.ts';

export const dynamics = byAddress({
  ...{ name: 'dynamics', selectors, hosts: HOSTS, recordAt, lists: LISTS },
  // "Acme - Saved: Account - Dynamics 365"; the words for the state are translated.
  title: /\s*-\s+(Saved|Unsaved)\b.*$|(^|\s+[-–|]\s+)(Microsoft )?(Dynamics 365|Power Apps).*$/i,
});
