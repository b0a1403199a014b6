// What wrapping up a call says, in one object per language.

export type Becomes = 'expectation' | 'promise' | 'grievance' | 'question' | 'confirms' | 'handled';
export type ScoreName = 'seemed' | 'wentWell';

const count = (number: number) => number.toLocaleString('en-GB');

export const wrapWords = {
  title: 'Wrap up',
  why: 'A minute is enough. What you do not touch waits in the inbox.',
  noCustomer: 'No customer yet',
  left: (left: number, all: number) =>
    left === 0
      ? `All ${count(all)} dealt with`
      : `${count(left)} of ${count(all)} not dealt with yet`,

  tags: 'Tags',
  noTags: 'Nothing was tagged.',
  keys: 'Arrow keys move, a letter says what it becomes.',
  more: (rest: number) => `Show ${count(rest)} more`,
  tagAt: (name: string, time: string) => `${name} at ${time}`,
  words: 'In our words',
  needsWords: 'Write a few words first: what it is about. Enter keeps it.',
  becomes: {
    expectation: 'Expectation',
    promise: 'Promise',
    grievance: 'Grievance',
    question: 'Ask next time',
    confirms: 'Confirms…',
    handled: 'Done',
  } as Record<Becomes, string>,
  nowIs: {
    expectation: 'Now an expectation',
    promise: 'Now a promise',
    grievance: 'Now a grievance',
    question: 'Kept to ask next time',
    confirms: 'Confirmed',
    handled: 'Dealt with',
  } as Record<Becomes, string>,
  confirmsWhich: 'Which of what we only suppose?',
  nothingOpen: 'Nothing about them waits to be confirmed.',
  whatItSays: 'What does it say?',
  says: { confirmed: 'It is so', refuted: 'It is not so', asked: 'Only asked' },
  nowSays: { confirmed: 'Confirmed', refuted: 'Refuted', asked: 'Asked' },
  /** For the live region. */
  said: (what: string, tag: string) => `${what}: ${tag}.`,
  undo: 'Undo',
  undoOf: (tag: string) => `Undo: ${tag}`,
  undone: (tag: string) => `Waits again: ${tag}.`,
  notStored: 'not stored yet',

  by: 'Who promised',
  us: 'We did',
  them: 'They did',
  due: 'Due',
  noDate: 'No date',
  today: 'Today',
  tomorrow: 'Tomorrow',
  week: 'In a week',
  otherDate: 'Another day',
  keep: 'Keep the promise',
  cancel: 'Cancel',

  unsaid: 'What did they not say?',
  unsaidHint: 'Enter keeps it as a hunch.',
  hunches: 'Still only hunches about them. One can be where you begin:',
  hunchKnown: 'This hunch is known already. Change the words, or leave it as it is.',
  hunchKept: (words: string) => `Kept as a hunch: ${words}`,
  hunchGone: (words: string) => `Taken back: ${words}`,
  takeBack: 'Take back',

  scores: 'How it went',
  score: {
    seemed: 'How satisfied did they seem?',
    wentWell: 'How do we think it went?',
  } as Record<ScoreName, string>,
  /** 1 to 5. */
  anchors: {
    seemed: ['angry', 'displeased', 'neither', 'content', 'delighted'],
    wentWell: ['badly', 'below our standard', 'as it should', 'well', 'as well as can be'],
  } as Record<ScoreName, readonly [string, string, string, string, string]>,
  clear: 'Clear',
  clearOf: (what: string) => `Clear: ${what}`,
  scored: (what: string, score: number, anchor: string) => `${what} ${score} of 5, ${anchor}.`,
  unscored: (what: string) => `${what} Not said.`,
  between: (theirs: number | null, ours: number | null) =>
    `They seemed ${theirs ?? 'not said'}, we think ${ours ?? 'not said'}, of 5`,

  goOn: 'The call goes on',
  later: 'Later',
  done: 'Done',
};
export type WrapWords = typeof wrapWords;
