import { describe, expect, it } from 'vitest';
import { addressIn, isShown, outside } from '../../src/sites/reading.ts';

describe('an address in words', () => {
  it.each([
    ['From: sample.person@kunde.example', 'sample.person@kunde.example'],
    ['Von: Person, Sample<sample.person@kunde.example>', 'sample.person@kunde.example'],
    ['差出人：sample.person@kunde.example', 'sample.person@kunde.example'],
    ['من: sample.person@kunde.example', 'sample.person@kunde.example'],
    ['Google Account: Sample (us+mail@own.example)', 'us+mail@own.example'],
    ["O’Sample <o'sample@kunde.example>", "o'sample@kunde.example"],
    ['用户@例子.example', '用户@例子.example'],
    ['same@own.example same@own.example', 'same@own.example'],
  ])('%j: %s', (words, address) => {
    expect(addressIn(words)).toBe(address);
  });

  it('is the last one in brackets, whatever the name looks like', () => {
    const bracketed = 'Boss <boss@own.example><stranger@evil.example>';
    expect(addressIn(bracketed)).toBe('stranger@evil.example');
    expect(addressIn('boss@own.example<stranger@evil.example>')).toBe('stranger@evil.example');
  });

  it.each(['', 'Sample Person', '@own.example', 'boss@own.example, stranger@evil.example', null])(
    '%j: none that is sure',
    (words) => {
      expect(addressIn(words)).toBe('');
    },
  );
});

describe('hooks in a body', () => {
  it('are inside of it, also where a form answers with its inputs in place of its methods', () => {
    const page = document.createElement('div');
    page.innerHTML = `<b id="outer"></b><div class="body"><form><input name="closest">
      <input name="matches"><input name="parentElement"><input name="nodeType"><b></b></form>
      <form class="hook"><input name="matches"></form></div>`;
    expect(outside(page, 'b, .hook', '.body').map(({ id }) => id)).toEqual(['outer']);
  });

  it('the body itself is not inside of itself', () => {
    const page = document.createElement('div');
    page.innerHTML = '<div class="body" id="own"><div class="body"></div></div>';
    expect(outside(page, '.body', '.body').map(({ id }) => id)).toEqual(['own']);
  });
});

describe('what is shown', () => {
  const inside = (html: string, doc: Document = document) => {
    const page = doc.createElement('div');
    page.innerHTML = html;
    doc.body.append(page);
    return page.querySelector('b');
  };

  it.each([
    ['<div><b>x</b></div>', true],
    ['<div style="display: contents"><b style="display: contents"></b></div>', true],
    ['<div style="display: none"><p><b>x</b></p></div>', false],
    ['<div hidden><b>x</b></div>', false],
  ])('%s: %s, in a window and without one', (html, shown) => {
    expect(isShown(inside(html))).toBe(shown);
    expect(isShown(inside(html, document.implementation.createHTMLDocument()))).toBe(shown);
  });

  it('is asked of the style sheets where there are any', () => {
    const element = inside(
      '<style>.folded { display: none }</style><p class="folded"><b>x</b></p>',
    );
    expect(isShown(element)).toBe(false);
    expect(isShown(null)).toBe(false);
  });
});
