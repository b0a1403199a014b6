import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { Button } from './button.tsx';
import { useWords } from './words.ts';

export interface QuoteProps {
  /** The customer's words, byte for byte; drawn as text. */
  readonly text: string;
  /** Who said it, when: stands under the words, in our sans. */
  readonly by?: ComponentChildren;
  /** Characters shown before the rest is folded away. */
  readonly fold?: number;
}

/** The first `length` UTF-16 units, without half a pair at the end. */
function head(text: string, length: number): string {
  const end = text.charCodeAt(length - 1);
  return text.slice(0, end >= 0xd800 && end < 0xdc00 ? length - 1 : length);
}

/** The customer's words: serif, hanging quotation marks (drawn by CSS, so that a copy has none). */
export function Quote({ text, by, fold = 600 }: QuoteProps) {
  const words = useWords();
  const [whole, setWhole] = useState(false);
  // A fold that hides a few words only is a nuisance.
  const long = text.length > fold * 1.25;
  return (
    <figure class="u-quote">
      <blockquote>
        <p dir="auto">{long && !whole ? `${head(text, fold)}…` : text}</p>
      </blockquote>
      {long && (
        <Button look="quiet" expanded={whole} onClick={() => setWhole(!whole)}>
          {whole ? words.quote.less : words.quote.all(text.length)}
        </Button>
      )}
      {by && <figcaption>{by}</figcaption>}
    </figure>
  );
}

/** The customer's words within a line of ours. */
export function Said({ children }: { readonly children: string }) {
  return (
    <q class="u-said" dir="auto">
      {children}
    </q>
  );
}
