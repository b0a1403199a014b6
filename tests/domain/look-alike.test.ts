import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalIds, customerIdentifier, parseAddress } from '../../src/domain/index.ts';
import { addressDoubts, lookAlike, mixesScripts, skeleton } from '../../src/domain/look-alike.ts';

const KNOWN = ['haldenfoods.example', 'acme.example', 'arnold-mill.com', 'bücher.example'];

describe('domains that are taken for known ones', () => {
  test.each([
    ['ha1denfoods.example', 'haldenfoods.example'],
    ['haIdenf00ds.example', 'haldenfoods.example'],
    ['haldenfoods.co.example', null],
    ['hаldenfoods.example', 'haldenfoods.example'], // Cyrillic а
    ['xn--hldenfoods-zqi.example', 'haldenfoods.example'], // the same, encoded
    ['háldenfoods.example', 'haldenfoods.example'],
    ['асме.com', 'acme.example'], // all Cyrillic
    ['αcme.example', 'acme.example'], // Greek
    ['acrne.example', 'acme.example'],
    ['arno1d-rnill.com', 'arnold-mill.com'],
    ['haldenfood.example', 'haldenfoods.example'],
    ['haldenfodos.example', 'haldenfoods.example'],
    ['halden-foods.example', 'haldenfoods.example'],
    ['arnold-mill.co', 'arnold-mill.com'],
    ['haldenfoods.example.pay.example', 'haldenfoods.example'],
    ['mail.ha1denfoods.example', 'haldenfoods.example'],
    ['bucher.example', 'bücher.example'],
  ])('%s is taken for %s', (domain, like) => {
    expect(lookAlike(domain, KNOWN)).toBe(like);
  });

  test.each([
    'haldenfoods.example',
    'HALDENFOODS.example.',
    'ｈaldenfoods.example', // another width is the same name to every resolver
    'mail.haldenfoods.example',
    'xn--bcher-kva.example',
    'haldenfoods.de', // the same firm, or another: nothing strange
    'acne.example', // one letter of a short name is another word
    'haldenfood.de', // one letter and another ending
    'somewhere.example',
    'example',
    '',
  ])('%s is taken for none', (domain) => {
    expect(lookAlike(domain, KNOWN)).toBeNull();
  });

  test('numbered siblings are no disguise', () => {
    expect(lookAlike('warehouse24.example', ['warehouse25.example'])).toBeNull();
    expect(lookAlike('warehouse2.example', ['warehouse25.example'])).toBeNull();
  });

  test('a known domain is never warned of, whatever else is known', () => {
    expect(lookAlike('ha1denfoods.example', [...KNOWN, 'ha1denfoods.example'])).toBeNull();
  });

  test('what looks alike looks alike the other way round too', () => {
    const name = fc.string({
      unit: fc.constantFrom(...'a1li0orncvwmdаеоⅰ-'.split('')),
      maxLength: 9,
    });
    fc.assert(
      fc.property(name, name, (a, b) => {
        const seen = (x: string, y: string) => lookAlike(`${x}.example`, [`${y}.example`]) !== null;
        expect(seen(a, b)).toBe(seen(b, a));
        expect(skeleton(a)).toBe(skeleton(a));
      }),
      { numRuns: 2_000 },
    );
  });

  test('any text is answered without a fault', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        lookAlike(text, KNOWN);
        lookAlike(`xn--${text}.example`, KNOWN);
        addressDoubts(parseAddress(text), KNOWN);
      }),
    );
  });
});

describe('identity is exact', () => {
  test.each(['ha1denfoods.example', 'hаldenfoods.example', 'háldenfoods.example'])(
    'the sender at %s does not join the customer it resembles',
    (domain) => {
      expect(lookAlike(domain, KNOWN)).not.toBeNull();
      const real = customerIdentifier('a@haldenfoods.example') ?? '';
      const like = customerIdentifier(parseAddress(`<a@${domain}>`).address) ?? '';
      const ids = canonicalIds([
        { id: 'a', identifiers: { [real]: true } },
        { id: 'b', identifiers: { [like]: true } },
      ]);
      expect(ids.get('b')).toBe('b');
    },
  );
});

test('letters of several alphabets in one label', () => {
  expect(mixesScripts('hаlden.example')).toBe(true);
  expect(mixesScripts('xn--hlden-4ve.example')).toBe(true);
  expect(mixesScripts('пример.example')).toBe(false);
  expect(mixesScripts('アニメの国abc.example')).toBe(false);
  expect(mixesScripts('halden.example')).toBe(false);
});

describe('doubts about a sender', () => {
  const kinds = (from: string) => addressDoubts(parseAddress(from), KNOWN).map(({ kind }) => kind);

  test.each([
    ['Sample <a@haldenfoods.example>', []],
    ['Sample <a@hаldenfoods.example>', ['look-alike', 'mixed-scripts']],
    ['Sample \u202e<a@haldenfoods.example>', ['turned-round']],
    ['"a@haldenfoods.example" <b@else.example>', ['other-address']],
    ['a＠haldenfoods.example <b@else.example>', ['other-address']],
    ['info@haldenfoods.example <a@mail.haldenfoods.example>', []],
    ['a@haldenfoods.example <a@haldenfoods.example>', []],
    ['Sample', []],
    ['@sample <a@somewhere.example>', []],
  ])('%j', (from, expected) => {
    expect(kinds(from)).toEqual(expected);
  });

  test('say what is shown and what is meant', () => {
    expect(addressDoubts(parseAddress('"A@Acme.example" <b@acrne.example>'), KNOWN)).toEqual([
      { kind: 'look-alike', address: 'b@acrne.example', like: 'acme.example' },
      { kind: 'other-address', address: 'b@acrne.example', shown: 'a@acme.example' },
    ]);
  });

  test('a free-mail domain is nobody’s to be taken for', () => {
    expect(addressDoubts(parseAddress('a@gmai1.com'), ['gmail.com'])).toEqual([]);
  });
});
