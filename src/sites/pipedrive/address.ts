// Pipedrive's addresses: <company>.pipedrive.com/deal/12.

import type { RecordAddress } from '../by-address.ts';

/** A company's own subdomain; those of the shop window are no company's. */
export const HOSTS =
  /^(?!www\.|app\.|support\.|developers\.|community\.|learn\.)[a-z0-9-]+\.pipedrive\.com$/;

export const LISTS =
  /^\/(deals|pipeline|persons|organizations|contacts|leads|activities|mail|projects)\b/;

const RECORD = /^\/(deal|person|organization|project)\/(\d+)(?:\/|$)/;
const LEAD = /^\/(lead)s\/inbox\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:\/|$)/i;

export function recordAt({ hostname, pathname }: URL): RecordAddress | null {
  const [, type, id] = RECORD.exec(pathname) ?? LEAD.exec(pathname) ?? [];
  if (type === undefined || id === undefined) return null;
  return { type, id: `${hostname.split('.', 1)[0]}|${type}|${id.toLowerCase()}` };
}
