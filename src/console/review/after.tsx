import { useLayoutEffect, useRef } from 'preact/hooks';
import { ButtonLink, sayDay, useWords } from '../../ui/index.ts';
import type { FinishedAnswer, Sheet } from './calls.ts';
import { say } from './words.ts';

export interface AfterProps {
  readonly sheet: Sheet;
  readonly finished: FinishedAnswer;
}

/** What blindness hid, once it is scored. */
export function After({ sheet, finished }: AfterProps) {
  const { lang } = useWords();
  const { review, owner, satisfaction } = finished;
  const title = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => title.current?.focus(), []);
  const score = (value: number | null) =>
    value === null ? (
      say.noScore['nothing-judged']
    ) : (
      <>
        <strong>{say.score(value)}</strong> <span class="u-quiet">{say.ofHundred}</span>
      </>
    );
  return (
    <div class="c-page">
      <h1 ref={title} tabIndex={-1} dir="auto">
        {say.done}: {sheet.title || say.unnamed}
      </h1>
      <p>{say.doneText}</p>
      <dl class="c-review-after">
        <div>
          <dt>{say.ours}</dt>
          <dd>{score(review.ours)}</dd>
        </div>
        <div>
          <dt>{say.theirs}</dt>
          <dd class="c-score-theirs">{score(review.theirs)}</dd>
        </div>
        <div>
          <dt>{say.doneOwner}</dt>
          <dd dir="auto">{owner?.name ?? say.noOwner}</dd>
        </div>
        <div>
          <dt>{say.doneSatisfaction}</dt>
          <dd>
            {satisfaction === null ? (
              say.noSatisfaction
            ) : (
              <>
                {say.satisfaction(satisfaction.score, satisfaction.scaleMin, satisfaction.scaleMax)}
                {satisfaction.at !== null && (
                  <span class="u-quiet"> · {sayDay(satisfaction.at, lang)}</span>
                )}
                {satisfaction.text !== '' && (
                  <q class="c-score-theirs" dir="auto">
                    {satisfaction.text}
                  </q>
                )}
              </>
            )}
          </dd>
        </div>
      </dl>
      <div class="u-actions">
        <ButtonLink look="primary" href={`#/reviews/${encodeURIComponent(review.id)}`}>
          {say.readReview}
        </ButtonLink>
        <ButtonLink href={`#/draws/${encodeURIComponent(sheet.draw.id)}`}>
          {say.backToDraw}
        </ButtonLink>
      </div>
    </div>
  );
}
