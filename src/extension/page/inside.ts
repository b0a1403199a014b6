/** Whether an element is another one or stands somewhere in it, in its shadow trees too. */
export function isInside(inner: Node, outer: Node | null): boolean {
  let at: Node | null = outer === null ? null : inner;
  while (at !== null && at !== outer) at = at instanceof ShadowRoot ? at.host : at.parentNode;
  return at !== null;
}
