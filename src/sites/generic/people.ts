import type { Person } from '../../domain/email.ts';
import { personFrom } from '../reading.ts';
import { ADDRESS } from './address-in-text.ts';
import { attribute, textOf } from './dom.ts';

/** Letters from the top within which a date is that of the whole. */
export const LATEST_DATE = 3_000;

const LONGEST_NAME = 120;
const NAMED = /(?:"([^"\n]{1,100})"|([^\n<>:;,@"]{1,100}))\s*<\s*$/;

/** Addresses from `start` on, with the name that stands before an address in angle brackets. */
export function peopleIn(text: string, start = 0): Person[] {
  if (!text.includes('@', start)) return [];
  return [...text.slice(start).matchAll(ADDRESS)].flatMap(({ index, 0: address }) => {
    const before = text.slice(Math.max(0, start + index - LONGEST_NAME), start + index);
    const named = NAMED.exec(before);
    return personFrom((named?.[1] ?? named?.[2] ?? '').trim(), address) ?? [];
  });
}

/** An address in an attribute, where the text has the name only. */
export function titled(element: Element): Person | null {
  for (const name of ['data-email', 'email', 'data-address', 'title']) {
    const value = attribute(element, name).trim();
    const bare = /^(?:([^<>@]*)<)?([^\s<>@]+@[^\s<>@]+)>?$/.exec(value);
    if (bare) return personFrom(bare[1]?.trim() || textOf(element), bare[2] ?? '');
  }
  return null;
}
