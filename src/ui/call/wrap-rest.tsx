import { useRef, useState } from 'preact/hooks';
import { Button } from '../button.tsx';
import { Field } from '../field.tsx';
import { isKeys } from '../keys.tsx';
import { Segment } from '../segment.tsx';
import { TwoScores } from './two-scores.tsx';
import type { Tells } from './wrap-tags.tsx';
import type { WrapUpProps } from './wrap-up.tsx';
import { type ScoreName, wrapWords as say } from './wrap-words.ts';

/** What they did not say: hunches from before to begin with, and a line for a new one. */
export function Unsaid({ hunches, kept, onHunch, onHunchBack, tell }: WrapUpProps & Tells) {
  const [text, setText] = useState('');
  const [known, setKnown] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const keep = () => {
    const words = text.trim();
    if (words === '') return;
    const isKnown = [...hunches, ...kept].some(({ statement }) => statement === words);
    setKnown(isKnown);
    if (isKnown) return;
    onHunch(words);
    tell(say.hunchKept(words));
    setText('');
  };
  return (
    <section class="w-part">
      <Field
        label={say.unsaid}
        value={text}
        maxLength={2_000}
        hint={say.unsaidHint}
        error={known ? say.hunchKnown : undefined}
        inputRef={field}
        onInput={(words) => {
          setText(words);
          setKnown(false);
        }}
        onKeyDown={(event) => {
          if (isKeys(event, 'Escape')) field.current?.blur();
          else if (isKeys(event, 'Enter')) keep();
          else return;
          event.preventDefault();
        }}
      />
      {kept.length > 0 && (
        <ul class="w-kept">
          {kept.map((hunch) => (
            <li key={hunch.id}>
              <span dir="auto">{say.hunchKept(hunch.statement)}</span>
              <Button
                look="quiet"
                label={say.hunchGone(hunch.statement)}
                onClick={() => {
                  onHunchBack(hunch);
                  tell(say.hunchGone(hunch.statement));
                }}
              >
                {say.takeBack}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {hunches.length > 0 && (
        <>
          <p class="u-hint">{say.hunches}</p>
          <ul class="w-hunches">
            {hunches.map(({ id, statement }) => (
              <li key={id}>
                <button
                  type="button"
                  dir="auto"
                  onClick={() => {
                    setText(statement);
                    setKnown(false);
                    field.current?.focus();
                  }}
                >
                  {statement}
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

const SCORES: readonly ScoreName[] = ['seemed', 'wentWell'];

/** Two scores, each with words for what its numbers mean. */
export function HowItWent({ call, onScore, tell }: WrapUpProps & Tells) {
  const { seemed, wentWell } = call;
  return (
    <section class="w-part" aria-label={say.scores}>
      {SCORES.map((name) => {
        const score = call[name];
        const what = say.score[name];
        return (
          <div key={name} class="w-score">
            <Segment
              label={what}
              options={say.anchors[name].map((anchor, at) => ({
                value: String(at + 1),
                label: `${at + 1} ${anchor}`,
              }))}
              value={score === null ? null : String(score)}
              onChange={(value) => {
                onScore(name, Number(value));
                tell(say.scored(what, Number(value), say.anchors[name][Number(value) - 1] ?? ''));
              }}
            />
            {score !== null && (
              <Button
                look="quiet"
                label={say.clearOf(what)}
                onClick={() => {
                  onScore(name, null);
                  tell(say.unscored(what));
                }}
              >
                {say.clear}
              </Button>
            )}
          </div>
        );
      })}
      {(seemed !== null || wentWell !== null) && (
        <TwoScores theirs={seemed} ours={wentWell} label={say.between(seemed, wentWell)} />
      )}
    </section>
  );
}
