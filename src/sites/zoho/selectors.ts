// Zoho CRM: nothing of its own is known that would last: what pages of any kind have.

import type { ByAddressNames } from '../by-address.ts';
import type { Count } from '../site.ts';

export const selectors = {
  /** All of the page but its navigation. */
  main: 'main, [role="main"]',
  /** The record's name. */
  name: ':is(main, [role="main"]) h1',
  /** Link to the account that the record belongs to. */
  company: ':is(main, [role="main"]) a[href*="/tab/Accounts/"]',
  /** Fields with an address. */
  email: ':is(main, [role="main"]) input[type="email"]',
  /** Addresses. */
  mail: 'a[href^="mailto:" i]',
} as const satisfies Record<ByAddressNames, string>;

/** How often each stands in a view of one record; a test holds fixtures against it. */
export const counts: Record<keyof typeof selectors, Count> = {
  main: 'at most one',
  name: 'at most one',
  company: 'any',
  email: 'any',
  mail: 'any',
};
