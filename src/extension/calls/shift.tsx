import { useState } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import type { CallView, TagView } from '../messages/call-views.ts';
import type { CallsClient } from './client.ts';
import { parseTime, sayMove, sayTime } from './time-text.ts';
import { useActs } from './undo.tsx';
import { say } from './words.ts';

export interface ShiftAllProps {
  readonly client: CallsClient;
  readonly call: CallView;
  /** By offset, at least one. */
  readonly tags: readonly TagView[];
  readonly onChange: (call: CallView) => void;
}

/** Moves all tags together; what would come of it is shown before. */
export function ShiftAll({ client, call, tags, onChange }: ShiftAllProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const acts = useActs();
  const text = typed ?? (call.shift === 0 ? '' : sayMove(call.shift));
  const shift = text.trim() === '' ? 0 : parseTime(text);
  const write = (to: number) => async () => {
    const answer = await client.call('callChange', { call: call.id, patch: { shift: to } });
    if (!answer.ok) return answer.error;
    onChange(answer.value);
    setTyped(null);
    return null;
  };
  const apply = () => {
    if (shift === null || shift === call.shift) return;
    const done = shift === 0 ? say.unshifted : say.shifted(sayMove(shift));
    void acts.run(write(shift), done, write(call.shift));
  };
  const isOther = shift !== null && shift !== call.shift;
  const early = shift === null ? 0 : tags.filter(({ offset }) => offset + shift < 0).length;
  const [first, last] = [tags[0], tags.at(-1)];
  const ends = first === last ? [first] : [first, last];
  return (
    <section aria-labelledby="k-shift">
      <h2 id="k-shift">{say.shift}</h2>
      <p class="u-quiet">{say.shiftWhy}</p>
      <div class="k-narrow">
        <Field
          label={say.shiftBy}
          hint={say.shiftHint}
          value={text}
          error={shift === null ? say.badShift : undefined}
          onInput={setTyped}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !event.isComposing) apply();
          }}
        />
      </div>
      {isOther && (
        <>
          <ul class="k-meta" aria-live="polite">
            {ends.map(
              (tag) =>
                tag && (
                  <li key={tag.id}>
                    {sayTime(tag.offset + call.shift)} → {sayTime(tag.offset + shift)}
                  </li>
                ),
            )}
            {early > 0 && <li class="k-warn">{say.before(early)}</li>}
          </ul>
          <div class="u-actions">
            <Button look="primary" onClick={apply}>
              {say.apply}
            </Button>
          </div>
        </>
      )}
      {acts.line}
    </section>
  );
}
