// Pipedrive, known by its addresses: <company>.pipedrive.com/deal/12.

import { byAddress, type RecordAddress } from '../by-address.ts';
import { selectors } from './selectors.ts';

/** The company's own subdomain; the program's shop window is no account. */
export const HOSTS = /^(?!www\.|app\.|support\.|developers\.)[a-z0-9-]+\.pipedrive\.com$/;

export const pipedrive = byAddress({
  name: 'pipedrive',
  selectors,
  hosts: HOSTS,
  recordAt,
  lists: /^\/(deals|pipeline|persons|organizations|contacts|leads|activities|mail|projects)\b/,
  title: /(^|\s+[-–|]\s+)Pipedrive$/i,
});

function recordAt({ hostname, pathname }: URL): RecordAddress | null {
  const [, type, id] =
    /^\/(deal|person|organization|project)\/(\d+)(?:\/|$)/.exec(pathname) ??
    /^\/(lead)s\/inbox\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:\/|$)/i.exec(pathname) ??
    [];
  if (type === undefined || id === undefined) return null;
  return { type, id: `${hostname.split('.', 1)[0]}|${type}|${id.toLowerCase()}` };
}
