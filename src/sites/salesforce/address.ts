// Lightning's addresses: <organisation>.lightning.force.com/lightning/r/Account/<id>/view, without
// the object in some links, and behind a # in old ones.

import type { RecordAddress } from '../by-address.ts';

/** An organisation's own domain, its sandboxes and those of trials included. */
export const HOSTS =
  /^([a-z0-9-]+(?:\.[a-z0-9-]+)?)\.(?:lightning\.(?:force\.com|force\.mil|crmforce\.mil)|my\.salesforce\.(?:com|mil))$/;

/** The first three characters of an id tell its object. */
const PREFIXES: Readonly<Record<string, string>> = {
  '001': 'account',
  '003': 'contact',
  '006': 'opportunity',
  '500': 'case',
  '00Q': 'lead',
  '02s': 'emailmessage',
  '00T': 'task',
  '00U': 'event',
  '0Q0': 'quote',
  '800': 'contract',
  '801': 'order',
};

const ID = '[a-zA-Z0-9]{15}(?:[a-zA-Z0-9]{3})?';
const PATH = new RegExp(`^/lightning/r/(?:(\\w+)/)?(${ID})/(?:view|edit)/?$`);
const OLD = new RegExp(`^#/sObject/()(${ID})/view`);

/** The organisation in a host name, null for hosts of anybody else. */
export function organisationOf(hostname: string): string | null {
  return HOSTS.exec(hostname)?.[1] ?? null;
}

/** The record a page is about. Its id alone is unique in an organisation. */
export function recordAt({ hostname, pathname, hash }: URL): RecordAddress | null {
  const organisation = organisationOf(hostname);
  const [, object, id] =
    PATH.exec(pathname) ?? (pathname === '/one/one.app' ? OLD.exec(hash) : null) ?? [];
  if (organisation === null || id === undefined) return null;
  return { type: object?.toLowerCase() || typeOf(id), id: `${organisation}|${longId(id)}` };
}

/** The object an id is of, "record" where its prefix is not among the known. */
export function typeOf(id: string): string {
  return PREFIXES[id.slice(0, 3)] ?? 'record';
}

/** The id in a link to a record, in its long form; null in any other link. */
export function linkedId(href: string): string | null {
  const id = new RegExp(`/lightning/r/(?:\\w+/)?(${ID})/view`).exec(href)?.[1];
  return id === undefined ? null : longId(id);
}

// Ids of 15 characters tell capitals from small letters. The long form adds three characters, each
// of which says of five which are capitals, the first in the lowest bit.
function longId(id: string): string {
  if (id.length !== 15) return id;
  let suffix = '';
  for (let start = 0; start < 15; start += 5) {
    let bits = 0;
    for (let at = 0; at < 5; at += 1) if (/[A-Z]/.test(id.charAt(start + at))) bits |= 1 << at;
    suffix += 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345'.charAt(bits);
  }
  return id + suffix;
}

/** Whether the page is a list of records. */
export function isList({ pathname }: URL): boolean {
  return /^\/lightning\/(o\/\w+\/(list|home)|r\/(\w+\/)?\w+\/related\/)/.test(pathname);
}
