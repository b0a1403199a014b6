// What the sidebar says of mails that log themselves.
export const say = {
  itself: 'Logged by itself',
  notThis: 'Not this one',
  notThisOf: (who: string) => `Not this one: take the mail of ${who} back`,
  keepWords: 'Keep its words too',
  keepWordsOf: (who: string) => `Keep its words too: the mail of ${who}`,
  keeping: 'Reading its words…',
  withWords: 'with its words',
  wordsKept: 'Its words are kept.',
  takenBack: 'Taken back. It does not log itself again.',
  back: 'Logged again.',
};
