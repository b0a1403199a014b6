import { Choice } from '../../ui/index.ts';
import type { Facets } from '../api.ts';
import type { DrawForm } from './wish.ts';
import { say } from './words.ts';

type Units = Pick<DrawForm, 'unit' | 'state' | 'owner'>;

interface UnitFieldsProps {
  readonly form: Units;
  readonly facets: Facets | null;
  readonly onChange: (patch: Partial<Units>) => void;
}

/** What is drawn: customers, calls or projects, and of those which. */
export function UnitFields({ form, facets, onChange }: UnitFieldsProps) {
  return (
    <>
      <Choice
        label={say.unit}
        options={optionsOf(say.units)}
        value={form.unit}
        onChange={(unit) => unit !== '' && onChange({ unit })}
      />
      {form.unit === 'project' && (
        <>
          <Choice
            label={say.state}
            empty={say.any}
            options={optionsOf(say.states)}
            value={form.state as ''}
            onChange={(state) => onChange({ state })}
          />
          <Choice
            label={say.owner}
            empty={say.any}
            options={(facets?.members ?? []).map(({ id, name }) => ({ value: id, label: name }))}
            value={form.owner}
            onChange={(owner) => onChange({ owner })}
          />
        </>
      )}
    </>
  );
}

interface BlindProps {
  readonly form: Pick<DrawForm, 'blind'>;
  readonly onChange: (patch: Pick<DrawForm, 'blind'>) => void;
}

export function Blind({ form, onChange }: BlindProps) {
  return (
    <label class="c-check">
      <input
        type="checkbox"
        checked={form.blind}
        onChange={(event) => onChange({ blind: event.currentTarget.checked })}
      />
      <span>{say.blind}</span>
    </label>
  );
}

export function optionsOf<V extends string>(labels: Readonly<Record<V, string>>) {
  return (Object.keys(labels) as V[]).map((value) => ({ value, label: labels[value] }));
}
