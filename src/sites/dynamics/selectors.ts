// What a record's form in Dynamics 365 gives to hold on to: fields carry their names in the data
// model, whatever the language. A form can show a field twice, in its header and below.

import type { ByAddressNames } from '../by-address.ts';
import type { Count } from '../site.ts';

export const selectors = {
  /** The form, with header and tabs, without the program's navigation. */
  main: '[data-id="editFormRoot"], main, [role="main"]',
  /** The record's name; whether it is saved stands behind it in an element of its own. */
  name: ':is(h1, h2)[data-id="header_title"]',
  /** The account that the record belongs to, and the name that a lead gives. */
  company:
    ':is([data-id$="_parentaccountid_selected_tag_text"], [data-id$="_parentcustomerid_selected_tag_text"], [data-id^="companyname.fieldControl"])',
  /** Fields with an address. */
  email: 'input[data-id^="emailaddress1"]',
  /** Addresses. */
  mail: 'a[href^="mailto:" i]',
} as const satisfies Record<ByAddressNames, string>;

/** How often each stands in a view of one record; a test holds fixtures against it. */
export const counts: Record<keyof typeof selectors, Count> = {
  main: 'any',
  name: 'one',
  company: 'any',
  email: 'any',
  mail: 'any',
};
