import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Button, Choice, Field } from '../../ui/index.ts';
import type { Facets } from '../api.ts';
import type { Client, Failure } from '../client.ts';
import { Reviewers } from '../draws/reviewers.tsx';
import { Blind, optionsOf, UnitFields } from '../draws/unit-fields.tsx';
import { say as sayDraws } from '../draws/words.ts';
import { FailureNote } from '../failure.tsx';
import { type ProgrammeForm, problemsOf } from './plan.ts';
import { say } from './words.ts';

export interface ProgrammeEditProps {
  readonly client: Client;
  readonly form: ProgrammeForm;
  readonly today: string;
  readonly failure: Failure | null;
  readonly onChange: (form: ProgrammeForm) => void;
  readonly onSave: () => void;
  readonly onCancel: () => void;
}

/** What is drawn, how often, by whom it is reviewed. */
export function ProgrammeEdit(props: ProgrammeEditProps) {
  const { client, form, today, failure, onChange, onSave, onCancel } = props;
  const [facets, setFacets] = useState<Facets | null>(null);
  const [tried, setTried] = useState(false);
  const place = useRef<HTMLFormElement>(null);
  useLayoutEffect(() => {
    place.current?.querySelector('input')?.focus();
    void client.facets().then((answer) => answer.ok && setFacets(answer.value));
  }, [client]);
  const set = (patch: Partial<ProgrammeForm>) => onChange({ ...form, ...patch });
  const problems = problemsOf(form, today);
  const error = (of: Parameters<typeof problems.has>[0], words: string) =>
    tried && problems.has(of) ? words : undefined;
  return (
    <form
      ref={place}
      class="c-draw-plan"
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (problems.size === 0) onSave();
      }}
    >
      <div class="c-draw-fields">
        <Field
          label={say.name}
          hint={say.nameHint}
          value={form.name}
          maxLength={180}
          error={error('name', say.noName)}
          onInput={(name) => set({ name })}
        />
        <Choice
          label={say.every}
          options={optionsOf(say.everys)}
          value={form.every}
          onChange={(every) => every !== '' && set({ every })}
        />
        <Field
          type="date"
          label={say.from}
          hint={say.fromHint}
          value={form.from}
          error={error('from', say.badFrom)}
          onInput={(from) => set({ from })}
        />
        <Field
          label={say.size}
          hint={say.sizeHint}
          value={form.size}
          error={error('size', say.badSize)}
          onInput={(size) => set({ size })}
        />
        <Field
          label={say.dueIn}
          value={form.dueIn}
          error={error('dueIn', say.badDueIn)}
          onInput={(dueIn) => set({ dueIn })}
        />
        <UnitFields {...{ form, facets }} onChange={set} />
        <Choice
          label={say.strata}
          options={optionsOf(sayDraws.stratas)}
          value={form.strata}
          onChange={(strata) => strata !== '' && set({ strata })}
        />
      </div>
      <Blind form={form} onChange={set} />
      <Reviewers
        client={client}
        chosen={form.reviewers}
        onChange={(reviewers) => set({ reviewers })}
      />
      {failure && <FailureNote failure={failure} safe={say.safe} />}
      <div class="u-actions">
        <Button look="primary" submit>
          {say.save}
        </Button>
        <Button look="quiet" onClick={onCancel}>
          {say.cancel}
        </Button>
        <span class="u-hint">{say.yours}</span>
      </div>
    </form>
  );
}
