import { Exchange } from './exchange.tsx';
import type { Reading } from './one.tsx';
import { say } from './words.ts';

/** The reviewer's own words, and what was said to the review as a whole. */
export function Whole(reading: Reading) {
  const { text } = reading.found.review;
  return (
    <section aria-labelledby="c-review-whole">
      <h2 id="c-review-whole">{say.whole}</h2>
      {text === '' ? (
        <p class="u-quiet">{say.noText}</p>
      ) : (
        <p class="c-review-words" dir="auto">
          {text}
        </p>
      )}
      <Exchange {...reading} standard={null} score={null} />
    </section>
  );
}
