// Every sentence of the sidebar that no other page says; the shared ones stand in ui/words.ts.
import type { Failure } from '../messages/result.ts';
import type { MarkFate } from '../messages/shapes.ts';

export const say = {
  noCustomer: 'No customer yet',
  close: 'Close the sidebar',
  marks: (count: number) =>
    `${count.toLocaleString('en-GB')} ${count === 1 ? 'mark' : 'marks'} here`,
  always: (host: string) => `Marks return by themselves on ${host}:`,
  alwaysHere: 'Always here',

  waiting: 'Looking at the page.',
  noPage:
    'Unsaid cannot see this page. Click its button in the browser’s toolbar while the page is open, or write a note',
  noMail: 'This page shows no mail. You can still select words, or write a note',

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

  back: 'Back to the list',
  unfinished: (count: number) => (count === 1 ? '1 unfinished card' : `${count} unfinished cards`),
  nothingTyped: 'Nothing typed yet',
  here: 'Here',
  hereEmpty:
    'Nothing is marked here yet. Select words in the mail, then press a key or a button beside them.',
  about: (name: string) => `About ${name}`,
  aboutEmpty: 'Nothing else is known yet.',
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
  keepHereHint: 'Nobody else sees it; it is never sent to a server.',
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
  takenBack: 'Taken back.',
  backInList: 'Back in the list.',
  changeSaved: 'Change saved on this device.',
  missing: {
    statement: 'Say what they expect first. There is no quote that could stand for it.',
    text: 'Write something first. There is no quote that could stand for it.',
  },
  unchosen: (label: string, text: string) =>
    `${label}: nothing is chosen for “${text}” yet. Choose one of the list or create it.`,

  reveal: 'Show in the page',
  openPage: 'Open the page',
  remove: 'Take back',
  savedBy: 'Saved by',
  me: 'you',
  notSynced: 'not synced yet',
  mailLogged: 'Mail logged',

  connect: 'Connect',
  signedOut: 'This device was signed out. Your notes are safe here.',
  connectAgain: 'Connect again',
  problem: (text: string) => `Not synced: ${text}`,
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
