import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SelectorPair } from '../../src/domain/index.ts';
import { BLACKED_OUT, findSecrets, redact } from '../../src/domain/redact.ts';

const found = (text: string) => findSecrets(text).map(({ start, end }) => text.slice(start, end));

describe('finding numbers to black out', () => {
  // Numbers that card companies and ISO publish for tests.
  test.each([
    ['Card 4111 1111 1111 1111, please', ['4111 1111 1111 1111']],
    ['378282246310005', ['378282246310005']],
    ['6011-1111-1111-1117.', ['6011-1111-1111-1117']],
    ['to DE89 3704 0044 0532 0130 00 until May', ['DE89 3704 0044 0532 0130 00']],
    ['gb29nwbk60161331926819', ['gb29nwbk60161331926819']],
    ['NO93 8601 1117 947', ['NO93 8601 1117 947']],
    ['DE89370400440532013000 and 5500005555555559', ['DE89370400440532013000', '5500005555555559']],
  ])('%s', (text, expected) => {
    expect(found(text)).toEqual(expected);
  });

  test.each([
    'Card 4111 1111 1111 1112',
    'Order 4111111111111111X',
    'DE88 3704 0044 0532 0130 00',
    'Call +49 30 1234567 or 030 7654321',
    '0000 0000 0000 0000',
    'AB12 is the article, DE89 another',
    '12345678901234567890123',
  ])('nothing in: %s', (text) => {
    expect(found(text)).toEqual([]);
  });

  test('a digit more or less is no card number', () => {
    const digits = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 12, maxLength: 18 });
    fc.assert(
      fc.property(digits, (some) => {
        const passing = Array.from({ length: 10 }, (_, last) => [...some, last].join('')).filter(
          (number) => found(number).length > 0,
        );
        expect(passing.length).toBeLessThanOrEqual(1);
        if (new Set(some).size > 1) expect(passing).toHaveLength(1);
      }),
    );
  });
});

describe('blacking out', () => {
  const selectorsOf = (prefix: string, exact: string, suffix: string): SelectorPair => [
    { type: 'TextQuoteSelector', prefix, exact, suffix },
    { type: 'TextPositionSelector', start: prefix.length, end: prefix.length + exact.length },
  ];

  test('each unit but white space, in the quote and in its selectors', () => {
    const quote = 'Take 4111 1111 1111 1111 for it';
    const done = redact(quote, selectorsOf('DE89370400440532013000 ', quote, ' and not more'));
    const four = BLACKED_OUT.repeat(4);
    expect(done.quote).toBe(`Take ${four} ${four} ${four} ${four} for it`);
    expect(done.selectors?.[0]).toMatchObject({
      prefix: `${BLACKED_OUT.repeat(22)} `,
      exact: done.quote,
      suffix: ' and not more',
    });
  });

  test('a number that runs over the border of the quote', () => {
    const done = redact('1111 1111', selectorsOf('Card 4111 1111 ', '1111 1111', ' is it'));
    expect(done.quote).not.toMatch(/\d/);
    expect(done.selectors?.[0].prefix).not.toMatch(/\d/);
  });

  test('lengths stay, nothing is left to find, all else is as it was', () => {
    const piece = fc.constantFrom(
      '4111 1111 1111 1111',
      'DE89370400440532013000',
      'word ',
      '7',
      ' ',
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const text = pieces.join('');
        const { quote } = redact(text, null);
        expect(quote).toHaveLength(text.length);
        expect(findSecrets(quote)).toEqual([]);
        for (let at = 0; at < text.length; at += 1) {
          if (quote[at] !== BLACKED_OUT) expect(quote[at]).toBe(text[at]);
        }
        expect(redact(quote, null).quote).toBe(quote);
      }),
    );
  });
});
