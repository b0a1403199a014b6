// Dynamics 365, known by its addresses: main.aspx?etn=account&id=<GUID>&pagetype=entityrecord.

import { byAddress, type RecordAddress } from '../by-address.ts';
import { selectors } from './selectors.ts';

/** <organisation>.crm<region>.dynamics.com, and the clouds of governments and of China. */
export const HOSTS =
  /^[a-z0-9-]+\.crm\d*\.(dynamics\.(com|cn)|microsoftdynamics\.(us|de)|appsplatform\.us)$/;

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export const dynamics = byAddress({
  name: 'dynamics',
  selectors,
  hosts: HOSTS,
  recordAt,
  lists: /\/main\.aspx\?.*\bpagetype=(entitylist|dashboard)\b/i,
  title:
    /(\s+-\s+(Saved|Unsaved))?(^|\s+[-–|]\s+)(Microsoft )?Dynamics 365.*$|\s+-\s+(Saved|Unsaved)$/i,
});

function recordAt({ hostname, pathname, searchParams }: URL): RecordAddress | null {
  if (!/\/main\.aspx$/i.test(pathname)) return null;
  const names = new Map([...searchParams].map(([name, value]) => [name.toLowerCase(), value]));
  const type = names.get('etn')?.toLowerCase() ?? '';
  const id = (names.get('id') ?? '').replace(/^\{|\}$/g, '').toLowerCase();
  const page = names.get('pagetype')?.toLowerCase() ?? 'entityrecord';
  if (page !== 'entityrecord' || !/^\w+$/.test(type) || !GUID.test(id)) return null;
  return { type, id: `${hostname}|${type}|${id}` };
}
