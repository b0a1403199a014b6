import { useState } from 'preact/hooks';
import { elapsedAt } from '../../domain/call.ts';
import { type Meaning, type Tag, tagName, tagOf } from '../../domain/codebook.ts';
import { Button } from '../../ui/button.tsx';
import { Choice } from '../../ui/choice.tsx';
import { Field, TextArea } from '../../ui/field.tsx';
import { sayInstant } from '../../ui/time.ts';
import { useWords } from '../../ui/words.ts';
import type { CallView, TagView } from '../messages/call-views.ts';
import type { CallsClient } from './client.ts';
import { useTyped } from './facts.tsx';
import type { TagPatch } from './tags.tsx';
import { parseTime, sayExactly, sayTime } from './time-text.ts';
import { say } from './words.ts';

export interface TagEditProps {
  readonly client: CallsClient;
  readonly call: CallView;
  readonly tag: TagView;
  readonly codebook: readonly Tag[];
  readonly names: Readonly<Record<Meaning, string>>;
  /** Answers whether it was saved. */
  readonly onChange: (patch: TagPatch) => Promise<boolean>;
  readonly onRemove: () => void;
  /** All tags of the call are moved by so much. */
  readonly onShift: (shift: number) => void;
  /** Back to the list. */
  readonly onLeave: () => void;
}

/** The fields of one tag; each is saved when it is left, or with Enter. */
export function TagEdit(props: TagEditProps) {
  const { client, call, tag, codebook, names, onChange } = props;
  const { lang } = useWords();
  const known = tagOf(codebook, tag.tag);
  const name = tagName(known, names);
  const options = codebook
    .filter(({ id, retired }) => !retired || id === tag.tag)
    .map((one) => ({
      value: one.id,
      label: one.retired ? `${tagName(one, names)} (${say.retired})` : tagName(one, names),
    }));
  if (!codebook.some(({ id }) => id === tag.tag)) options.push({ value: tag.tag, label: name });
  const pressed = new Date(tag.pressedAt).toISOString();
  return (
    <fieldset
      class="k-edit"
      aria-label={say.tagAt(name, sayTime(tag.offset + call.shift))}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        event.preventDefault();
        props.onLeave();
      }}
    >
      <TimeField {...props} />
      {call.state === 'running' && call.author.me && (
        <Button
          onClick={() => {
            const at = client.now() + call.correction;
            void onChange({ offset: elapsedAt(call.clock, at) });
          }}
        >
          {say.toNow}
        </Button>
      )}
      <SpanField tag={tag} onChange={onChange} />
      <Choice
        label={say.tag}
        options={options}
        value={tag.tag}
        onChange={(next) => next !== '' && void onChange({ tag: next })}
      />
      <Words value={tag.text} onLeave={(text) => onChange({ text })} />
      <p class="u-hint">
        {say.pressed(sayInstant(pressed, lang), sayTime(elapsedAt(call.clock, tag.pressedAt)))}
      </p>
      {tag.became !== null ? (
        <p class="u-hint">{say.became(say.kinds[tag.became.kind] ?? tag.became.kind)}</p>
      ) : (
        tag.handled && <p class="u-hint">{say.handled}</p>
      )}
      <div class="u-actions">
        <Button look="bad" onClick={props.onRemove}>
          {say.takeBack}
        </Button>
      </div>
    </fieldset>
  );
}

const SECOND = 1_000;

/** The time as it is shown; arrow keys move it. What is no time stays in the field and is said. */
function TimeField({ call, tag, onChange, onShift }: TagEditProps) {
  const shown = sayExactly(tag.offset + call.shift);
  const [typed, setTyped] = useState<string | null>(null);
  const parsed = typed === null ? null : parseTime(typed);
  const isBad = typed !== null && parsed === null;
  const isOther = parsed !== null && typed !== shown;
  const [checked, setChecked] = useState(false);
  const leave = () => {
    setChecked(true);
    if (isBad) return;
    if (isOther) void onChange({ offset: parsed - call.shift });
    setTyped(null);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && !event.isComposing) {
      event.preventDefault();
      return leave();
    }
    const up = event.key === 'ArrowUp';
    if (event.ctrlKey || event.metaKey || (!up && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    const step = event.shiftKey ? 10 * SECOND : event.altKey ? SECOND / 10 : SECOND;
    const from = parsed ?? tag.offset + call.shift;
    setTyped(null);
    void onChange({ offset: from + (up ? step : -step) - call.shift });
  };
  return (
    <div
      onFocusOut={(event) => {
        // The button beside it needs what is typed.
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) leave();
      }}
    >
      <Field
        label={say.time}
        hint={say.timeHint}
        value={typed ?? shown}
        error={isBad && checked ? say.badTime : undefined}
        onInput={(text) => {
          setTyped(text);
          setChecked(false);
        }}
        onKeyDown={onKeyDown}
      />
      {isOther && (
        <div class="u-actions">
          <Button
            onClick={() => {
              setTyped(null);
              onShift(parsed - tag.offset);
            }}
          >
            {say.shiftSo}
          </Button>
        </div>
      )}
    </div>
  );
}

function SpanField({ tag, onChange }: Pick<TagEditProps, 'tag' | 'onChange'>) {
  const shown = tag.span === null ? '' : sayExactly(tag.span);
  const [bad, setBad] = useState<string | null>(null);
  const { text, type, leave } = useTyped(bad ?? shown, (typed) => {
    const span = typed.trim() === '' ? null : parseTime(typed);
    const isBad = typed.trim() !== '' && (span === null || span < 0);
    setBad(isBad ? typed : null);
    return isBad || span === tag.span || onChange({ span });
  });
  return (
    <div onFocusOut={() => void leave()}>
      <Field
        label={say.length}
        hint={say.lengthHint}
        value={text}
        error={bad === null ? undefined : say.badLength}
        onInput={type}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.isComposing) void leave();
        }}
      />
    </div>
  );
}

function Words({ value, onLeave }: { value: string; onLeave: (text: string) => Promise<boolean> }) {
  const { text, type, leave } = useTyped(value, onLeave);
  return (
    <div onFocusOut={() => void leave()}>
      <TextArea
        label={say.text}
        rows={2}
        value={text}
        maxLength={200_000}
        onInput={type}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.isComposing && !event.shiftKey) {
            event.preventDefault();
            void leave();
          }
        }}
      />
    </div>
  );
}
