// Mails that log themselves: what is logged and what is not, said before it is switched on.
export const sayLogging = {
  why: 'Mails of customers that you follow can log themselves when you open them, so that the story of a customer has no holes. Off until you switch it on, on this device and for you alone.',
  log: 'Log mails of followed customers when I open them',
  on: 'Mails that you open from now on log themselves.',
  off: 'Nothing logs itself. What was logged stays.',
  safe: 'Nothing was changed.',
  all: 'You follow all customers: those count that are known here by their mail domain or by the very address.',
  chosen: 'Only the customers count that you have chosen to follow.',
  is: 'Logged',
  isList: [
    'Sender, recipients, date and subject, the page’s address, and fingerprints by which the mail is known again elsewhere.',
    'Mails whose words are open in the tab in front for a few seconds; your own mails to such customers too.',
    'Each mail once. If a colleague has logged it, nothing is written.',
  ],
  not: 'Not logged',
  notList: [
    'What the mail says. In the sidebar you can ask for that, mail by mail.',
    'Mails of anybody else, colleagues among them.',
    'Anything on the never-log list, yours or the workspace’s.',
    'Mails whose sender’s address is made to be taken for another.',
    'Lines of a list, mails folded up in a conversation, tabs in the background.',
    'A mail of which you said “Not this one”.',
  ],
} as const;
