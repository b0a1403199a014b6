import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalise, PLAIN } from '../../src/anchor/normalise.ts';
import { wordsOf } from './texts.ts';

const textOf = (original: string) => normalise(original).text;

describe('the normalised text', () => {
  it.each([
    ['white space', 'four\u00a0 hours,\r\n\tweekends', 'four hours, weekends'],
    ['quotation marks and dashes', '“on‑site” – it’s «so»', '"on-site" - it\'s "so"'],
    ['what cannot be seen', 'with\u00adin fo\u200bur\ufe0f ho\u034furs', 'within four hours'],
    ['spaces round what cannot be seen', 'four \u200b hours', 'four hours'],
    ['marks of a quotation', '> four\n> hours\n>> and\n  > > more', 'four hours and more'],
    ['a sign that is no quotation', 'a > b\nc >d', 'a > b c >d'],
    ['lines broken between CJK characters', '部品\n交換。\n> 当日', '部品交換。当日'],
    ['lines broken between Hangul words', '부품\n교환', '부품 교환'],
    ['composed accents', 'cafe\u0301 e\u0323\u0302', 'café ệ'],
    ['Hangul letters', '\u1112\u1161\u11ab \uac00\u11a8', '한 각'],
    ['half-width kana', 'ｶﾞｽ ﾊﾟﾝ', 'ガス パン'],
    ['compatibility letters', 'ﬁrst ＡＢ１２ ℡', 'first AB12 TEL'],
    ['Thai vowels', 'น้ำ', 'น้\u0e4dา'],
  ])('evens out %s', (_, original, expected) => {
    expect(textOf(original)).toBe(expected);
  });

  it('takes for plain only what stays as it is', () => {
    const plain = new RegExp(`[${PLAIN}]`);
    const wrong: string[] = [];
    for (let code = 0; code < 0x1_0000; code += 1) {
      const unit = String.fromCharCode(code);
      if (!plain.test(unit)) continue;
      if (unit.normalize('NFKC') !== unit || /[\p{M}\s\p{Cf}\p{Cn}]/u.test(unit)) wrong.push(unit);
      // Nor may it join with the one before it.
      if (`e${unit}`.normalize('NFKC') !== `e${unit}`) wrong.push(unit);
    }
    expect(wrong).toEqual([]);
  });

  it('agrees with NFKC, and leads back to the original, in any script', () => {
    fc.assert(
      fc.property(wordsOf(1, 60), (original) => {
        const normal = normalise(original);
        expect(normal.text).toBe(normal.text.normalize('NFKC'));
        expect(normal.text).not.toMatch(/\s\s/);
        let last = 0;
        for (let unit = 0; unit < normal.text.length; unit += 1) {
          const [start, end] = [normal.start(unit), normal.end(unit)];
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThan(start);
          last = start;
          // The characters a unit stands for, read alone, have it in them.
          const alone = textOf(original.slice(start, end));
          expect(alone === '' || alone.includes(normal.text.charAt(unit))).toBe(true);
          const first = normal.unitAt(start);
          expect(normal.start(first)).toBe(start);
        }
        expect(normal.start(normal.text.length)).toBe(original.length);
      }),
      { numRuns: 200 },
    );
  });
});
