// What hosts, gateways and browsers do to a mail between the day its words were marked and today.

import { afterEach, describe, expect, it } from 'vitest';
import {
  describe as describeRange,
  find,
  indexText,
  type Selectors,
} from '../../src/anchor/index.ts';

afterEach(() => document.body.replaceChildren());

function body(html: string): HTMLElement {
  const element = document.createElement('div');
  element.setHTMLUnsafe(html);
  document.body.append(element);
  return element;
}

const MAIL = `<p>Dear Sample Person,</p>
<p>we assume that somebody is on site within four hours, weekends included.</p>
<p>Training is for all three shifts, and the old notes come over before opening day.</p>
<p>Kind regards</p>`;
const WORDS = 'somebody is on site within four hours, weekends included';

function marked(words = WORDS, html = MAIL): Selectors {
  const index = indexText(body(html));
  const start = index.text.indexOf(words);
  const range = index.range(start, start + words.length);
  const selectors = range && describeRange(index, range);
  if (!selectors) throw new Error('nothing to mark');
  return selectors;
}

/** How the words are found in another copy, and what the ranges cover there. */
function foundIn(html: string, selectors: Selectors) {
  const index = indexText(body(html));
  const found = find(index, selectors);
  if (found === null) return null;
  const covered = index.ranges(found.start, found.end).map(String).join('');
  return { match: found.match, covered };
}

describe('marked words are found again', () => {
  it.each([
    [
      'search terms in spans of their own',
      MAIL.replaceAll(/(site|hours|three)/g, '<span class="hit"><mark>$1</mark></span>'),
      'exact',
      WORDS,
    ],
    [
      'a banner above and a footer below',
      `<div>External sender. Take care.</div>${MAIL}<div>Sent through a gateway</div>`,
      'exact',
      WORDS,
    ],
    ['places to break a line', MAIL.replaceAll('e', 'e<wbr>'), 'exact', WORDS],
    [
      'soft hyphens',
      MAIL.replace('weekends', 'week&shy;ends').replace('somebody', 'some&shy;body'),
      'normalised',
      'some\u00adbody is on site within four hours, week\u00adends included',
    ],
    [
      'breaks in place of spaces',
      MAIL.replace('on site within', 'on site<br>within'),
      'normalised',
      'somebody is on sitewithin four hours, weekends included',
    ],
    [
      'a table that lays it out',
      `<table><tr><td>${MAIL.replaceAll('</p>', '</td></tr><tr><td>').replaceAll('<p>', '')}</td></tr></table>`,
      'exact',
      WORDS,
    ],
    [
      'a list made of it',
      `<ul>${MAIL.replaceAll('<p>', '<li>').replaceAll('</p>', '</li>')}</ul>`,
      'exact',
      WORDS,
    ],
  ])('despite %s', (_, html, match, covered) => {
    expect(foundIn(html, marked())).toEqual({ match, covered });
  });

  it('in the plain text a gateway broke into short lines', () => {
    const plain = body(MAIL).textContent?.replace(/(.{30,45}) /g, '$1\n') ?? '';
    const pre = document.createElement('pre');
    pre.textContent = plain;
    const found = foundIn(pre.outerHTML, marked());
    expect(found?.match).toBe('normalised');
    expect(found?.covered.replace(/\s+/g, ' ')).toBe(WORDS);
  });

  it('in the quotation of a plain reply', () => {
    const quoted = (body(MAIL).textContent ?? '')
      .replace(/(.{30,45}) /g, '$1\n')
      .replace(/^/gm, '> ');
    const pre = document.createElement('pre');
    pre.textContent = `We can do that.\n\nThey wrote:\n${quoted}`;
    const found = foundIn(pre.outerHTML, marked());
    expect(found?.match).toBe('normalised');
    expect(found?.covered.replace(/\s*\n> /g, ' ')).toBe(WORDS);
  });

  it('across list items and table cells', () => {
    const rows =
      '<table><tr><td>Night cover</td><td>within four hours</td></tr><tr><td>Parts</td><td>at no charge</td></tr></table>';
    const words = 'within four hours\nParts\nat no charge';
    const items =
      '<ul><li>Night cover</li><li>within four hours</li><li>Parts</li><li>at no charge</li></ul>';
    expect(foundIn(items, marked(words, rows))).toEqual({
      match: 'exact',
      covered: words.replaceAll('\n', ''),
    });
  });

  it('in the reply they were written in, not in what it quotes', () => {
    const reply = (own: string) => `<p>Thanks. ${own}</p><p>On Monday they wrote:</p>
      <blockquote>${MAIL}</blockquote>`;
    const selectors = marked(WORDS, reply(`And may we expect that ${WORDS} as you said?`));
    const index = indexText(
      body(`<div>External sender.</div>${reply(`And may we expect that ${WORDS} as you said?`)}`),
    );
    const found = find(index, selectors);
    expect(index.text.slice((found?.start ?? 0) - 10, found?.start)).toBe('pect that ');
  });
});

describe('marked words that are gone', () => {
  it('are not looked for in a translation of the page', () => {
    const translated = `<p><font><font>Guten Tag,</font></font></p>
      <p><font><font>wir gehen davon aus, dass binnen vier Stunden jemand vor Ort ist, auch am Wochenende.</font></font></p>
      <p><font><font>Die Schulung gilt für alle drei Schichten.</font></font></p>`;
    expect(foundIn(translated, marked())).toBeNull();
    // Wrappers alone change nothing.
    const wrapped = MAIL.replaceAll('<p>', '<p><font><font>').replaceAll(
      '</p>',
      '</font></font></p>',
    );
    expect(foundIn(wrapped, marked())).toEqual({ match: 'exact', covered: WORDS });
  });

  it('are not taken to be in a clipped message', () => {
    const clipped = `${MAIL.slice(0, MAIL.indexOf('somebody') + 8)}</p><p>[Message clipped]</p>`;
    expect(foundIn(clipped, marked())).toBeNull();
  });
});

describe('a page that takes over names', () => {
  it('does not keep the body from being read', () => {
    const html = `<form name="createTreeWalker"><input name="querySelectorAll"><input name="getRootNode">
      <input name="contains"><input name="nextSibling">in the form</form><img name="createRange">${MAIL}`;
    expect(foundIn(html, marked())).toEqual({ match: 'exact', covered: WORDS });
    const form = document.forms.item(0) as HTMLFormElement;
    expect(indexText(form).text.trim()).toBe('in the form');
  });
});
