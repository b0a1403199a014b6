// The console's own words; shared labels stand in ui/words.ts. A translation is a second object of
// the type `ConsoleWords`, handed down together with the shared ones. Subjects with many words have a
// file of their own.
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { erasureWords } from './erasure/words.ts';
import { recordWords } from './record/words.ts';
import { settingsWords } from './settings/words.ts';
import { tagsWords } from './tags/words.ts';

export const en = {
  product: 'Unsaid',
  nav: {
    name: 'Pages',
    groups: { customers: 'Customers', audit: 'Audit', workspace: 'Workspace' },
    register: 'Register',
    story: 'Story',
    'blind-spots': 'Blind spots',
    standards: 'Standards',
    draws: 'Draws',
    programmes: 'Programmes',
    review: 'Review',
    reviews: 'Reviews',
    inquiries: 'Inquiries',
    improvements: 'Improvements',
    session: 'Team session',
    calibration: 'Calibration',
    report: 'Audit report',
    insight: 'Insight',
    import: 'Import',
    people: 'People',
    settings: 'Settings',
    tags: 'Call tags',
    questions: 'Questions to ask',
    log: 'Log',
    exports: 'Exports',
    erasure: 'Erasure',
    retention: 'Retention',
    menu: 'Menu',
    skip: 'Skip to content',
  },
  signOut: 'Sign out',
  gate: {
    title: 'Sign in to see what customers expect',
    text: 'You are signed out. Nothing is lost: what was written on other devices stays there until it is synced.',
    signIn: 'Sign in',
  },
  unknown: {
    title: 'No such page',
    text: 'There is no page at this address.',
    back: 'Go to the register',
  },
  /** To whoever opens a page that is not theirs. */
  notYours: {
    title: 'Not your page',
    text: (roles: string) => `This page is for ${roles}. Ask one of them.`,
    roles: { manager: 'managers', admin: 'admins', auditor: 'auditors', annotator: 'annotators' },
  },
  register: {
    title: 'Register',
    filters: 'Filters',
    showFilters: (count: number) => (count === 0 ? 'Filter' : `Filter · ${count} chosen`),
    words: 'Words',
    customer: 'Customer',
    project: 'Project',
    class: 'Class',
    stage: 'Stage',
    author: 'Author',
    from: 'From',
    to: 'To',
    kinds: 'Kinds',
    any: 'Any',
    clear: 'Clear filters',
    export: 'Export',
    print: 'Print',
    printedPart: 'only what the filters left',
    printedFirst: (count: number) =>
      `the first ${count.toLocaleString('en-GB')} are here; the page’s Print button takes up to 2,000, an export takes all`,
    printedWords: 'Their words, and ours',
    count: (total: number, more = false) =>
      `${more ? 'more than ' : ''}${total.toLocaleString('en-GB')} ${total === 1 ? 'entry' : 'entries'}`,
    fresh: (count: number) => `${count} new`,
    freshName: (count: number) => `${count} new at the top. Show them.`,
    keys: 'to move',
    open: 'to open',
    columns: {
      mark: 'Kind',
      quote: 'Customer’s words',
      text: 'In our words',
      customer: 'Customer',
      project: 'Project',
      class: 'Class',
      stage: 'Stage',
      author: 'Author',
      at: 'Date',
    },
    reading: 'Reading the register…',
    more: 'Reading more…',
    empty: 'Nothing here yet. Open a mail, select what the customer takes for granted, and press',
    nothing: 'Nothing fits these filters.',
    noWords: 'No words of theirs',
  },
  live: {
    on: 'Up to date',
    off: (since: string) => `Offline since ${since} · you see what was read before`,
    starting: 'Connecting…',
  },
  record: recordWords,
  settings: settingsWords,
  tags: tagsWords,
  erasure: erasureWords,
  failure: {
    offline: 'The server cannot be reached.',
    offlineSafe: 'What was saved stays saved.',
    offlineTodo: 'Check your connection, then try again.',
    strange: 'The server’s answer makes no sense to this page.',
    strangeTodo: 'Reload the page. If it happens again, tell your administrator.',
    strangeDetail: (status: number) => `Answer ${status}`,
    again: 'Try again',
    reload: 'Reload',
  },
};

export type ConsoleWords = typeof en;

export const ConsoleWordsContext = createContext<ConsoleWords>(en);

export function useConsoleWords(): ConsoleWords {
  return useContext(ConsoleWordsContext);
}
