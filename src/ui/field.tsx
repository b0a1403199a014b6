import type { ComponentChildren, Ref } from 'preact';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { useCompletion } from './completion.tsx';
import { Icon } from './icons.tsx';
import { useWords } from './words.ts';

interface Labelled {
  readonly label: string;
  readonly labelHidden?: boolean;
  /** Why this value: "by mail domain". Stands under the field. */
  readonly hint?: ComponentChildren;
  /** What is wrong with the value, in words; the typed text stays. */
  readonly error?: string | undefined;
  readonly optional?: boolean;
}

interface FrameProps extends Labelled {
  /** Draws the control; `described` goes into its aria-describedby. */
  readonly control: (id: string, described: string | undefined) => ComponentChildren;
}

/** Label above, control, hint and error under it, all tied together for screen readers. */
export function FieldFrame({ label, labelHidden, hint, error, optional, control }: FrameProps) {
  const words = useWords();
  const id = useId();
  const described = [hint ? `${id}-hint` : '', error ? `${id}-error` : '']
    .filter(Boolean)
    .join(' ');
  return (
    <div class="u-field">
      <label class={labelHidden ? 'u-hidden' : 'u-label'} for={id}>
        {label}
        {optional && <span class="u-quiet"> · {words.optional}</span>}
      </label>
      {control(id, described || undefined)}
      {hint && (
        <p class="u-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {error && (
        <p class="u-error" id={`${id}-error`}>
          <Icon name="attention" size={14} />
          <span>{error}</span>
        </p>
      )}
    </div>
  );
}

interface TextProps extends Labelled {
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly placeholder?: string;
  readonly disabled?: boolean;
  /** Shown to be read and copied. */
  readonly readOnly?: boolean;
  readonly maxLength?: number;
  readonly autofocus?: boolean;
  readonly onKeyDown?: (event: KeyboardEvent) => void;
}

export interface FieldProps extends TextProps {
  readonly type?: 'text' | 'email' | 'url' | 'date' | 'search';
  readonly autocomplete?: string;
  readonly inputRef?: Ref<HTMLInputElement>;
}

/** A line of text. */
export function Field(props: FieldProps) {
  const own = useRef<HTMLInputElement>(null);
  const completion = useCompletion(own, false);
  const isText = (props.type ?? 'text') === 'text';
  const control = (id: string, described: string | undefined) => (
    <input
      {...(isText ? completion.attributes : {})}
      ref={(input) => {
        own.current = isText ? input : null;
        give(props.inputRef, input);
      }}
      id={id}
      class="u-input"
      dir="auto"
      // Preact types each input type apart; these five take the same attributes.
      type={(props.type ?? 'text') as 'text'}
      value={props.value}
      placeholder={props.placeholder}
      disabled={props.disabled}
      readOnly={props.readOnly}
      maxLength={props.maxLength}
      autofocus={props.autofocus}
      autocomplete={props.autocomplete ?? 'off'}
      aria-invalid={props.error ? true : undefined}
      aria-describedby={described}
      onInput={(event) => props.onInput(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (!isText || !completion.onKeyDown(event)) props.onKeyDown?.(event);
      }}
    />
  );
  return (
    <FieldFrame
      {...props}
      control={(id, described) =>
        isText ? completion.around(control(id, described)) : control(id, described)
      }
    />
  );
}

function give<E>(ref: Ref<E> | undefined, element: E | null): void {
  if (typeof ref === 'function') ref(element);
  else if (ref) ref.current = element;
}

export interface TextAreaProps extends TextProps {
  /** Lines at least, and at most before it scrolls. */
  readonly rows?: number;
  readonly maxRows?: number;
  readonly areaRef?: Ref<HTMLTextAreaElement>;
}

const sizesItself = globalThis.CSS?.supports?.('field-sizing', 'content') ?? false;

/** Text of any length; grows with what is typed. */
export function TextArea(props: TextAreaProps) {
  const { rows = 2, maxRows = 12, value, areaRef } = props;
  const own = useRef<HTMLTextAreaElement>(null);
  const completion = useCompletion(own, true);
  // Firefox does not know `field-sizing` yet: measure there.
  useLayoutEffect(() => {
    const area = own.current;
    if (sizesItself || !area) return;
    area.style.blockSize = 'auto';
    area.style.blockSize = `${area.scrollHeight + area.offsetHeight - area.clientHeight}px`;
  }, [value]);
  return (
    <FieldFrame
      {...props}
      control={(id, described) =>
        completion.around(
          <textarea
            {...completion.attributes}
            ref={(area) => {
              own.current = area;
              give(areaRef, area);
            }}
            id={id}
            class="u-input u-area"
            dir="auto"
            rows={rows}
            style={{ '--rows': rows, '--max-rows': maxRows }}
            value={value}
            placeholder={props.placeholder}
            disabled={props.disabled}
            readOnly={props.readOnly}
            maxLength={props.maxLength}
            autofocus={props.autofocus}
            aria-invalid={props.error ? true : undefined}
            aria-describedby={described}
            onInput={(event) => props.onInput(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (!completion.onKeyDown(event)) props.onKeyDown?.(event);
            }}
          />,
        )
      }
    />
  );
}
