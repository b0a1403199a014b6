// What importing files of records says, and the list of what was imported.
import type { FileFormat } from '../../export/read-file.ts';

const number = (count: number) => count.toLocaleString('en-GB');
const records = (count: number) => `${number(count)} ${count === 1 ? 'record' : 'records'}`;
const is = (count: number) => (count === 1 ? 'is' : 'are');
const was = (count: number) => (count === 1 ? 'was' : 'were');

const KINDS: Readonly<Record<string, string>> = {
  ...{ customer: 'Customers', contact: 'Contacts', project: 'Projects' },
  ...{ interaction: 'Interactions', note: 'Notes', expectation: 'Expectations' },
  ...{ probe: 'Questions asked', commitment: 'Promises', perception: 'Customers’ views' },
  ...{ standard: 'Standards', improvement: 'Improvements', comment: 'Comments' },
  ...{ label: 'Call tags', pattern: 'Questions to ask', retrospective: 'Retrospectives' },
  ...{ audit: 'Draws', programme: 'Programmes', review: 'Reviews', finding: 'Findings' },
  ...{ inquiry: 'Inquiries', dispute: 'Answers to reviews', mention: 'Mentions' },
  ...{ export: 'Exports', import: 'Imports', setting: 'Settings', member: 'People' },
  ...{ device: 'Devices', erasure: 'Erasures' },
};

export const say = {
  number,
  kindOf: (kind: string) => KINDS[kind] ?? (kind || 'No records'),
  formats: {
    ndjson: 'Records of Unsaid (NDJSON)',
    json: 'Records of Unsaid (JSON)',
    jsonld: 'Web Annotations (JSON-LD)',
    hypothesis: 'Annotations of Hypothesis (JSON)',
    notebook: 'A notebook of the extension (JSON)',
  } satisfies Record<FileFormat, string>,
  shortFormats: {
    ...{ csv: 'CSV', ndjson: 'NDJSON', json: 'JSON', jsonld: 'JSON-LD' },
    hypothesis: 'Hypothesis',
  } as Readonly<Record<string, string>>,

  /** Why a file, or a row of one, cannot be read. */
  notebook:
    'This file is somebody’s notebook, saved in the extension. Take it in there, in the notebook.',
  noText: 'This file is no text in UTF-8.',

  looking: 'Reading the file. Nothing is written yet.',
  importing: 'Importing…',
  progress: (count: number, done: number) =>
    `${records(count)}, ${Math.floor(done * 100)} % of the file`,
  cancel: 'Stop',

  inIt: 'What is in it',
  from: (workspace: string | null, when: string | null) =>
    [workspace && `From the workspace “${workspace}”`, when && `exported ${when}`]
      .filter(Boolean)
      .join(', ')
      .replace(/^./, (first) => first.toUpperCase()),
  nothing: 'There are no records in this file.',
  kind: 'Kind',
  columns: {
    created: 'New',
    same: 'As it is here',
    differs: 'Otherwise here',
    wrong: 'With a problem',
  },
  left: (parts: string) => `Not taken: ${parts}.`,
  leftWhy:
    'Draws, reviews and exports prove something in the log they were written into only, and people, devices and settings belong to their own workspace. To show an audit to somebody, take an',
  bundle: 'evidence bundle',
  take: 'Where a record is here otherwise',
  takes: { ours: 'Keep ours', file: 'Take the file’s' },
  takeWhy: {
    ours: 'They stay as they are here.',
    file: 'They become as they are in the file. What they were before stays in their history.',
  },
  about: 'Customer of these notes',
  nobody: 'None',
  aboutHint:
    'Hypothesis does not say whom a note is about. All that come in now get this customer.',
  problems: 'Problems',
  problemsHint: 'These are left out; the rest can be imported.',
  row: 'Row',
  wholeFile: 'The file',
  what: 'Record',
  problem: 'Problem',
  more: (count: number) => `And ${number(count)} more.`,
  writing:
    'All of it is written in your name. Who wrote a record, and when, stays in words beside it.',
  run: (count: number) => `Import ${records(count)}`,
  nothingToDo: 'There is nothing to import.',

  result: (created: number, changed: number) =>
    `${records(created)} imported${changed === 0 ? '' : `, ${number(changed)} changed`}.`,
  rest: ({ same, differs, wrong, left }: Rest) =>
    [
      same > 0 && `${number(same)} ${is(same)} here already.`,
      differs > 0 && `${number(differs)} ${is(differs)} here otherwise and stayed.`,
      wrong > 0 && `${number(wrong)} had a problem and ${was(wrong)} left out.`,
      left > 0 && `${number(left)} ${is(left)} of kinds that are not taken.`,
    ]
      .filter(Boolean)
      .join(' '),
  stopped: 'You stopped it. What was imported so far stays; below you can take it back.',
  failedSafe:
    'What was imported so far stays. Import the file again: what is here already is passed over.',
  canUndo: 'Below you can take it back.',

  list: {
    title: 'Imports so far',
    none: 'Nothing has been imported yet.',
    reading: 'Reading what was imported…',
    when: 'When',
    who: 'Who',
    file: 'File',
    came: 'What came of it',
    somebody: 'Somebody',
    nameless: 'A file',
    counts: (created: number, changed: number) =>
      `${number(created)} new${changed === 0 ? '' : `, ${number(changed)} changed`}`,
    unfinished: 'Not finished',
    undo: 'Take back',
    undoName: (name: string) => `Take back ${name}`,
    goOn: 'Go on taking back',
    sure: (count: number) =>
      `${records(count)} of this import ${count === 1 ? 'goes' : 'go'} again. What somebody has written since stays, and so does what that belongs to.`,
    sureDo: 'Take it back',
    keep: 'Keep it',
    undoing: (count: number) => `Taking back… ${number(count)} so far`,
    undone: (when: string, count: number) => `Taken back ${when}: ${records(count)}.`,
    kept: (count: number) =>
      `${number(count)} ${count === 1 ? 'has' : 'have'} been written to or are in use since, and stayed.`,
    nothing: 'Nothing was written.',
  },
} as const;

interface Rest {
  readonly same: number;
  readonly differs: number;
  readonly wrong: number;
  readonly left: number;
}
