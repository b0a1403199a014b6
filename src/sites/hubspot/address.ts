// HubSpot's addresses: app-eu1.hubspot.com/contacts/<account>/record/0-2/<id>, and those before
// it. The account's number is unique over all of its data centres.

import type { RecordAddress } from '../by-address.ts';

/** app.hubspot.com, and one for each of its data centres. */
export const HOSTS = /^app(-[a-z]{2}\d+)?\.hubspot\.com$/;

const TYPES: Readonly<Record<string, string>> = {
  '0-1': 'contact',
  '0-2': 'company',
  '0-3': 'deal',
  '0-5': 'ticket',
  '0-136': 'lead',
};

/** The record a page is about: a type that customers made themselves keeps its number. */
export function recordAt({ pathname }: URL): RecordAddress | null {
  const [, account, object, id] =
    /^\/contacts\/(\d+)\/record\/(\d+-\d+)\/(\d+)(?:\/|$)/.exec(pathname) ??
    /^\/contacts\/(\d+)\/(contact|company|deal|ticket)\/(\d+)(?:\/|$)/.exec(pathname) ??
    /^\/help-desk\/(\d+)\/.*\/(ticket)\/(\d+)(?:\/|$)/.exec(pathname) ??
    [];
  if (account === undefined || object === undefined || id === undefined) return null;
  const type = TYPES[object] ?? object;
  const number = Object.keys(TYPES).find((key) => TYPES[key] === object) ?? object;
  return { type, id: `${account}|${number}|${id}` };
}

/** The conversation that a page of the inbox or the help desk shows. */
export function conversationAt({ pathname }: URL): string | null {
  const [, account, id] =
    /^\/live-messages\/(\d+)\/inbox\/(\d+)(?:\/|$)/.exec(pathname) ??
    /^\/help-desk\/(\d+)\/.*\/thread\/(\d+)(?:\/|$)/.exec(pathname) ??
    [];
  return id === undefined ? null : `${account}|thread|${id}`;
}

/** Whether the page is a list of records. */
export function isList({ pathname }: URL): boolean {
  return /^\/(contacts\/\d+\/(objects|lists|contacts|companies|deals|tickets)|live-messages\/\d+|help-desk\/\d+)\b/.test(
    pathname,
  );
}
