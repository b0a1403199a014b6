// Text → the words that search knows it by. Letters are folded: case, width, ligatures, accents and
// vowel points of Latin, Greek, Cyrillic, Hebrew and Arabic. Scripts without spaces between words
// become pairs of letters, "校正証" → 校正, 正証, 証: whatever part of a word is asked for is found.
// (A dictionary of words cuts the question and the text at different places; docs/decisions.md.)

/** A word as it is looked up, and where it stands: UTF-16 offsets in the text given. */
export type Word = { word: string; start: number; end: number };

const UNSPACED =
  '\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}\\p{sc=Thai}\\p{sc=Lao}\\p{sc=Khmer}\\p{sc=Myanmar}\\u30fc\\uff70';
/** Soft hyphens and joiners stand within words. */
const LETTER = '\\p{L}\\p{N}\\p{M}\\u00ad\\u200c\\u200d';
// A run of letters of a script without spaces, or a word of any other.
const RUN = new RegExp(
  `([[${LETTER}]&&[${UNSPACED}]][[\\p{M}\\uff9e\\uff9f][[${LETTER}]&&[${UNSPACED}]]]*)` +
    `|[[${LETTER}]--[${UNSPACED}]]+`,
  'gv',
);
/** A letter of such a script with the marks on it. */
const UNIT = /.[\p{M}\uff9e\uff9f]*/gsu;
const UNSPACED_LETTER = new RegExp(`^[${UNSPACED}]`, 'v');

const ACCENTS = /[\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670]/g;
const INSIDE = /[\u00ad\u200c\u200d]/g;
/** Letters that Unicode does not take apart, as people without them type them. */
const PLAIN: { readonly [letter: string]: string } = {
  ...{ ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ħ: 'h' },
  ...{ ı: 'i', ς: 'σ', أ: 'ا', إ: 'ا', آ: 'ا', ى: 'ي', ـ: '' },
};
const UNPLAIN = new RegExp(`[${Object.keys(PLAIN).join('')}]`, 'g');

const NOT_ASCII = /[\u0080-\uffff]/;

/** Nobody types more of a word; what is longer is no word. */
const LONGEST = 64;

export function wordsOf(text: string): Word[] {
  const found: Word[] = [];
  for (const run of text.matchAll(RUN)) {
    const start = run.index;
    if (run[1] === undefined) {
      const word = fold(run[0]);
      if (word !== '') found.push({ word, start, end: start + run[0].length });
      continue;
    }
    const units = [...run[1].matchAll(UNIT)];
    for (const [at, unit] of units.entries()) {
      const next = units[at + 1];
      const first = start + unit.index;
      const word = fold(unit[0] + (next?.[0] ?? ''));
      const last = next ?? unit;
      found.push({ word, start: first, end: start + last.index + last[0].length });
    }
  }
  return found;
}

/** The same without where they stand, as an index needs them. */
export function bareWordsOf(text: string): string[] {
  // Most mails: of these letters there are no others, and nothing is to be folded but their case.
  if (!isAscii(text)) return wordsOf(text).map(({ word }) => word);
  const words: string[] = text.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  return words.some(({ length }) => length > LONGEST)
    ? words.map((word) => word.slice(0, LONGEST))
    : words;
}

/** Whether this word begins with a letter of a script without spaces: a pair, or a run's last. */
export function isUnspaced(word: string): boolean {
  return UNSPACED_LETTER.test(word);
}

/** A word as it is looked up. The same for what is written and what is asked. */
function fold(word: string): string {
  const lower = word.toLowerCase();
  const plain = isAscii(lower)
    ? lower
    : lower
        .normalize('NFKD')
        .replace(ACCENTS, '')
        .replace(INSIDE, '')
        .normalize('NFC')
        .toLowerCase()
        .replace(UNPLAIN, (letter) => PLAIN[letter] ?? letter);
  return plain.length <= LONGEST ? plain : plain.slice(0, LONGEST);
}

function isAscii(text: string): boolean {
  return !NOT_ASCII.test(text);
}
