// What the story says, and nothing else of the sidebar.
import { momentWords } from '../../../ui/moment-words.ts';

const number = (count: number) => count.toLocaleString('en-GB');

export const sayStory = {
  title: (name: string) => (name === '' ? 'Story' : `Story of ${name}`),
  list: 'What happened, newest first',
  noCustomer:
    'This page shows no customer. Open a mail or a record of one, and what happened with them stands here.',
  empty:
    'Nothing has happened yet that anybody noted. Log a mail, capture words in one, or tag a call.',
  loading: 'Reading the story.',
  nothing: 'Nothing fits. Take a filter away.',
  clear: 'Show all',
  search: 'Words in this story',
  filters: 'Filters',
  filtersOn: (count: number) => `Filters (${count})`,
  kinds: 'Kinds',
  person: 'Person',
  everybody: 'Everybody',
  theirs: (name: string) => `${name} (theirs)`,
  ours: (name: string) => `${name} (ours)`,
  nameless: 'No name',
  count: (total: number, filtered: boolean) =>
    `${number(total)} ${total === 1 ? 'entry' : 'entries'}${filtered ? ' fit' : ''}${filtered && total === 1 ? 's' : ''}`,
  kind: momentWords.kind,
  to: 'from us',
  noSubject: '(no subject)',
  by: (name: string) => `by ${name}`,
  me: 'you',
  keptHere: 'Kept on this device.',
  openMail: 'Open the page',
  openCall: 'Open the call',
  silence: (days: number) => `${number(days)} days without a word`,
  since: (days: number) => `${number(days)} days without a word until today`,
};
