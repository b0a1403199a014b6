// Reads of the DOM that a page cannot redirect: a form whose inputs are named "nodeType" or
// "shadowRoot" answers with them in place of the property, so the prototypes' getters are called.

type Getter<T> = (this: Node) => T;

function getter<T>(prototype: object, name: string): Getter<T> {
  const get = Object.getOwnPropertyDescriptor(prototype, name)?.get;
  if (!get) throw new TypeError(`no getter ${name}`);
  return get as Getter<T>; // by the standard
}

// Called as `firstChild.call(node)`: the engine makes a direct call of that, unlike of a wrapper
// that all getters share, and a body of 1 MB takes tens of thousands of them.
const { prototype: node } = Node;
const { prototype: element } = Element;
export const nodeType = getter<number>(node, 'nodeType');
export const parentNode = getter<Node | null>(node, 'parentNode');
export const firstChild = getter<Node | null>(node, 'firstChild');
export const nextSibling = getter<Node | null>(node, 'nextSibling');
export const textContent = getter<string | null>(node, 'textContent');
export const ownerDocument = getter<Document | null>(node, 'ownerDocument');
export const localName = getter<string>(element, 'localName');
export const openShadow = getter<ShadowRoot | null>(element, 'shadowRoot');
export const { getRootNode, contains } = node;
// In a document any named form or image takes the place of a method.
export const { createTreeWalker } = Document.prototype;

/** All elements inside that a selector matches, in document order. */
export function all(top: Element | ShadowRoot, selector: string): NodeListOf<Element> {
  const { querySelectorAll } = top instanceof ShadowRoot ? DocumentFragment.prototype : element;
  return querySelectorAll.call(top, selector);
}

/** The element a shadow root hangs on, null for any other node. */
export function hostOf(root: Node): Element | null {
  return root instanceof ShadowRoot ? root.host : null;
}
