import { useId } from 'preact/hooks';
import { Icon } from './icons.tsx';

export interface Option<V extends string> {
  readonly value: V;
  readonly label: string;
}

export interface SegmentProps<V extends string> {
  readonly label: string;
  /** Keep the label for screen readers only, where the words around say it already. */
  readonly labelHidden?: boolean;
  readonly options: readonly Option<V>[];
  readonly value: V | null;
  readonly onChange: (value: V) => void;
  readonly disabled?: boolean;
}

/** One of a few, side by side. Native radio buttons: arrow keys and names come with them. */
export function Segment<V extends string>(props: SegmentProps<V>) {
  const name = useId();
  return (
    <fieldset class="u-segment" disabled={props.disabled}>
      <legend class={props.labelHidden ? 'u-hidden' : 'u-label'}>{props.label}</legend>
      <div class="u-segment-row">
        {props.options.map(({ value, label }) => (
          <label key={value} class="u-segment-cell">
            <input
              class="u-hidden"
              type="radio"
              name={name}
              value={value}
              checked={value === props.value}
              onChange={() => props.onChange(value)}
            />
            {value === props.value && <Icon name="check" size={12} />}
            <span>{label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
