import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { indexText, type Kind, type Mark, Marks } from '../../src/anchor/index.ts';
import { KINDS } from '../../src/anchor/marks-style.ts';

let marks: Marks;
beforeEach(() => {
  marks = new Marks(document);
});
afterEach(() => {
  marks.clear();
  document.body.replaceChildren();
  document.body.removeAttribute('style');
});

function body(html: string): HTMLElement {
  const element = document.createElement('div');
  element.setHTMLUnsafe(html);
  document.body.append(element);
  return element;
}

function mark(id: string, kind: Kind, root: Element, words: string, approximate = false): Mark {
  const index = indexText(root);
  const start = index.text.indexOf(words);
  return { id, kind, approximate, ranges: index.ranges(start, start + words.length) };
}

function middle(of: Mark): [number, number] {
  const box = of.ranges[0]?.getBoundingClientRect();
  return box ? [box.left + box.width / 2, box.top + box.height / 2] : [-1, -1];
}

function lookOf(name: string, element: Element) {
  const style = getComputedStyle(element, `::highlight(${name})`);
  const { textDecorationLine: line, textDecorationStyle: kind, backgroundColor } = style;
  return { line, kind, thickness: style.textDecorationThickness, backgroundColor };
}

const names = () => [...CSS.highlights.keys()];

describe('marks', () => {
  it('leave the page as it was', () => {
    const element = body('<p>We assume four hours.</p>');
    const before = document.documentElement.outerHTML;
    marks.draw([mark('1', 'expectation', element, 'four hours')]);
    expect(names()).toHaveLength(1);
    expect(document.documentElement.outerHTML).toBe(before);
    const sheets = document.adoptedStyleSheets.length;
    marks.clear();
    expect(names()).toEqual([]);
    expect(document.adoptedStyleSheets).toHaveLength(sheets - 1);
  });

  it('show each kind by a line of its own, and only the expectation filled', () => {
    const element = body('<p>We assume four hours.</p>');
    const lines = new Set<string>();
    for (const kind of KINDS) {
      marks.draw([mark('1', kind, element, 'four hours')]);
      const look = lookOf(names()[0] ?? '', element);
      expect(look.line, kind).not.toBe('none');
      expect(look.backgroundColor === 'rgba(0, 0, 0, 0)', kind).toBe(kind !== 'expectation');
      // A note and a cue are dotted both, and the cue is half as thick.
      lines.add(`${look.line} ${look.kind}${look.kind === 'dotted' ? look.thickness : ''}`);
    }
    expect(lines.size).toBe(KINDS.length);
  });

  it('show an approximate place as a fill without a line', () => {
    const element = body('<p>We assume four hours.</p>');
    marks.draw([mark('1', 'note', element, 'four hours', true)]);
    expect(lookOf(names()[0] ?? '', element)).toMatchObject({
      line: 'none',
      backgroundColor: 'rgb(234, 231, 222)',
    });
  });

  it('go by the ground the page paints, not by the system', () => {
    document.body.style.background = '#111';
    const dark = body('<p>on dark ground</p>');
    const light = body(
      '<section style="background: white"><p style="background: #0001">on light ground</p></section>',
    );
    marks.draw([mark('1', 'expectation', dark, 'dark'), mark('2', 'expectation', light, 'light')]);
    const grounds = names().map((name) => lookOf(name, dark).backgroundColor);
    expect(grounds).toEqual(['rgb(75, 55, 16)', 'rgb(252, 232, 182)']);
  });

  it('say nothing by their names', () => {
    const element = body('<p>We assume four hours.</p>');
    marks.draw(KINDS.map((kind, at) => mark(`secret-${at}`, kind, element, 'four hours')));
    for (const name of names()) expect(name).toMatch(/^m-\d+$/);
  });

  it.each(['highlightsFromPoint', 'geometry'])(
    'are found under a point by %s, all that overlap',
    (by) => {
      const element = body('<p>We assume that four hours are meant.</p>');
      const first = mark('first', 'commitment', element, 'assume that four hours');
      const second = mark('second', 'expectation', element, 'four hours are meant');
      marks.draw([first, second]);
      if (by === 'geometry')
        Object.defineProperty(CSS.highlights, by === 'geometry' ? 'highlightsFromPoint' : '', {
          value: undefined,
          configurable: true,
        });
      try {
        const overlap = mark('', 'note', element, 'four hours');
        expect(marks.at(...middle(overlap)).sort()).toEqual(['first', 'second']);
        expect(marks.at(...middle(mark('', 'note', element, 'assume')))).toEqual(['first']);
        expect(marks.at(...middle(mark('', 'note', element, 'We')))).toEqual([]);
      } finally {
        Reflect.deleteProperty(CSS.highlights, 'highlightsFromPoint');
      }
    },
  );

  it('come back after the page has set its own sheets anew', () => {
    const element = body('<p>We assume four hours.</p>');
    const first = mark('1', 'praise', element, 'four hours');
    marks.draw([first]);
    document.adoptedStyleSheets = [];
    expect(lookOf(names()[0] ?? '', element).line).toBe('none');
    marks.draw([first]);
    expect(lookOf(names()[0] ?? '', element).line).toBe('overline');
    expect(document.adoptedStyleSheets).toHaveLength(1);
  });

  it('are drawn inside open shadow roots', () => {
    const element = body(
      '<x-card><template shadowrootmode="open"><p>inside words</p></template></x-card>',
    );
    const inside = mark('inside', 'grievance', element, 'inside words');
    marks.draw([inside]);
    const paragraph = element.querySelector('x-card')?.shadowRoot?.querySelector('p');
    expect(paragraph && lookOf(names()[0] ?? '', paragraph)).toMatchObject({ kind: 'wavy' });
    expect(marks.at(...middle(inside))).toEqual(['inside']);
  });

  it('are drawn in a form whose inputs take the names of what is asked', () => {
    const element = body(
      '<form><input name="parentElement" style="background: transparent"><input name="getRootNode"><p>We assume four hours.</p></form>',
    );
    marks.draw([mark('1', 'note', element, 'four hours')]);
    expect(names()).toHaveLength(1);
  });

  it('fall back to one style element where sheets cannot be adopted', () => {
    const element = body('<p>We assume four hours.</p>');
    Object.defineProperty(document, 'adoptedStyleSheets', {
      configurable: true,
      get: () => [],
      set: () => {
        throw new Error('not allowed');
      },
    });
    try {
      const count = document.querySelectorAll('style').length;
      marks.draw([mark('1', 'risk', element, 'four hours')]);
      marks.draw([mark('1', 'risk', element, 'four hours')]);
      expect(document.querySelectorAll('style')).toHaveLength(count + 1);
      expect(lookOf(names()[0] ?? '', element)).toMatchObject({ line: 'overline', kind: 'dashed' });
      marks.clear();
      expect(document.querySelectorAll('style')).toHaveLength(count);
    } finally {
      Reflect.deleteProperty(document, 'adoptedStyleSheets');
    }
  });
});
