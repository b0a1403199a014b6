import { useLayoutEffect, useRef } from 'preact/hooks';
import {
  type Judgement,
  LONGEST_STANDARD,
  type StandardProblem,
  type StandardText,
} from '../../domain/standards.ts';
import { Field, Segment, TextArea } from '../../ui/index.ts';
import type { StandardDraft } from './draft.ts';
import { say } from './words.ts';

export interface StandardEditProps {
  readonly draft: StandardDraft;
  /** Shown once saving was tried. */
  readonly problems: readonly StandardProblem[];
  readonly onChange: (patch: Partial<StandardDraft>) => void;
}

const JUDGEMENTS: readonly Judgement[] = ['yes-no', 'scale', 'number'];

/** The fields of a standard; nothing is sent before it is saved. */
export function StandardEdit({ draft, problems, onChange }: StandardEditProps) {
  const form = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => form.current?.querySelector('input')?.focus(), []);
  const wrong = (field: keyof StandardText) => {
    const found = problems.find((problem) => problem.field === field);
    return found && say.problems[found.problem];
  };
  const { judgement } = draft;
  return (
    <div class="c-standard-edit" ref={form}>
      <div class="c-wide">
        <Field
          label={say.name}
          value={draft.name}
          maxLength={LONGEST_STANDARD.name}
          error={wrong('name')}
          onInput={(name) => onChange({ name })}
        />
      </div>
      <div class="c-wide">
        <TextArea
          label={say.text}
          hint={say.textHint}
          value={draft.text}
          maxLength={LONGEST_STANDARD.text}
          error={wrong('text')}
          onInput={(text) => onChange({ text })}
        />
      </div>
      <div class="c-wide">
        <Segment
          label={say.judgement}
          options={JUDGEMENTS.map((value) => ({ value, label: say.judgements[value] }))}
          value={judgement}
          onChange={(value) => onChange({ judgement: value, ourTarget: '', customerTarget: '' })}
        />
      </div>
      {judgement === 'scale' && (
        <fieldset class="c-wide c-anchors">
          <legend class="u-label">{say.anchors}</legend>
          {draft.anchors.map((anchor, at) => (
            <Field
              key={at}
              label={say.anchor(at + 1)}
              value={anchor}
              maxLength={LONGEST_STANDARD.anchor}
              error={anchor.trim() === '' ? wrong('anchors') : undefined}
              onInput={(text) =>
                onChange({ anchors: draft.anchors.map((one, i) => (i === at ? text : one)) })
              }
            />
          ))}
        </fieldset>
      )}
      {judgement === 'number' && (
        <>
          <Field
            label={say.unit}
            hint={say.unitHint}
            value={draft.unit}
            error={wrong('unit')}
            onInput={(unit) => onChange({ unit })}
          />
          <Segment
            label={say.better}
            options={[
              { value: 'less', label: say.betters.less },
              { value: 'more', label: say.betters.more },
            ]}
            value={draft.better}
            onChange={(better) => onChange({ better })}
          />
        </>
      )}
      {(['ourTarget', 'customerTarget'] as const).map((field) =>
        judgement === 'yes-no' ? (
          <Segment
            key={field}
            label={say[field]}
            options={[
              { value: '1', label: say.yes },
              { value: '0', label: say.no },
              { value: '', label: say.noTarget },
            ]}
            value={draft[field]}
            onChange={(value) => onChange({ [field]: value })}
          />
        ) : (
          <Field
            key={field}
            label={say[field]}
            hint={say.targetHint}
            value={draft[field]}
            error={wrong(field)}
            onInput={(value) => onChange({ [field]: value })}
          />
        ),
      )}
      <Field
        label={say.weight}
        hint={say.weightHint}
        value={draft.weight}
        error={wrong('weight')}
        onInput={(weight) => onChange({ weight })}
      />
      <Field
        label={say.clause}
        hint={say.clauseHint}
        optional
        value={draft.clause}
        error={wrong('clause')}
        onInput={(clause) => onChange({ clause })}
      />
      <div class="c-wide c-checks">
        <Check
          label={say.criticalLabel}
          on={draft.critical}
          onChange={(critical) => onChange({ critical })}
        />
        <Check
          label={say.mayNotApply}
          on={draft.mayNotApply}
          onChange={(mayNotApply) => onChange({ mayNotApply })}
        />
      </div>
      <div class="c-wide">
        <TextArea
          label={say.causes}
          hint={say.causesHint}
          optional
          value={draft.causes}
          error={wrong('causes')}
          onInput={(causes) => onChange({ causes })}
        />
      </div>
    </div>
  );
}

interface CheckProps {
  readonly label: string;
  readonly on: boolean;
  readonly onChange: (on: boolean) => void;
}

function Check({ label, on, onChange }: CheckProps) {
  return (
    <label class="c-check">
      <input
        type="checkbox"
        checked={on}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <span>{label}</span>
    </label>
  );
}
