import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/field.tsx';
import { Segment } from '../../../ui/segment.tsx';
import type { FieldsProps } from '../card-form.tsx';
import { textField } from '../draft-rules.ts';
import { say } from '../words.ts';

const OPTIONS = [
  { value: 'exceed', label: say.exceed },
  { value: 'meet', label: say.meet },
  { value: 'decline', label: say.decline },
] as const;

/** The decision whether exceeding this one is worth the effort, and why. */
export function Worth({ fields, set }: FieldsProps) {
  const now = OPTIONS.find((option) => option.value === fields.decision)?.value ?? null;
  return (
    <>
      <Segment
        label={say.worth}
        options={OPTIONS}
        value={now}
        onChange={(decision) => set({ decision })}
      />
      {now !== null && (
        <div class="s-why">
          <Field
            label={say.reason}
            labelHidden
            placeholder={say.reason}
            value={textField(fields, 'decisionReason')}
            onInput={(text) => set({ decisionReason: text === '' ? null : text }, true)}
          />
          <Button look="quiet" onClick={() => set({ decision: null, decisionReason: null })}>
            {say.worthNone}
          </Button>
        </div>
      )}
    </>
  );
}
