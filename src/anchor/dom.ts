// Reads of the DOM that a page cannot redirect: a form whose inputs are named "nodeType" or
// "shadowRoot" answers with them in place of the property, so the prototypes' getters are called.

function getter<T>(prototype: object, name: string): (node: Node) => T {
  const get = Object.getOwnPropertyDescriptor(prototype, name)?.get;
  if (!get) throw new TypeError(`no getter ${name}`);
  return (node) => get.call(node) as T;
}

export const nodeType: (node: Node) => number = getter(Node.prototype, 'nodeType');
export const localName: (element: Node) => string = getter(Element.prototype, 'localName');
export const openShadow: (element: Node) => ShadowRoot | null = getter(
  Element.prototype,
  'shadowRoot',
);
export const ownerDocument: (node: Node) => Document | null = getter(
  Node.prototype,
  'ownerDocument',
);
export const parentNode: (node: Node) => Node | null = getter(Node.prototype, 'parentNode');

/** The root of the tree a node is in: a document, a shadow root, or the top of a loose tree. */
export function rootOf(node: Node): Node {
  return Node.prototype.getRootNode.call(node);
}

/** The element a shadow root hangs on, null for any other node. */
export function hostOf(node: Node): Element | null {
  return node instanceof ShadowRoot ? node.host : null;
}
