// Selectors of the W3C Web Annotation Data Model (4.2.4, 4.2.5), scoped to one message's body.

/** Words with up to 32 UTF-16 units of what stood before and after them. */
export type TextQuoteSelector = {
  type: 'TextQuoteSelector';
  exact: string;
  prefix: string;
  suffix: string;
};

/** Offsets in UTF-16 units into the body's text as `indexText` reads it; `end` is exclusive. */
export type TextPositionSelector = {
  type: 'TextPositionSelector';
  start: number;
  end: number;
};

export type Selectors = [TextQuoteSelector, TextPositionSelector];

/** The part of a text index that finding needs, so that it also runs where there is no DOM. */
export type IndexedText = { readonly text: string };

/**
 * Where a quote was found. `score` runs from 0 to 1 and compares places for one quote only.
 * 'exact': the very words; 'normalised': the same but for white space, quotation marks, dashes,
 * invisible and compatibility characters; 'approximate': nearly the words, to be shown as such.
 */
export type Found = {
  start: number;
  end: number;
  score: number;
  match: 'exact' | 'normalised' | 'approximate';
};
