// What one says when something is done, looked at again, or dropped. What is typed is kept.
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { dayAfter } from '../../domain/due.ts';
import { CHECK_AFTER_DAYS, LONGEST_IMPROVEMENT } from '../../domain/improvements.ts';
import { Button, Field, Segment, TextArea } from '../../ui/index.ts';
import { isDay } from '../day.ts';
import { useKept } from '../kept.ts';
import { sentBy } from '../sent-by.ts';
import { say } from './words.ts';

interface ActProps {
  readonly place: Window;
  /** Where what is typed is kept. */
  readonly keptAs: string;
  readonly onCancel: () => void;
}

interface DoneProps extends ActProps {
  /** ISO date where the person is. */
  readonly today: string;
  /** `taken`: once it is safe on the server. */
  readonly onDone: (said: { text: string; checkOn: string | null }, taken: () => void) => void;
}

export function DoneForm({ place, keptAs, today, onDone, onCancel }: DoneProps) {
  const [text, write] = useKept(place, keptAs);
  const [checkOn, setCheckOn] = useState(() => dayAfter(today, CHECK_AFTER_DAYS));
  const [tried, setTried] = useState(false);
  const wrong = checkOn !== '' && !isDay(checkOn) ? say.form.dueBad : undefined;
  return (
    <ActForm
      name={say.done.act}
      save={say.done.save}
      onCancel={onCancel}
      onSave={() => {
        setTried(true);
        if (!wrong) onDone({ text: text.trim(), checkOn: checkOn || null }, () => write(''));
      }}
    >
      <TextArea
        label={say.done.text}
        optional
        value={text}
        maxLength={LONGEST_IMPROVEMENT}
        onInput={write}
      />
      <div class="c-improve-day">
        <Field
          type="date"
          label={say.done.checkOn}
          hint={say.done.checkHint}
          optional
          value={checkOn}
          error={tried ? wrong : undefined}
          onInput={setCheckOn}
        />
      </div>
    </ActForm>
  );
}

interface CheckProps extends ActProps {
  readonly onCheck: (said: { effective: boolean; text: string }, taken: () => void) => void;
}

export function CheckForm({ place, keptAs, onCheck, onCancel }: CheckProps) {
  const [text, write] = useKept(place, keptAs);
  const [helped, setHelped] = useState<'yes' | 'no' | null>(null);
  const [tried, setTried] = useState(false);
  return (
    <ActForm
      name={say.helped.question}
      save={say.helped.save}
      onCancel={onCancel}
      onSave={() => {
        setTried(true);
        const said = text.trim();
        if (helped !== null && said !== '') {
          onCheck({ effective: helped === 'yes', text: said }, () => write(''));
        }
      }}
    >
      <div class="c-improve-day" data-wrong={tried && helped === null ? '' : undefined}>
        <Segment
          label={say.helped.question}
          options={[
            { value: 'yes', label: say.helped.yes },
            { value: 'no', label: say.helped.no },
          ]}
          value={helped}
          onChange={setHelped}
        />
        {tried && helped === null && (
          <p class="u-error" role="alert">
            {say.helped.missing}
          </p>
        )}
      </div>
      <TextArea
        label={say.helped.text}
        hint={say.helped.textHint}
        value={text}
        maxLength={LONGEST_IMPROVEMENT}
        error={tried && text.trim() === '' ? say.helped.textMissing : undefined}
        onInput={write}
      />
    </ActForm>
  );
}

interface DropProps extends ActProps {
  readonly onDrop: (reason: string, taken: () => void) => void;
}

export function DropForm({ place, keptAs, onDrop, onCancel }: DropProps) {
  const [reason, write] = useKept(place, keptAs);
  const [tried, setTried] = useState(false);
  return (
    <ActForm
      name={say.drop}
      save={say.dropping.save}
      onCancel={onCancel}
      onSave={() => {
        setTried(true);
        if (reason.trim() !== '') onDrop(reason.trim(), () => write(''));
      }}
    >
      <TextArea
        label={say.dropping.text}
        value={reason}
        maxLength={LONGEST_IMPROVEMENT}
        error={tried && reason.trim() === '' ? say.dropping.missing : undefined}
        onInput={write}
      />
    </ActForm>
  );
}

interface ActFormProps {
  readonly name: string;
  readonly save: string;
  readonly children: ComponentChildren;
  readonly onSave: () => void;
  readonly onCancel: () => void;
}

/** The keyboard goes to the first field that is wrong, once it is drawn as such. */
export function focusWrong(form: HTMLFormElement | null): void {
  requestAnimationFrame(() =>
    form?.querySelector<HTMLElement>('[data-wrong] input, [aria-invalid="true"]')?.focus(),
  );
}

/** The keyboard goes into it when it opens, and saves with Mod+Enter. */
export function ActForm({ name, save, children, onSave: onTry, onCancel }: ActFormProps) {
  const form = useRef<HTMLFormElement>(null);
  const onSave = () => {
    onTry();
    focusWrong(form.current);
  };
  useLayoutEffect(() => form.current?.querySelector<HTMLElement>('textarea, input')?.focus(), []);
  return (
    <form
      ref={form}
      class="c-improve-form c-improve-act"
      aria-label={name}
      {...sentBy(onSave, onCancel)}
    >
      {children}
      <div class="u-actions">
        <Button look="primary" submit keys="Mod+Enter">
          {save}
        </Button>
        <Button look="quiet" onClick={onCancel}>
          {say.cancel}
        </Button>
      </div>
    </form>
  );
}
