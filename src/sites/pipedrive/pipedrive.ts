import { byAddress } from '../by-address.ts';
import { HOSTS, LISTS, recordAt } from './address.ts';
import { selectors } from './selectors.ts';

export const pipedrive = byAddress({
  ...{ name: 'pipedrive', selectors, hosts: HOSTS, recordAt, lists: LISTS },
  title: /(^|\s+[-–|]\s+)Pipedrive$/i,
});
