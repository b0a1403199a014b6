const count = (number: number) => number.toLocaleString('en-GB');

/** What searching in the sidebar says. */
export const saySearch = {
  entry: 'Search everything',
  title: 'Search',
  field: 'Words, "a phrase", -without, begin*',
  only: (customer: string) => `Only ${customer}`,
  kind: 'Kind',
  any: 'Any kind',
  hint: 'Everything on this device: yours and what colleagues have shared.',
  none: (words: string) =>
    `Nothing on this device has “${words}”. Try fewer words, or the beginning of one with a star.`,
  noneAtAll: 'Nothing is on this device yet. Select words in a mail and press E, or write a note.',
  found: (total: number) => (total === 1 ? 'One found' : `${count(total)} found`),
  left: (left: number) =>
    `About ${count(left)} records that came in lately are still being read. Search again in a moment.`,
  more: (left: number) => `Show ${count(Math.min(left, 50))} more`,
  kept: 'Kept searches',
  notebook: 'Open in the notebook',
  searching: 'Searching.',
  noWords: '(no words)',
  keptHere: 'on this device only',
  backup: (since: string) =>
    `What you wrote since ${since} is in this browser only. Keep a copy until it is synced.`,
  backupKeep: 'Keep a copy',
  backupLater: 'Later',
};
