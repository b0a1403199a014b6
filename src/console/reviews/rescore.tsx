import { useState } from 'preact/hooks';
import { isJudgedBy, type Side } from '../../audit/review-score.ts';
import { type DraftScore, NOT_SCORED } from '../../domain/reviews.ts';
import { Choice, Field, Segment } from '../../ui/index.ts';
import { applying, askedFor, judged, numberTyped, sidesOf } from '../review/score.ts';
import type { ScoreShown, StandardShown } from './answer.ts';
import { say } from './words.ts';

export interface RescoreProps {
  readonly standard: StandardShown;
  readonly said: DraftScore;
  readonly onChange: (said: DraftScore) => void;
}

/** A score as a draft of it, to be written anew. */
export function draftScoreOf(score: ScoreShown): DraftScore {
  const { text = '', cause = '', ...rest } = score;
  return { ...NOT_SCORED, ...rest, text, cause, asked: score.theirs !== null };
}

/** Scores one standard anew: both ways, or what was measured. */
export function Rescore({ standard, said, onChange }: RescoreProps) {
  const asksThem = isJudgedBy(standard, 'theirs');
  return (
    <fieldset class="c-review-rescore">
      <legend class="u-label">{say.newScore}</legend>
      {standard.mayNotApply && (
        <Check
          label={say.applies}
          on={said.applies}
          onChange={(on) => onChange(applying(said, on))}
        />
      )}
      {said.applies && standard.judgement === 'number' && (
        <Measured {...{ standard, said, onChange }} />
      )}
      {said.applies &&
        standard.judgement !== 'number' &&
        sidesOf(standard, said).map((side) => (
          <OneSide key={side} {...{ standard, said, onChange, side }} />
        ))}
      {said.applies && asksThem && (
        <Check
          label={say.askedFor}
          on={said.asked}
          onChange={(on) => onChange(askedFor(standard, said, on))}
        />
      )}
    </fieldset>
  );
}

function OneSide({ standard, said, onChange, side }: RescoreProps & { readonly side: Side }) {
  const value = said[side];
  const score = (next: string) =>
    onChange(judged(standard, said, side, next === '' ? null : Number(next)));
  if (standard.judgement === 'yes-no') {
    return (
      <Segment
        label={say.side[side]}
        options={[
          { value: '1', label: say.yes },
          { value: '0', label: say.no },
        ]}
        value={value === null ? null : value === 1 ? '1' : '0'}
        onChange={score}
      />
    );
  }
  return (
    <Choice
      label={say.side[side]}
      options={standard.anchors.map((anchor, at) => ({
        value: String(at + 1),
        label: `${at + 1}: ${anchor}`,
      }))}
      value={value === null ? '' : String(value)}
      empty="–"
      onChange={score}
    />
  );
}

function Measured({ standard, said, onChange }: RescoreProps) {
  const [typed, setTyped] = useState(said.ours === null ? '' : String(said.ours));
  return (
    <Field
      label={say.measured(standard.unit)}
      value={typed}
      onInput={(text) => {
        setTyped(text);
        onChange(judged(standard, said, 'ours', numberTyped(text)));
      }}
    />
  );
}

interface CheckProps {
  readonly label: string;
  readonly on: boolean;
  readonly onChange: (on: boolean) => void;
}

function Check({ label, on, onChange }: CheckProps) {
  return (
    <label class="c-review-check">
      <input
        type="checkbox"
        checked={on}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <span>{label}</span>
    </label>
  );
}
