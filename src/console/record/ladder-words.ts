// What the ladder on a record's page says.
import type { HunchFrom, Lack } from '../../domain/ladder.ts';

export const ladderWords = {
  title: 'How far we know',
  from: {
    words: 'From their words.',
    moment: 'From a moment of a call.',
    silence: 'From what they did not say.',
  } as Readonly<Record<HunchFrom, string>>,
  lacks: {
    source: 'Nobody noted where it comes from.',
    question: 'No question is on file.',
    answer: 'No answer of theirs is on file.',
    reason: 'Nothing is on file that shows it.',
  } as Readonly<Record<Lack, string>>,
  declined: 'Declined',
  toAsk: 'To ask',
  asked: 'Asked',
  unasked: 'Said without being asked',
  says: { confirmed: 'Confirmed', refuted: 'Refuted', unclear: 'Unclear' },
  theySaid: 'They said:',
  inCall: (time: string) => `at ${time} of the call`,
  until: (day: string) => `until ${day}`,
  question: (text: string) => `Question: ${text}`,
};
