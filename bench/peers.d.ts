// What the anchor bench calls of peers that bring no types.

declare module 'dom-anchor-text-quote' {
  export function toRange(
    root: Element,
    quote: { exact: string; prefix?: string; suffix?: string },
    options?: { hint?: number },
  ): Range | null;
}

/** Unpacked by the bench from the source map in the npm package `hypothesis`. */
declare module 'hypothesis/annotator/anchoring' {
  export function anchor(root: Element, selectors: readonly object[]): Promise<Range>;
}
