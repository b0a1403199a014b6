// Zoho CRM's addresses, by itself or within Zoho One: …/crm/org12/tab/Leads/345.

import type { RecordAddress } from '../by-address.ts';

/** One domain for each of the program's data centres. */
export const HOSTS =
  /^(crm|crmplus|crmsandbox|one)\.(zoho\.(com|eu|in|com\.au|com\.cn|jp|sa|ae|uk)|zohocloud\.ca)$/;

export const LISTS = /\/crm\/[^/]+\/tab\/\w+(\/custom-view\/\d+)?(\/(list|canvas|kanban)\b|\/?$)/;

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

export function recordAt({ pathname }: URL): RecordAddress | null {
  const [, account, module, id] =
    /\/crm\/([\w-]+)\/tab\/(\w+)\/(\d{5,})(?:\/|$)/.exec(pathname) ?? [];
  if (account === undefined || module === undefined || id === undefined) return null;
  const type = TYPES[module.toLowerCase()] ?? module.toLowerCase();
  return { type, id: `${account.toLowerCase()}|${type}|${id}` };
}
