import { useId, useRef } from 'preact/hooks';
import { RATINGS, type Rating, type RatingName } from '../../domain/index.ts';
import { Button } from '../button.tsx';
import { Icon } from '../icons.tsx';
import { worthWords as say } from './words.ts';

export interface RatingScaleProps {
  readonly name: RatingName;
  readonly value: number | null;
  /** `passing`: an arrow key went over it, and may go on. */
  readonly onRate: (value: Rating | null, passing: boolean) => void;
}

/**
 * 1 to 5 with words for each step. Native radio buttons, so arrow keys move; the digits choose at
 * once and Delete clears.
 */
export function RatingScale({ name, value, onRate }: RatingScaleProps) {
  const id = useId();
  const arrow = useRef(false);
  const what = say.rating[name];
  const anchors = say.anchors[name];
  const chosen = value === null ? undefined : anchors[value - 1];
  return (
    <fieldset
      class="u-segment worth-rating"
      onKeyDown={(event) => {
        arrow.current = event.key.startsWith('Arrow');
        const step = RATINGS.find((rating) => String(rating) === event.key);
        const clears = event.key === 'Delete' || event.key === 'Backspace';
        if (event.ctrlKey || event.metaKey || event.altKey || (step === undefined && !clears))
          return;
        // A digit is no command of the page around it.
        event.preventDefault();
        onRate(step ?? null, false);
        if (step === undefined) return;
        const radios = event.currentTarget.querySelectorAll('input');
        radios[step - 1]?.focus();
      }}
      onPointerDown={() => {
        arrow.current = false;
      }}
    >
      <legend class="u-label">{what}</legend>
      <div class="u-segment-row">
        {RATINGS.map((step) => (
          <label key={step} class="u-segment-cell" title={anchors[step - 1]}>
            <input
              class="u-hidden"
              type="radio"
              name={id}
              value={step}
              checked={step === value}
              onChange={() => onRate(step, arrow.current)}
            />
            {step === value && <Icon name="check" size={12} />}
            <span aria-hidden="true">{step}</span>
            <span class="u-hidden">{say.step(step, anchors[step - 1] ?? '')}</span>
          </label>
        ))}
      </div>
      <div class="worth-anchor">
        <p class="u-hint">{chosen ?? say.ends(anchors[0], anchors[4])}</p>
        {value !== null && (
          <Button look="quiet" label={say.clearOf(what)} onClick={() => onRate(null, false)}>
            {say.clear}
          </Button>
        )}
      </div>
    </fieldset>
  );
}
