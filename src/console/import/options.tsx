// What a file does not say of itself: in which order its dates are, on which scale its scores.
import { useState } from 'preact/hooks';
import { Button, Field, Segment } from '../../ui/index.ts';
import type { ImportPreview } from '../api.ts';
import type { ImportOptions } from '../client.ts';
import { say } from './words.ts';

export interface OptionsProps {
  readonly asks: NonNullable<ImportPreview['asks']>;
  readonly options: ImportOptions;
  readonly onChange: (options: ImportOptions) => void;
}

export function ImportOptionsForm({ asks, options, onChange }: OptionsProps) {
  return (
    <div class="c-import-asks">
      {asks.orderUnknown && (
        <div>
          <Segment
            label={say.order}
            value={options.order ?? null}
            options={(['dmy', 'mdy'] as const).map((value) => ({
              value,
              label: say.orders[value],
            }))}
            onChange={(order) => onChange({ ...options, order })}
          />
          <p class="u-hint">{say.orderWhy}</p>
        </div>
      )}
      {asks.scale && (
        <Scale
          scale={options.scale ?? null}
          onChange={(scale) => onChange({ ...options, scale })}
        />
      )}
      <p class="u-hint">
        {say.zone(options.zone)} {say.again}
      </p>
    </div>
  );
}

type ScaleOf = NonNullable<ImportOptions['scale']>;

interface ScaleProps {
  readonly scale: ScaleOf | null;
  readonly onChange: (scale: ScaleOf) => void;
}

function Scale({ scale, onChange }: ScaleProps) {
  const [min, setMin] = useState(scale === null ? '' : String(scale.min));
  const [max, setMax] = useState(scale === null ? '' : String(scale.max));
  const [checked, setChecked] = useState(false);
  const read = scaleOf(min, max);
  return (
    <form
      class="c-import-scale"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setChecked(true);
        if (read !== null) onChange(read);
      }}
    >
      <Field
        label={say.scaleMin}
        hint={say.scaleWhy}
        error={checked && read === null ? say.badScale : undefined}
        value={min}
        onInput={setMin}
      />
      <Field label={say.scaleMax} value={max} onInput={setMax} />
      <Button submit>{say.useScale}</Button>
    </form>
  );
}

function scaleOf(min: string, max: string): ScaleOf | null {
  const [from, to] = [min, max].map((text) =>
    /^\s*[-+]?\d{1,9}(?:[.,]\d{1,6})?\s*$/.test(text) ? Number(text.replace(',', '.')) : Number.NaN,
  );
  return from !== undefined && to !== undefined && from < to ? { min: from, max: to } : null;
}
