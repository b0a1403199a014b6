// What the story says, and nothing else of the console.
import { momentWords } from '../../ui/moment-words.ts';
import type { StoryUnit } from './calls.ts';

const number = (count: number) => count.toLocaleString('en-GB');

export const say = {
  title: 'Service story',
  why: 'All that happened with a customer, one after the other: what they said, what we promised, asked and did, and how long nobody said a word.',
  find: 'Customer or project',
  latest: 'Where something happened last',
  found: (count: number, more: boolean) =>
    more
      ? `The first ${number(count)}. Type more of the name.`
      : count === 1
        ? '1 found.'
        : `${number(count)} found.`,
  nobody: 'No customer and no project has this name.',
  none: 'There are no customers and no projects yet. They come with what your colleagues note, or from a file: see Import.',
  units: {
    customer: 'Customer',
    project: 'Project',
    call: 'Call',
  } satisfies Record<StoryUnit, string>,
  of: (name: string) => name || 'No name',
  customer: 'Customer',
  owner: 'Owner',
  all: 'All stories',

  reading: 'Reading the story…',
  list: (newest: boolean) => `What happened, ${newest ? 'newest' : 'oldest'} first`,
  empty:
    'Nothing has happened yet that anybody noted. What your colleagues log, tag and capture stands here.',
  hidden: (count: number) =>
    count === 1
      ? 'One moment is left out, because you read this blind.'
      : `${number(count)} moments are left out, because you read this blind.`,
  blind:
    'You read this blind: colleagues’ names and how satisfied the customer is are left out. Texts can still name somebody.',
  nothing: 'Nothing fits. Take a filter away.',
  showAll: 'Show all',
  search: 'Words in this story',
  filters: 'Filters',
  filtersOn: (count: number) => `Filters (${count})`,
  kinds: 'Kinds',
  commented: 'With an open comment',
  pinnedOnly: 'With a finding',
  order: 'Order',
  oldest: 'Oldest first',
  newest: 'Newest first',
  print: 'Print',
  export: 'Export',
  exportTags: 'Export its tags',
  count: (total: number, filtered: boolean) =>
    `${number(total)} ${total === 1 ? 'moment' : 'moments'}${filtered ? ' fit' : ''}${filtered && total === 1 ? 's' : ''}`,
  span: (from: string, to: string) => (from === to ? from : `${from} to ${to}`),
  keys: 'Arrows go from moment to moment, C comments, O opens its page.',
  keysPin: 'Arrows go from moment to moment, P pins to it, C comments, O opens its page.',

  kind: momentWords.kind,
  noSubject: '(no subject)',
  fromUs: 'from us',
  by: (name: string) => `by ${name}`,
  colleague: 'a colleague',
  you: 'you',
  openPage: 'Open the page',
  openRecord: 'Open the entry',
  readAll: 'Read all of it',
  readLess: 'Show less',
  pin: 'Pin a finding',
  pinned: (count: number) => (count === 1 ? '1 finding' : `${number(count)} findings`),
  ask: 'Ask about it',
  asked: 'Asked. The question and its answer stand in the story.',

  gap: (days: number) => `${number(days)} days without a word`,
  gapUntilNow: (days: number) => `${number(days)} days without a word until today`,

  comment: 'Comment',
  comments: 'Comments',
  yourComment: 'Your comment',
  reads: 'Who reads it',
  visibility: { managers: 'Managers and auditors', workspace: 'Everybody here' },
  save: 'Save comment',
  cancel: 'Cancel',
  kept: 'What you typed is kept in this browser.',
  wrote: (name: string, when: string) => `${name}, ${when}`,
  forAll: 'everybody reads it',
  settle: 'Settle',
  settled: 'settled',
  reopen: 'Open again',
  takeBack: 'Take back',
  isSaved: 'Your comment is saved.',
  isSettled: 'The comment is settled.',
  isOpen: 'The comment is open again.',
  isGone: 'Your comment is taken back.',
  elsewhere: 'Comments on what is not shown here',
  elsewhereWhy: 'Their moments were deleted, erased, or left out.',

  printed: (when: string) => `Printed on ${when}`,
  printedPart: 'Only what the filters left',
  shortened: 'Long texts are shortened. The Print button of the page prints all of them.',
  columns: { when: 'When', what: 'What', words: 'Words' },
};
