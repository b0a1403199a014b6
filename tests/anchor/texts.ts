// Texts to quote from, in scripts that break careless offsets.

import fc from 'fast-check';

const SCRIPTS = [
  'abcdefghijklmnopqrstuvwxyz',
  'абвгдежзийклмнопрстуфхцчшщ',
  'אבגדהוזחטיכלמנסעפצקרשת',
  'ابتثجحخدذرزسشصضطظعغفقكلمنهوي',
  '部品交換当日中対応夜間窓口日本語長野工場前提',
  'कखगघचछजझटठडढतथदधनपफबभमयरलवशषसह',
  '가나다라마바사아자차카타파하',
  'กขคงจฉชซดตถทนบปผพฟมยรลวสห',
];
const ASTRAL = ['😅', '👩🏽‍🔬', '🇮🇳', '𝔘', '𝔫', '𠮷', '🙏🏽', '﷽'];
const MARKS = ['\u0301', '\u0308', '\u093e', '\u064b', '\u05b0', '\u0e34'];

const letters = (script: string) =>
  fc.array(
    fc.oneof(
      { weight: 30, arbitrary: fc.constantFrom(...script) },
      { weight: 1, arbitrary: fc.constantFrom(...ASTRAL) },
      {
        weight: 2,
        arbitrary: fc
          .tuple(fc.constantFrom(...script), fc.constantFrom(...MARKS))
          .map((two) => two.join('')),
      },
    ),
    { minLength: 1, maxLength: 12 },
  );

const word = fc
  .constantFrom(...SCRIPTS)
  .chain(letters)
  .map((units) => units.join(''));

/** Between `min` and `max` words of any scripts. */
export const wordsOf = (min: number, max: number) =>
  fc
    .array(fc.tuple(word, fc.constantFrom(' ', ' ', ' ', ', ', '. ', '\n', '  ', ' – ')), {
      minLength: min,
      maxLength: max,
      size: 'max',
    })
    .map((pairs) => pairs.map((pair) => pair.join('')).join(''));

/** A text long enough to quote from, whose sentences hardly repeat. */
export const distinctText = wordsOf(60, 160);

/** Replaces, inserts and deletes characters: `share` of them, half of it replacements. */
export function edited(text: string, share: number, seed: number): string {
  let state = seed | 1;
  const random = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
  const units = [...text];
  for (let left = Math.floor(text.length * share); left > 0; left -= 1) {
    const at = Math.floor(random() * units.length);
    const kind = random();
    if (kind < 0.5) units.splice(at, 1, 'x');
    else if (kind < 0.75) units.splice(at, 0, 'y');
    else units.splice(at, 1);
  }
  return units.join('');
}
