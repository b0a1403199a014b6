// Every sentence of the page of calls; words for what tags mean stand with the files (src/export).
export const say = {
  title: 'Calls',
  nav: 'Pages',
  all: 'All calls',
  waiting: (count: number) =>
    count === 0 ? 'Waiting' : `Waiting · ${count.toLocaleString('en-GB')}`,
  importNav: 'Import',
  reading: 'Reading.',
  settings: 'Settings of calls',

  search: 'Find a call',
  searchHint: 'Customer, subject, project or somebody who took part',
  none: 'No call yet. Start one in the sidebar, or with the browser’s command for it: while you talk, one key is one tag.',
  orImport: 'Import a file of tags',
  noneFound: (words: string) => `No call fits “${words}”.`,
  more: 'Show earlier calls',
  noSubject: '(no subject)',
  noCustomer: 'No customer yet',
  tags: (count: number) => `${count.toLocaleString('en-GB')} ${count === 1 ? 'tag' : 'tags'}`,
  wait: (count: number) =>
    count === 0 ? '' : `${count.toLocaleString('en-GB')} ${count === 1 ? 'waits' : 'wait'}`,
  running: 'running',
  parked: 'parked',
  of: (does: string, what: string) => `${does}: ${what}`,

  gone: 'This call is not on this device.',
  goneTodo: 'It may have been taken back, or it is not synced yet.',
  openBar: 'Open the bar',
  goOn: 'Go on with it',
  hangUp: 'Hang up',
  hungUp: 'Hung up.',
  remove: 'Take back the call',
  removed: 'The call and its tags are taken back.',
  by: (name: string) => `Tagged by ${name}.`,
  notSynced: 'Not synced yet.',

  facts: 'What it was',
  subject: 'Subject',
  channel: 'Kind',
  channels: { call: 'Call', meeting: 'Meeting' },
  customer: 'Customer',
  project: 'Project',
  participants: 'Who took part, one a line',
  participantsHint: 'Sample Name <name@company.example>',
  created: 'new',
  began: 'Began',
  ended: 'Ended',
  beganHint: 'Tags keep the moment at which they were set.',
  seemed: 'How satisfied they seemed',
  wentWell: 'How we think it went',
  noScore: 'not said',
  score: (score: number) => `${score} of 5`,
  changed: 'Changed.',
  putBack: 'As it was before.',
  safe: 'What you typed is still in the field.',

  tagsTitle: 'Tags',
  noTags: 'Nothing was tagged.',
  noTagsYet: 'Nothing is tagged yet. Open the bar: one key is one tag.',
  listKeys: 'Arrow keys move, Enter goes to the time, Delete takes a tag back.',
  tagAt: (name: string, time: string) => `${name} at ${time}`,
  spanFor: (length: string) => `for ${length}`,
  time: 'Time',
  timeHint:
    '12:04, 1:02:03 or 12:04.350. ↑ and ↓ move it by a second, with Shift by ten, with Alt by a tenth.',
  badTime: 'Write minutes and seconds, like 12:04.',
  toNow: 'Set to now',
  shiftSo: 'Move all tags by as much',
  length: 'Held for',
  lengthHint: 'Empty: one moment.',
  badLength: 'Write minutes and seconds, like 0:08, or leave it empty.',
  tag: 'Tag',
  retired: 'retired',
  text: 'Words',
  pressed: (when: string, time: string) =>
    `The key was pressed at ${when}, ${time} on the call’s clock.`,
  became: (what: string) => `Became: ${what}.`,
  kinds: {
    expectation: 'an expectation',
    commitment: 'a promise',
    note: 'a note',
    probe: 'a question to ask',
  } as { readonly [kind: string]: string },
  handled: 'Dealt with.',
  takeBack: 'Take back',
  takenBack: (name: string) => `Taken back: ${name}.`,
  moved: (time: string) => `Now at ${time}.`,

  shift: 'Move all tags',
  shiftWhy:
    'To line them up with a recording made elsewhere. Each tag keeps its own time beside it.',
  shiftBy: 'By how much',
  shiftHint: '+0:05 is later, −0:05 is earlier. Empty: not at all.',
  badShift: 'Write minutes and seconds, like −0:05.',
  before: (count: number) =>
    count === 1
      ? 'One tag would come before the beginning.'
      : `${count.toLocaleString('en-GB')} tags would come before the beginning.`,
  apply: 'Move them',
  isShifted: (by: string) => `All tags are shown ${by} from when they were set.`,
  shifted: (by: string) => `All tags moved: ${by}.`,
  unshifted: 'All tags are where they were set.',

  out: 'Take it elsewhere',
  copy: 'Copy the summary',
  copied: 'Copied, as text and for a CRM’s field with formats.',
  notCopied: 'The browser did not allow copying.',
  webvtt: 'Save as WebVTT',
  json: 'Save as JSON',
  csv: 'Save as CSV',
  outHint:
    'WebVTT lies under a recording as its chapters. JSON holds all of it and can be imported again. CSV is for tables.',
  withPauses: 'The recording went on while the call’s clock stood',
  savedFile: (name: string) => `Saved as ${name}.`,
  clipped: (count: number) =>
    count === 1
      ? 'One tag lies before the recording begins: it stands at 0:00.'
      : `${count.toLocaleString('en-GB')} tags lie before the recording begins: they stand at 0:00.`,

  waitingTitle: 'Tags that wait',
  waitingWhy: 'Set in calls that are over, and not dealt with yet. What you do here can be undone.',
  nothingWaits: 'Nothing waits. Tags that you do not touch when wrapping up a call come here.',

  importTitle: 'Import tags from a file',
  importWhy:
    'A call saved by Unsaid (JSON, WebVTT, CSV), or a table of times and tags from another program. Nothing is stored before you say so.',
  choose: 'Choose a file',
  drop: 'or drop one here',
  unreadable: 'The file could not be read.',
  tooLarge: 'The file is larger than 20 MB. No call has that many tags.',
  preview: (file: string) => `What ${file} says`,
  noStart: 'The file does not say when the call began. Say it here:',
  row: 'Line',
  problem: 'Problem',
  problems: (count: number) =>
    `${count.toLocaleString('en-GB')} ${count === 1 ? 'line is' : 'lines are'} not as expected`,
  wholeFile: 'all',
  firstTags: (count: number, all: number) =>
    count === all ? '' : `The first ${count} of ${all.toLocaleString('en-GB')}.`,
  doImport: (count: number) =>
    `Import ${count.toLocaleString('en-GB')} ${count === 1 ? 'tag' : 'tags'}`,
  nothingToImport: 'There is no tag in it that could be taken.',
  importing: 'Importing.',
  imported: (count: number) =>
    count === 0
      ? 'All of it was here already.'
      : `Imported: ${count.toLocaleString('en-GB')} ${count === 1 ? 'tag' : 'tags'}.`,
  openIt: 'Open the call',
  other: 'Another file',

  failure: {
    'disk-full': {
      what: 'Could not save: the disk is full.',
      todo: 'Free some space, then try again.',
    },
    ended: {
      what: 'Unsaid was updated or is not running.',
      todo: 'Copy what you typed if you need it, then reload this page.',
    },
  } as { readonly [code: string]: { what: string; todo: string } },
  notesSafe: 'Your tags are safe on this device.',
  again: 'Try again',
};
