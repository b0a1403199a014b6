import { useId } from 'preact/hooks';
import { Icon } from './icons.tsx';
import type { Option } from './segment.tsx';

export interface ChoiceProps<V extends string> {
  readonly label: string;
  readonly labelHidden?: boolean;
  readonly options: readonly Option<V>[];
  /** '' stands for nothing chosen; give `empty` to offer it. */
  readonly value: V | '';
  readonly empty?: string;
  /** field: bordered. value: reads as part of a sentence, underlined. */
  readonly look?: 'field' | 'value';
  readonly onChange: (value: V | '') => void;
}

/** One of a short fixed list: the browser's own select, which every phone and reader knows. */
export function Choice<V extends string>(props: ChoiceProps<V>) {
  const id = useId();
  const { look = 'field', options, empty, value } = props;
  // A value this version has no word for is shown as it is, rather than silently as the first one.
  const unknown = value !== '' && !options.some((option) => option.value === value);
  return (
    <div class={`u-choice u-choice-${look}`}>
      <label class={props.labelHidden ? 'u-hidden' : 'u-label'} for={id}>
        {props.label}
      </label>
      <span class="u-choice-box">
        <select
          id={id}
          value={value}
          onChange={(event) => props.onChange(event.currentTarget.value as V | '')}
        >
          {(empty !== undefined || value === '') && <option value="">{empty ?? ''}</option>}
          {unknown && <option value={value}>{value}</option>}
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
        <Icon name="down" size={12} />
      </span>
    </div>
  );
}
