// Zoho CRM, by itself or within Zoho One, known by its addresses: …/crm/org12/tab/Leads/345.

import { byAddress, type RecordAddress } from '../by-address.ts';
import { selectors } from './selectors.ts';

/** One domain for each of the program's data centres. */
export const HOSTS =
  /^(crm|crmplus|crmsandbox|one)\.(zoho\.(com|eu|in|com\.au|com\.cn|jp|sa|ae|uk)|zohocloud\.ca)$/;

// The words of addresses are older than those on the screen.
const TYPES: Readonly<Record<string, string>> = {
  leads: 'lead',
  contacts: 'contact',
  accounts: 'account',
  potentials: 'deal',
  deals: 'deal',
  cases: 'case',
  quotes: 'quote',
  tasks: 'task',
  events: 'meeting',
  calls: 'call',
};

export const zoho = byAddress({
  name: 'zoho',
  selectors,
  hosts: HOSTS,
  recordAt,
  lists: /\/crm\/[^/]+\/tab\/\w+(\/custom-view\/\d+)?(\/(list|canvas|kanban)\b|\/?$)/,
  title: /(^|\s+[-–|]\s+)Zoho (CRM|One)( Plus)?$/i,
});

function recordAt({ pathname }: URL): RecordAddress | null {
  const [, account, module, id] =
    /\/crm\/([\w-]+)\/tab\/(\w+)\/(\d{5,})(?:\/|$)/.exec(pathname) ?? [];
  if (account === undefined || module === undefined || id === undefined) return null;
  const type = TYPES[module.toLowerCase()] ?? module.toLowerCase();
  return { type, id: `${account.toLowerCase()}|${type}|${id}` };
}
