// Every sentence of the sidebar that no other page says; the shared ones stand in ui/words.ts.
import type { Tag } from '../../domain/codebook.ts';
import { tagMeans } from '../../ui/call/tag-means.ts';
import type { Failure } from '../messages/result.ts';
import type { MarkFate } from '../messages/shapes.ts';

export const say = {
  noCustomer: 'No customer yet',
  close: 'Close the sidebar',
  places: 'Places of the sidebar',
  place: { list: 'Here', brief: 'Brief', story: 'Story', inbox: 'Inbox' },
  loading: 'One moment.',
  waitsFor: (count: number) => `${count.toLocaleString('en-GB')} waiting`,
  marks: (count: number) =>
    `${count.toLocaleString('en-GB')} ${count === 1 ? 'mark' : 'marks'} here`,
  always: (host: string) => `Marks return by themselves on ${host}:`,
  alwaysHere: 'Always here',

  waiting: 'Looking at the page.',
  noPage:
    'Unsaid cannot see this page. Click its button in the browser’s toolbar while the page is open, or write a note',
  noMail: 'This page shows no mail. You can still select words, or write a note',
  noneOpen: 'No mail is open here. Open one to see its marks, or write a note',
  list: 'This is a list. Open a mail to see its marks, or write a note',
  meeting: (title: string) => `A meeting: ${title}. What you hear goes into a note`,
  recordType: (type: string) => (type === '' ? 'Record' : type),
  recordPeople: 'People',
  changed: (site: string) =>
    `${site}’s pages have changed: this page is read roughly until it is mended. Check what is filled in.`,
  never: (count: number, others: boolean) =>
    count > 1
      ? `${count.toLocaleString('en-GB')} mails here are on your never-log list. Nothing of them is read or stored.`
      : others
        ? 'One mail here is on your never-log list. Nothing of it is read or stored.'
        : 'This mail is on your never-log list. Nothing is read or stored.',
  neverHead: 'Never logged',
  neverList: 'Show the list',
  neverAsk: 'Never log…',
  neverWhy: 'Nothing of their mails is read or stored from then on. What you saved stays.',
  neverAddress: 'This address',
  neverDomain: 'Everyone at',
  neverAdded: (line: string) => `Never logged: ${line}.`,
  cancel: 'Cancel',
  collapsed: 'open it to read it',
  clipped: 'The page shows only its beginning',

  warning: {
    lookAlike: (like: string) => `This address is not that of ${like}. It only looks like it:`,
    mixed: 'This address mixes letters of several alphabets, to look like another one:',
    turned: 'Hidden characters turn the letters of this sender round. The address really is:',
    other: (shown: string) => `The name shows ${shown}, but the mail comes from:`,
    plain: (domain: string) => `in plain letters ${domain}`,
  },

  page: 'This page',
  messages: (count: number) => `${count} messages`,
  earlier: (count: number) => `Show ${count} earlier`,
  mailOf: 'Mail of',
  noSubject: '(no subject)',
  logThis: 'Log this mail',
  logOne: (from: string) => `Log the mail of ${from}`,
  log: 'Log',
  logged: 'Logged',
  probably: 'probably this mail',
  note: 'Note without a page',
  customerIs: 'Customer',

  call: 'Call',
  startCall: 'Start a call, to tag it while you talk',
  callBegun: 'The call has begun.',
  meetingOffer: (subject: string) =>
    subject === '' ? 'You seem to be in a meeting.' : `You seem to be in a meeting: ${subject}.`,
  callOffer: (number: string) => `You seem to be calling ${number}.`,
  tagThisCall: 'Tag this call',
  notNow: 'Not now',
  callNotNow: 'Not proposed again today.',
  callRuns: 'The call that runs',
  callTags: 'Tags',
  pause: 'Pause',
  goOn: 'Go on',
  bar: 'Bar',
  hangUp: 'Hang up',
  hungUp: 'Hung up.',
  callPaused: 'The call’s clock stands.',
  callGoesOn: 'The call goes on.',
  parked: (name: string) => `Parked: ${name}`,
  callOver: 'The call is over.',
  wrapUp: 'Wrap it up',
  tagsWait: (count: number) =>
    count === 1 ? '1 tag of a call waits' : `${count.toLocaleString('en-GB')} tags of calls wait`,
  showTags: 'Show',
  momentAgo: (seconds: number) => `The next tag is ${seconds} seconds ago.`,
  agoKey: 'The next tag is a moment ago',
  taggedAt: (name: string, time: string) => `${name} at ${time}.`,
  tagTakenBack: (name: string, time: string) => `Taken back: ${name} at ${time}.`,
  takeBackLast: 'Undo the last tag',
  undo: 'Undo',
  slept: (time: string) => `The computer slept or its clock was set: ${time}.`,
  wasClock: 'It was the clock',
  wasTime: 'It slept',
  means: tagMeans,
  tagName: ({ name, means }: Pick<Tag, 'name' | 'means'>): string =>
    name?.trim() || say.means[means],

  back: 'Back to the list',
  unfinished: (count: number) => (count === 1 ? '1 unfinished card' : `${count} unfinished cards`),
  nothingTyped: 'Nothing typed yet',
  here: 'Here',
  hereEmpty:
    'Nothing is marked here yet. Select words in the mail, then press a key or a button beside them.',
  about: (name: string) => `About ${name}`,
  aboutEmpty: 'Nothing else is known yet.',
  lookBack: 'Look back on this customer',
  moreStory: (count: number) => `Show ${count.toLocaleString('en-GB')} more`,

  statement: 'What they expect, in our words',
  statementHint: 'Left empty, their words stand. Enter saves.',
  text: {
    note: 'Note',
    commitment: 'What was promised, in our words',
    grievance: 'What went wrong, in our words',
    praise: 'What they liked, in our words',
    question: 'What they want to know, in our words',
    decision: 'What was decided, in our words',
    risk: 'What may go wrong, in our words',
    mail: 'Text to keep with it',
  },
  mailHint: 'Paste what the story needs. Only this and what stands above is kept.',
  class: 'How much of it was said',
  impliedBy: 'Implied by what',
  unstatedBecause: 'Why it was not said',
  notChosen: 'choose',
  notYet: 'not known yet',
  customer: 'Customer',
  contact: 'Contact',
  project: 'Project',
  due: 'Due',
  by: 'Who promised',
  byUs: 'We did',
  byThem: 'They did',
  worth: 'Worth it?',
  worthNone: 'Not decided',
  exceed: 'Exceed',
  meet: 'Meet',
  decline: 'Decline',
  reason: 'Why',
  sender: 'From',
  recipients: 'To',
  date: 'Date',
  subject: 'Subject',
  keepHere: 'Keep on this device',
  keepHereHint: 'Only you can read it, only in this browser. It is never sent to a server.',
  quoted: 'Quoted from an earlier mail',
  secrets: (kind: 'card' | 'iban' | 'both') =>
    ({
      card: 'There is a card number in these words.',
      iban: 'There is an account number in these words.',
      both: 'There are card or account numbers in these words.',
    })[kind],
  secretsBeside:
    'There is a card or account number beside these words. A few words beside them are kept, to find the place again.',
  blackOut: 'Black it out',
  created: 'new',

  save: 'Save',
  saving: 'Saving',
  discard: 'Discard',
  discarded: 'Discarded.',
  enterSaves: 'Enter saves.',
  ctrlEnterSaves: (keys: string) => `${keys} saves.`,
  saved: 'Saved on this device.',
  synced: 'Synced.',
  keptHere: 'Kept on this device.',
  keptHereMeans: 'Kept on this device: it is not sent to a server, and nobody else sees it.',
  shareAsk: 'Share…',
  shareMeans:
    'It is sent to the server, with the mail and the names it belongs to. What was sent cannot be called back.',
  share: 'Share with the workspace',
  keepHereStill: 'Keep it here',
  shared: 'Shared with the workspace.',
  moved: 'Moved.',
  placeKept: 'Kept as its place.',
  changedField: 'Changed.',
  putBack: 'As it was before.',
  blackedOut: 'Blacked out.',
  takenBack: 'Taken back.',
  backInList: 'Back in the list.',
  changeSaved: 'Change saved on this device.',
  missing: {
    statement: 'Say what they expect first. There is no quote that could stand for it.',
    text: 'Write something first. There is no quote that could stand for it.',
  },
  unchosen: (label: string, text: string) =>
    `${label}: nothing is chosen for “${text}” yet. Choose one of the list or create it.`,

  right: 'Right',
  chooseOther: 'Choose another place',
  choose: 'Choose the place',
  ofMark: (does: string, quote: string) => `${does}: “${quote}”`,
  pickNow: 'Now select the words in the page, then press “Put the mark here” beside them.',
  lost: (count: number) =>
    count === 1
      ? '1 mark of this mail has lost its words'
      : `${count.toLocaleString('en-GB')} marks of this mail have lost their words`,
  clippedHere:
    'The page shows only the beginning of this mail. These words may stand further down.',
  quotedHere: 'quoted in this mail',

  twice: 'written twice',
  writtenTwice: (field: string) => `${field}: written by two at the same time`,
  shownNow: 'Shown now:',
  take: 'Take this one',
  keepShown: 'Keep what is shown',
  cleared: '(emptied)',
  field: {
    class: 'How much of it was said',
    impliedBy: 'Implied by what',
    unstatedBecause: 'Why it was not said',
    stage: 'How far we know',
    by: 'Who promised',
    customer: 'Customer',
    contact: 'Contact',
    project: 'Project',
    due: 'Due',
    decision: 'Worth it?',
    decisionReason: 'Why',
    value: 'Value to them',
    effort: 'Effort for us',
    likelihood: 'How likely they expect it',
    reviewOn: 'Look at it again on',
    outcome: 'Outcome',
    outcomeText: 'What it was seen by',
    outcomeValue: 'What it cost or brought',
    currency: 'Currency',
    dimension: 'What kind of quality',
    gap: 'Where the miss began',
    adequate: 'Just enough for them',
    desired: 'What they would like',
    perceived: 'What they got',
    unit: 'Unit',
  },

  reveal: 'Show in the page',
  openPage: 'Open the page',
  remove: 'Take back',
  savedBy: 'Saved by',
  me: 'you',
  notSynced: 'not synced yet',
  mailLogged: 'Mail logged',
  callTagged: 'Call',
  openCall: 'Open the call',

  connect: 'Connect',
  signedOut: 'This device was signed out. Your notes are safe here.',
  connectAgain: 'Connect again',
  problem: (text: string) => `Not synced: ${text}`,
  more: 'What to do',
  strangers: (count: number) =>
    count === 1
      ? 'A device that none of yours vouched for writes under your name.'
      : `${count} devices that none of yours vouched for write under your name.`,
  followed: 'You get what colleagues write about this customer.',
  notFollowed: 'You get only your own records of this customer.',
  follow: 'Follow',
  unfollow: 'Unfollow',
  nowFollowed: 'Followed. Earlier records are on their way.',
  nowUnfollowed: 'Not followed any more. Records of others leave this device.',
  options: 'Settings',
  keys: 'Keys',
  closeKeys: 'Back',

  textSafe: 'Your text is still in the field.',
  notesSafe: 'Your notes are safe on this device.',
  tryAgain: 'Try again',
};

const FATES: Readonly<Record<MarkFate['match'], string | null>> = {
  exact: null,
  normalised: null,
  approximate: 'The words have changed. This is the nearest place.',
  orphan: 'These words are no longer here. The quote is kept.',
};

export function sayFate(match: MarkFate['match'] | undefined): string | null {
  return match === undefined ? null : FATES[match];
}

/** What failed in words: what happened, what is safe, what to do. */
export function sayFailure(
  failure: Failure,
  safe: string = say.textSafe,
): { what: string; safe: string; todo: string } {
  switch (failure.code) {
    case 'disk-full':
      return {
        what: 'Could not save: the disk is full.',
        safe,
        todo: 'Free some space, then save again.',
      };
    case 'ended':
      return {
        what: 'Unsaid was updated or is not running.',
        safe,
        todo: 'Copy your text if you need it, then reload this page.',
      };
    case 'storage':
      return { what: `Could not save. ${failure.message}`, safe, todo: 'Try again.' };
    case 'bad-input':
      return { what: failure.message, safe: '', todo: '' };
    default:
      return { what: failure.message, safe, todo: '' };
  }
}
