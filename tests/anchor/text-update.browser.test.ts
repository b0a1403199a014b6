import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { indexText, type TextIndex } from '../../src/anchor/index.ts';

afterEach(() => document.body.replaceChildren());

const MAIL = `<div><p>Dear <b>Sample</b> Person,</p>
<p>we <i>assume</i> that <span>some<u>body</u></span> is on site.</p>first line<br>second line<br>
<table><tr><td>night</td><td>four hours</td></tr></table><ul><li>spare parts</li><li></li></ul>
<pre>as agreed</pre><style>not shown</style>the end</div>
<div>
 <p>one</p>
 <p>two <b>three</b></p> <!-- four -->
 <p></p>
 in between <br>
 <p>five</p>
</div>`;

function body(html: string): HTMLElement {
  const element = document.createElement('div');
  element.setHTMLUnsafe(html);
  document.body.append(element);
  return element;
}

/** A body whose index is told of every change, and an observer to tell it. */
function watched(html: string) {
  const element = body(html);
  const observer = new MutationObserver(() => {});
  observer.observe(document.body, {
    subtree: true,
    childList: true,
    characterData: true,
    attributes: true,
  });
  const index = indexText(element);
  return { element, index, tell: () => index.update(observer.takeRecords()) };
}

/** What two indexes say of the same body. */
function same(index: TextIndex, fresh: TextIndex): void {
  expect(index.text).toBe(fresh.text);
  for (let at = 0; at < fresh.text.length; at += 7) {
    const [one, other] = [index.range(at, at + 20), fresh.range(at, at + 20)];
    for (const of of ['startContainer', 'startOffset', 'endContainer', 'endOffset'] as const) {
      expect(one?.[of]).toBe(other?.[of]);
    }
    if (one === null) continue;
    const { startContainer, startOffset } = one;
    expect(index.offsetOf(startContainer, startOffset)).toBe(
      fresh.offsetOf(startContainer, startOffset),
    );
  }
}

const INLINE = new Set(['b', 'i', 'u', 'span', 'font', 'slot', 'style']);

/** The text by its definition, one text node after the other. */
function plainly(root: Element): string {
  let text = '';
  let isApart = false;
  function visit(node: Node): void {
    if (node instanceof Text) {
      if (node.data === '') return;
      if (isApart && !/(^|\s)$/.test(text) && !/^\s/.test(node.data)) text += '\n';
      isApart = false;
      text += node.data;
    }
    if (!(node instanceof Element)) return;
    const isInline = INLINE.has(node.localName);
    isApart ||= !isInline;
    if (node.localName !== 'style') node.childNodes.forEach(visit);
    isApart ||= !isInline;
  }
  root.childNodes.forEach(visit);
  return text.toWellFormed().replaceAll('\0', '\uFFFD');
}

const WORDS = ['one', ' two ', '', ' ', '\n', 'für', '部品', '\ud83d', '\ude05', 'a\u0000b'];
const TAGS = ['p', 'div', 'br', 'b', 'span', 'font', 'style', 'x-card', 'td', 'slot'];
const CHANGES: Record<string, (root: Element, pick: Pick) => void> = {
  text: (root, pick) => pick.element(root).insertBefore(textNode(pick), pick.child()),
  element: (root, pick) => {
    const added = document.createElement(pick.of(TAGS));
    added.append(pick.of(WORDS));
    pick.element(root).insertBefore(added, pick.child());
  },
  remove: (root, pick) => pick.node(root)?.remove(),
  data: (root, pick) => {
    const node = pick.text(root);
    if (node) node.data = pick.of(WORDS);
  },
  split: (root, pick) => {
    const node = pick.text(root);
    node?.splitText(pick.number(node.length));
  },
  normalize: (root, pick) => pick.element(root).normalize(),
  wrap: (root, pick) => {
    const node = pick.node(root);
    const wrapper = document.createElement(pick.of(TAGS));
    node?.replaceWith(wrapper);
    if (node) wrapper.append(node);
  },
  unwrap: (root, pick) => {
    const element = pick.element(root);
    if (element !== root) element.replaceWith(...element.childNodes);
  },
  move: (root, pick) => {
    const node = pick.node(root);
    const target = pick.element(root);
    if (node && !node.contains(target)) target.insertBefore(node, pick.child());
  },
  // Out of the body, changed there, and back again.
  away: (root, pick) => {
    const node = pick.node(root);
    const parent = node?.parentNode;
    if (!node || !parent) return;
    node.remove();
    node.textContent = pick.of(WORDS);
    parent.insertBefore(node, pick.child());
  },
  attribute: (root, pick) => pick.element(root).setAttribute(pick.of(['class', 'slot']), 'end'),
  elsewhere: () => document.body.append('elsewhere'),
};

function textNode(pick: Pick): Text {
  return document.createTextNode(pick.of(WORDS));
}

/** Choices out of numbers that the property gives. */
class Pick {
  readonly #numbers: number[];
  #target: Element | null = null;

  constructor(numbers: number[]) {
    this.#numbers = [...numbers];
  }

  number(most: number): number {
    return (this.#numbers.shift() ?? 0) % (most + 1);
  }

  of<T>(list: readonly T[]): T {
    return list[this.number(list.length - 1)] as T; // lists here are not empty
  }

  element(root: Element): Element {
    this.#target = this.of([root, ...root.querySelectorAll('*')]);
    return this.#target;
  }

  /** A place among the children of the element picked last. */
  child(): ChildNode | null {
    const { childNodes } = this.#target ?? document.body;
    return this.#target ? (childNodes[this.number(childNodes.length)] ?? null) : null;
  }

  text(root: Element): Text | undefined {
    const nodes = [...root.querySelectorAll('*'), root].flatMap((element) => [
      ...element.childNodes,
    ]);
    const texts = nodes.filter((node) => node instanceof Text);
    return texts[this.number(texts.length)];
  }

  node(root: Element): ChildNode | undefined {
    const nodes = [...root.querySelectorAll('*')].flatMap((element) => [
      element,
      ...element.childNodes,
    ]);
    return nodes[this.number(nodes.length)];
  }
}

const change = fc.tuple(
  fc.constantFrom(...Object.keys(CHANGES)),
  fc.array(fc.nat(1_000), { minLength: 4, maxLength: 4 }),
);

describe('an index that is told of changes', () => {
  it('says what a fresh one says, whatever changed', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(change, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 6 }),
        (batches) => {
          const { element, index, tell } = watched(MAIL);
          for (const batch of batches) {
            for (const [kind, numbers] of batch) CHANGES[kind]?.(element, new Pick(numbers));
            tell();
            expect(index.text).toBe(plainly(element));
            same(index, indexText(element));
          }
          document.body.replaceChildren();
        },
      ),
      { numRuns: 150 },
    );
  });

  it('leaves blocks alone that did not change', () => {
    const { element, index, tell } = watched('<p>one <b>two</b></p><p>three</p><p>four</p>');
    const [first, second] = element.querySelectorAll('p');
    const text = second?.firstChild as Text;
    text.data = 'three and more';
    tell();
    // Not told of this one: a second reading of the whole would see it.
    first?.append(' unseen');
    expect(index.text).toBe('one two\nthree and more\nfour');
    tell();
    expect(index.text).toBe('one two unseen\nthree and more\nfour');
  });

  it('reads neighbours with white space between them again when one of them changes', () => {
    const { element, index, tell } = watched('<p>one</p>\n<p>two</p>\n<p>three</p>');
    const [first, second, third] = element.querySelectorAll('p');
    (second?.firstChild as Text).data = 'two and more';
    tell();
    expect(index.text).toBe('one\ntwo and more\nthree');
    (first?.nextSibling as Text).data = '';
    tell();
    expect(index.text).toBe('one\ntwo and more\nthree');
    expect(index.offsetOf(element, 2)).toBe(4);
    expect(third && index.offsetOf(third, 0)).toBe(17);
    (first?.nextSibling as Text).data = ' - ';
    tell();
    expect(index.text).toBe('one - two and more\nthree');
    expect(index.range(6, 9)?.startContainer).toBe(second?.firstChild);
  });

  it('gives the very same string when nothing in the body changed', () => {
    const { index, tell } = watched('<p>one</p>');
    const before = index.text;
    document.body.append('elsewhere');
    tell();
    expect(index.text).toBe(before);
  });

  it('follows slots and shadow trees', () => {
    const { element, index, tell } = watched(
      '<x-card>light<template shadowrootmode="open"><p>in <slot></slot></p></template></x-card>',
    );
    expect(index.text).toBe('in light');
    element.querySelector('x-card')?.append(' and more');
    tell();
    expect(index.text).toBe('in light and more');
  });

  it('goes on being right when a block within words comes and goes', () => {
    const { element, index, tell } = watched('<p>one two</p>');
    const paragraph = element.querySelector('p') as HTMLElement;
    const text = paragraph.firstChild as Text;
    paragraph.insertBefore(document.createElement('br'), text.splitText(3));
    tell();
    expect(index.text).toBe('one two');
    paragraph.insertBefore(document.createElement('div'), paragraph.lastChild).append('between');
    tell();
    expect(index.text).toBe('one\nbetween two');
    expect(index.range(4, 11)?.toString()).toBe('between');
  });

  it('leaves out what we put into a block ourselves', () => {
    const element = body('<p>one two</p>');
    const ours = new Set<Node>();
    const index = indexText(element, ours);
    const icon = document.createElement('b');
    icon.append('icon');
    ours.add(icon);
    element.querySelector('p')?.append(icon);
    index.update([{ type: 'childList', target: element.querySelector('p') as Node }]);
    expect(index.text).toBe('one two');
  });
});
