const count = (number: number) => number.toLocaleString('en-GB');
const records = (number: number) => (number === 1 ? 'one record' : `${count(number)} records`);

/** What the notebook says. */
export const say = {
  title: 'Notebook',
  notesSafe: 'Your notes are safe on this device.',
  failure: {
    'disk-full': {
      what: 'Could not save: the disk is full.',
      todo: 'Free some space, then try again.',
    },
    ended: {
      what: 'Unsaid was updated or is not running.',
      todo: 'Reload this page.',
    },
  } as { readonly [code: string]: { what: string; todo: string } },
  search: 'Words',
  searchHint: 'two words, "a phrase", -without, begin*',
  filters: 'Filters',
  kind: 'Kind',
  customer: 'Customer',
  stage: 'Stage',
  outcome: 'Outcome',
  person: 'Written or owned by',
  from: 'From',
  to: 'To',
  order: 'Order',
  orders: { newest: 'Newest first', best: 'Best match first' },
  any: 'Any',
  nobody: 'Nobody',
  me: (name: string) => `${name} (you)`,
  taken: 'Taken back',
  clear: 'Clear filters',
  kept: 'Kept searches',
  keptWhy: 'Kept in this browser only.',
  keep: 'Keep this search',
  keepName: 'Name of the search',
  keepIt: 'Keep',
  drop: (name: string) => `Remove the search ${name}`,
  cancel: 'Cancel',
  found: (total: number) => (total === 0 ? 'No records' : records(total)),
  left: (left: number) => `About ${count(left)} that came in lately are still being read.`,
  reading: 'Reading.',
  empty:
    'Your notebook is empty. Select words in a mail and press E, or bring in a notebook’s file.',
  none: 'No record is like that. Take a filter away, or try the beginning of a word with a star.',
  again: 'Try again',
  list: 'Records',
  all: 'Choose all',
  choose: 'Choose',
  columns: {
    text: 'Words',
    customer: 'Customer',
    stage: 'Stage',
    owner: 'Whose',
    at: 'Written',
  },
  noWords: '(no words)',
  keptHere: 'on this device only',
  keys: 'Keys: J and K walk, X chooses, Enter opens, / searches, Esc closes.',
  close: 'Close',
  openPage: 'Open its page',
  theirWords: 'Their words',
  author: 'Author',
  gone: 'This record is not on this device any more.',

  chosen: (number: number) => `${count(number)} chosen`,
  most: (number: number) => `Only the first ${count(number)} are chosen.`,
  none_chosen: 'Choose none',
  bulk: 'Change what is chosen',
  setCustomer: 'Customer',
  setStage: 'Stage',
  setOwner: 'Owner',
  remove: 'Delete',
  bringBack: 'Bring back',
  checking: 'Looking at what that changes.',
  would: (number: number) => `This changes ${records(number)}.`,
  wouldNot: 'This changes nothing.',
  same: (number: number) =>
    `${records(number)} would stay as they are.`.replace(
      /^one record would stay as they are/,
      'One record would stay as it is',
    ),
  skipped: {
    'no-field': (number: number) =>
      number === 1 ? 'One has no such field.' : `${count(number)} have no such field.`,
    'kept-here': (number: number) =>
      number === 1
        ? 'One is kept on this device, so nobody else can own it.'
        : `${count(number)} are kept on this device, so nobody else can own them.`,
    'not-here': (number: number) =>
      number === 1
        ? 'One is not on this device any more.'
        : `${count(number)} are not on this device any more.`,
  },
  changes: {
    customer: (name: string) => `Customer: ${name}`,
    stage: (name: string) => `Stage: ${name}`,
    owner: (name: string) => `Owner: ${name}`,
    deleted: 'Delete: they can be brought back',
    back: 'Bring back',
  },
  was: (name: string, number: number) => `${count(number)} × ${name}`,
  wasNone: 'none',
  doIt: (number: number) => `Change ${records(number)}`,
  done: (number: number) => `Changed ${records(number)}.`,
  undone: 'It is as it was before.',

  files: 'Files',
  what: 'Which records',
  whats: {
    all: () => 'Everything on this device',
    listed: (number: number) => `What is listed: ${records(number)}`,
    chosen: (number: number) => `What is chosen: ${records(number)}`,
  },
  format: 'Format',
  formats: {
    json: 'Notebook (JSON)',
    ndjson: 'Records (NDJSON)',
    jsonld: 'Web Annotations (JSON-LD)',
    csv: 'Table (CSV)',
    xlsx: 'Workbook (XLSX)',
    markdown: 'Text (Markdown)',
  },
  formatWhy: {
    json: 'To keep, and to bring back in. Nothing is lost.',
    ndjson: 'For other programs and for the console, one record a line. Nothing is lost.',
    jsonld:
      'For programs that know the W3C’s annotations. Expectations, notes, promises and questions; the rest is left out.',
    csv: 'For any spreadsheet. It is not brought back in.',
    xlsx: 'For Excel and LibreOffice, with dates, links and filters. It is not brought back in.',
    markdown: 'To read and to paste elsewhere. It is not brought back in.',
  },
  exportWhy:
    'What is on this device, also what is not synced and what is kept here. Whoever has the file can read all of it.',
  doExport: 'Export',
  exportColumns: 'Columns and more',
  columnList: 'Columns, in their order',
  columnKeys: 'Alt with the arrow keys moves a column.',
  moveUp: (name: string) => `Move ${name} up`,
  moveDown: (name: string) => `Move ${name} down`,
  noColumns: 'Choose a column first.',
  headings: 'Headings',
  headingsIn: { en: 'English', de: 'German', keys: 'Names that never change' },
  separator: 'Between cells',
  separators: { ',': 'Comma', ';': 'Semicolon (Excel in German or French)', '\t': 'Tab' },
  bom: 'Mark as UTF-8, for Excel',
  machine: 'For machines: leave cells as they are that a spreadsheet would take for formulas',
  leftOut: (number: number) =>
    number === 1
      ? 'One is of a kind that this format does not have.'
      : `${count(number)} are of kinds that this format does not have.`,
  collecting: (number: number) => `Collecting: ${records(number)}.`,
  exported: (number: number) => `The file has ${records(number)}.`,
  import: 'Bring a file back in',
  importWhy:
    'A file that was exported here or from the console, Web Annotations, or an export of Hypothesis. You see what it would add before anything is written.',
  importing: (done: number, of: number) => `Writing: ${count(done)} of ${count(of)}.`,
  preview: (name: string) => `In ${name}`,
  isNew: (number: number) => `${records(number)} would be added`,
  isHere: (number: number) =>
    `${records(number)} are here already and stay`.replace(
      /^one record are here already and stay/,
      'one record is here already and stays',
    ),
  differs: (number: number) =>
    number === 1
      ? 'one record is here with other words: what is here stays'
      : `${count(number)} records are here with other words: what is here stays`,
  bad: (number: number) => `${records(number)} cannot be read`,
  row: 'Row',
  problem: 'Problem',
  wholeFile: 'file',
  doImport: (number: number) => `Add ${records(number)}`,
  nothingToAdd: 'There is nothing new in this file.',
  imported: (number: number) => `Added ${records(number)}.`,
  unreadable: { size: 'This file is larger than 200 MB.' },
  why: {
    record: 'It is no record: kind and id are missing.',
    kind: 'A notebook cannot bring records of this kind.',
    id: 'Its id is none of Unsaid’s.',
    fields: 'It has no fields.',
    twice: 'It is in the file twice.',
    erased: 'It was erased, and stays erased.',
  } as Readonly<Record<string, string>>,
  whyField: (problem: string) => `A field is not what it should be: ${problem}.`,
};
