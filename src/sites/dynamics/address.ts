// Addresses of Dynamics 365: main.aspx?etn=account&id=<GUID>&pagetype=entityrecord, in any order
// and in any case.

import type { RecordAddress } from '../by-address.ts';

/** <organisation>.crm<region>.dynamics.com, and the clouds of governments and of China. */
export const HOSTS =
  /^[a-z0-9-]+\.crm\d*\.(dynamics\.(com|cn)|microsoftdynamics\.(us|de)|appsplatform\.us)$/;

export const LISTS = /\/main\.aspx\?.*\bpagetype=(entitylist|dashboard)\b/i;

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function recordAt({ hostname, pathname, searchParams }: URL): RecordAddress | null {
  if (!/\/main\.aspx$/i.test(pathname)) return null;
  const names = new Map([...searchParams].map(([name, value]) => [name.toLowerCase(), value]));
  const type = names.get('etn')?.toLowerCase() ?? '';
  const id = (names.get('id') ?? '').replace(/^\{|\}$/g, '').toLowerCase();
  const page = names.get('pagetype')?.toLowerCase() ?? 'entityrecord';
  if (page !== 'entityrecord' || !/^\w+$/.test(type) || !GUID.test(id)) return null;
  return { type, id: `${hostname}|${type}|${id}` };
}
