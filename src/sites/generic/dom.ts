// Reads that a page cannot redirect: a form answers with its inputs, <input name="textContent">
// too, so the prototypes' own methods are called. Nodes may be of another frame's document, so it
// is never asked of which class they are.

type Getter = (this: Node) => unknown;

function getter(prototype: object, name: string): Getter {
  return Object.getOwnPropertyDescriptor(prototype, name)?.get ?? (() => undefined);
}

const nodeType = getter(Node.prototype, 'nodeType');
const textContent = getter(Node.prototype, 'textContent');
const parentNode = getter(Node.prototype, 'parentNode');
const childNodes = getter(Node.prototype, 'childNodes');
const ownerDocument = getter(Node.prototype, 'ownerDocument');
const shadowRoot = getter(Element.prototype, 'shadowRoot');
const localName = getter(Element.prototype, 'localName');
const children = getter(Element.prototype, 'children');
const childElementCount = getter(Element.prototype, 'childElementCount');
const queries: Readonly<Record<number, (css: string) => NodeListOf<Element>>> = {
  1: Element.prototype.querySelectorAll,
  9: Document.prototype.querySelectorAll,
  11: DocumentFragment.prototype.querySelectorAll,
};

export function isElement(node: Node | null): node is Element {
  return node !== null && nodeType.call(node) === 1;
}

export function isText(node: Node): node is Text {
  return nodeType.call(node) === 3;
}

/** In document order, not more than `most`: what is handed out costs memory. */
export function all(root: Node, css: string, most = Number.POSITIVE_INFINITY): Element[] {
  const found = queries[nodeType.call(root) as number]?.call(root, css) ?? [];
  return Array.from({ length: Math.min(most, found.length) }, (_, at) => found[at] as Element);
}

/** How many there are, without touching any. */
export function countOf(root: Node, css: string): number {
  return queries[nodeType.call(root) as number]?.call(root, css).length ?? 0;
}

export function matches(element: Element, css: string): boolean {
  return Element.prototype.matches.call(element, css);
}

export function attribute(element: Element, name: string): string {
  return Element.prototype.getAttribute.call(element, name) ?? '';
}

export function nameOf(element: Element): string {
  return localName.call(element) as string;
}

export function textOf(node: Node): string {
  return (textContent.call(node) as string | null) ?? '';
}

/** Letters of text in a node, hidden ones too; each text is counted once. */
export type Letters = (node: Node) => number;

export function lettersOnce(): Letters {
  const known = new Map<Node, number>();
  return (node) => {
    let letters = known.get(node);
    if (letters !== undefined) return letters;
    const outer = parentNode.call(node) as Node | null;
    if (outer !== null && isAllOf(outer, node)) letters = known.get(outer);
    letters ??= textOf(node).trim().length;
    known.set(node, letters);
    return letters;
  };
}

// Layout is often one element in another, with the same text.
function isAllOf(outer: Node, inner: Node): boolean {
  const nodes = childNodes.call(outer) as NodeList;
  return nodes.length <= 3 && [...nodes].every((node) => node === inner || isBlank(node));
}

function isBlank(node: Node): boolean {
  return isText(node) && node.data.trim() === '';
}

export function shadowOf(element: Element): ShadowRoot | null {
  return shadowRoot.call(element) as ShadowRoot | null;
}

/** The elements in it, and those in its open shadow root. */
export function kidsOf(element: Element): Element[] {
  const shadow = [...(shadowOf(element)?.childNodes ?? [])].filter(isElement);
  return [...shadow, ...(children.call(element) as HTMLCollection)];
}

/** How many elements are in it, without its shadow root. */
export function kidsIn(element: Element): number {
  return childElementCount.call(element) as number;
}

/** The element around it, through shadow roots; null at the top. */
export function outerOf(node: Node): Element | null {
  const parent = parentNode.call(node) as Node | null;
  return isElement(parent) ? parent : hostOf(parent);
}

/** Whether `inner` is in `outer`, also in a shadow root in there. */
export function holds(outer: Element, inner: Node): boolean {
  for (let at: Node | null = inner; at !== null; at = hostOf(Node.prototype.getRootNode.call(at))) {
    if (Node.prototype.contains.call(outer, at)) return true;
  }
  return false;
}

/** Whether it is shown. Of a document in no window only what its elements themselves say is known. */
export function isShown(element: Element): boolean {
  const isOpen = (ownerDocument.call(element) as Document).defaultView !== null;
  if (isOpen && Element.prototype.checkVisibility.call(element)) return true;
  // Elements without a box of their own count as invisible there, and may hold visible ones.
  for (let at: Element | null = element; at !== null; at = outerOf(at)) {
    if (isOpen && getComputedStyle(at).display === 'none') return false;
    if (!isOpen && (hasHidden(at) || /display:\s*none/i.test(attribute(at, 'style')))) return false;
  }
  return true;
}

function hasHidden(element: Element): boolean {
  return Element.prototype.hasAttribute.call(element, 'hidden');
}

/** Its own and all open shadow roots in it, at any depth. */
export function shadowRoots(root: Node): ShadowRoot[] {
  return [...(isElement(root) ? [root] : []), ...all(root, '*')].flatMap((element) => {
    const shadow = shadowOf(element);
    return shadow === null ? [] : [shadow, ...shadowRoots(shadow)];
  });
}

function hostOf(node: Node | null): Element | null {
  if (node === null || nodeType.call(node) !== 11) return null;
  return (node as ShadowRoot).host ?? null;
}
