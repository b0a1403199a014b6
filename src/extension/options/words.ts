// Every sentence of the options page.
import type { BarAct, Tag } from '../../domain/codebook.ts';
import { tagMeans } from '../../ui/call/tag-means.ts';

export const say = {
  title: 'Settings',
  sections: {
    connect: 'Connect',
    attention: 'Needs your attention',
    devices: 'Devices',
    following: 'Following',
    sites: 'Sites',
    never: 'Never log',
    logging: 'Log by itself',
    cues: 'Cues',
    shortcuts: 'Shortcuts',
    calls: 'Calls',
    reminders: 'Reminders',
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

  callWhy:
    'While you talk to a customer, one key is one tag with its moment. Nothing is recorded. These settings are this device’s own.',
  callSaved: 'Saved.',
  callSafe: 'The settings are as they were before.',
  callKeys: 'Keys of the bar',
  callKeysOn: 'Single keys, while the bar or the sidebar has the focus and you are not typing',
  keyOf: (name: string) => `Key of ${name}`,
  keyTaken: (name: string) => `${name} has this key too. Neither is saved yet.`,
  keysAsUsual: 'Keys as the workspace has them',
  act: {
    momentAgo: 'The next tag is a moment ago',
    keepMoment: 'Keep this moment for all tags, until the same key again',
    note: 'A note',
    hangUp: 'Hang up',
    keys: 'All keys',
  } satisfies Record<BarAct, string>,
  barKeys: [
    ['Space', 'Pause and go on'],
    ['Backspace', 'Undo the last tag'],
    ['Enter', 'Words for the last tag'],
  ] as readonly (readonly [string, string])[],
  callTimes: 'Times',
  callBack: 'A moment ago, in seconds',
  callBackHint: 'How far “a moment ago” goes back.',
  callLead: 'Lead, in seconds',
  callLeadHint:
    'Every tag is set so much before its key, because one needs a moment to notice. 0 for none.',
  badSeconds: (least: number, most: number) =>
    `Write seconds, from ${least} to ${most.toLocaleString('en-GB')}.`,
  callOffers: 'Proposals',
  callPropose: 'Offer to tag a meeting that is open, or a number that I click',
  commands: 'From other windows and programs',
  commandsGlobal:
    'Set these at chrome://extensions/shortcuts. Choose “Global” beside a key, and it works while a desktop phone or another program is in front.',
  commandsFirefox:
    'Set these under about:addons, the cog, “Manage Extension Shortcuts”. Firefox hears them in its own windows only; for a desktop phone, keep the bar beside it.',
  allCalls: 'All calls',
  means: tagMeans,
  tagName: ({ name, means }: Pick<Tag, 'name' | 'means'>): string =>
    name?.trim() || say.means[means],

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
  notebook: 'Open the notebook: everything here, as one list',
  kept: 'Kept on this device on purpose',
  findingSince: (when: string) => `Noticed on ${when}.`,
  unsigned:
    'The server does not sign its history at present, so it cannot be checked. It says why:',
  beginAnew: 'My administrator says this is right: go on with the new history',

  attentionNone: 'Nothing does.',
  attentionWhy:
    'The server could not take these changes in, for the reason beside each. They are kept here until you mend them or put them aside.',
  kinds: {
    expectation: 'Expectation',
    note: 'Note',
    commitment: 'Promise',
    interaction: 'Mail or call',
    customer: 'Customer',
    contact: 'Contact',
    project: 'Project',
    setting: 'Setting',
    device: 'Device',
  } as { readonly [kind: string]: string },
  fields: {
    statement: 'What they expect, in our words',
    text: 'Text',
    class: 'How much of it was said',
    impliedBy: 'Implied by what',
    unstatedBecause: 'Why it was not said',
    stage: 'How far we know',
    evidence: 'Their words, and where they stand',
    customer: 'Customer',
    contact: 'Contact',
    project: 'Project',
    interaction: 'Mail or call',
    due: 'Due',
    decision: 'Worth it?',
    decisionReason: 'Why',
    label: 'Kind of note',
    name: 'Name',
    subject: 'Subject',
    deleted: 'Taken back',
  } as { readonly [field: string]: string },
  mend: 'Mend…',
  mendWrite: 'Write it again',
  mendAnew:
    'The record that this belonged to was erased, or is not on this device. What you write again becomes a new one.',
  mendSafe: 'Your text is still in the fields.',
  mended: 'Written again. It goes to the server with the next sync.',
  mendedAnew: 'Written as a new record. It goes to the server with the next sync.',
  putAside: 'Put aside',
  putAsideDone: 'Put aside.',
  aside: (count: number) => `${count.toLocaleString('en-GB')} put aside`,
  bringBack: 'Bring back',
  backInList: 'Back in the list.',
  saveFile: 'Save what is not on the server in a file',
  saveFileWhy:
    'All changes that were not sent yet, and those that need your attention, as JSON. For safe keeping, also when this device may not sync any more.',
  savedFile: (count: number) =>
    `${count.toLocaleString('en-GB')} ${count === 1 ? 'change' : 'changes'} saved in a file.`,

  devicesNone: 'Connect first: until then this browser stands alone.',
  thisDevice: 'This device.',
  unnamed: 'a device without a name',
  own: {
    first: (since: string) =>
      `It is your first, and has signed what it sends since ${since}. It can vouch for your others.`,
    attested: (by: string, since: string) =>
      `“${by}” vouched for it on ${since}. It signs what it sends.`,
    unattested: (since: string) =>
      `It has signed what it sends since ${since}, but none of your other devices has said that it is yours. Open these settings on one of them and vouch for it.`,
    keyless: 'It does not sign what it sends: this browser has no key for that, or none yet.',
    revoked:
      'It was revoked: the server takes nothing from it any more. What was not sent is here; save it in a file, under “Data on this device”.',
  },
  other: {
    first: (since: string) => `Your first device, since ${since}.`,
    attested: (by: string, since: string) => `“${by}” vouched for it on ${since}.`,
    unattested: (since: string) => `Came on ${since}. None of your devices has vouched for it.`,
    keyless: (since: string) => `Since ${since}. It does not sign what it sends.`,
    revoked: 'Revoked. It can write nothing any more.',
  },
  isYours: 'Is this yours?',
  ofThat: (does: string, name: string) => `${does}: ${name}`,
  vouch: 'Vouch for it',
  vouched: (name: string) => `You vouched for ${name}.`,
  revokeDevice: 'Revoke…',
  revokeReally:
    'It can write nothing under your name any more. What it wrote stays. This cannot be taken back; the browser would have to be connected again.',
  revokeIt: 'Revoke it',
  keepDevice: 'Keep it',
  revokedDevice: (name: string) => `Revoked: ${name}.`,

  followWhy:
    'Your own records, and those that name you, come to your devices always. Which customers’ others do you want here? Nobody else sees your choice.',
  followWhom: 'Customers',
  followAll: 'All of them',
  followChosen: 'Those I choose',
  followAlone: 'Connect first: until then there is nobody to follow.',
  followNone: 'No customer yet. Choose one below, or follow one in the sidebar.',
  followOne: 'Follow one more',
  unfollow: 'Unfollow',
  unfollowed: (name: string) => `${name} is not followed any more. Its records leave this device.`,
  unnamedCustomer: 'a customer without a name',
  followUntold: 'Takes effect with the next sync.',
  copy: 'Copy',
  copied: 'Copied.',
  notCopied: 'The browser did not allow copying.',
  cards: (count: number) => `${count.toLocaleString('en-GB')} ${count === 1 ? 'card' : 'cards'}`,
  syncNow: 'Sync now',
  reading: 'Reading.',
};
