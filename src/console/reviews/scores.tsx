import { reviewScores, type Side, type SideScore } from '../../audit/review-score.ts';
import type { FinishedReview } from './answer.ts';
import { say } from './words.ts';

/** Both scores, each with what it was made of. */
export function Scores({ review, standards }: FinishedReview) {
  const scores = reviewScores(standards, review.scores);
  return (
    <section aria-labelledby="c-review-scores">
      <h2 id="c-review-scores">{say.scores}</h2>
      <div class="c-review-scores">
        <OneScore side="ours" {...{ score: scores.ours, value: review.ours }} />
        <OneScore side="theirs" {...{ score: scores.theirs, value: review.theirs }} />
      </div>
    </section>
  );
}

interface OneScoreProps {
  readonly side: Side;
  readonly score: SideScore;
  /** As it was written into the review. */
  readonly value: number | null;
}

function OneScore({ side, score, value }: OneScoreProps) {
  const { counted, notApplicable, notJudged, critical, why } = score;
  const made = [
    say.counted(counted),
    ...(notApplicable > 0 ? [say.notApplicable(notApplicable)] : []),
    ...(notJudged > 0 ? [say.notJudged(notJudged)] : []),
  ];
  return (
    <div class="c-review-score" data-side={side}>
      <h3>{side === 'ours' ? say.ours : say.theirs}</h3>
      {value === null ? (
        <p>{say.noScore[why ?? 'nothing-judged']}</p>
      ) : (
        <p>
          <strong>{say.score(value)}</strong> <span class="u-quiet">{say.ofHundred}</span>
        </p>
      )}
      <p class="u-quiet">{made.join(', ')}</p>
      {critical && value !== null && <p class="c-review-missed">{say.criticalMissed}</p>}
    </div>
  );
}
