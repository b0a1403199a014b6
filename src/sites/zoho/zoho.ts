import { byAddress } from '../by-address.ts';
import { HOSTS, LISTS, recordAt } from './address.ts';
import { selectors } from './selectors.ts';

export const zoho = byAddress({
  ...{ name: 'zoho', selectors, hosts: HOSTS, recordAt, lists: LISTS },
  title: /(^|\s+[-–|]\s+)Zoho (CRM|One)( Plus)?$/i,
});
