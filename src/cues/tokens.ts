// Words of a sentence with the places they stand at, ready to be compared.

/** UTF-16 offsets in the whole text; `word` is lower case, with short forms written out. */
export type Token = { word: string; start: number; end: number };

// A word, with apostrophes inside. Every part begins with a sign that the part before cannot hold,
// so there is one way only to read any text.
const WORD = /[\p{L}\p{N}]+(?:['’][\p{L}\p{N}]+)*/gu;
// Nobody writes longer words; what is longer is code or an attack.
const LONGEST = 40;

const SHORT_FORMS = new Map(
  "m am|re are|ve have|ll will|d would|cannot can not|can't can not|won't will not|let's let us|dont do not"
    .split('|')
    .map((one): [string, string[]] => {
      const [short = '', ...long] = one.split(' ');
      return [short, long];
    }),
);
// After others, "'s" is whose something is.
const IS = new Set('it that there what here he she'.split(' '));
// French elides before a vowel: “d'ici”, “j'espère”, “qu'il”.
const ELIDED = new Set('j d l n c s m t qu jusqu lorsqu puisqu'.split(' '));

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
  const whole = SHORT_FORMS.get(word);
  if (whole !== undefined && word.length > 2) return whole;
  const apostrophe = word.lastIndexOf("'");
  if (apostrophe < 1) return [word];
  if (word.endsWith("n't")) return [word.slice(0, -3), 'not'];
  const [head, tail] = [word.slice(0, apostrophe), word.slice(apostrophe + 1)];
  if (tail === 's') return IS.has(head) ? [head, 'is'] : [word];
  const long = SHORT_FORMS.get(tail);
  if (long !== undefined) return [head, ...long];
  return ELIDED.has(head) ? [`${head}'`, tail] : [word];
}
