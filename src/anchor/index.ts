// Words in a page and their W3C selectors: reading a body's text, describing a selection, finding
// it again, drawing marks over it. DOM only; for sites and the page script.

export { describe, describeText } from './describe.ts';
export { find, findAll, nextTask } from './find.ts';
export { onDarkGround } from './ground.ts';
export { type Kind, type Mark, Marks } from './highlight.ts';
export { REDACTED } from './occurrences.ts';
export { isWithin, quotations, type Span } from './quotation.ts';
export { indexText, TextIndex } from './text-index.ts';
export type {
  Found,
  IndexedText,
  Selectors,
  TextPositionSelector,
  TextQuoteSelector,
} from './types.ts';
