import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isAsked, parseQuery } from '../../../src/extension/store/search/query.ts';
import { bareWordsOf, wordsOf } from '../../../src/extension/store/search/words.ts';

const words = (text: string) => wordsOf(text).map(({ word }) => word);
const finds = (asked: string, text: string) => isAsked(parseQuery(asked), [wordsOf(text)]);

describe('words of a text', () => {
  test.each([
    ['Certificates, PLEASE!', ['certificates', 'please']],
    ['Überprüfung Straße', ['uberprufung', 'strasse']],
    ['déjà-vu œuvre', ['deja', 'vu', 'oeuvre']],
    ['Ａｃｍｅ ﬁle', ['acme', 'file']],
    ['ΜΈΛΛΟΝ τέλος', ['μελλον', 'τελοσ']],
    ['Ёлка', ['елка']],
    ['שָׁלוֹם', ['שלום']],
    ['كِتَاب', ['كتاب']],
    ['Zer\u00adti\u00adfikat', ['zertifikat']],
    ['校正証', ['校正', '正証', '証']],
    ['ﾊﾞｽ', ['バス', 'ス']],
    ['Q3レポート', ['q3', 'レポ', 'ポー', 'ート', 'ト']],
    ['한국어 문서', ['한국어', '문서']],
    ['हिन्दी में', ['हिन्दी', 'में']],
    ['👍🏽 ok', ['ok']],
    ['', []],
  ])('%s', (text, expected) => {
    expect(words(text)).toEqual(expected);
  });

  test('the words that are indexed are the words that are looked for', () => {
    const ascii = fc.string({ unit: 'binary-ascii', maxLength: 300 });
    const text = fc.oneof(
      ascii,
      fc.string({ unit: 'binary' }),
      fc.stringMatching(/^[A-Za-z0-9]{60,80}$/),
    );
    fc.assert(
      fc.property(text, (written) => {
        expect(bareWordsOf(written)).toEqual(words(written));
      }),
    );
  });

  test('every word stands where it is said to, in order, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
        let last = -1;
        for (const { word, start, end } of wordsOf(text)) {
          expect(start).toBeGreaterThan(last);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(text.length);
          expect(word).not.toBe('');
          // The place alone gives the word again, but for the letter after a pair's.
          expect(words(text.slice(start, end))[0]).toBe(word);
          last = start;
        }
      }),
    );
  });

  test('case and accents make no difference', () => {
    const cased = fc.constantFrom('Ärger', 'ÉTÉ', 'İstanbul', 'Σίσυφος', 'Łódź', 'straße', 'ÅRSTA');
    fc.assert(
      fc.property(cased, (word) => {
        const [plain] = words(word);
        expect(words(word.toUpperCase())[0]).toBe(plain);
        expect(words(word.normalize('NFD'))[0]).toBe(plain);
      }),
    );
  });
});

describe('what is asked', () => {
  const text = 'The calibration certificates will simply be there, as always.';
  test.each([
    ['certificates', true],
    ['CERTIFICATES always', true],
    ['certif', true],
    ['certif ', false],
    ['certif* there', true],
    ['certificates missing', false],
    ['"simply be there"', true],
    ['“simply be there”', true],
    ['"simply there"', false],
    ['"simply be th', true],
    ['"simply be th"', false],
    ['"simply be th"*', true],
    ['certificates -invoice', true],
    ['certificates -always', false],
    ['certificates -alw', true],
    ['certificates -alw*', false],
    ['-"be there" certificates', false],
    ['-"there be" certificates', true],
    ['-', true],
    ['""', true],
    ['', true],
  ])('%s', (asked, expected) => {
    expect(finds(asked, text)).toBe(expected);
  });

  test('words of a phrase stand in one field', () => {
    const fields = ['as always', 'be there'].map((field) => wordsOf(field));
    expect(isAsked(parseQuery('"always be"'), fields)).toBe(false);
    expect(isAsked(parseQuery('always be'), fields)).toBe(true);
  });

  test.each([
    ['証明書', true],
    ['証', true],
    ['書', true],
    ['正証', true],
    ['"校正証明書"', true],
    ['書明', false],
    ['校書', false],
    ['校正 -証明', false],
  ])('without spaces: %s', (asked, expected) => {
    expect(finds(asked, '校正証明書')).toBe(expected);
  });

  test('in scripts without spaces, every part of a text is found', () => {
    const letter = fc.constantFrom(...'校正証明書がそこにあると思います納期ใบรับรองจะพร้อม');
    const text = fc.string({ unit: letter, minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(text, fc.nat(19), fc.integer({ min: 1, max: 6 }), (whole, from, length) => {
        const start = from % whole.length;
        const part = whole.slice(start, start + length);
        // A mark by itself is no letter.
        fc.pre(!/^\p{M}/u.test(part));
        expect(finds(part, whole)).toBe(true);
        expect(finds(`"${part}`, whole)).toBe(true);
      }),
    );
  });

  test('a mail pasted into the field is cut', () => {
    expect(parseQuery('word '.repeat(5_000)).length).toBeLessThanOrEqual(24);
  });
});
