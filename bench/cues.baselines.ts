// What simple ways of finding cues reach, beside ours. Both look at a sentence's words alone.

// The words that come to mind first.
export const KEYWORDS = new Set(
  `assume assuming presumably understanding obviously hope hoping hopefully wish ideally
  prefer expect expecting expected should supposed concern concerned worried surprised
  disappointed frustrated frustrating confused confusing unfortunately still again delay late problem
  compared usually previously before deadline urgent budget approval until unable unsure unclear
  maybe perhaps possibly wondering depends`.split(/\s+/),
);

const MODALS = new Set('can could may might must ought shall should will would need'.split(' '));
const NEGATIONS = new Set('not no never none nothing nobody neither nor without cannot'.split(' '));
// A short list of words that lists of sentiment agree to be negative: no such library is one of ours.
const NEGATIVE = new Set(
  `afraid angry annoyed annoying bad badly broken complain complaint concern concerned confused
  confusing confusion crisis delay delayed difficult difficulty disappointed disappointing error
  errors fail failed failure fear frustrated frustrating hard hurt inadequate incorrect issue issues
  lack late lose losing loss lost mess miss missed missing mistake mistakes poor problem problems
  refuse regret risk sad slow sorry struggle surprised terrible tough trouble unable unacceptable
  uncertain unclear unfair unfortunate unfortunately unhappy upset urgent waste weak worried worry
  worse worst wrong`.split(/\s+/),
);
const ASKS =
  /\?|\bplease\b|\blet (?:me|us) know\b|\b(?:can|could|would|will) you\b|\bappreciate\b/i;

/** Any of 48 words. */
export function keywords(sentence: string): boolean {
  return wordsOf(sentence).some((word) => KEYWORDS.has(word));
}

/** A modal verb, a negation or a negative word, in a sentence that asks for nothing. */
export function modalOrNegative(sentence: string): boolean {
  if (ASKS.test(sentence)) return false;
  return wordsOf(sentence).some(
    (word) => MODALS.has(word) || NEGATIONS.has(word) || NEGATIVE.has(word) || word.endsWith("n't"),
  );
}

function wordsOf(sentence: string): string[] {
  return (
    sentence
      .toLowerCase()
      .replaceAll('’', "'")
      .match(/[a-z']+/g) ?? []
  );
}
