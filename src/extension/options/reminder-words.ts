/** What the settings say of reminders. */
export const sayReminders = {
  why: 'Promises, questions to ask, expectations with a date and decisions to look at again: what is due for you is counted on Unsaid’s button in the toolbar and stands in the sidebar’s inbox. Whoever something was handed over to is reminded of it, and nobody else.',
  here: 'In this browser',
  notify: 'Tell me by a notification, once for each day something is due',
  notAllowed: 'The browser does not let Unsaid show notifications yet. It asks you once.',
  allow: 'Allow notifications',
  refused: 'The browser said no. The count on the button and the inbox work all the same.',
  words: 'Say whom and what it is about',
  wordsHint:
    'A notification may be read by anybody who sees the screen, also while it is locked. Without this it says only what sort of thing is due.',
  mail: 'By mail',
  mailOn: (address: string) => `Send me what is due to ${address}, once a day at most`,
  mailHint: (zone: string) =>
    `From seven in the morning, in the time zone of this device (${zone}).`,
  mailWords: 'Name customers and say what it is about in the mail',
  noMail: 'Your server sends no mails. Whoever runs it can switch that on.',
  notConnected: 'Connect first: mails are sent by the server.',
  saved: 'Saved.',
  safe: 'The settings are as they were before.',
};
