// The prototypes' methods: a form answers with its inputs, <input name="getRootNode"> too, and a walk
// that asks it for its parent may never end.
const { contains, getRootNode } = Node.prototype;

/** Whether an element is another one or stands somewhere in it, in its shadow trees too. */
export function isInside(inner: Node, outer: Node | null): boolean {
  if (outer === null || contains.call(outer, inner)) return outer !== null;
  return rootsAround(inner).some(({ host }) => contains.call(outer, host));
}

/** The tree that a node stands in. */
export function rootOf(node: Node): Node {
  return getRootNode.call(node);
}

/** The open shadow roots that a node stands in, the innermost first. */
export function rootsAround(node: Node): ShadowRoot[] {
  const roots: ShadowRoot[] = [];
  let root = rootOf(node);
  while (root !== document && root instanceof ShadowRoot) {
    roots.push(root);
    root = rootOf(root.host);
  }
  return roots;
}
