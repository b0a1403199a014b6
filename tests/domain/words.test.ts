import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  bodyProblem,
  comparableText,
  customerIdentifier,
  domainOf,
  nameFromDomain,
  normaliseJson,
  normaliseSubject,
  normaliseText,
  parseAddress,
  shorten,
} from '../../src/domain/index.ts';

describe('text', () => {
  test('normalising makes any text well-formed, without NUL, and only once', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const normal = normaliseText(`${text}\u0000\ud800`);
        expect(normal.isWellFormed()).toBe(true);
        expect(normal).not.toContain('\u0000');
        expect(normaliseText(normal)).toBe(normal);
      }),
    );
    expect(normaliseJson({ a: ['x\u0000', { b: '\udc00' }] })).toEqual({
      a: ['x\uFFFD', { b: '\uFFFD' }],
    });
  });

  test('a quote with emoji, right-to-left text and U+2028 is kept to the byte', () => {
    const quote = 'שלום\u2028 👩‍👩‍👧 e\u0301 \u00a0.';
    expect(normaliseText(quote)).toBe(quote);
  });

  test('two copies of a text compare as one', () => {
    expect(comparableText(' A\u00adb\u00a0 c\n\nd ')).toBe('Ab c d');
  });

  test('plain text compares as it is, and is told apart from what does not', () => {
    const piece = fc.constantFrom(
      'a',
      'Z',
      '~',
      ' ',
      '  ',
      '\n',
      '\t',
      'ä',
      'ﬁ',
      '\u00ad',
      '\0',
      '',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join('');
        const slowly = normaliseText(text)
          .normalize('NFKC')
          .replace(/[\u00AD\u200B-\u200D\u2060\uFEFF]/g, '')
          .replace(/\s+/g, ' ')
          .trim();
        expect(comparableText(text)).toBe(slowly);
      }),
      { numRuns: 1_000 },
    );
  });

  test('shortening never cuts a character in two', () => {
    expect(shorten('ab😀cd', 4)).toBe('ab…');
    expect(shorten('abcd', 4)).toBe('abcd');
  });
});

test.each([
  ['Re: Aw: FWD: Delivery', 'Delivery'],
  ['RE[2]: Delivery', 'Delivery'],
  ['回复：交货', '交货'],
  ['回复: RE: 答复：交货', '交货'],
  ['[EXT] Re: [EXTERN] AW: Delivery', 'Delivery'],
  ['*** SPAM *** Re: Delivery', 'Delivery'],
  ['[SPAM?] Delivery', 'Delivery'],
  ['{Suspected Spam} [External E-Mail]: Delivery', 'Delivery'],
  ['EXTERNAL: Re: Delivery', 'Delivery'],
  ['[team-list] Delivery', '[team-list] Delivery'],
  ['[EXT-17] Delivery', '[EXT-17] Delivery'],
  ['External walls', 'External walls'],
  ['Spam: a recipe', 'a recipe'],
  ['Tr : Livraison', 'Livraison'],
  ['Regarding the contract', 'Regarding the contract'],
])('the subject %s is about %s', (subject, plain) => {
  expect(normaliseSubject(subject)).toBe(plain);
});

describe('addresses', () => {
  test.each([
    ['"Doe, Sample" <Sample@Halden.Example>', 'Doe, Sample', 'sample@halden.example'],
    ['sample@halden.example', '', 'sample@halden.example'],
    ['Sample Person', 'Sample Person', ''],
    ['\u200f"דוגמה" <a@b.example>\u200e', 'דוגמה', 'a@b.example'],
    ['Sample \u202bPerson\u202c <\u200ea@b.example\u200e>', 'Sample Person', 'a@b.example'],
  ])('%s', (text, name, address) => {
    expect(parseAddress(text)).toEqual({ name, address });
  });

  test.each([
    ['\u202eelpmaxe.nedlah@elpmas <a@b.example>', 'elpmaxe.nedlah@elpmas', 'a@b.example'],
    ['Sample <a\u202e@b.example>', 'Sample', 'a@b.example'],
    ['Sample <a@b\u200f.example>', 'Sample', 'a@b.example'],
    ['a@b\u2067.example', '', 'a@b.example'],
  ])('letters turned round in %j leave a trace', (text, name, address) => {
    expect(parseAddress(text)).toEqual({ name, address, odd: true });
  });

  test('free mail never identifies a company', () => {
    expect(customerIdentifier('a@halden.example')).toBe('domain:halden.example');
    expect(customerIdentifier('A@gmail.com')).toBe('address:a@gmail.com');
    expect(customerIdentifier('nobody')).toBeNull();
    expect(domainOf('a@B.example.')).toBe('b.example');
    expect(nameFromDomain('mail.halden-foods.co.uk')).toBe('Halden Foods');
  });
});

test('a body is refused in words, unknown fields are kept', () => {
  expect(bodyProblem('expectation', { class: 'unstated', due: null, newer: [1] })).toBeNull();
  expect(bodyProblem('expectation', { class: 'sometimes' })).toContain('expectation.class');
  expect(bodyProblem('note', JSON.parse('{"__proto__": 1}'))).toContain('no field name');
  expect(bodyProblem('note', { text: 'x'.repeat(100_000) })).toBeNull();
});
