// What may stand in site knowledge: as an admin writes it, and as a device takes it.
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SiteKnowledge as Chosen } from '../../src/sites/choose.ts';
import { knowledgeText, parseKnowledge, readKnowledge } from '../../src/sites/knowledge.ts';

const many = (count: number, value: unknown) =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [`a${n}`, value]));
const body = (css: unknown) => ({ version: 1, sites: { gmail: { selectors: { body: css } } } });

test('what is left out of the file stands as it is built in', () => {
  const read = readKnowledge({ version: 2, sites: { 'request-tracker': {} } });
  const value = { version: 2, sites: { 'request-tracker': { on: true, selectors: {} } } };
  expect(read).toEqual({ ok: true, value });
  // What a page is given fits what it goes by.
  const given: Chosen = value.sites;
  expect(given).toBeDefined();
});

describe('a file that cannot be used says where and why', () => {
  test.each([
    [null, 'it has to be an object'],
    [[], 'it has to be an object'],
    [{}, 'version has to be a whole number'],
    [{ version: '1', sites: {} }, 'version has to be a whole number'],
    [{ version: 1.5, sites: {} }, 'version has to be a whole number'],
    [{ version: 0, sites: {} }, 'version begins at 1'],
    [{ version: 1 }, 'sites has to be an object of sites by name'],
    [{ version: 1, sites: {}, site: {} }, 'it has “site” in it, which means nothing here'],
    [{ version: 1, sites: { Gmail: {} } }, 'sites.Gmail is no name here'],
    [{ version: 1, sites: { gmail: 3 } }, 'sites.gmail has to be an object'],
    [{ version: 1, sites: { gmail: { off: true } } }, 'sites.gmail has “off” in it'],
    [{ version: 1, sites: { gmail: { on: 'no' } } }, 'sites.gmail.on has to be true or false'],
    [{ version: 1, sites: many(51, {}) }, 'sites has more than 50 sites'],
    [
      { version: 1, sites: { gmail: { selectors: many(41, 'p') } } },
      'sites.gmail.selectors has more than 40 selectors',
    ],
    [
      { version: 1, sites: { gmail: { selectors: { 'a b': 'p' } } } },
      'sites.gmail.selectors.a b is no name here',
    ],
    [body(''), 'sites.gmail.selectors.body is empty'],
    [body(' '), 'sites.gmail.selectors.body is empty'],
    [body(['p']), 'sites.gmail.selectors.body has to be a CSS selector'],
    [body('p'.repeat(501)), 'sites.gmail.selectors.body is longer than 500 characters'],
    [body('p\nq'), 'sites.gmail.selectors.body has a line break'],
    [body('\ud800'), 'sites.gmail.selectors.body has a line break or another'],
  ])('%j', (file, words) => {
    const read = readKnowledge(file);
    expect(read.ok ? 'taken' : read.problem).toContain(words);
  });

  test('the limits themselves are allowed', () => {
    const sites = { ...many(49, {}), gmail: { selectors: many(40, 'p'.repeat(500)) } };
    expect(readKnowledge({ version: 1, sites }).ok).toBe(true);
  });
});

describe('SPEC 7.6: the text that is signed', () => {
  const name = fc.stringMatching(/^[a-z][a-zA-Z0-9]{0,10}$/);
  const css = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 60 })
    .filter((text) => text.trim() !== '' && !/\p{Cc}/u.test(text));
  const site = fc.record({ on: fc.boolean(), selectors: fc.dictionary(name, css, { maxKeys: 5 }) });
  const knowledge = fc.record({
    version: fc.integer({ min: 1 }),
    sites: fc.dictionary(fc.stringMatching(/^[a-z][a-z0-9-]{0,10}$/), site, { maxKeys: 5 }),
  });

  test('is two lines, and read back as it was', () => {
    fc.assert(
      fc.property(knowledge, (value) => {
        const text = knowledgeText(value);
        expect(text.split('\n')).toHaveLength(3);
        expect(parseKnowledge(text)).toEqual(value);
      }),
    );
  });

  test('what a newer version says besides is passed over', () => {
    const text =
      'unsaid site knowledge\n{"version":1,"until":9,"sites":{"gmail":{"on":false,"selectors":{},"why":"x"}}}\n';
    expect(parseKnowledge(text)).toEqual({
      version: 1,
      sites: { gmail: { on: false, selectors: {} } },
    });
  });

  test.each([
    ['nothing', ''],
    ['a checkpoint', 'unsaid.example/1a2b3c4d\n3\nAAAA\n'],
    ['another title', 'unsaid site knowledge 2\n{"version":1,"sites":{}}\n'],
    ['no JSON', 'unsaid site knowledge\n{"version":1,\n'],
    ['a line more', 'unsaid site knowledge\n{"version":1,"sites":{}}\n\n'],
    ['no last newline', 'unsaid site knowledge\n{"version":1,"sites":{}}'],
    ['a version that is none', 'unsaid site knowledge\n{"version":0,"sites":{}}\n'],
    [
      'more than a page should be given',
      `unsaid site knowledge\n${JSON.stringify(body('p'.repeat(501)))}\n`,
    ],
  ])('is not %s', (_, text) => {
    expect(parseKnowledge(text)).toBeNull();
  });

  test('names of the language’s own objects stay names', () => {
    const read = readKnowledge(JSON.parse('{"version":1,"sites":{"__proto__":{"on":false}}}'));
    expect(read.ok && Object.getPrototypeOf(read.value.sites)).toBe(Object.prototype);
    expect(read.ok && 'on' in read.value.sites).toBe(false);
    const inherited = { version: 1, sites: { constructor: { on: false } } };
    expect(readKnowledge(inherited).ok).toBe(true);
  });
});
