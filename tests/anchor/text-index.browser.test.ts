import { afterEach, describe, expect, it } from 'vitest';
import { describe as describeRange, find, indexText } from '../../src/anchor/index.ts';

const body = (html: string): HTMLElement => {
  const element = document.createElement('div');
  element.setHTMLUnsafe(html);
  document.body.append(element);
  return element;
};

afterEach(() => document.body.replaceChildren());

const textOf = (html: string) => indexText(body(html)).text;

describe('the text of a body', () => {
  it.each([
    ['inline elements join', '<b>fo</b>ur <i>ho</i>urs', 'four hours'],
    ['blocks part', '<p>one</p><p>two</p>three<div>four</div>', 'one\ntwo\nthree\nfour'],
    ['line breaks part', 'one<br>two<br><br>three', 'one\ntwo\nthree'],
    [
      'cells and items part',
      '<table><tr><td>a</td><td>b</td></tr></table><ul><li>c</li><li>d</li></ul>',
      'a\nb\nc\nd',
    ],
    ['white space is enough', '<p>one </p><p>two</p>\n<p>three</p>', 'one two\nthree'],
    ['nothing before the first or after the last', '<div><p>one</p></div><hr>', 'one'],
    [
      'no text that is not shown',
      'a<script>b</script><style>c</style><template>d</template><noscript>e</noscript>b<textarea>f</textarea><select><option>g</option></select>h',
      'ab\nh',
    ],
    ['comments', 'a<!-- b -->c', 'ac'],
    [
      'empty spans',
      '<p>o<span></span>ne</p>\n<span></span>\n<p>two</p>\n<p>three</p>',
      'one\n\ntwo\nthree',
    ],
    [
      'words between paragraphs',
      '<p>one</p>\ntwo<p>three</p>four\n<p>five</p>',
      'one\ntwo\nthree\nfour\nfive',
    ],
  ])('%s', (_, html, text) => {
    expect(textOf(html)).toBe(text);
  });

  it('goes through open shadow roots and their slots', () => {
    const html =
      '<x-card>slotted <b slot="end">end</b> lost<template shadowrootmode="open"><p>before</p><slot></slot><p><slot name="end">unused</slot></p><slot name="none">fallback</slot></template></x-card><p>after</p>';
    expect(textOf(html)).toBe('before\nslotted  lost\nend\nfallback\nafter');
  });

  it('goes into the shadow root of an empty span', () => {
    const html =
      '<p>one <span><template shadowrootmode="open">two</template></span> three</p><p>four</p>';
    expect(textOf(html)).toBe('one two three\nfour');
  });

  it('goes into the shadow root of one of many paragraphs', () => {
    const card = '<div><template shadowrootmode="open"><p>in</p>side</template>lost</div>';
    expect(textOf(`<p>one</p>\n<p>two</p>\n${card}\n<p>three</p>\n<p>four</p>`)).toBe(
      'one\ntwo\nin\nside\nthree\nfour',
    );
  });

  it('is well-formed, as it will be stored', () => {
    const element = body('');
    element.append(document.createTextNode('a\ud83dz\u0000'), document.createTextNode('\ud83d'));
    element.append(document.createTextNode('\ude05'));
    expect(indexText(element).text).toBe('a\ufffdz\ufffd😅');
  });

  it('leaves out what we put there ourselves', () => {
    const element = body('one<span>ours</span>two');
    const ours = element.querySelector('span');
    expect(ours && indexText(element, new Set([ours])).text).toBe('onetwo');
  });

  it('cannot be led astray by names in a form', () => {
    const html =
      '<form><input name="nodeType"><input name="localName"><input name="shadowRoot"><input name="parentNode"><input name="firstChild"><input name="textContent">in the form</form>after';
    expect(textOf(html)).toBe('in the form\nafter');
  });

  it('is read to the bottom of very deep markup', () => {
    const element = body('');
    let at: Element = element;
    for (let depth = 0; depth < 20_000; depth += 1)
      at = at.appendChild(document.createElement('i'));
    at.append('the bottom of the well');
    expect(indexText(element).text).toBe('the bottom of the well');
    at.append(document.createElement('p'), 'and below');
    expect(indexText(element).text).toBe('the bottom of the well\nand below');
    element.remove();
  });
});

describe('offsets and ranges', () => {
  it('lead from each other and back at every place', () => {
    const element = body(
      '<p>one <b>two</b></p><table><tr><td>three</td><td>four</td></tr></table>five<br>six',
    );
    const index = indexText(element);
    for (let start = 0; start < index.text.length; start += 1) {
      for (let end = start + 1; end <= index.text.length; end += 1) {
        const words = index.text.slice(start, end);
        const range = index.range(start, end);
        if (range === null) {
          expect(words.trim()).toBe('');
          continue;
        }
        expect(range.toString()).toBe(words.replaceAll('\n', ''));
        const [quote] = describeRange(index, range) ?? [];
        expect(quote?.exact).toBe(words.trim() || undefined);
      }
    }
  });

  it('take points in elements, before and behind the body', () => {
    const element = body('<p>one</p><p>two</p><p></p>');
    const index = indexText(element);
    const [first, second, last] = element.children;
    expect(first && index.offsetOf(first, 1)).toBe(4);
    expect(second && index.offsetOf(second, 0)).toBe(4);
    expect(last && index.offsetOf(last, 0)).toBe(7);
    expect(index.offsetOf(element, 0)).toBe(0);
    expect(index.offsetOf(document.body, 0)).toBe(0);
    expect(index.offsetOf(document.body, document.body.childNodes.length)).toBe(7);
  });

  it('take points between paragraphs that are read together', () => {
    const element = body(`<p>one</p>\n`.repeat(200));
    const index = indexText(element);
    expect(index.text).toBe('one\n'.repeat(200));
    for (let at = 0; at < 400; at += 7) {
      expect(index.offsetOf(element, at)).toBe(Math.floor(at / 2) * 4 + (at % 2) * 3);
    }
    const words = index.range(4 * 150, 4 * 150 + 3);
    expect(words?.startContainer).toBe(element.children[150]?.firstChild);
    expect(index.range(0, 800)?.toString()).toBe(index.text);
  });

  it('describe a selection that ends where the next paragraph begins', () => {
    const element = body('<p>first words</p><p>second words</p>');
    const index = indexText(element);
    const range = document.createRange();
    range.setStart(element.querySelector('p') ?? element, 0);
    range.setEnd(element.querySelectorAll('p')[1] ?? element, 0);
    expect(describeRange(index, range)?.[0].exact).toBe('first words');
  });

  it('give one range for each tree that the words run through', () => {
    const element = body(
      '<p>before</p><x-card><template shadowrootmode="open"><p>inside</p></template></x-card><p>after</p>',
    );
    const index = indexText(element);
    const ranges = index.ranges(0, index.text.length);
    expect(ranges.map(String)).toEqual(['before', 'inside', 'after']);
    const inner = ranges[1] ?? document.createRange();
    expect(describeRange(index, inner)?.[0]).toMatchObject({ exact: 'inside', prefix: 'before\n' });
  });

  it('survive words that were taken out since', () => {
    const element = body('<p>one two three</p>');
    const index = indexText(element);
    const text = element.querySelector('p')?.firstChild as Text;
    text.data = 'one';
    expect(index.ranges(0, 13).map(String)).toEqual(['one']);
    expect(index.ranges(8, 13)).toEqual([]);
  });
});

describe('words of one copy of a mail', () => {
  it('are found in another that is marked up differently', () => {
    const mine = body(
      '<p>Hello,</p><p>we assume that <b>some</b>body is on site\n  within four&nbsp;hours, “weekends” included.</p><p>Kind regards</p>',
    );
    const index = indexText(mine);
    const range = index.range(index.text.indexOf('somebody'), index.text.indexOf(' included'));
    const selectors = range && describeRange(index, range);
    const theirs = body(
      '<div>[External sender] Take care.</div><pre>Hello,\n\nwe assume that somebody is on site within\nfour hours, "weekends" included.\n\nKind regards</pre>',
    );
    const other = indexText(theirs);
    const found = selectors && find(other, selectors);
    expect(found?.match).toBe('normalised');
    expect(other.text.slice(found?.start, found?.end)).toBe(
      'somebody is on site within\nfour hours, "weekends"',
    );
  });
});
