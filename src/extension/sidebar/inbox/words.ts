// What the inbox says, and nothing else of the sidebar.
import type { DueView } from '../../messages/story-calls.ts';

const number = (count: number) => count.toLocaleString('en-GB');

export const sayInbox = {
  title: 'What waits for you',
  loading: 'Looking what waits for you.',
  empty:
    'Nothing waits for you. Here you find who named you with @, what you were asked, and what you promised.',
  mentions: (count: number) =>
    count === 1 ? '1 colleague named you' : `You were named ${number(count)} times`,
  named: (by: string) => `${by} named you`,
  about: (customer: string) => `about ${customer}`,
  seen: 'Seen',
  isSeen: 'Seen.',
  notHere: 'The card is not on this device yet. It comes with the next sync, or was taken back.',
  inquiries: (count: number) =>
    count === 1 ? '1 question to you' : `${number(count)} questions to you`,
  asks: (by: string) => `${by} asks`,
  reviewed: (by: string) => `${by} has reviewed your work`,
  inProject: (project: string) => `project ${project}`,
  inReview: 'asked in a review',
  moment: 'It is about:',
  late: (day: string) => `the answer was due ${day}`,
  inConsole: 'Open in the console',
  review: 'Read the review and say whether you agree',
  readIt: 'I have read it',
  readHint:
    'There you say of each standard whether you agree. If you have nothing to say, say here that you have read it.',
  isRead: 'Read.',
  answerBy: (day: string) => `answer by ${day}`,
  answer: 'Your answer',
  save: 'Send the answer',
  noAnswer: 'Write an answer first.',
  answered: 'Answered.',
  dues: 'Yours to do',
  what: {
    ours: 'Promise',
    theirs: 'Their promise',
    question: 'To ask',
    expectation: 'Expectation',
    decision: 'Look at the decision again',
    improvement: 'Improvement',
    check: 'See whether it helped',
  } satisfies Record<DueView['what'], string>,
  due: (days: number, day: string) =>
    days === 0
      ? 'due today'
      : days === 1
        ? 'due tomorrow'
        : days > 0
          ? `due in ${days} days, ${day}`
          : days === -1
            ? `due yesterday`
            : `${number(-days)} days late, ${day}`,
  noWords: '(no words)',
  tags: (count: number) =>
    count === 1 ? '1 tag of a call waits' : `${number(count)} tags of calls wait`,
  showTags: 'Show',
};
