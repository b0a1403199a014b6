// The peers of the anchor bench, each called as its documentation says. What throws has not found.

import { createTextQuoteSelectorMatcher } from '@apache-annotator/dom';
import { toRange } from 'dom-anchor-text-quote';
import { anchor } from 'hypothesis/annotator/anchoring';
import type { Selectors } from '../src/anchor/types.ts';

export type Finder = (root: Element, selectors: Selectors) => Range | null | Promise<Range | null>;

export const PEERS: Readonly<Record<string, Finder>> = {
  'dom-anchor-text-quote': (root, [quote, position]) => {
    try {
      return toRange(root, quote, { hint: position.start });
    } catch {
      return null;
    }
  },
  '@apache-annotator/dom': async (root, [quote]) => {
    for await (const range of createTextQuoteSelectorMatcher(quote)(root)) return range;
    return null;
  },
  hypothesis: (root, selectors) => anchor(root, selectors).catch(() => null),
};
