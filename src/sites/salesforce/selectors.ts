// What Lightning pages give to hold on to: names of components and of fields in the data model,
// the same in all languages. Each is looked for in the shown tab alone, there in open shadow roots
// as well, one by one: none may need an ancestor of another component.

import type { Count } from '../site.ts';

export const selectors = {
  /** What a tab or window of the program shows; hidden ones stay in the document. */
  window:
    'div.windowViewMode-normal.active, div.windowViewMode-maximized.active, section.oneConsoleTab.active',
  /** What holds windows that are not shown. */
  hidden: 'section.oneConsoleTab:not(.active), [aria-hidden="true"], .slds-hide, [hidden]',
  /** A record's page without the program's navigation; one component holds the next. */
  pane: 'one-record-home-flexipage2, record_flexipage-desktop-record-page-decorator, .flexipagePage',
  /** The record's head: its name and a few fields; one component holds the next. */
  head: 'records-lwc-highlights-panel, records-highlights2, force-highlights2',
  /** In the head: the record's name. */
  name: '[slot="primaryField"]',
  /** Fields for the account, and a lead's company, by their names in the data model. */
  company:
    '[data-target-selection-name$=".AccountId"], [data-target-selection-name$="RecordField.Lead.Company"]',
  /** The field for the person that a case is with. */
  contact: '[data-target-selection-name$=".ContactId"]',
  /** Fields with an address of the person that the record is about. */
  email:
    '[data-target-selection-name$=".Email"], [data-target-selection-name$=".ContactEmail"], [data-target-selection-name$=".SuppliedEmail"]',
  /** In a field: what it says, without label and buttons. */
  value:
    'a, lightning-formatted-text, lightning-formatted-name, lightning-formatted-email, lightning-formatted-rich-text',
  /** Words for screen readers, and buttons with theirs. */
  assistive: '.slds-assistive-text, button, lightning-helptext',
  /** Addresses; the program's own links to write a mail say them as text alone. */
  mail: 'a[href^="mailto:" i], a.emailuiFormattedEmail',
  /** Links to records. */
  link: 'a[href*="/lightning/r/"]',
  /** An entry of a case's feed. */
  entry: 'article.cuf-feedItem, article.cuf-feedElement',
  /** In an entry: its date; what the reader's language makes of it is a title or the text. */
  date: '.cuf-timestamp',
  /** In a mail: the field for its sender. */
  from: '[data-target-selection-name$="EmailMessage.FromAddress"], [data-target-selection-name$="EmailMessage.ValidatedFromAddress"]',
  /** In a mail: the field for its sender's name. */
  fromName: '[data-target-selection-name$="EmailMessage.FromName"]',
  /** In a mail: the field for recipients. */
  to: '[data-target-selection-name$="EmailMessage.ToAddress"]',
  /** In a mail: the field for recipients of copies. */
  cc: '[data-target-selection-name$="EmailMessage.CcAddress"]',
  /** In a mail: the field for its subject. */
  subject: '[data-target-selection-name$="EmailMessage.Subject"]',
  /** In a mail: the field for its date, in the reader's language. */
  sent: '[data-target-selection-name$="EmailMessage.MessageDate"]',
  /** What a mail says. It can hold a frame of the page's own. */
  mailBody: 'emailui-rich-text-output, .emailMessageBody',
  /** In a mail: the field for what it says. */
  mailField:
    '[data-target-selection-name$="EmailMessage.HtmlBody"], [data-target-selection-name$="EmailMessage.TextBody"]',
  /** What people wrote in a record or its feed. */
  written: 'lightning-formatted-rich-text, .feedBodyInner, .forceChatterFeedBodyText',
  /** Forms, in which somebody is writing. */
  form: '[contenteditable="true"], .forceActionBody, records-lwc-record-edit-form',
} as const;

/** How often each stands in a view of one record with one mail; a test holds fixtures against it. */
export const counts: Record<keyof typeof selectors, Count> = {
  window: 'one',
  hidden: 'any',
  pane: 'any',
  head: 'any',
  name: 'one',
  company: 'at most one',
  contact: 'at most one',
  email: 'at most one',
  value: 'any',
  assistive: 'any',
  mail: 'any',
  link: 'any',
  entry: 'any',
  date: 'any',
  from: 'at most one',
  fromName: 'at most one',
  to: 'at most one',
  cc: 'at most one',
  subject: 'at most one',
  sent: 'at most one',
  mailBody: 'any',
  mailField: 'at most one',
  written: 'any',
  form: 'any',
};
