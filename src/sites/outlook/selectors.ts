// What Outlook's pages give to hold on to. Classes of five letters change with each build and labels
// with the language, so neither is here. All are looked for outside of bodies: anybody can send
// these in a mail.

import type { Count } from '../site.ts';

export const selectors = {
  /** Where one conversation or one message is read; the second stands around the first. */
  pane: '#ConversationReadingPaneContainer, #ItemReadingPaneContainer, [data-app-section="MailReadCompose"]',
  /** A message's header and body. */
  message: '.wide-content-host',
  /** A message folded to a line is one of these and holds a date. */
  collapsed: '[aria-expanded="false"]',
  /** What the sender wrote; a number stands at the end of the id. */
  body: '[id^="UniqueMessageBody"]',
  /** What is shown as a document: around or at a body, the history of quotations too. */
  document: '[role="document"]',
  /** Where a mail is being written. */
  editor: '[contenteditable="true"]',
  /** The subject of a conversation ("CONV_…") or a message ("MSG_…"), beside buttons. */
  subject: '[role="heading"][id$="_SUBJECT"]',
  /** The sender, "Name<address>", or the name alone for people of one's own organisation. */
  from: '[id^="MSG_"][id$="_FROM"]',
  /** Anything that names an address, in words of the reader's language. */
  addressed: '[aria-label*="@"], [title*="@"]',
  /** Attachments and buttons: their labels may look like addresses. */
  tools: '[role="toolbar"], [role="listbox"]',
  /** Around all recipients. */
  recipients: '[data-testid="RecipientWell"]',
  /** One line of recipients: first to, then copies. */
  field: '[aria-readonly="true"]',
  /** One recipient. */
  person: '[data-lpc-hover-target-id], .lpc-hoverTarget',
  /** The date in the reader's language and zone. */
  date: '[data-testid="SentReceivedSavedTime"]',
  /** Rows of the list of conversations, and whatever else has a conversation's id. */
  conversation: '[data-convid]',
  /** The row that is chosen; it stays so when nothing is open. */
  selected: '[data-convid][aria-selected="true"]',
  /** The top of an account's folders, named by its address, and the button for the account. */
  account:
    '[id^="primaryMailboxRoot_"][data-folder-name], #O365_MainLink_Me, #mectrl_main_trigger, #mectrl_currentAccount_secondary',
} as const;

/** How often each stands in a view of one message; a test holds fixtures against it. */
export const counts: Record<keyof typeof selectors, Count> = {
  pane: 'any',
  message: 'one',
  collapsed: 'any',
  body: 'one',
  document: 'any',
  editor: 'any',
  subject: 'any',
  from: 'at most one',
  addressed: 'any',
  tools: 'any',
  recipients: 'any',
  field: 'any',
  person: 'any',
  date: 'at most one',
  conversation: 'any',
  selected: 'at most one',
  account: 'any',
};
