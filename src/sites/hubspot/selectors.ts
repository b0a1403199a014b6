// What HubSpot's pages give to hold on to: names for its own tests, which are not translated and
// outlive its classes. Two generations of them stand side by side. All but bodies are looked for
// outside of bodies.

import type { Count } from '../site.ts';

export const selectors = {
  /** The middle of a record's page: cards and the timeline. */
  pane: '[data-test-id="middle-pane"]',
  /** The columns of a record's page, for its people and company. */
  columns:
    '[data-test-id="left-sidebar"], [data-test-id="middle-pane"], [data-test-id="records-right-sidebar"]',
  /** The record's name. */
  name: '[data-test-id="highlight-record-label"], [data-selenium-test="highlightTitle"]',
  /** A contact's own address. */
  email:
    '[data-test-id^="highlight-property-display-email"], [data-test-id="property-input-email"], [data-selenium-test="property-input-email"]',
  /** A tile for an associated record. */
  tile: '[data-test-id^="chicklet-"], [data-test-id^="chiclet-"], [data-selenium-test="chicklet"]',
  /** In a contact's tile: the name. */
  tileName:
    '[data-test-id="contact-chicklet-title-link"], [data-selenium-test="contact-chicklet-title-link"]',
  /** In a company's tile: the name. */
  company:
    '[data-test-id="company-chicklet-title-link"], [data-selenium-test="company-chicklet-title-link"]',
  /** Addresses. */
  mail: 'a[href^="mailto:" i]',
  /** An entry of the timeline. */
  entry: '[data-selenium-test="timeline-card"]',
  /** In an entry: what it shows until it is opened. */
  preview: '[data-test-id="timeline-preview-event"]',
  /** In an entry for a mail: who sent it; the name is emphasised. */
  sender: '[data-test-id="email-sender"]',
  /** In an entry for a mail: recipients. Named by analogy. */
  to: '[data-test-id="email-recipients"], [data-test-id="email-to"]',
  /** In an entry for a mail: its subject. Named by analogy. */
  subject: '[data-test-id="email-subject"]',
  /** In an entry: its date, in the reader's language. */
  date: '[data-test-id="event-timestamp"]',
  /** What a conversation is about, above it. */
  heading: '[data-test-id="ticket-header-name-link"], [data-test-id="sticky-subject-header"]',
  /** In a conversation: one message, by the side that wrote it. */
  message: '[data-test-id^="primary-message-"]:not([data-test-id="primary-message-content"])',
  /** In such a message: the customer wrote it. */
  theirs: '[data-test-id="primary-message-visitor"]',
  /** In such a message: who wrote it. */
  author: '[data-test-id="sender-name"]',
  /** In such a message: its date, in the reader's language. */
  time: '[data-test-id="sender-header-content-timestamp"]',
  /** What somebody wrote, in a mail, a note or a message. */
  body: '[class*="SanitizedText__StyledText-"], [data-test-id="primary-message-content"]',
} as const;

/** How often each stands in a view of one record with one mail; a test holds fixtures against it. */
export const counts: Record<keyof typeof selectors, Count> = {
  pane: 'one',
  columns: 'any',
  name: 'one',
  email: 'any',
  tile: 'any',
  tileName: 'any',
  company: 'at most one',
  mail: 'any',
  entry: 'any',
  preview: 'any',
  sender: 'at most one',
  to: 'at most one',
  subject: 'at most one',
  date: 'any',
  heading: 'at most one',
  message: 'any',
  theirs: 'any',
  author: 'any',
  time: 'any',
  body: 'any',
};
