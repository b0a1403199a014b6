// The words of files about calls and of what is wrong with them, one object per language. `means` is
// what a tag is called where the codebook gives it no name of its own.
import type { Meaning } from '../domain/index.ts';

export interface CallWords {
  /** For Intl and the `lang` attribute. */
  readonly lang: string;
  readonly means: Readonly<Record<Meaning, string>>;
  readonly summary: {
    readonly channel: Readonly<Record<'call' | 'meeting', string>>;
    /** Over the tags of one meaning. */
    readonly groups: Readonly<Record<Meaning, string>>;
    readonly customer: string;
    readonly project: string;
    readonly participants: string;
    readonly began: string;
    readonly length: string;
    readonly seemed: string;
    readonly wentWell: string;
    readonly outOfFive: (score: number) => string;
    readonly noTags: string;
  };
  readonly webVtt: {
    readonly about: string;
    readonly clipped: (count: number) => string;
  };
  readonly file: {
    readonly empty: string;
    readonly noHeadings: string;
    readonly notOurs: string;
    readonly newer: string;
    readonly noCall: string;
    readonly noTime: string;
    readonly badTime: (cell: string) => string;
    readonly badEnd: (cell: string) => string;
    readonly endsEarly: string;
    readonly noTag: string;
    readonly farAway: string;
    readonly longText: string;
    readonly badShape: (where: string) => string;
    readonly badCue: string;
    readonly twice: string;
    readonly neverStopped: (name: string) => string;
    readonly neverStarted: (name: string) => string;
    readonly otherCall: (name: string) => string;
    readonly unknownTag: (name: string) => string;
    readonly tooMany: (most: number) => string;
    readonly openQuote: string;
    readonly changed: (count: number) => string;
    readonly gone: (count: number) => string;
  };
}

export const callWords: CallWords = {
  lang: 'en-GB',
  means: {
    expectation: 'Expectation',
    note: 'Note',
    grievance: 'Grievance',
    praise: 'Praise',
    'promise-ours': 'Our promise',
    'promise-theirs': 'Their promise',
    question: 'Question',
    decision: 'Decision',
    risk: 'Risk',
    'ask-later': 'Ask later',
  },
  summary: {
    channel: { call: 'Call', meeting: 'Meeting' },
    groups: {
      expectation: 'Expectations',
      note: 'Notes',
      grievance: 'Grievances',
      praise: 'Praise',
      'promise-ours': 'What we promised',
      'promise-theirs': 'What they promised',
      question: 'Questions',
      decision: 'Decisions',
      risk: 'Risks',
      'ask-later': 'To ask later',
    },
    customer: 'Customer',
    project: 'Project',
    participants: 'With',
    began: 'Began',
    length: 'Length',
    seemed: 'How satisfied they seemed',
    wentWell: 'How it went',
    outOfFive: (score) => `${score} of 5`,
    noTags: 'Nothing was tagged.',
  },
  webVtt: {
    about:
      'A call with its tags, saved by Unsaid. The last line says it exactly, to be imported again.',
    clipped: (count) =>
      count === 1
        ? 'One tag lies before the recording; it is shown at its beginning.'
        : `${count} tags lie before the recording; they are shown at its beginning.`,
  },
  file: {
    empty: 'The file is empty.',
    noHeadings:
      'No line names the columns. One is needed for the time, one for the tag or its text.',
    notOurs: 'This JSON is no call saved by Unsaid.',
    newer: 'A newer version of Unsaid has written this file. Update, then import it.',
    noCall: 'What the file says of the call cannot be read.',
    noTime: 'It has no time.',
    badTime: (cell) => `“${cell}” is no time.`,
    badEnd: (cell) => `“${cell}” is no time to end at. Taken as a moment.`,
    endsEarly: 'It ends before it begins. Taken as a moment.',
    noTag: 'It has neither a tag nor a text.',
    farAway: 'Its time is too far from the call.',
    longText: 'Its text is too long.',
    badShape: (where) => `“${where}” is missing or not as it should be.`,
    badCue: 'Its times cannot be read.',
    twice: 'It has the id of an earlier one.',
    neverStopped: (name) => `“${name}” begins and does not stop. Taken as a moment.`,
    neverStarted: (name) => `“${name}” stops and has not begun.`,
    otherCall: (name) =>
      `It belongs to another call, “${name}”. Import that one from its own file.`,
    unknownTag: (name) => `No tag is called “${name}”. Taken as a note that begins with that name.`,
    tooMany: (most) => `More than ${most.toLocaleString('en-GB')} tags. The rest was left out.`,
    openQuote: 'A quotation mark is not closed. What follows was left out.',
    changed: (count) =>
      `${count} ${count === 1 ? 'was' : 'were'} changed after the call was saved. Taken as they stand now.`,
    gone: (count) =>
      `${count} of its tags ${count === 1 ? 'is' : 'are'} no longer in the file. Left out.`,
  },
};
