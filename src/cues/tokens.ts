// Words of a sentence with the places they stand at, ready to be compared.

/** UTF-16 offsets in the whole text; `word` is lower case, with short forms written out. */
export type Token = { word: string; start: number; end: number };

// A word, with apostrophes inside. Every part begins with a sign that the part before cannot hold,
// so there is one way only to read any text.
const WORD = /[\p{L}\p{N}]+(?:['’][\p{L}\p{N}]+)*/gu;
// Nobody writes longer words; what is longer is code or an attack.
const LONGEST = 40;

const SHORT_FORMS: { [ending: string]: string } = {
  m: 'am',
  re: 'are',
  ve: 'have',
  ll: 'will',
  d: 'would',
};
const WHOLE: { [word: string]: string[] } = {
  cannot: ['can', 'not'],
  "can't": ['can', 'not'],
  "won't": ['will', 'not'],
  "shan't": ['shall', 'not'],
  dont: ['do', 'not'],
  "let's": ['let', 'us'],
  "it's": ['it', 'is'],
  "that's": ['that', 'is'],
  "there's": ['there', 'is'],
  "what's": ['what', 'is'],
  "here's": ['here', 'is'],
};

/** The words of `text` between two offsets; both halves of a short form stand where it stands. */
export function tokensOf(text: string, from: number, to: number): Token[] {
  const tokens: Token[] = [];
  for (const match of text.slice(from, to).matchAll(WORD)) {
    const start = from + match.index;
    const end = start + match[0].length;
    if (match[0].length > LONGEST) {
      tokens.push({ word: '', start, end });
      continue;
    }
    for (const word of written(match[0].toLowerCase().replaceAll('’', "'"))) {
      tokens.push({ word, start, end });
    }
  }
  return tokens;
}

/** “don't” is “do not”. What is a short form in no language stays as it is. */
function written(word: string): string[] {
  const whole = Object.hasOwn(WHOLE, word) ? WHOLE[word] : undefined;
  if (whole !== undefined) return whole;
  const apostrophe = word.lastIndexOf("'");
  if (apostrophe < 1) return [word];
  if (word.endsWith("n't")) return [word.slice(0, -3), 'not'];
  const ending = word.slice(apostrophe + 1);
  const long = Object.hasOwn(SHORT_FORMS, ending) ? SHORT_FORMS[ending] : undefined;
  if (long !== undefined) return [word.slice(0, apostrophe), long];
  // French elides before a vowel: “d'ici”, “j'espère”, “qu'il”.
  if (ELIDED.has(word.slice(0, apostrophe))) {
    return [`${word.slice(0, apostrophe)}'`, ending];
  }
  return [word];
}

const ELIDED = new Set(['j', 'd', 'l', 'n', 'c', 's', 'm', 't', 'qu', 'jusqu', 'lorsqu', 'puisqu']);
