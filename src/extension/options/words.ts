// Every sentence of the options page.
export const say = {
  title: 'Settings',
  sections: {
    connect: 'Connect',
    sites: 'Sites',
    never: 'Never log',
    shortcuts: 'Shortcuts',
    privacy: 'Privacy',
    local: 'Data on this device',
  },

  server: 'Server address',
  serverHint: 'The address your administrator gave you. On this computer it is the one below.',
  badServer: 'That is no address of a server. It looks like https://unsaid.company.example.',
  start: 'Connect',
  starting: 'Asking the server.',
  why: 'Connecting shares what you save with your workspace. Until then everything stays on this device, and nothing is lost.',
  code: 'Your code',
  compare:
    'Sign in on the server’s page and compare this code with the one shown there. Approve only if they are the same.',
  openPage: 'Open the server’s page',
  waiting: (server: string) => `Waiting for your approval at ${server}.`,
  left: (minutes: number) =>
    minutes <= 1 ? 'The code ends within a minute.' : `The code ends in ${minutes} minutes.`,
  cancel: 'Cancel',
  connected: (server: string) => `Connected to ${server}.`,
  as: (member: string, workspace: string) => `As ${member}, in ${workspace}.`,
  failed: 'Not connected.',
  failedSafe: 'What you saved is safe on this device.',
  again: 'Try again',
  resumeAsk: (server: string) => `Connect this browser to ${server}?`,
  resumeOther: (now: string, asked: string) =>
    `This browser is connected to ${now}. Disconnect first to connect to ${asked}.`,
  disconnect: 'Disconnect',
  disconnectNone:
    'Everything here is on the server. After disconnecting, new cards are saved on this device only.',
  disconnectSome: (count: number) =>
    `${count.toLocaleString('en-GB')} ${count === 1 ? 'card is' : 'cards are'} not on the server yet. ${count === 1 ? 'It stays' : 'They stay'} on this device and ${count === 1 ? 'goes' : 'go'} on when you connect to this server again.`,
  disconnectReally: 'Disconnect this browser',
  stay: 'Stay connected',
  disconnected: (count: number) =>
    count === 0
      ? 'Disconnected. Nothing was left unsynced.'
      : `Disconnected. ${count.toLocaleString('en-GB')} unsynced ${count === 1 ? 'card is' : 'cards are'} kept on this device.`,
  signedOut:
    'The server has signed this device out. Disconnect and connect again; your notes are safe here.',

  sitesWhy:
    'On these sites marks return by themselves. On any other page Unsaid sees nothing until you click its button.',
  allowAsk: (origin: string) => `Let Unsaid open by itself on ${origin}`,
  allowWhy:
    'It reads the mails that this site shows, to find your marks again. Nothing leaves this device for a mail without a capture.',
  allowNext:
    'The browser asks once more, since only a click here may open a site to an extension. Then go back to your mail.',
  allow: 'Allow',
  allowed: (origin: string) =>
    `Marks return by themselves on ${origin} now. Reload its open tabs; you can close this one.`,
  notAllowed: (origin: string) => `The browser gave no access to ${origin}. Nothing has changed.`,
  noSites: 'No site yet. Open Unsaid on a mail and choose “Always here”.',
  revoke: 'Take back',
  revokeOf: (origin: string) => `Take back access to ${origin}`,
  revoked: (origin: string) =>
    `Unsaid does nothing by itself on ${origin} any more. Your notes stay.`,
  allowAgain: 'Allow again',
  notRevoked: (origin: string) =>
    `The browser kept the access to ${origin}. You can take it back in its own settings.`,

  neverWhy:
    'Of a mail that these lines name, by any of its people or by its subject, nothing is read, stored or sent. What you saved before stays.',
  neverMine: 'Your lines, one below the other',
  neverHint:
    'example.org is everybody there. name@example.org is one address. *@hr.* is a pattern. subject: payslip looks at the subject. Saved when you leave the field.',
  neverProblems: (count: number) =>
    count === 1
      ? 'One line is not understood, and does nothing.'
      : `${count.toLocaleString('en-GB')} lines are not understood, and do nothing.`,
  neverSaved: 'Saved.',
  neverSafe: 'Your lines are still in the field. The list is as it was before.',
  neverWorkspace: 'Your workspace’s lines',
  neverWorkspaceNone: 'None.',
  neverWorkspaceWhere:
    'They hold for everybody. A manager changes them in the console, under Settings.',
  neverConsole: 'Open the console',

  noShortcuts: 'This browser does not tell its shortcuts. You find them in its extension settings.',
  notSet: 'not set',
  change:
    'Change them in the browser: chrome://extensions/shortcuts in Chrome, Edge and Chromium; in Firefox, about:addons, the cog, “Manage Extension Shortcuts”.',
  openShortcuts: 'Open the browser’s page',

  privacy: [
    [
      'What is read',
      'The mail you have open, on sites you allowed or after you clicked the button: its words, sender, recipients, date and subject. To know it again, its text becomes a fingerprint on this device.',
    ],
    [
      'What is stored',
      'Only what you save or log: the words you selected, what you wrote, and which mail they came from. Unfinished cards too, so that nothing typed is lost.',
    ],
    [
      'Where it goes',
      'Into this browser’s own storage. Once connected, to your server and nowhere else. Cards kept on this device are never sent.',
    ],
    [
      'What is not done',
      'No mail is stored whole, nothing is sent for a mail without a capture, and no one is told which pages you open.',
    ],
  ],

  unsynced: 'Not on the server yet',
  kept: 'Kept on this device on purpose',
  attention: 'Needs your attention',
  attentionNone: 'Nothing does.',
  attentionWhy:
    'The server stored these changes but could not read them. Copy what matters, then write it again.',
  copy: 'Copy',
  copied: 'Copied.',
  notCopied: 'The browser did not allow copying.',
  cards: (count: number) => `${count.toLocaleString('en-GB')} ${count === 1 ? 'card' : 'cards'}`,
  syncNow: 'Sync now',
  reading: 'Reading.',
};
