import { useMemo } from 'preact/hooks';
import { sayDay, useWords } from '../../ui/index.ts';
import type { Client } from '../client.ts';
import { type DraftRow, draftsOf, type ReviewRow, reviewHref, reviewsOf } from '../review/calls.ts';
import { both, useReading } from '../use-reading.ts';
import { say } from './review-words.ts';

export interface Reviewing {
  readonly drafts: readonly DraftRow[];
  readonly reviews: readonly ReviewRow[];
}

/** Who reviews what of a draw; null before it is known, and where it cannot be. */
export function useReviewing(client: Client, draw: string, isDrawn: boolean): Reviewing | null {
  const ask = useMemo(
    () => (isDrawn ? () => both(draftsOf(client, draw), reviewsOf(client, draw)) : null),
    [client, draw, isDrawn],
  );
  const { value } = useReading(ask);
  return value && { drafts: value[0].drafts, reviews: value[1].reviews };
}

export interface ReviewCellProps {
  readonly reviewing: Reviewing | null;
  readonly draw: string;
  readonly subject: string;
  readonly name: string;
  /** Nothing new is begun in a draw that was abandoned. */
  readonly isOpen: boolean;
}

/** Who has reviewed it, who is at it, and where one begins or goes on. */
export function ReviewCell({ reviewing, draw, subject, name, isOpen }: ReviewCellProps) {
  const { lang } = useWords();
  if (reviewing === null) return null;
  const done = reviewing.reviews.filter((one) => one.subject === subject && !one.withdrawn);
  const drafts = reviewing.drafts.filter((one) => one.subject === subject);
  const own = drafts.find((one) => one.mine);
  const isDone = done.some((one) => one.mine);
  return (
    <div class="c-draw-review">
      {done.map((one) => (
        <a key={one.id} href={`#/reviews/${encodeURIComponent(one.id)}`} dir="auto">
          {say.reviewedBy(one.reviewerName || say.somebody)}
          {one.finishedAt !== null && (
            <span class="u-quiet"> · {sayDay(one.finishedAt, lang)}</span>
          )}
        </a>
      ))}
      {drafts
        .filter((one) => !one.mine)
        .map(({ id, reviewer, left }) => (
          <span key={id} class="u-quiet" dir="auto">
            {left
              ? say.left(reviewer.name || say.somebody)
              : say.atIt(reviewer.name || say.somebody)}
          </span>
        ))}
      {(own !== undefined || (isOpen && !isDone)) && (
        <span class="c-draw-begin">
          <a
            class="u-button u-button-plain"
            href={reviewHref(draw, subject)}
            aria-label={own ? say.goOnWith(name) : say.reviewOne(name)}
          >
            <span>{own ? say.goOn : say.review}</span>
          </a>
          {own?.progress && (
            <span class="u-quiet">{say.progress(own.progress.scored, own.progress.of)}</span>
          )}
        </span>
      )}
    </div>
  );
}
