// Runs in the browser for page.marks.ts: what a capture of random words of the mail would store.

import { describeText, indexText, type Selectors } from '../src/anchor/index.ts';
import { between, seeded } from './random.ts';

/** The selectors of `count` random places of 20 to 120 characters in the first `css`. */
function quotes(css: string, count: number, seed: number): Selectors[] {
  const random = seeded(seed);
  const index = indexText(document.querySelector(css) ?? document.body);
  const found: Selectors[] = [];
  while (found.length < count) {
    const start = between(random, 0, index.text.length - 1);
    const selectors = describeText(index, start, start + between(random, 20, 120));
    if (selectors !== null) found.push(selectors);
  }
  return found;
}

Object.assign(globalThis, { quotes });
export type Quotes = typeof quotes;
